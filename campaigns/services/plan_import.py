"""An old plan taken into the register from its file: as a draft, or as what it is, a plan already issued on paper."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction

from campaigns.models import Directive, Plan
from campaigns.plan_content import PlanContent
from campaigns.services.directives import register_directive
from campaigns.services.drafting import write_new_plan
from campaigns.services.issuing import issue_plan
from units.models import Unit, User
from units.services.audit import record_event


@dataclass(frozen=True)
class NewDirective:
    """A directive the plan carries out that nobody has registered yet."""

    kind: str
    number: str
    sign: str
    dated_on: dt.date
    issuer: str
    subject: str


@dataclass(frozen=True)
class SignedPaper:
    """Number and day on the paper that was signed."""

    number: int
    dated_on: dt.date


@transaction.atomic
def import_plan(
    *,
    ward: Unit,
    kind: str,
    content: PlanContent,
    directives: Sequence[Directive | NewDirective],
    file_name: str,
    by: User,
    now: dt.datetime,
    signed: SignedPaper | None = None,
) -> Plan:
    """Write the plan a person has looked through, with the directives that were missing: all of it or nothing.

    Args:
        content: what the person confirmed; its `directive_ids` are replaced by `directives`, in that order.
        file_name: for the audit trail; the file itself is not kept.
        signed: None saves a draft. Otherwise the plan is recorded as issued on paper before
            (`issue_plan(recorded_past=True)`): past days then send nothing.

    Raises:
        ValidationError: "no_directive", "other_date" of a new directive, or what the issue refuses (number taken, no
            signer, a day to come).
    """
    if not directives:
        raise ValidationError("Đồng chí chọn ít nhất một văn bản cho kế hoạch.", code="no_directive")
    rows = [_registered(one, ward=ward, by=by, now=now) for one in directives]
    content = replace(content, directive_ids=tuple(dict.fromkeys(row.pk for row in rows)))
    plan = write_new_plan(ward=ward, kind=kind, content=content, by=by, now=now)
    details = {"file": file_name, "directives": [str(row) for row in rows], "kind": kind}
    record_event(by=by, verb="plan.import", target=plan, ward=ward, details=details, at=now)
    if signed is not None:
        plan = issue_plan(plan=plan, number=signed.number, dated_on=signed.dated_on, by=by, now=now, recorded_past=True)
    return plan


def _registered(one, *, ward, by, now):
    """Return the row of a directive; one that somebody registered meanwhile is taken as it is."""
    if isinstance(one, Directive):
        return one
    try:
        return register_directive(by=by, ward=ward, at=now, **asdict(one))
    except ValidationError as refused:
        if getattr(refused, "code", "") == "already":
            return refused.params["directive"]
        raise
