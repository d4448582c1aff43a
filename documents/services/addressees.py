"""Nơi nhận becomes actual addressees: "các chi bộ, đảng bộ trực thuộc" is each of them (domain.md 5.3).

Words are taken at their face value and no further: a group is only widened when every word of the line is known, so
"các chi bộ có tên trong danh sách" stays a line for the office to fill in by hand.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from documents.content import Recipient
from documents.services.issued import DispatchLine
from units.choices import UnitKind
from units.folding import fold
from units.models import Unit

_GROUP = re.compile(r"^(?:cac|toan the) .*\b(?:chi bo|dang bo|chi uy|to chuc dang|to chuc co so dang)\b")
_KINDS = {
    "to dan pho": UnitKind.RESIDENTIAL,
    "truong hoc": UnitKind.SCHOOL,
    "doanh nghiep": UnitKind.ENTERPRISE,
    "hop tac xa": UnitKind.ENTERPRISE,
    "tram y te": UnitKind.HEALTH,
    "cong an": UnitKind.POLICE,
    "quan su": UnitKind.MILITARY,
    "co quan": UnitKind.AGENCY,
    "don vi su nghiep": UnitKind.AGENCY,
}
_PLAIN = frozenset(
    [
        "cac",
        "toan",
        "the",
        "chi",
        "dang",
        "bo",
        "uy",
        "to",
        "chuc",
        "co",
        "so",
        "truc",
        "thuoc",
        "va",
        "phuong",
        "xa",
        "cap",
    ]
)
_STAFF = re.compile(
    r"^cac (?:co quan|ban)(?: chuyen trach)? tham muu,? (?:va )?(?:giup viec|giup viec cua)(?: cua)? dang uy"
)
_STAFF_BODIES = ("ban xay dung dang", "van phong dang uy", "uy ban kiem tra", "co quan uy ban kiem tra")
_AS_ABOVE = re.compile(r"^(?:nhu tren|nhu kinh gui)$")


@dataclass(frozen=True)
class WardRoll:
    """The units and bodies of a ward on one day, found by name or by group; read once for a whole Nơi nhận."""

    ward: Unit
    units: list[Unit]
    named: dict[str, Unit]

    @classmethod
    def on(cls, ward: Unit, day: date) -> "WardRoll":
        """Read the roll; units that had ended or not begun on `day` are left out."""
        units = list(Unit.objects.straight_under(ward).active(on=day).order_by("sort_key", "pk"))
        named = {fold(name): unit for unit in reversed(units) for name in (unit.short_name, unit.name)}
        return cls(ward, units, named)

    def reporting(self) -> list[Unit]:
        """Party organisations that report straight to the ward."""
        return [unit for unit in self.units if unit.must_report]

    def meant_by(self, name: str) -> list[Unit]:
        """Return whom a line of Nơi nhận means; nothing for one outside the ward or one that is not clear."""
        words = _words(name)
        if words in self.named:
            return [self.named[words]]
        if _STAFF.match(words):
            return [
                unit for unit in self.units if unit.kind == UnitKind.BODY and fold(unit.name).startswith(_STAFF_BODIES)
            ]
        if not _GROUP.match(words):
            return []
        kinds = {kind for phrase, kind in _KINDS.items() if phrase in words}
        for phrase in _KINDS:
            words = words.replace(phrase, " ")
        if set(re.findall(r"\w+", words)) - _PLAIN - set(re.findall(r"\w+", fold(self.ward.name))):
            return []
        return [unit for unit in self.reporting() if not kinds or unit.kind in kinds]


def actual_addressees(
    roll: WardRoll, recipients: Iterable[Recipient], *, addressees: Iterable[str] = ()
) -> list[DispatchLine]:
    """Return a line for each actual addressee of Nơi nhận, in its order; "Như trên" is the lines of Kính gửi."""
    lines: list[DispatchLine] = []
    for one in _with_addressees(recipients, addressees):
        meant = [DispatchLine(unit.name, unit, one.note) for unit in roll.meant_by(one.name)]
        lines += meant or [DispatchLine(one.name, None, one.note)]
    return lines


def without_repeats(lines: Iterable[DispatchLine]) -> list[DispatchLine]:
    """Keep the first line of each unit: who is named alone and in a group gets the paper once."""
    seen, kept = set(), []
    for line in lines:
        if line.unit is not None:
            if line.unit.pk in seen:
                continue
            seen.add(line.unit.pk)
        kept.append(line)
    return kept


def _with_addressees(recipients, addressees):
    for one in recipients:
        if _AS_ABOVE.match(_words(one.name)):
            yield from (Recipient(name.strip(" -.;,"), one.note) for name in addressees)
        else:
            yield one


def _words(name):
    return " ".join(fold(name).strip(" -.;,").split())
