"""What one row of the checklist is, and what it says about a paper."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from documents.inspection.layout import Layout

# What a measuring function returns: does it hold (None: does not apply), what was found, on which page.
Result = tuple[bool | None, str, int | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one row; ``holds`` is None where the rule does not apply to this paper."""

    row: str
    holds: bool | None
    expected: str
    found: str
    page: int | None
    certainty: str

    def as_dict(self) -> dict[str, Any]:
        """Return the finding with the keys of the JSON contract."""
        return {name: getattr(self, name) for name in ("row", "holds", "expected", "found", "page", "certainty")}


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: its name in the format rules, its wording, how sure the rule is, how to measure it."""

    name: str
    certainty: str
    expected: str
    answer: Callable[[Layout], Result]

    def measure(self, layout: Layout) -> Finding:
        """Return what this rule says of the paper."""
        holds, found, page = self.answer(layout)
        return Finding(self.name, holds, self.expected, found, page, self.certainty)


class RowSet:
    """Gathers the rows of one module in the order they are written."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def row(self, name: str, certainty: str, expected: str) -> Callable:
        """Register the function below as the measure of a rule."""

        def register(answer: Callable[[Layout], Result]) -> Callable[[Layout], Result]:
            self.rows.append(Row(name, certainty, expected, answer))
            return answer

        return register


NOT_APPLICABLE: Result = (None, "không áp dụng", None)
MISSING: Result = (False, "không tìm thấy", 1)


def points(size: float, *, bold: bool = False, italic: bool = False) -> str:
    """Return "14.0 pt bold" for a report."""
    return " ".join([f"{size:.1f} pt", *(["bold"] if bold else []), *(["italic"] if italic else [])])


def within(value: float, limits: tuple[float, float], tolerance: float) -> bool:
    """Return whether a measure lies between both limits, give or take the tolerance."""
    return limits[0] - tolerance <= value <= limits[1] + tolerance
