"""Whose ward: the one that a unit or a person belongs to."""

from units.choices import UnitKind
from units.models import Unit, User, WardSettings
from units.paths import ancestors
from units.ready_queries import ReadyQuery
from units.selectors.access import Access


def ward_of(unit: Unit) -> Unit | None:
    """The ward at or above `unit`; None for the level above the wards."""
    if unit.is_ward:
        return unit
    return Unit.objects.filter(path__in=ancestors(unit.path), kind=UnitKind.WARD).first()


def ward_of_person(person: User | None) -> Unit | None:
    """The ward `person` works for today; None for commands and the level above."""
    return Access(person).ward if person else None


def counted_at_conference(unit: Unit) -> bool:
    """Whether the ward counts the members of `unit` at its own conference, where all of them attend, and not only at a
    session of the unit: the ward's choice, so that nobody is counted in both places (domain.md 2.4)."""
    above = _settings_of(paths=[*ancestors(unit.path), unit.path])
    return counts_there(above[0] if above else None, unit)


def office_phone_of(ward: Unit) -> str:
    """The number people ring the ward's office by; "" while the ward has given none. Every page shows it."""
    return "".join(phone for phone, in _office_phone(ward=ward.pk))


@ReadyQuery
def _office_phone(ward):
    return WardSettings.objects.filter(ward=ward).values_list("office_phone")


@ReadyQuery
def _settings_of(paths):
    rows = WardSettings.objects.filter(ward__path__in=paths, ward__kind=UnitKind.WARD).order_by("-ward__depth")
    return rows.only("counts_at_conference", "conference_kinds")


def counts_there(settings_row: WardSettings | None, unit: Unit) -> bool:
    """What `counted_at_conference` says, by the settings of the unit's ward."""
    return bool(settings_row and settings_row.counts_at_conference and unit.kind in settings_row.conference_kinds)
