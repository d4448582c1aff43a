"""One statement for rows that each get a value of their own, grouped by value."""

from collections import defaultdict

from django.db.models import Case, Value, When
from django.db.models.expressions import Combinable


def value_of(values: dict, *, key: str = "pk") -> Combinable:
    """What an update writes to its rows: {`key` of the row: value}. One value for all of them is written plainly."""
    groups = defaultdict(list)
    for pk, value in values.items():
        groups[value].append(pk)
    (last, _), *others = sorted(groups.items(), key=lambda group: -len(group[1]))
    return Case(*(When(**{f"{key}__in": pks}, then=Value(value)) for value, pks in others), default=Value(last)) if others else Value(last)
