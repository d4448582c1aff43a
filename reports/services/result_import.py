"""Results of many units written from the ward's own Excel sheet, all or nothing, marked as such."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction

from campaigns.models import Plan
from reports.choices import EntrySource
from reports.selectors.result_import import reports_of
from reports.services.sending import submit
from units.models import Unit, User
from units.services.audit import record_event


@dataclass(frozen=True, slots=True)
class ImportedResult:
    """One unit as the sheet gives it: fields of StudySession with "directives", fields of Submission, the self-score as
    criterion id -> (points, grounds), empty when the sheet has none."""

    unit: Unit
    session: dict
    figures: dict
    points: dict = field(default_factory=dict)


@transaction.atomic
def import_results(*, ward: Unit, plans: list[Plan], results: list[ImportedResult], by: User, at: dt.datetime) -> int:
    """Write `results` as reports for `plans` on behalf of the units; returns how many units were written.

    A plan for which a unit has reported meanwhile is left as it is, so that the same sheet again writes nothing. The
    secretary of each unit still confirms. Raises ValidationError "locked", "not_asked" or what a session raises;
    nothing is then written.
    """
    written = 0
    standing = reports_of(plans)
    for result in results:
        open_plans = [plan for plan in plans if (result.unit.pk, plan.pk) not in standing]
        if not open_plans:
            continue
        submit(
            unit=result.unit,
            plans=open_plans,
            sessions=[result.session],
            figures=result.figures,
            points=result.points,
            by=by,
            at=at,
            source=EntrySource.SHEET,
        )
        written += 1
    if written:
        details = {"units": written, "plans": sorted(plan.pk for plan in plans)}
        record_event(by=by, verb="submission.import", target=ward, ward=ward, details=details, at=at)
    return written
