"""C28: official papers are sent by official channels."""

import re
from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, at

_PRIVATE = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} ?@ ?(?:gmail|yahoo|hotmail|outlook|icloud|ymail|live|proton(?:mail)?|zoho|mail)\.(?:com|net|vn|me)(?:\.vn)?",
    re.IGNORECASE,
)
_CHAT = re.compile(
    r"(?<!\w)(?:qua|gửi|nhóm|trên) (?:nhóm )?(?:Zalo|Facebook|Messenger|Telegram|Viber)(?!\w)", re.IGNORECASE
)
_SENDING = re.compile(r"(?<!\w)(?:gửi|nhận|báo cáo|nộp|bản mềm)(?!\w)", re.IGNORECASE)


def find(text: CheckedText) -> Iterator[Found]:
    """Look for private mail services, and for reports sent over chat."""
    for line in text.lines:
        for match in _PRIVATE.finditer(line.text):
            message = (
                "Địa chỉ thư của dịch vụ tư nhân; báo cáo gửi qua hộp thư công vụ hoặc hệ thống điều hành tác nghiệp."
            )
            yield at("private_mail", line, match.span(), message)
        for match in _CHAT.finditer(line.text):
            clause = re.split("[;.]", line.text[max(0, match.start() - 60) : match.end()])[-1]
            if _SENDING.search(clause):
                yield at("chat", line, match.span(), "Báo cáo không gửi qua mạng xã hội.")


CHECK = Check(
    id="C28",
    title="Kênh gửi nhận không chính thức",
    variants={
        "private_mail": "Gửi báo cáo đến hộp thư của dịch vụ tư nhân.",
        "chat": "Gửi báo cáo qua ứng dụng nhắn tin, mạng xã hội.",
    },
    find=find,
)
