"""The office decides what a plan asks of its units after the session."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from campaigns.models import Plan
from reports.choices import ResultGroup
from reports.models import AskedResults
from reports.selectors.asked import has_results
from units.models import User
from units.services.audit import record_event


@transaction.atomic
def choose_asked(*, plan: Plan, groups: Iterable[str], by: User, at: dt.datetime) -> AskedResults:
    """Set the groups (ResultGroup) that `plan` asks. Raises ValidationError "reported" once a unit has reported.

    The row of the plan is the lock: a report that arrives meanwhile waits, or is there first and holds the choice.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if has_results(plan):
        raise ValidationError(
            "Đã có đơn vị gửi báo cáo nên nội dung hỏi được giữ nguyên: mọi đơn vị trả lời như nhau. "
            "Đồng chí hỏi thêm bằng lời đề nghị bổ sung ở từng báo cáo.",
            code="reported",
        )
    kept = [group.value for group in ResultGroup if group in set(groups)]
    row, _ = AskedResults.objects.update_or_create(plan=plan, defaults={"groups": kept, "set_at": at, "set_by": by})
    record_event(by=by, verb="plan.ask", target=plan, ward=plan.ward, details={"groups": kept}, at=at)
    return row
