"""The outgoing register as a workbook, with the columns of domain.md 5.3."""

from collections.abc import Iterable

from documents.models import IssuedPaper
from documents.spreadsheets import Sheet, write_workbook

_HEADER = ("Ngày", "Số, ký hiệu", "Loại", "Trích yếu", "Người ký", "Nơi nhận", "Số bản", "SHA-256 bản PDF", "Ghi chú")
_WIDTHS = (12, 16, 14, 60, 22, 50, 8, 20, 30)


def register_workbook(papers: Iterable[IssuedPaper]) -> bytes:
    """The papers, in the order given, as an .xlsx file; dispatches should be prefetched."""
    rows = [_row(paper) for paper in papers]
    return write_workbook([Sheet(title="Sổ văn bản đi", header=_HEADER, rows=rows, widths=_WIDTHS)])


def _row(paper: IssuedPaper) -> tuple:
    lines = list(paper.dispatches.all())
    addressees = "; ".join(f"{line.addressee} ({line.note})" if line.note else line.addressee for line in lines)
    note = f"Thu hồi: {paper.withdrawal_reason}" if paper.withdrawn_at else ""
    return (
        paper.dated_on, paper.number_text, paper.get_kind_display(), paper.subject, paper.signer_name, addressees,
        sum(line.copies for line in lines), paper.sha256, note,
    )  # fmt: skip
