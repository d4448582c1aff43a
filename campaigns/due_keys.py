"""Due days as numbers, as the counters keep them: unique keys with "no day" among them on both engines."""

import datetime as dt


def due_key(day: dt.date | None) -> int:
    """The due day as YYYYMMDD; 0 for no day."""
    return day.year * 10_000 + day.month * 100 + day.day if day else 0


def due_day(key: int) -> dt.date | None:
    """The day of a key; None for 0."""
    return dt.date(key // 10_000, key // 100 % 100, key % 100) if key else None
