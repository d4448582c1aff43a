"""The body at the beginning of a clause: "Giao Ban Xây dựng Đảng chủ trì ..." is Ban Xây dựng Đảng and what it does."""

import re

from documents.reading.structure import words

# Each of these is also part of names: "Ban Tổ chức", "các tổ chức chính trị - xã hội", "cơ quan tham mưu, giúp việc".
_ACTS = re.compile(
    r"(?:chủ trì|có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|phối hợp|tham mưu(?!,? giúp việc)|chỉ đạo|"
    r"tổ chức(?! đảng| Đảng| chính trị| đoàn thể| cơ sở| xã hội| hội| thành viên| trực thuộc)|"
    r"(?:căn cứ|xây dựng)(?! Đảng)|theo dõi|hướng dẫn|đôn đốc|kiểm tra(?! Đảng| Huyện| Tỉnh| Thị| đảng)|giám sát|triển khai|"
    r"thực hiện|lãnh đạo|tăng cường|đẩy mạnh|tiếp tục|chuẩn bị|bố trí|quán triệt|theo chức năng|"
    r"trên cơ sở|tổng hợp|báo cáo(?! viên)|tuyên truyền(?! viên)|cụ thể hóa|cung cấp|đưa |đăng tải|phát huy|"
    r"nghiên cứu|rà soát|bám sát|chủ động|thường xuyên|kịp thời|nghiêm túc|khẩn trương|vận động|phổ biến|lập|gửi|thẩm định|"
    r"tập trung|đề xuất|xem xét|in ấn|phát hành|mở|ban hành|hoàn thành|bảo đảm|đảm bảo|cử|tiến hành|định kỳ|quan tâm|biên soạn|thành lập|dành|nâng cao|dự(?=,| và| hội nghị| chỉ đạo)|thông báo|duy trì|tham gia|cử)(?!\w)",
)
_NAME_BEFORE = re.compile(
    r"(?:(?<!\w)(?:đồng chí|tập thể|cán bộ|ban|các|cơ quan|chuyên trách|công tác|ủy ban|bộ phận|tổ|đơn vị|và|,) ?)$",
    re.IGNORECASE,
)
_LIMIT = 200


def clause(text: str) -> tuple[str, str]:
    """Return the body that opens ``text`` and what it is asked to do; ("", text) when no body opens it."""
    prefix = words.PREFIX.match(text)
    begin = prefix.end() if prefix else 0
    if not words.BODY_START.match(words.toned(text), begin):
        return "", text
    colon = _colon(text, begin)
    if colon:
        return _name(text[begin:colon]), text[colon + 1 :].strip()
    for act in _ACTS.finditer(text, begin, begin + _LIMIT):
        before = text[begin : act.start()]
        if _NAME_BEFORE.search(before) and not (before.endswith(", ") and _ends_name(before)) or not before.strip(" ,"):
            continue
        return _name(before), text[act.start() :].strip()
    return "", text


def _ends_name(before: str) -> bool:
    """Return whether a comma before an act closes the name: "Các chi bộ, đảng bộ cơ sở, căn cứ ..."."""
    return before.count(",") >= 1


def is_body(title: str) -> bool:
    """Return whether a heading is a body's name and nothing else."""
    if len(title) > _LIMIT or title.endswith("."):
        return False
    prefix = words.PREFIX.match(title)
    begin = prefix.end() if prefix else 0
    if not words.BODY_START.match(words.toned(title), begin):
        return False
    acts = [act for act in _ACTS.finditer(title, begin) if not _NAME_BEFORE.search(title[begin : act.start()])]
    return not acts or all(title[act.start()].isupper() for act in acts)


def begins_act(text: str) -> bool:
    """Return whether a line opens with what somebody is to do: "Chuẩn bị ..."."""
    return bool(_ACTS.match(text[:1].lower() + text[1:60]))


def name(title: str) -> str:
    """Return the body named by a heading, without "Giao", "Đề nghị" and the like."""
    return _name(title[match.end() :] if (match := words.PREFIX.match(title)) else title)


def _name(text: str) -> str:
    return text.strip().strip(":,;").strip()


def _colon(text: str, begin: int) -> int:
    place = text.find(":", begin, begin + _LIMIT)
    if place < 0:
        return 0
    head = text[begin:place]
    if "." in head or ";" in head and len(head) > 120:
        return 0
    acts = [act for act in _ACTS.finditer(head) if act.start() and not _NAME_BEFORE.search(head[: act.start()])]
    return 0 if acts else place
