"""Places inside a line."""

from bisect import bisect_right
from collections.abc import Sequence


def inside(spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Return whether a place lies in one of some spans, which are in order and do not overlap."""
    index = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return index >= 0 and place < spans[index][1]
