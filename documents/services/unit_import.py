"""Bringing the ward's Excel list of units and secretaries in: looked at first, written whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from documents.unit_rows import BY_KEY, ParsedList, Problem, UnitRow, parse_list
from units.choices import Role
from units.folding import fold
from units.models import Membership, Unit, User
from units.services.audit import record_event
from units.services.people import create_person, end_role, give_role, revise_person
from units.services.units import create_unit, revise_unit, set_unit_facts

BASIS = "Nhập từ danh sách Excel"
_DATED = ("kind", "name", "short_name", "member_count", "exempt_count")


@dataclass(frozen=True)
class Change:
    """What a row would do: to the unit ("new", "changed", "same"), to its secretary, and the words for the preview."""

    row: UnitRow
    unit: Unit | None
    state: str
    notes: list[str]
    secretary: Membership | None


@dataclass
class Preview:
    """The whole list against what the ward has now; it may be confirmed when there is no problem."""

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def count(self, state: str) -> int:
        return sum(change.state == state for change in self.changes)

    @property
    def new(self) -> int:
        return self.count("new")

    @property
    def changed(self) -> int:
        return self.count("changed")

    @property
    def same(self) -> int:
        return self.count("same")


def preview_import(*, table: Sequence[Sequence[str]], ward: Unit, on: date) -> Preview:
    """Compare the table with the ward's units (matched by code); writes nothing. Three queries for any length."""
    parsed = parse_list(table)
    units = {}
    for unit in Unit.objects.below(ward).filter(active_to__isnull=True).select_related("parent"):
        units.setdefault(unit.code.casefold(), []).append(unit)
    current = Membership.objects.current(on=on).filter(role=Role.SECRETARY, unit__path__startswith=ward.path)
    secretaries = {membership.unit_id: membership for membership in current.select_related("user")}
    preview = Preview(problems=list(parsed.problems))
    for row in parsed.rows:
        preview.problems += _place_problems(row, units, parsed)
        known = units.get(row.code.casefold(), [])
        unit = known[0] if known else None
        preview.changes.append(_change(row, unit, secretaries.get(unit.pk) if unit else None))
    preview.problems.sort(key=lambda problem: problem.row)
    return preview


@transaction.atomic
def confirm_import(*, table: Sequence[Sequence[str]], ward: Unit, by: User, on: date) -> Preview:
    """Write the list in one transaction; what the ward has by now is compared anew. The same list again changes nothing.

    Raises:
        ValidationError: ``bad_rows`` when a row has a problem; nothing is written.
    """
    preview = preview_import(table=table, ward=ward, on=on)
    if preview.problems:
        raise ValidationError(
            f"Danh sách còn {len(preview.problems)} chỗ cần sửa nên chưa ghi gì. Hãy sửa trong tệp rồi tải lên lại.",
            code="bad_rows",
        )
    made = {unit.code.casefold(): unit for unit in Unit.objects.below(ward).filter(active_to__isnull=True)}
    for change in _parents_first(preview.changes):
        if change.state == "same":
            continue
        unit = _write_unit(change, made, ward=ward, by=by, on=on)
        made[unit.code.casefold()] = unit
        _write_secretary(change, unit, by=by, on=on)
    if preview.new or preview.changed:
        record_event(
            by=by,
            verb="unit.import",
            target=ward,
            ward=ward,
            details={"new": preview.new, "changed": preview.changed, "same": preview.same},
        )
    return preview


def _place_problems(row: UnitRow, units: dict[str, list[Unit]], parsed: ParsedList) -> list[Problem]:
    problems = []
    if len(units.get(row.code.casefold(), [])) > 1:
        sentence = f"Phường đang có hai đơn vị cùng mã “{row.code}”; hãy đổi một mã trên trang đơn vị trước khi nhập."
        problems.append(Problem(row.row, BY_KEY["code"].title, sentence))
    parent = row.parent_code.casefold()
    if parent and parent not in units and parent not in {other.code.casefold() for other in parsed.rows}:
        sentence = f"Không có đơn vị nào mang mã “{row.parent_code}” trong phường hay trong tệp."
        problems.append(Problem(row.row, BY_KEY["parent_code"].title, sentence))
    if parent and parent == row.code.casefold():
        problems.append(Problem(row.row, BY_KEY["parent_code"].title, "Một đơn vị không thể trực thuộc chính nó."))
    elif parent and _loops(row, parsed):
        problems.append(Problem(row.row, BY_KEY["parent_code"].title, "Các đơn vị trực thuộc lẫn nhau thành vòng."))
    return problems


def _loops(row: UnitRow, parsed: ParsedList) -> bool:
    above = {other.code.casefold(): other.parent_code.casefold() for other in parsed.rows}
    seen, code = set(), row.code.casefold()
    while code and code not in seen:
        seen.add(code)
        code = above.get(code, "")
    return code == row.code.casefold()


def _change(row: UnitRow, unit: Unit | None, secretary: Membership | None) -> Change:
    if unit is None:
        notes = ["đơn vị mới"] + ([f"bí thư {row.secretary}"] if row.secretary else [])
        return Change(row, None, "new", notes, None)
    notes = [_difference(key, getattr(unit, key), value) for key, value in _differing(row, unit).items()]
    if row.parent_code and unit.parent.code.casefold() != row.parent_code.casefold():
        notes.append(f"trực thuộc {unit.parent.code} → {row.parent_code}")
    if row.secretary and (secretary is None or fold(secretary.user.full_name) != fold(row.secretary)):
        notes.append(f"bí thư {secretary.user.full_name if secretary else 'chưa có'} → {row.secretary}")
    elif row.secretary and _contact(row, secretary.user) != (secretary.user.phone, secretary.user.email):
        notes.append("điện thoại hoặc thư điện tử của bí thư")
    return Change(row, unit, "changed" if notes else "same", notes, secretary)


def _differing(row: UnitRow, unit: Unit) -> dict:
    keys = (*_DATED, "usual_meeting_day")
    wanted = {key: getattr(row, key) for key in keys if getattr(row, key) is not None}
    return {key: value for key, value in wanted.items() if getattr(unit, key) != value}


def _difference(key: str, old, new) -> str:
    shown = "chưa có" if old is None else old
    return f"{BY_KEY[key].title.lower()} {shown} → {new}"


def _contact(row: UnitRow, user: User) -> tuple[str, str]:
    return row.phone or user.phone, row.email or user.email


def _parents_first(changes: list[Change]) -> list[Change]:
    waiting = {change.row.code.casefold(): change for change in changes}
    ordered: list[Change] = []

    def take(code: str) -> None:
        change = waiting.pop(code, None)
        if change:
            take(change.row.parent_code.casefold())
            ordered.append(change)

    for change in changes:
        take(change.row.code.casefold())
    return ordered


def _write_unit(change: Change, made: dict[str, Unit], *, ward: Unit, by: User, on: date) -> Unit:
    row = change.row
    parent = made[row.parent_code.casefold()] if row.parent_code else ward
    if change.unit is None:
        return create_unit(
            parent=parent, kind=row.kind, code=row.code, name=row.name, short_name=row.short_name,
            active_from=row.active_from or on, by=by, member_count=row.member_count, exempt_count=row.exempt_count,
            usual_meeting_day=row.usual_meeting_day,
        )  # fmt: skip
    unit = made[row.code.casefold()]
    differing = _differing(row, unit)
    dated = {key: value for key, value in differing.items() if key in _DATED}
    if row.parent_code and unit.parent_id != parent.pk:
        dated["parent"] = parent
    if dated:
        revise_unit(unit=unit, effective_from=max(on, unit.active_from), by=by, basis=BASIS, on=on, **dated)
    if "usual_meeting_day" in differing:
        set_unit_facts(unit=unit, by=by, usual_meeting_day=differing["usual_meeting_day"])
    return unit


def _write_secretary(change: Change, unit: Unit, *, by: User, on: date) -> None:
    row, known = change.row, change.secretary
    if not row.secretary:
        return
    if known and fold(known.user.full_name) == fold(row.secretary):
        phone, email = _contact(row, known.user)
        if (phone, email) != (known.user.phone, known.user.email):
            revise_person(person=known.user, full_name=known.user.full_name, phone=phone, email=email, by=by)
        return
    if known:
        end_role(membership=known, on=on, by=by)
    person = create_person(full_name=row.secretary, phone=row.phone, email=row.email, by=by)
    give_role(person=person, unit=unit, role=Role.SECRETARY, starts_on=on, by=by, position="Bí thư")
