"""Papers that the tests of this package print: dull names, real shapes."""

from dataclasses import replace
from datetime import date

from documents.choices import PaperKind
from documents.content import (
    Annex,
    Column,
    Heading,
    Item,
    Letterhead,
    NumberLine,
    Paper,
    Paragraph,
    PlaceDate,
    Recipient,
    Signature,
    Table,
)

RECIPIENTS = (
    Recipient("Ban Tuyên giáo và Dân vận Tỉnh ủy", "báo cáo"),
    Recipient("Các đồng chí Ủy viên Ban Chấp hành Đảng bộ phường"),
    Recipient("Các cơ quan chuyên trách tham mưu, giúp việc Đảng ủy"),
    Recipient("Các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc"),
    Recipient("Lưu Văn phòng Đảng ủy"),
)


def short_plan(**changes) -> Paper:
    """A plan of about two pages, signed in May or June 2026."""
    paper = Paper(
        kind=PaperKind.PLAN,
        letterhead=Letterhead("Đảng bộ tỉnh Tuyên Quang", "Đảng ủy phường Nông Tiến"),
        number_line=NumberLine("KH/ĐU", 12),
        place_date=PlaceDate("Nông Tiến", date(2026, 6, 5)),
        subject=(
            "tổ chức học tập, quán triệt Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ "
            "Tỉnh ủy về xây dựng hệ sinh thái khởi nghiệp"
        ),
        blocks=_plan_blocks(),
        closing=(
            "Trên đây là Kế hoạch học tập, quán triệt Chỉ thị số 05-CT/TU, Ban Thường vụ Đảng ủy "
            "yêu cầu các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc nghiêm túc triển khai thực hiện."
        ),
        recipients=RECIPIENTS,
        signature=Signature("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Trần Văn Mẫu"),
    )
    return replace(paper, **changes)


def long_plan(**changes) -> Paper:
    """A plan of about ten pages with a portrait table in its body."""
    section = [
        block
        for number in range(1, 13)
        for block in (
            Heading(2, f"{number}.", f"Nhóm nhiệm vụ thứ {number}"),
            *[Paragraph(_SENTENCE)] * 3,
            *[Item(_SENTENCE)] * 3,
            Item("Hoàn thành trước ngày **05/7/2026**.", "+"),
        )
    ]
    blocks = (*_plan_blocks()[:5], Heading(1, "II.", "NỘI DUNG"), *section, progress_table())
    return short_plan(blocks=blocks, **changes)


def long_names_plan(**changes) -> Paper:
    """A plan whose every name is longer than its place."""
    name = "Đảng ủy Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội phường Nông Tiến"
    paper = short_plan(
        letterhead=Letterhead("Đảng bộ các cơ quan Đảng, đoàn thể và chính quyền tỉnh Tuyên Quang", name),
        place_date=PlaceDate("Thị trấn Nông trường Mộc Châu Tây Bắc", date(2026, 12, 25)),
        signature=Signature(
            "T/M BAN THƯỜNG VỤ ĐẢNG ỦY ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM PHƯỜNG",
            "PHÓ BÍ THƯ",
            "Nguyễn Hoàng Bảo Trân Phương Thảo",
        ),
        recipients=(Recipient(name * 2, "để chỉ đạo và báo cáo cấp có thẩm quyền"), *RECIPIENTS),
    )
    return replace(paper, **changes)


def unit_report(**changes) -> Paper:
    """A chi bộ's report, signed T/M CHI BỘ, with a table and an annex on its side."""
    paper = Paper(
        kind=PaperKind.REPORT,
        letterhead=Letterhead("Đảng bộ phường Nông Tiến", "Chi bộ Tổ dân phố Tràng Đà 6"),
        number_line=NumberLine("BC/CB", 3),
        place_date=PlaceDate("Nông Tiến", date(2026, 6, 3)),
        subject="kết quả học tập, quán triệt Chỉ thị số 05-CT/TU",
        blocks=(Heading(1, "I.", "KẾT QUẢ"), Paragraph(_SENTENCE), progress_table()),
        closing="Trên đây là báo cáo của chi bộ.",
        recipients=(Recipient("Ban Thường vụ Đảng ủy", "báo cáo"), Recipient("Lưu chi bộ")),
        signature=Signature("T/M CHI BỘ", "BÍ THƯ", "Lê Thị Mẫu"),
        annexes=(wide_annex(1), wide_annex(2)),
    )
    return replace(paper, **changes)


def progress_table(rows: int = 4) -> Table:
    """A table with a group row, figures and a total."""
    return Table(
        columns=(
            Column("STT", 1, "center"),
            Column("Đơn vị", 4),
            Column("Phải học", 1.5, "right"),
            Column("Có mặt", 1.5, "right"),
        ),
        rows=(
            ("Khối tổ dân phố",),
            *[(str(n), f"Chi bộ Tổ dân phố {n}", "35", "33") for n in range(1, rows + 1)],
        ),
        title="Biểu 1. Kết quả học tập",
        total=("", "Cộng", str(35 * rows), str(33 * rows)),
    )


def wide_annex(number: int) -> Annex:
    """An annex on its side, long enough for two pages."""
    columns = tuple(Column(f"Cột {n}") for n in range(1, 6))
    rows = tuple(tuple(f"ô {r}.{c}" for c in range(1, 6)) for r in range(1, 27))
    return Annex(
        title="Kết quả theo đơn vị",
        blocks=(Table(columns, rows, landscape=True),),
        number=number,
        accompanies="kèm theo Báo cáo số 03-BC/CB, ngày 03/6/2026 của Chi bộ Tổ dân phố Tràng Đà 6",
    )


_SENTENCE = (
    "Cấp ủy các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc tổ chức học tập nghiêm túc, thiết thực, "
    "phù hợp với đặc thù của từng loại hình chi bộ; coi trọng chất lượng thảo luận và khả năng "
    "vận dụng vào thực tiễn, gắn với nhiệm vụ chính trị của địa phương, cơ quan, đơn vị."
)


def _plan_blocks() -> tuple:
    return (
        Paragraph(
            "Thực hiện Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy về xây dựng hệ "
            "sinh thái khởi nghiệp (sau đây viết tắt là Chỉ thị số 05-CT/TU), Ban Thường vụ Đảng ủy "
            "ban hành Kế hoạch học tập, quán triệt như sau:"
        ),
        Heading(1, "I.", "MỤC ĐÍCH, YÊU CẦU"),
        Heading(2, "1.", "Mục đích"),
        Paragraph(_SENTENCE),
        Paragraph(_SENTENCE),
        Heading(2, "2.", "Yêu cầu"),
        Item(_SENTENCE),
        Item("Sau hội nghị, các chi bộ tự chấm điểm theo quy định."),
        Heading(1, "II.", "TỔ CHỨC THỰC HIỆN"),
        Heading(2, "1.", "Ban Xây dựng Đảng", ": Tham mưu báo cáo. Hoàn thành trước ngày **05/7/2026**."),
        Heading(2, "2.", "Các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc"),
        Item(_SENTENCE + " Hoàn thành trong tháng **6/2026**."),
        Item("Báo cáo kết quả với Ban Thường vụ Đảng ủy trước ngày **25/6/2026**, gồm:"),
        Item("Số đảng viên phải học, có mặt, vắng mặt;", "+"),
        Item("Điểm tự chấm và ý kiến của đảng viên.", "+"),
    )
