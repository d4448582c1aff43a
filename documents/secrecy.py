"""Finding the stamp of a state secret, so that such a paper is never stored here (reliability test U-12).

A stamp stands on a line of its own or beside the number: "MẬT", "TỐI MẬT",
"TUYỆT MẬT", also with the letters spaced. Words such as "bảo mật", "bí mật",
"mật độ" are no stamp.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError

from documents.text import normalise

_STAMPS = ("TUYỆTMẬT", "TỐIMẬT", "MẬT")
_LABEL = re.compile(r"^(?:(?:ĐỘ|DẤU|MỨC ĐỘ) )?MẬT ?[:.-] ?(?:MẬT|TỐI MẬT|TUYỆT MẬT)\b", re.IGNORECASE)
_EDGES = " \t*|[](){}<>“”\"'.,;:_-–—=~"
# In capitals, the two higher degrees are a stamp wherever they stand, but for words about them.
_HIGH_DEGREE = re.compile(r"(?<!\w)(TUYỆT|TỐI) {1,3}MẬT(?!\w)")
_ABOUT = re.compile(r"(?:BÍ MẬT NHÀ NƯỚC|ĐỘ MẬT|DẤU|LOẠI|MỨC)\W{1,3}(?:\w+\W{1,3}){0,4}$", re.IGNORECASE)
# "MẬT" set apart from the rest of a line by a wide gap: beside a number or a name in the other column.
_APART = re.compile(r"(?:^|\s{3,}|\t)MẬT(?:\s{3,}|\t|$)")
_IN_NUMBER = re.compile(
    r"\d{1,4} ?[-/] ?(?:MẬT|TM|TuM|M)[-/]"
    r"|\d{1,4}-[A-ZĐ][A-Za-zĐđ]{0,7}/[A-ZĐ]{1,12} ?[-/(] ?(?:M|TM|TuM|MẬT|Mật|TỐI MẬT|TUYỆT MẬT)\)?(?!\w)"
)
_NAME_TOKENS = re.compile(r"[^\W\d_]+")
_NAME_BEFORE = {"bí", "bảo", "cơ", "thân", "hàng", "niêm", "mười", "trà"}
_NAME_AFTER = {"độ", "khẩu", "mã", "ong", "thiết", "vụ", "ngữ", "danh"}


def secrecy_mark(text: str) -> str:
    """Return the stamp found in ``text``, or "" when there is none; linear in its length."""
    for line in text.replace("\x0c", "\n").split("\n"):
        if ("M" in line or "m" in line) and (mark := _mark_of_line(unicodedata.normalize("NFC", line))):
            return mark
    return ""


def secrecy_in_name(name: str) -> str:
    """Return the degree of secrecy that a file name states, or ""."""
    words = [word.lower() for word in _NAME_TOKENS.findall(normalise(name))]
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if word in {"mật", "mat"} and before in {"tối", "tuyệt", "toi", "tuyet"}:
            return f"{before} {word}".upper()
        if word == "mật" and before not in _NAME_BEFORE and after not in _NAME_AFTER:
            return "MẬT"
    return ""


def refuse_secret(mark: str) -> None:
    """Raise the refusal of a paper that carries ``mark``; an empty mark passes.

    Raises:
        ValidationError: ``secret``.
    """
    if mark:
        raise ValidationError(
            "Tài liệu có dấu “%(mark)s” nên không được đưa vào chương trình. Điều 5 Luật Bảo vệ bí mật nhà nước "
            "(số 117/2025/QH15) cấm lưu giữ bí mật nhà nước trên thiết bị có kết nối mạng. Không có gì được lưu; đồng chí xử lý văn bản "
            "theo chế độ văn thư mật và chỉ ghi số đến nếu được phép.",
            code="secret",
            params={"mark": mark},
        )


def _mark_of_line(line: str) -> str:
    joined = "".join(line.strip(_EDGES).split())
    if joined in _STAMPS or line.strip(_EDGES) in {"Mật", "Tối mật", "Tuyệt mật", "Tối Mật", "Tuyệt Mật"}:
        return line.strip(_EDGES).upper()
    if found := _LABEL.match(line.strip(_EDGES)):
        return found[0].upper()
    found = _HIGH_DEGREE.search(line)
    if found and not _ABOUT.search(line[max(0, found.start() - 60) : found.start()]):
        return " ".join(found[0].split())
    if _APART.search(line):
        return "MẬT"
    found = _IN_NUMBER.search(line)
    return found[0] if found else ""
