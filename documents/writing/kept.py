"""What no line end and no page end may part (format rules 9.10 and 9.11): the PDF and the Word file keep to the same."""

import re

from documents.content import Block, Heading, Table

# Signs, dates, percentages and "T/M BAN" stay on one line; every repetition is bounded.
KEPT_TOGETHER = re.compile(
    r"(?:[Ss]ố )?\d{1,4}-[A-ZĐ][A-Za-zĐđ]{0,7}/[A-ZĐ][A-Za-zĐđ]{0,11}"
    r"|(?:ngày )?\d{1,2}/\d{1,2}/\d{4}"
    r"|tháng \d{1,2}/\d{4}"
    r"|\d{1,2} giờ \d{2}"
    r"|\d{1,3}(?:[.,]\d{1,3}){0,2} %"
    r"|[TK]/[MTL] \w{1,20}"
)
# "ngày **05/6/2026**": the last word of one run and the first of the next belong together.
OPENS_A_DATE = re.compile(r"(?:^|(?<=\s))(?:ngày|tháng|quý|số) $", re.IGNORECASE)
# About this many characters fill a line of 165 mm at 14 pt.
_LINE = 85


def kept_with_signature(blocks: list[Block]) -> set[int]:
    """Return the places of the last blocks that must share a page with the signature: two lines at least."""
    kept, lines = set(), 0
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if lines >= 2 or isinstance(block, Table):
            break
        kept.add(index)
        lines += 1 if isinstance(block, Heading) else -(-len(block.text) // _LINE)
    return kept
