"""How large one paper may be (reliability test P-05), checked before it is laid out."""

from django.core.exceptions import ValidationError

from documents.content import Block, Paper, Table
from documents.text import PAPER_LIMIT, TABLE_ROW_LIMIT, clean_text


def check_size(paper: Paper) -> None:
    """Refuse a paper that would hold a worker for minutes.

    Raises:
        ValidationError: ``too_many_rows``, ``too_long`` or ``too_many_marks``.
    """
    length = 0
    for text in texts(paper):
        length += len(text)
        if length > PAPER_LIMIT:
            raise ValidationError(
                "Văn bản dài hơn %(limit)s ký tự nên không in được trong một lần. "
                "Nội dung đã lưu vẫn còn; đồng chí vui lòng chuyển phần dài vào phụ lục riêng.",
                code="too_long",
                params={"limit": f"{PAPER_LIMIT:,}".replace(",", ".")},
            )
        clean_text(text, multiline=True, name="Một đoạn của văn bản")
    for table in tables(paper):
        if len(table.rows) > TABLE_ROW_LIMIT:
            raise ValidationError(
                "Một bảng có %(rows)s dòng, vượt quá giới hạn %(limit)s dòng. "
                "Đồng chí vui lòng tách bảng hoặc xuất ra tệp Excel.",
                code="too_many_rows",
                params={"rows": len(table.rows), "limit": TABLE_ROW_LIMIT},
            )


def texts(paper: Paper):
    """Yield every text of the paper that a person wrote."""
    yield from (paper.letterhead.superior, paper.letterhead.body, paper.subject, paper.closing)
    yield from (*paper.bases, *paper.addressees, paper.place_date.place, paper.draft_label)
    for recipient in paper.recipients:
        yield from (recipient.name, recipient.note)
    yield from (paper.title, paper.circulation)
    for signature in (paper.signature, paper.second_signature, paper.copy and paper.copy.signature):
        if signature:
            yield from (signature.authority, signature.position, signature.name)
    if paper.copy:
        yield from (paper.copy.letterhead.superior, paper.copy.letterhead.body)
        yield from (one.name for one in paper.copy.recipients)
    for block in paper.blocks:
        yield from _block_texts(block)
    for annex in paper.annexes:
        yield from (annex.title, annex.subject, annex.accompanies, annex.label)
        for block in annex.blocks:
            yield from _block_texts(block)


def tables(paper: Paper):
    """Yield the tables of the paper and its annexes."""
    for blocks in (paper.blocks, *(annex.blocks for annex in paper.annexes)):
        yield from (block for block in blocks if isinstance(block, Table))


def _block_texts(block: Block):
    if isinstance(block, Table):
        yield from (block.title, *block.total, *(column.title for column in block.columns))
        for row in block.rows:
            yield from row
    elif hasattr(block, "title"):
        yield from (block.title, block.text)
    else:
        yield block.text
