"""A unit that bears another name from a day on, with both names on record."""

from tests import factories
from units.models import UnitRevision


def rename(unit, name, short_name, *, on):
    """`unit` bears another name from the day `on`; what it is called today stays on record."""
    facts = {"parent": unit.parent, "kind": unit.kind, "recorded_at": factories.NOW, "recorded_by": factories.make_user()}
    for since, named in ((factories.SINCE, (unit.name, unit.short_name)), (on, (name, short_name))):
        values = {"name": named[0], "short_name": named[1]} | facts
        UnitRevision.objects.get_or_create(unit=unit, effective_from=since, defaults=values)
    unit.name, unit.short_name = name, short_name
    unit.save(update_fields=["name", "short_name"])
    return unit
