"""One paper of each further kind, with dull names and real shapes."""

from dataclasses import replace
from datetime import date

from documents.choices import CopyKind, PaperKind, Urgency
from documents.content import (
    Annex,
    Column,
    Copy,
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
from tests.documents import papers

_TEXT = (
    "Thực hiện Kế hoạch số 12-KH/ĐU, ngày 05/6/2026 của Ban Thường vụ Đảng ủy, Văn phòng Đảng ủy đề nghị các chi bộ, "
    "đảng bộ cơ sở, chi bộ trực thuộc rà soát danh sách đảng viên và bố trí người tham dự đầy đủ, đúng thành phần."
)
_AS_ABOVE = Recipient("Như trên")
_KEPT = Recipient("Lưu Văn phòng Đảng ủy")
LONG_SUBJECT = " ".join(
    ["tổ chức học tập, quán triệt, tuyên truyền và triển khai thực hiện các nghị quyết, chỉ thị, kết luận"] * 3
)


def letter(**changes) -> Paper:
    """A công văn to three addressees, in a hurry."""
    return replace(
        _paper(PaperKind.LETTER, 45, "về việc rà soát danh sách đảng viên tham dự hội nghị học tập"),
        addressees=("Các chi bộ trực thuộc", "Đảng ủy Công an phường", "Ủy ban nhân dân phường Nông Tiến"),
        blocks=(Paragraph(_TEXT), Paragraph("Danh sách gửi về Văn phòng Đảng ủy trước ngày **15/6/2026**.")),
        recipients=(_AS_ABOVE, _KEPT),
        urgency=Urgency.VERY_URGENT,
        **changes,
    )


def notice(**changes) -> Paper:
    """A thông báo calling the members together."""
    blocks = (
        Paragraph(_TEXT),
        Heading(2, "1.", "Thời gian", ": 07 giờ 30, thứ Ba, ngày 16/6/2026."),
        Heading(2, "2.", "Địa điểm", ": Hội trường Ủy ban nhân dân phường."),
        Paragraph("Đề nghị các đồng chí dự hội nghị đúng thành phần, thời gian."),
    )
    return replace(
        _paper(PaperKind.NOTICE, 7, "triệu tập hội nghị học tập, quán triệt Chỉ thị số 05-CT/TU"), blocks=blocks, **changes
    )


def proposal(**changes) -> Paper:
    """A tờ trình to one addressee."""
    return replace(
        _paper(PaperKind.PROPOSAL, 4, "về kinh phí tổ chức hội nghị học tập, quán triệt nghị quyết"),
        addressees=("Ban Thường vụ Tỉnh ủy",),
        recipients=(_AS_ABOVE, _KEPT),
        **changes,
    )


def invitation(**changes) -> Paper:
    """A giấy mời without a subject."""
    blocks = (
        Paragraph("Ban Thường vụ Đảng ủy phường Nông Tiến trân trọng kính mời: Đồng chí Bí thư các chi bộ trực thuộc."),
        Paragraph("Tới dự: Hội nghị học tập, quán triệt Chỉ thị số 05-CT/TU."),
        Paragraph("Thời gian: 07 giờ 30, thứ Ba, ngày 16/6/2026."),
        Paragraph("Địa điểm: Hội trường Ủy ban nhân dân phường."),
        Paragraph("Đề nghị các đồng chí tới dự đúng thành phần, thời gian."),
    )
    return replace(_paper(PaperKind.INVITATION, 9, ""), blocks=blocks, **changes)


def minutes(**changes) -> Paper:
    """A biên bản without number, day and Nơi nhận, signed by two."""
    paper = _paper(PaperKind.MINUTES, 1, "hội nghị học tập, quán triệt Chỉ thị số 05-CT/TU")
    paper = replace(
        paper,
        number_line=None,
        place_date=PlaceDate(""),
        recipients=(),
        signature=Signature("", "Chủ trì hội nghị", "Trần Văn Mẫu"),
        second_signature=Signature("", "Người ghi biên bản", "Lê Thị Mẫu"),
    )
    return replace(paper, **changes)


def slip(**changes) -> Paper:
    """A phiếu trình: a form of the office on one page."""
    table = Table(
        (Column("Người thẩm định, phê duyệt", 3), Column("Ý kiến", 5), Column("Ngày, ký tên", 2)),
        (("Thẩm định thể thức", "", ""), ("Lãnh đạo Văn phòng", "", ""), ("Thường trực Đảng ủy", "", "")),
    )
    paper = _paper(PaperKind.PROPOSAL, 1, "về việc ban hành Kế hoạch học tập, quán triệt Chỉ thị số 05-CT/TU")
    return replace(
        paper,
        title="Phiếu trình",
        number_line=None,
        addressees=("Thường trực Đảng ủy",),
        blocks=(Paragraph(_TEXT), table),
        closing="",
        recipients=(),
        signature=Signature("", "Người trình", "Lê Thị Mẫu"),
        **changes,
    )


def copied(kind: CopyKind = CopyKind.TRUE_COPY, **changes) -> Paper:
    """A copy of the plan, made by the same đảng ủy."""
    copy = Copy(
        kind=kind,
        letterhead=Letterhead("Đảng bộ tỉnh Tuyên Quang", "Đảng ủy phường Nông Tiến"),
        number_line=NumberLine("BS/ĐU", 3),
        place_date=PlaceDate("Nông Tiến", date(2026, 6, 8)),
        signature=Signature("T/L BAN THƯỜNG VỤ", "Chánh Văn phòng", "Lê Văn Mẫu"),
        recipients=(Recipient("Các chi bộ trực thuộc"), _KEPT),
    )
    return papers.short_plan(copy=copy, **changes)


def annexed(**changes) -> Paper:
    """A notice with an upright annex of two pages and one turned on its side."""
    accompanies = "kèm theo Thông báo số 07-TB/ĐU, ngày 05/6/2026 của Ban Thường vụ Đảng ủy phường Nông Tiến"
    tall = Annex(
        title="Đề cương báo cáo",
        blocks=(Heading(1, "I.", "KẾT QUẢ"), *[Paragraph(_TEXT)] * 14, papers.progress_table(6)),
        number=1,
        accompanies=accompanies,
    )
    wide = replace(papers.wide_annex(2), accompanies=accompanies)
    return notice(annexes=(tall, wide), **changes)


def extreme(**changes) -> Paper:
    """A letter whose names, addressees and subject are all too long for their places."""
    long = papers.long_names_plan()
    addressee = "Ban Chỉ đạo thực hiện các chương trình mục tiêu quốc gia, Ban Thường trực Ủy ban Mặt trận Tổ quốc " * 2
    return replace(
        letter(**changes),
        letterhead=long.letterhead,
        place_date=long.place_date,
        signature=long.signature,
        subject=LONG_SUBJECT,
        addressees=(addressee.strip(), "Đảng ủy phường", addressee.strip()),
    )


KINDS = {
    "letter": letter,
    "notice": notice,
    "proposal": proposal,
    "invitation": invitation,
    "minutes": minutes,
    "slip": slip,
    "copied": copied,
    "annexed": annexed,
    "extreme": extreme,
}


def _paper(kind: PaperKind, number: int, subject: str) -> Paper:
    return papers.short_plan(
        kind=kind,
        number_line=NumberLine(f"{kind.sign}/ĐU", number),
        subject=subject,
        blocks=(Paragraph(_TEXT), Item(_TEXT), Item("Hoàn thành trước ngày **15/6/2026**.")),
        closing="Văn phòng Đảng ủy đề nghị các đồng chí quan tâm, phối hợp thực hiện.",
    )
