"""The list of those convened: classes expanded to units and offices, and lines written by hand."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from campaigns.choices import Attendance, ParticipantClass, Reply
from campaigns.conference_classes import RULES
from campaigns.models import Conference, ConferenceClass, Invitee
from documents.search import fold, natural_sort_key
from units.choices import Role
from units.models import Membership, Unit, User
from units.selectors.units import hides_members
from units.services.audit import record_event

CLOSED = "Hội nghị đã chốt điểm danh hoặc đã hủy nên danh sách không sửa được nữa. Chưa ghi gì."
_ORDER = {kind: place for place, kind in enumerate(ParticipantClass.values)}


@transaction.atomic
def set_classes(*, conference: Conference, kinds: Iterable[str], by: User, at: dt.datetime) -> Conference:
    """Convene exactly the classes `kinds`; new ones are expanded, kept ones gain the units that were not there yet.

    A line that a person wrote, answered or was called on is never thrown away: its class stays. What a person took off
    stays off while its class is convened. Units whose members all attend bring their secretary with them, so nobody is
    convened twice; where a unit has another secretary now, the line not answered yet carries the new name. Raises
    ValidationError "closed", "answered", "by_hand".
    """
    conference = hold_open(conference)
    wanted = set(kinds)
    _drop_classes(conference, wanted)
    have = set(conference.classes.values_list("kind", flat=True))
    ConferenceClass.objects.bulk_create(
        ConferenceClass(conference=conference, kind=kind, position=_ORDER[kind]) for kind in wanted - have
    )
    added = _expand(conference, on=conference.held_on or timezone.localdate(at))
    details = {"classes": len(wanted), "added": added}
    record_event(by=by, verb="conference.list", target=conference, ward=conference.ward, details=details, at=at)
    return conference


@transaction.atomic
def add_invitee(*, conference: Conference, kind: str, by: User, at: dt.datetime, **facts) -> Invitee:
    """Write one line by hand; `facts`: unit, name, office, whole, heads. Raises ValidationError "closed", "nobody"."""
    conference = hold_open(conference)
    _refuse_nobody(facts)
    group, _ = ConferenceClass.objects.get_or_create(
        conference=conference, kind=kind, defaults={"position": _ORDER[kind]}
    )
    last = group.invitees.order_by("-position").values_list("position", flat=True).first()
    invitee = Invitee.objects.create(
        conference=conference, group=group, position=(last or 0) + 1, by_hand=True, **_heads(facts)
    )
    _leave_out(conference, [one for one in conference.left_out if one != list(_identity(kind, invitee))])
    record_event(by=by, verb="conference.invite", target=invitee, ward=conference.ward, at=at)
    return invitee


@transaction.atomic
def revise_invitee(*, invitee: Invitee, by: User, at: dt.datetime, **facts) -> Invitee:
    """Correct one line. Raises ValidationError "closed", "nobody", "called" when its heads were already called."""
    conference = hold_open(invitee.conference)
    invitee = _hold_line(invitee)
    _refuse_nobody(facts)
    facts = _heads(facts)
    if invitee.attendance != Attendance.NONE and facts["heads"] != invitee.heads:
        raise ValidationError(
            "Dòng này đã điểm danh nên không đổi được số người. Đồng chí xóa điểm danh trước.", code="called"
        )
    facts["by_hand"] = invitee.by_hand or any(getattr(invitee, name) != value for name, value in facts.items())
    for name, value in facts.items():
        setattr(invitee, name, value)
    invitee.save(update_fields=list(facts))
    record_event(by=by, verb="conference.revise_invitee", target=invitee, ward=conference.ward, at=at)
    return invitee


@transaction.atomic
def remove_invitee(*, invitee: Invitee, by: User, at: dt.datetime) -> None:
    """Take one line off the list, for good although its class convenes it. Raises ValidationError "closed", "answered"."""
    conference = hold_open(invitee.conference)
    invitee = _hold_line(invitee)
    if invitee.reply != Reply.NONE or invitee.attendance != Attendance.NONE:
        raise ValidationError(
            "Đại biểu này đã trả lời hoặc đã điểm danh nên không bỏ khỏi danh sách được.", code="answered"
        )
    record_event(by=by, verb="conference.uninvite", target=invitee, ward=conference.ward, at=at)
    if invitee.group.kind in RULES:
        _leave_out(conference, [*conference.left_out, list(_identity(invitee.group.kind, invitee))])
    invitee.delete()


def hold_open(conference: Conference) -> Conference:
    """The row of the conference under a lock of this transaction. Raises ValidationError "closed" when its list stands."""
    held = Conference.objects.select_for_update(of=("self",)).select_related("ward").get(pk=conference.pk)
    if not held.is_open:
        raise ValidationError(CLOSED, code="closed")
    return held


def _hold_line(invitee: Invitee) -> Invitee:
    """The line as it is now: an answer may have come since the page was opened."""
    found = Invitee.objects.select_for_update(of=("self",)).select_related("group", "unit").filter(pk=invitee.pk).first()
    if found is None:
        raise ValidationError("Dòng này vừa được người khác bỏ khỏi danh sách. Chưa ghi gì.", code="gone")
    return found


def _leave_out(conference: Conference, left_out: list) -> None:
    if left_out != conference.left_out:
        conference.left_out = left_out
        conference.save(update_fields=["left_out"])


def _refuse_nobody(facts: dict) -> None:
    if not facts.get("unit") and not facts.get("name"):
        raise ValidationError("Đồng chí ghi họ tên hoặc chọn đơn vị.", code="nobody")


def _heads(facts: dict) -> dict:
    """A withheld unit convened whole has no figure, whatever was typed."""
    unit = facts.get("unit")
    withheld = unit is not None and facts.get("whole") and unit.pk in hides_members([unit])
    return facts | {"heads": None if withheld else facts.get("heads")}


def _drop_classes(conference: Conference, wanted: set[str]) -> None:
    gone = conference.classes.exclude(kind__in=wanted)
    kept = gone.filter(invitees__in=conference.invitees.exclude(reply=Reply.NONE, attendance=Attendance.NONE)).first()
    if kept:
        raise ValidationError(
            f"Thành phần “{kept}” đã có người trả lời hoặc đã điểm danh nên không bỏ được. Danh sách giữ nguyên.",
            code="answered",
        )
    written = conference.invitees.filter(group__in=gone, by_hand=True).select_related("group", "unit").first()
    if written:
        raise ValidationError(
            f"Thành phần “{written.group}” có dòng ghi tay ({written}) nên không bỏ được. Danh sách giữ nguyên; "
            "đồng chí bỏ dòng đó trước nếu không mời nữa.",
            code="by_hand",
        )
    _leave_out(conference, [one for one in conference.left_out if one[0] in wanted])
    gone.delete()


def _expand(conference: Conference, *, on: dt.date) -> int:
    """Add the lines that the classes stand for and the list lacks; returns how many. A fixed number of queries."""
    source = _Source(conference.ward, on=on)
    present = list(conference.invitees.select_related("group"))
    _rename(present, source.secretaries)
    taken = {_identity(one.group.kind, one) for one in present} | {tuple(one) for one in conference.left_out}
    people = {one.person_id for one in present if one.person_id}
    groups = {one.kind: one for one in conference.classes.all()}
    whole = {unit.pk for kind, rule in RULES.items() if rule.whole and kind in groups for unit in source.units_of(rule)}
    last = {}
    for one in present:
        last[one.group_id] = max(last.get(one.group_id, 0), one.position)
    lines = []
    for kind in sorted(set(groups) & set(RULES), key=_ORDER.get):
        for line in source.lines(kind, skipping=whole):
            if _identity(kind, line) in taken or (line.person_id and line.person_id in people):
                continue
            people.add(line.person_id)
            group = groups[kind]
            last[group.pk] = line.position = last.get(group.pk, 0) + 1
            line.conference, line.group = conference, group
            lines.append(line)
    Invitee.objects.bulk_create(lines)
    return len(lines)


def _rename(present: list[Invitee], secretaries: dict[int, User]) -> None:
    """Lines of secretaries nobody answered or corrected yet name who holds the office now; the old link ends."""
    changed = []
    for line in present:
        untouched = not line.by_hand and line.reply == Reply.NONE and line.attendance == Attendance.NONE
        person = secretaries.get(line.unit_id)
        if line.group.kind == ParticipantClass.SECRETARIES and untouched and person and line.person_id != person.pk:
            line.link_version += line.person_id is not None
            line.person, line.name = person, person.full_name
            changed.append(line)
    Invitee.objects.bulk_update(changed, ["person", "name", "link_version"])


def _identity(kind: str, line: Invitee) -> tuple:
    return (kind, line.unit_id, line.person_id if not line.unit_id else None)


class _Source:
    """The ward's units and people of one day, read once."""

    def __init__(self, ward: Unit, *, on: dt.date):
        self.ward = ward
        active = Unit.objects.straight_under(ward).active(on=on)
        self.units = list(active.select_related("in_charge").order_by("sort_key", "pk"))
        self.withheld = hides_members(self.units)
        current = Membership.objects.current(on=on).select_related("user").order_by("pk")
        self.secretaries = {one.unit_id: one.user for one in current.filter(unit__in=self.units, role=Role.SECRETARY)}
        self.leaders = {one.user_id: one for one in current.filter(unit=ward, role=Role.LEADER)}

    def units_of(self, rule) -> list[Unit]:
        """Party organisations of the kinds of `rule` that report to the ward, or the bodies it names."""
        if rule.bodies:
            bodies = [unit for unit in self.units if unit.kind == "body"]
            return [unit for unit in bodies if _begins(fold(unit.name), rule.bodies)]
        return [unit for unit in self.units if unit.kind in rule.kinds and unit.must_report]

    def lines(self, kind: str, *, skipping: set[int]) -> list[Invitee]:
        """The lines of one class, not saved; `skipping`: units convened whole, which bring their officers along."""
        rule = RULES[kind]
        if kind == ParticipantClass.COMMITTEE:
            return self._committee(rule)
        if rule.whole:
            return [self._whole(unit) for unit in self.units_of(rule)]
        units = [unit for unit in self.units_of(rule) if unit.pk not in skipping]
        if kind == ParticipantClass.SECRETARIES:
            return [self._secretary(unit, rule) for unit in units]
        return [Invitee(unit=unit, office=rule.office, heads=1) for unit in units]

    def _committee(self, rule) -> list[Invitee]:
        leaders = {one.user_id: (one.user, one.position or rule.office) for one in self.leaders.values()}
        members = {unit.in_charge_id: (unit.in_charge, rule.office) for unit in self.units if unit.in_charge_id}
        found = leaders | {pk: one for pk, one in members.items() if pk not in leaders}
        return [
            Invitee(person=person, name=person.full_name, office=office, heads=1) for person, office in sorted(found.values(), key=_by_name)
        ]

    def _secretary(self, unit: Unit, rule) -> Invitee:
        person = self.secretaries.get(unit.pk)
        return Invitee(unit=unit, person=person, name=person.full_name if person else "", office=rule.office, heads=1)

    def _whole(self, unit: Unit) -> Invitee:
        known = unit.member_count is not None and unit.pk not in self.withheld
        heads = max(unit.member_count - (unit.exempt_count or 0), 0) if known else None
        return Invitee(unit=unit, office="Toàn thể đảng viên", whole=True, heads=heads)


def _by_name(found: tuple[User, str]) -> tuple:
    """Leaders first, then by name with numbers in their order."""
    person, office = found
    return office == RULES[ParticipantClass.COMMITTEE].office, natural_sort_key(person.full_name)


def _begins(name: str, words: tuple[str, ...]) -> bool:
    """Whether the unmarked name of a body is led by one of `words`: "Văn phòng HĐND và UBND" is not the UBND."""
    return any(0 <= name.find(word) <= 12 for word in words)
