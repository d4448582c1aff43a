"""Units found by the name a person typed: one list for the whole page instead of a select of sixty in every row."""

from collections.abc import Iterable

from campaigns.choices import LeadGroup
from units.folding import fold
from units.models import Unit

SEPARATOR = ";"


class UnitNames:
    """The bodies and units of a ward by full name, short name or code; loaded once a page."""

    def __init__(self, units: Iterable[Unit]):
        self.units = list(units)
        self._by_id = {unit.pk: unit for unit in self.units}
        self._by_name: dict[str, Unit] = {}
        # The full name goes first: a short name that two units share must not hide the one it is the full name of.
        for attribute in ("name", "code", "short_name"):
            for unit in self.units:
                self._by_name.setdefault(fold(getattr(unit, attribute)), unit)

    @classmethod
    def of_ward(cls, ward: Unit, *, on) -> "UnitNames":
        """Bodies first, then the organisations that report to the ward, those below a đảng bộ cơ sở last: their short
        names must not hide the ward's own."""
        units = Unit.objects.straight_under(ward).active(on=on).order_by("must_report", "depth", "sort_key", "pk")
        return cls(units)

    def find(self, typed: str) -> Unit | None:
        """The unit of that name, whatever its marks and case."""
        return self._by_name.get(fold(typed))

    def name_of(self, pk: int | None) -> str:
        """What a field shows for a stored unit."""
        return self._by_id[pk].name if pk in self._by_id else ""

    def options(self) -> list[str]:
        """What the page offers while typing: the group, then every name."""
        return [LeadGroup.ALL_UNITS.label, *(unit.name for unit in self.units)]
