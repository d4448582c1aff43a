"""What a Word file says of its paper beyond the printed words: kept in the properties of the document.

A name printed in capitals is kept as it is stored, a table keeps the shares of its columns, a draft its number. The
reader believes a property only where the printed words still agree with it; so what an office edits always wins.
"""

from documents.content import Annex, Block, Copy, Heading, Paper, Signature, Table
from documents.writing.docx_package import split_property

ALIGNS = {"left": "l", "center": "c", "right": "r"}


def block_name(number: int, annex: int | None = None) -> str:
    """Return the bookmark of a block: "LT_b3", in an annex "LT_a0_b3"."""
    return f"LT_b{number}" if annex is None else f"LT_a{annex}_b{number}"


def properties_of(paper: Paper, base: str) -> dict[str, str]:
    """Return the properties of `paper`; `base` is the fingerprint of the paper the file was made from."""
    found = {
        "LT_base": base,
        "LT_kind": paper.kind.value,
        "LT_profile": paper.profile,
        "LT_duplex": "1" if paper.duplex else "",
        "LT_draft": "1" if paper.draft else "",
        "LT_title": paper.title,
        "LT_circulation": _folded(paper.circulation),
        **_head("", paper),
        **_signature("LT_signature", paper.signature),
        **_signature("LT_second", paper.second_signature),
    }
    for number, block in enumerate(paper.blocks):
        found |= _block(block_name(number), block)
    for index, annex in enumerate(paper.annexes):
        found |= _annex(index, annex)
    if paper.copy:
        found |= _head("copy_", paper.copy) | _signature("LT_copy_signature", paper.copy.signature)
    return {key: piece for name, value in found.items() if value for key, piece in split_property(name, value).items()}


def _head(prefix: str, paper: Paper | Copy) -> dict[str, str]:
    expected, number = paper.place_date.expected, paper.number_line.number if paper.number_line else None
    return {
        f"LT_{prefix}superior": _folded(paper.letterhead.superior),
        f"LT_{prefix}body": _folded(paper.letterhead.body),
        f"LT_{prefix}expected": expected.isoformat() if expected else "",
        f"LT_{prefix}number": "" if number is None else str(number),
    }


def _signature(name: str, signature: Signature | None) -> dict[str, str]:
    if signature is None:
        return {}
    kept = {f"{name}_authority": _folded(signature.authority), f"{name}_position": _folded(signature.position)}
    return {key: value for key, value in kept.items() if value != value.upper()}


def _annex(index: int, annex: Annex) -> dict[str, str]:
    title = _folded(annex.title)
    found = {f"LT_a{index}_title": title if title != title.upper() else ""}
    for number, block in enumerate(annex.blocks):
        found |= _block(block_name(number, index), block)
    return found


def _block(name: str, block: Block) -> dict[str, str]:
    if isinstance(block, Heading) and block.level == 1 and block.title != block.title.upper():
        return {name: _folded(block.title)}
    if isinstance(block, Table):
        columns = ",".join(f"{column.width!r}{ALIGNS[column.align]}" for column in block.columns)
        return {name: f"{'w' if block.landscape else 't'}{columns}"}
    return {}


def _folded(text: str) -> str:
    return " ".join(text.split())
