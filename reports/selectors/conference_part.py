"""What the compiled report says of ward conferences: heads by class from the closed roll, plain JSON for the snapshot."""

from campaigns.choices import ConferenceState
from campaigns.models import Plan
from campaigns.selectors.conferences import all_totals, roll_groups
from documents.dates import short


def held_conferences(plan: Plan) -> list[dict]:
    """Conferences held for `plan` whose roll is closed, the earliest first; a class without any figure is left out.

    `uncounted` lines keep their heads to themselves (armed forces) or never had any: no sum holds them.
    """
    rows = plan.conferences.filter(state=ConferenceState.HELD).select_related("venue").order_by("held_on", "pk")
    return [_as_json(conference) for conference in rows]


def _as_json(conference) -> dict:
    groups = roll_groups(conference)
    counted = [(group, group.totals) for group in groups]
    return {
        "id": conference.pk,
        "held_on": short(conference.held_on),
        "way": conference.get_way_display().lower(),
        "place": conference.where,
        "uncounted": all_totals(groups).uncounted,
        "rows": [
            {
                "name": str(group.group),
                "convened": totals.convened,
                "present": totals.present,
                "excused": totals.excused,
                "absent": totals.absent,
            }
            for group, totals in counted
            if totals.convened
        ],
    }
