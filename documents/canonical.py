"""One form for papers that print the same: white space folded, emphasis written one way, end marks left to the format.

A paper that came back from a Word file is in this form already; an earlier one is put into it before the two are
compared, so that nobody is asked about differences that no reader of the paper could see.
"""

from dataclasses import replace

from documents import markup
from documents.content import Annex, Block, Copy, Heading, Item, Paper, Paragraph, Recipient, Signature, Table


def canonical(paper: Paper) -> Paper:
    """Return the paper that prints as `paper` does and equals every other one in this form that prints the same."""
    signed = paper.signature is not None
    return replace(
        paper,
        subject=_fold(paper.subject),
        letterhead=replace(
            paper.letterhead, superior=_fold(paper.letterhead.superior), body=_fold(paper.letterhead.body)
        ),
        blocks=_blocks(paper.blocks),
        signature=_signature(paper.signature),
        second_signature=_signature(paper.second_signature) if signed else None,
        recipients=_recipients(paper.recipients) if signed else (),
        bases=tuple(_bare(_marked(base)) for base in paper.bases),
        addressees=tuple(_bare(_fold(name)) for name in paper.addressees),
        closing="\n".join(_marked(text) for text in paper.closing.split("\n") if text.strip()),
        annexes=tuple(map(_annex, paper.annexes)),
        draft_label=_fold(paper.draft_label),
        circulation=_fold(paper.circulation),
        copy=_copy(paper.copy),
    )


def _fold(text: str) -> str:
    return " ".join(text.split())


def _marked(text: str) -> str:
    return markup.joined(markup.parse(_fold(text)))


def _bare(text: str) -> str:
    return text.rstrip(" .,;")


def _blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(block for block in map(_block, blocks) if block is not None)


def _block(block: Block) -> Block | None:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Heading):
        return Heading(block.level, _fold(block.marker), _fold(block.title), _marked(block.text))
    text = _marked(block.text)
    if isinstance(block, Item):
        return replace(block, text=text) if text else Paragraph(block.mark)
    if block.align == "justify" and text[:2] in {"- ", "+ "}:
        return Item(text[2:], text[0])
    return replace(block, text=text) if text else None


def _table(table: Table) -> Table:
    width = len(table.columns)

    def row(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(_marked, (texts + ("",) * width)[:width] if len(texts) > 1 else texts))

    return replace(
        table,
        columns=tuple(replace(column, title=_marked(column.title), group=_marked(column.group)) for column in table.columns),
        rows=tuple(map(row, table.rows)),
        title=_marked(table.title),
        total=row(table.total) if table.total else (),
    )


def _signature(signature: Signature | None) -> Signature | None:
    if signature is None:
        return None
    return Signature(_fold(signature.authority), _fold(signature.position), _fold(signature.name))


def _recipients(recipients: tuple[Recipient, ...]) -> tuple[Recipient, ...]:
    return tuple(map(_recipient, recipients))


def _recipient(one: Recipient) -> Recipient:
    text = _bare(_fold(f"{one.name} ({one.note})" if one.note else one.name))
    name, bracket, note = text.rpartition(" (")
    return Recipient(name, note[:-1]) if bracket and note.endswith(")") else Recipient(text)


def _annex(annex: Annex) -> Annex:
    return replace(
        annex,
        title=_fold(annex.title),
        blocks=_blocks(annex.blocks),
        subject=_marked(annex.subject),
        accompanies=_fold(annex.accompanies),
        label=_fold(annex.label),
    )


def _copy(copy: Copy | None) -> Copy | None:
    if copy is None:
        return None
    return replace(copy, signature=_signature(copy.signature), recipients=_recipients(copy.recipients))
