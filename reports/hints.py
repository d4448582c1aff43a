"""What an appraiser may want to look at, pure: never a penalty, never counted in any score (domain.md 3.3).

A hint says what was found and leaves the judgement to the office.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from units.folding import fold

LONG_ENOUGH = 25  # letters; "Không có" is the same everywhere and says nothing
EVERY_TIME = 3  # reports with everybody present before the regularity is worth a word
NAMED = 3  # units named in one sentence


@dataclass(frozen=True)
class Reported:
    """One report as far as hints ask. `earlier`: (present, required) of the unit's other reports, counts in heads."""

    pk: int
    unit_id: int
    unit: str
    texts: dict[str, str] = field(default_factory=dict)  # what people call the field -> what was written
    points: Decimal | None = None
    scale: Decimal = Decimal(0)
    present: int | None = None
    required: int | None = None
    earlier: tuple[tuple[int, int], ...] = ()


def hints_for(reports: list[Reported]) -> dict[int, list[str]]:
    """{pk: sentences} over the reports of one plan; a report without anything to look at is left out."""
    found = defaultdict(list)
    for pk, words in _same_words(reports):
        found[pk].append(words)
    for one in reports:
        if one.points is not None and one.scale and one.points == one.scale:
            found[one.pk].append("Tự chấm điểm tối đa ở mọi mục.")
        if words := _always_everybody(one):
            found[one.pk].append(words)
    return dict(found)


def _same_words(reports):
    """(pk, sentence) for every text that another unit wrote too, letters and marks aside."""
    by_text = defaultdict(list)
    for one in reports:
        for name, text in one.texts.items():
            if len(plain := fold(text)) >= LONG_ENOUGH:
                by_text[name, plain].append(one)
    for (name, _), same in by_text.items():
        for one in same:
            others = sorted({other.unit for other in same if other.unit_id != one.unit_id})
            if others:
                more = f" và {len(others) - NAMED} đơn vị khác" if len(others) > NAMED else ""
                yield one.pk, f"“{name}” trùng lời với {', '.join(others[:NAMED])}{more}."


def _always_everybody(one):
    counts = [(one.present, one.required), *one.earlier]
    if len(counts) < EVERY_TIME or not all(required and present == required for present, required in counts):
        return ""
    return f"Dự học 100 % trong cả {len(counts)} lần báo cáo."
