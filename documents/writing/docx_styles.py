"""The paragraph styles of a Word file, by the names an office sees in its list of styles.

Every measure is that of ``static/css/paper.css``, so that the Word file and the PDF look alike; lengths are in
twentieths of a point, sizes in half points, as the format wants them.
"""

from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import quoteattr

FONT = "Times New Roman"
MM = 56.6929  # twentieths of a point in a millimetre


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style.

    Attributes:
        key: identifier inside the file.
        name: what the office reads.
        align: "both", "left", "center" or "right".
        size: half points; 28 is 14 pt.
        line: distance between lines, exact, in twentieths of a point; 0 for single spacing.
        before, after: extra distance in twentieths of a point.
        first: first-line indent; left, right: indents.
        bold, italic, underline: of the whole paragraph.
        keep: stays on the page of the next paragraph.
        outline: level in the navigation pane, from 0, or None.
    """

    key: str
    name: str
    align: str = "center"
    size: int = 28
    line: int = 360
    before: int = 0
    after: int = 0
    first: int = 0
    left: int = 0
    right: int = 0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    keep: bool = False
    outline: int | None = None


def _mm(value: float) -> int:
    return round(value * MM)


_BODY = {"align": "both", "before": 120, "first": _mm(10)}
SUPERIOR = Style("LTCapTren", "Cơ quan cấp trên", line=340, right=_mm(2))
ISSUER = Style("LTBanHanh", "Cơ quan ban hành", line=340, right=_mm(2), bold=True)
ASTERISK = Style("LTDauSao", "Dấu sao", line=340, right=_mm(2))
NUMBER = Style("LTSoKyHieu", "Số và ký hiệu", line=340, right=_mm(2))
URGENCY = Style("LTMucDoKhan", "Mức độ khẩn", line=340, before=120, right=_mm(2), bold=True)
CIRCULATION = Style("LTPhamVi", "Phạm vi lưu hành", line=340, before=80, bold=True)
LETTER_SUBJECT = Style(
    "LTTrichYeuCongVan", "Trích yếu công văn", size=24, line=280, before=80, left=_mm(4), right=_mm(6), italic=True
)
PARTY = Style("LTTieuDe", "Tiêu đề", size=30, bold=True)
# The rule under the title is the upper border of an empty line as wide as the title: 72.9 of 85 mm.
RULE = Style("LTKeTieuDe", "Kẻ dưới tiêu đề", size=2, line=20, left=_mm(6.05), right=_mm(6.05))
PLACE_DATE = Style("LTDiaDanhNgay", "Địa danh, ngày tháng", line=340, before=80, italic=True)
DRAFT_LABEL = Style("LTLanDuThao", "Lần dự thảo", line=340, before=80, bold=True)
KIND = Style("LTTenLoai", "Tên loại", size=32, line=400, before=480, bold=True, keep=True)
SUBJECT = Style("LTTrichYeu", "Trích yếu", left=_mm(8), right=_mm(8), bold=True, keep=True)
HYPHENS = Style("LTGachNgang", "Gạch dưới trích yếu", after=120, keep=True)
ADDRESS = Style("LTKinhGui", "Kính gửi", before=240, after=240, italic=True)
ADDRESS_WORD = Style("LTKinhGuiNhieu", "Kính gửi nhiều nơi", align="left", before=240, left=_mm(30), italic=True, keep=True)
ADDRESSEE = Style("LTNoiKinhGui", "Nơi kính gửi", align="left", left=_mm(52))
BASIS = Style("LTCanCu", "Căn cứ", **_BODY)
BODY = Style("LTNoiDung", "Nội dung", **_BODY)
BODY_LEFT = Style("LTNoiDungTrai", "Nội dung sát lề trái", align="left", before=120)
BODY_CENTER = Style("LTNoiDungGiua", "Nội dung ở giữa", align="center", before=120)
BODY_RIGHT = Style("LTNoiDungPhai", "Nội dung sát lề phải", align="right", before=120)
CLOSING = Style("LTKetThuc", "Đoạn kết", **_BODY)
HEADINGS = (
    Style("LTDeMucI", "Đề mục I", outline=0, **_BODY),
    Style("LTDeMuc1", "Đề mục 1", outline=1, **_BODY),
    Style("LTDeMuc11", "Đề mục 1.1", outline=2, **_BODY),
    Style("LTDeMucNho", "Đề mục nhỏ", outline=3, **_BODY),
)
DASH = Style("LTGachDauDong", "Gạch đầu dòng", **_BODY)
PLUS = Style("LTDauCong", "Gạch cộng", **_BODY)
TABLE_TITLE = Style("LTTenBang", "Tên bảng", before=160, after=80, bold=True, keep=True)
COLUMN = Style("LTDauCot", "Đầu cột", size=24, line=300, bold=True, keep=True)
CELL = Style("LTOBang", "Ô bảng", align="left", size=24, line=300)
GROUP = Style("LTDongNhom", "Dòng nhóm", align="left", size=24, line=300, bold=True, keep=True)
TOTAL = Style("LTDongCong", "Dòng cộng", align="left", size=24, line=300, bold=True)
RECIPIENTS = Style("LTNoiNhan", "Nơi nhận", align="left", underline=True)
RECIPIENT = Style("LTDongNoiNhan", "Dòng nơi nhận", align="left", size=24, line=300, right=_mm(4))
AUTHORITY = Style("LTQuyenHan", "Quyền hạn ký", bold=True)
POSITION = Style("LTChucVu", "Chức vụ")
NAME = Style("LTChuKy", "Chữ ký", before=1200, bold=True)
WAS_SIGNED = Style("LTDaKy", "Đã ký", before=480, italic=True)
COPIED_NAME = Style("LTTenNguoiDaKy", "Tên người đã ký", before=400, bold=True)
ANNEX_LABEL = Style("LTPhuLuc", "Phụ lục", bold=True, keep=True)
ANNEX_TITLE = Style("LTTenPhuLuc", "Tên phụ lục", bold=True, keep=True, outline=0)
ANNEX_SUBJECT = Style("LTTrichYeuPhuLuc", "Trích yếu phụ lục", left=_mm(8), right=_mm(8), bold=True, keep=True)
ACCOMPANIES = Style("LTKemTheo", "Kèm theo", left=_mm(8), right=_mm(8), italic=True, keep=True)
COPY_RULE = Style("LTKeBanSao", "Kẻ trên bản sao", size=2, line=20, before=360, after=120, keep=True)
COPY_KIND = Style("LTLoaiBanSao", "Loại bản sao", line=340, before=80, bold=True)
PAGE_NUMBER = Style("LTSoTrang", "Số trang", line=0)  # as high as its digits
GAP = Style("LTKhoangCach", "Khoảng cách", align="left", size=2, line=20)
STYLES = (
    *(SUPERIOR, ISSUER, ASTERISK, NUMBER, URGENCY, CIRCULATION, LETTER_SUBJECT, PARTY, RULE, PLACE_DATE, DRAFT_LABEL, KIND, SUBJECT, HYPHENS),
    *(ADDRESS, ADDRESS_WORD, ADDRESSEE, BASIS, BODY, BODY_LEFT, BODY_CENTER, BODY_RIGHT, CLOSING, *HEADINGS, DASH, PLUS),
    *(TABLE_TITLE, COLUMN, CELL, GROUP, TOTAL, RECIPIENTS, RECIPIENT, AUTHORITY, POSITION, NAME, WAS_SIGNED, COPIED_NAME),
    *(ANNEX_LABEL, ANNEX_TITLE, ANNEX_SUBJECT, ACCOMPANIES, COPY_RULE, COPY_KIND, PAGE_NUMBER, GAP),
)
ALIGNED = {"justify": BODY, "left": BODY_LEFT, "center": BODY_CENTER, "right": BODY_RIGHT}
# Styles of stretches inside a line, by key and name.
MARKER, TITLE, NOTE, UPRIGHT, STAMP = (
    ("LTSoDeMuc", "Số đề mục"),
    ("LTTenDeMuc", "Tên đề mục"),
    ("LTGhiChu", "Ghi chú nơi nhận"),
    ("LTChuDung", "Chữ đứng"),
    ("LTDongDau", "Khung dấu"),
)
_FRAME = '<w:bdr w:val="single" w:sz="8" w:space="1" w:color="000000"/>'
_STRETCHES = {MARKER: "<w:b/>", TITLE: "<w:b/>", NOTE: "", UPRIGHT: '<w:i w:val="0"/>', STAMP: _FRAME}
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@cache
def styles_part() -> str:
    """Return word/styles.xml."""
    font = quoteattr(FONT)
    return (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f"<w:rFonts w:ascii={font} w:hAnsi={font} w:eastAsia={font} w:cs={font}/>"
        '<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0" w:line="360" w:lineRule="exact"/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="LTChu"><w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="LTBang"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        f"{''.join(map(_style, STYLES))}{''.join(_stretch(key, name, look) for (key, name), look in _STRETCHES.items())}"
        "</w:styles>"
    )


def _style(style: Style) -> str:
    keep = "<w:keepNext/>" if style.keep else ""
    border = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>' if style in {RULE, COPY_RULE} else ""
    indent = f'<w:ind w:left="{style.left}" w:right="{style.right}" w:firstLine="{style.first}"/>'
    spacing = f'w:line="{style.line}" w:lineRule="exact"' if style.line else 'w:line="240" w:lineRule="auto"'
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    look = "".join(mark for mark, on in (("<w:b/>", style.bold), ("<w:i/>", style.italic)) if on)
    underline = '<w:u w:val="single"/>' if style.underline else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.key}"><w:name w:val={quoteattr(style.name)}/>'
        f'<w:basedOn w:val="Normal"/>{_next(style)}<w:qFormat/><w:pPr>{keep}{border}'
        f'<w:spacing w:before="{style.before}" w:after="{style.after}" {spacing}/>'
        f'{indent}<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
        f'<w:rPr>{look}<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>{underline}</w:rPr></w:style>'
    )


def _next(style: Style) -> str:
    """After a heading Word goes on with running text."""
    return f'<w:next w:val="{BODY.key}"/>' if style in HEADINGS else ""


def _stretch(key: str, name: str, look: str) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{key}"><w:name w:val={quoteattr(name)}/>'
        f"<w:rPr>{look}</w:rPr></w:style>"
    )
