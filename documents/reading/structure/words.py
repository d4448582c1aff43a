"""Words by which the parts of a paper are known: kinds, bodies, marks of a line, names of persons."""

import re
import unicodedata

_MARKED = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
LOWER = f"a-z{_MARKED}"
UPPER = f"A-Z{_MARKED.upper()}"

KIND_NAMES = {
    "KẾ HOẠCH": "Kế hoạch",
    "CHƯƠNG TRÌNH HÀNH ĐỘNG": "Chương trình hành động",
    "CHƯƠNG TRÌNH": "Chương trình",
    "NGHỊ QUYẾT": "Nghị quyết",
    "CHỈ THỊ": "Chỉ thị",
    "KẾT LUẬN": "Kết luận",
    "QUYẾT ĐỊNH": "Quyết định",
    "QUY ĐỊNH": "Quy định",
    "QUY CHẾ": "Quy chế",
    "HƯỚNG DẪN": "Hướng dẫn",
    "THÔNG BÁO": "Thông báo",
    "THÔNG TRI": "Thông tri",
    "BÁO CÁO": "Báo cáo",
    "TỜ TRÌNH": "Tờ trình",
    "CÔNG VĂN": "Công văn",
    "GIẤY MỜI": "Giấy mời",
    "BIÊN BẢN": "Biên bản",
    "PHƯƠNG ÁN": "Phương án",
    "ĐỀ ÁN": "Đề án",
}
KIND_WORDS = "|".join(sorted(KIND_NAMES.values(), key=len, reverse=True))

# How the name of a body, an office or a group of them begins.
_BODY_START = (
    r"Ban Thường vụ|Ban Chấp hành|Ban Bí thư|Thường trực|Đảng ủy|Đảng uỷ|Đảng bộ|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|"
    r"Huyện ủy|Huyện uỷ|Thị ủy|Thị uỷ|Quận ủy|Quận uỷ|Chi bộ|Chi ủy|Chi uỷ|Cấp ủy|Cấp uỷ|Bí thư|Phó Bí thư|Thủ trưởng|"
    r"Ban|Văn phòng|Ủy ban|Uỷ ban|UBND|UBMTTQ|UBKT|UB|HĐND|Hội đồng|Mặt trận|MTTQ|Hội(?! nghị| trường)|Đoàn|Công đoàn|Liên đoàn|Liên hiệp|"
    r"Phòng|Sở|Trung tâm|Trường|Trạm|Công an|Quân sự|BCH|BTV|Viện|Tổ|Tiểu ban|Các|Khối|Bộ|Cơ quan|Đơn vị|Đồng chí|Đ/c|"
    r"Người đứng đầu|Lãnh đạo|Chính quyền|Doanh nghiệp|Đài|Báo(?! cáo)|Trưởng|Thôn|Khu phố|Khu dân cư|Xã|Phường|Kho bạc|Tòa án|Viện kiểm sát|Chi cục"
)
BODY_START = re.compile(rf"(?:{_BODY_START})(?!\w)", re.IGNORECASE)
PREFIX = re.compile(
    r"(?:(?:Giao(?: cho)?|Đề nghị|Yêu cầu|Phân công|Đối với|Trách nhiệm của|Nhiệm vụ của|Trách nhiệm|Nhiệm vụ)(?!\w) ?:? ?)+",
    re.IGNORECASE,
)
AUTHORITY = re.compile(r"(?:T/M|K/T|T/L|T\.M|TM\.|KT\.|TL\.|TUQ\.|T/U|TM(?= [A-ZĐ])|Q\.)[ .]?")
_POSITION = (
    r"(?:QUYỀN |Q\. ?|PHÓ )?(?:BÍ THƯ|CHỦ NHIỆM|CHỦ TỊCH|TRƯỞNG BAN|TRƯỞNG PHÒNG|TRƯỞNG TIỂU BAN|CHÁNH VĂN PHÒNG|"
    r"GIÁM ĐỐC|HIỆU TRƯỞNG|TRƯỞNG ĐOÀN|TỔ TRƯỞNG|VIỆN TRƯỞNG|THỦ TRƯỞNG|ỦY VIÊN|CHÍNH TRỊ VIÊN|CHÁNH THANH TRA)"
)
POSITION = re.compile(rf"{_POSITION}(?!\w)(?:[ ,-]+[{UPPER}][^{LOWER}]*)?")
_BULLET = re.compile(r"[-–—+•·▪●*]{1,2} ?(?=[^\s\d-])|[-–—+•·▪●] (?=\d)")
RULE_LINE = re.compile(r"[-–—_=*~. ]{3,}")


def is_upper(text: str) -> bool:
    """Return whether the letters of ``text`` are capitals, but for short words such as "km"."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 1 and sum(char.isupper() for char in letters) >= 0.9 * len(letters)


def squeezed(text: str) -> str:
    """Return the letters without spaces and diacritics, so that "K Ế  H O Ạ C H" and "KẾ HOACH" equal "KẾ HOẠCH"."""
    return "".join(char for char in bare(text) if char.isalpha())


def bullet(text: str) -> str:
    """Return the dash or plus that opens the line, with its space, or ""."""
    match = _BULLET.match(text)
    return match[0] if match else ""


def is_person(text: str) -> bool:
    """Return whether ``text`` looks like a person's name: two to six words with capitals, nothing else."""
    words = text.split()
    if not 2 <= len(words) <= 6 or any(char.isdigit() for char in text):
        return False
    return all(word[0].isupper() and all(char.isalpha() or char in ".'-" for char in word) for word in words)


def toned(text: str) -> str:
    """Return ``text`` with "uỷ" written "ủy", place by place the same, for matching names in either spelling."""
    return text.replace("uỷ", "ủy").replace("Uỷ", "Ủy").replace("UỶ", "ỦY")


def bare(text: str) -> str:
    """Return ``text`` in small letters without any diacritic, so that "Nơi nhân" is still known as "Nơi nhận"."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in letters if not unicodedata.combining(char))


def is_near(text: str, known: str) -> bool:
    """Return whether two short words without diacritics differ in at most one letter, or in two that changed places."""
    if text == known or abs(len(text) - len(known)) > 1:
        return text == known
    start = next(
        (at for at, pair in enumerate(zip(text, known, strict=False)) if pair[0] != pair[1]), min(len(text), len(known))
    )
    rest, right = text[start:], known[start:]
    if rest[1:] == right[1:] or rest[1:] == right or rest == right[1:]:
        return True
    return len(rest) > 1 and rest[:2] == right[1::-1] and rest[2:] == right[2:]


def plain(text: str) -> str:
    """Return ``text`` in NFC, lower case, single spaces, old tone marks as new: for comparing, not for showing."""
    text = unicodedata.normalize("NFC", " ".join(text.split())).lower()
    return text.replace("uỷ", "ủy").replace("oá", "óa").replace("oà", "òa")
