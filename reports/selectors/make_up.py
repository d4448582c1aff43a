"""Who missed the ward's conference and whether the unit has made it up since."""

from dataclasses import dataclass, field

from campaigns.choices import Attendance
from campaigns.models import Conference, Directive, Invitee
from reports.choices import SessionKind
from reports.models import StudySession
from units.models import Unit


@dataclass
class MakeUpUnit:
    """The absentees of one unit (None: of no unit of the ward), in heads, and its make-up sessions so far."""

    unit: Unit | None
    lines: list[Invitee] = field(default_factory=list)
    sessions: list[StudySession] = field(default_factory=list)

    @property
    def excused(self) -> int:
        return sum(one.excused or 0 for one in self.lines)

    @property
    def absent(self) -> int:
        return sum(one.absent or 0 for one in self.lines)

    @property
    def heads(self) -> int:
        """How many people still have to make it up, by the roll."""
        return self.excused + self.absent


def make_up_list(conference: Conference) -> list[MakeUpUnit]:
    """Units with absentees in the order of the ward's tree; three queries for 3 units as for 300.

    A make-up session counts from the day of the conference on and about any of its directives.
    """
    lines = conference.invitees.exclude(attendance=Attendance.NONE).select_related("unit", "group")
    units = {}
    for line in lines.order_by("unit__sort_key", "group__position", "position", "pk"):
        missed = (line.excused or 0) + (line.absent or 0)
        if missed or (line.heads is None and line.attendance != Attendance.PRESENT):
            units.setdefault(line.unit_id, MakeUpUnit(line.unit)).lines.append(line)
    directives = Directive.objects.filter(plan_links__plan__conferences=conference)
    sessions = StudySession.objects.filter(
        unit__in=[pk for pk in units if pk], kind=SessionKind.MAKE_UP, directives__in=directives
    )
    if conference.held_on:
        sessions = sessions.filter(held_on__gte=conference.held_on)
    for session in sessions.distinct().order_by("held_on", "pk"):
        units[session.unit_id].sessions.append(session)
    return sorted(units.values(), key=lambda one: (one.unit is None, one.unit.sort_key if one.unit else ""))
