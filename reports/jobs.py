"""Long work of reports/: the papers of a campaign for the archive, the empty forms of all units."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from reports.archive import plain_name, write_archive
from reports.papers.blank_form import blank_forms
from reports.selectors.sessions import reporting_units
from reports.services.archiving import archivable_plans, archive_items
from units.jobs import Progress, job_kind
from units.models import Job
from units.permissions import Permission
from units.selectors.access import access_of


@job_kind("plan-archive")
def plan_archive_job(job: Job, progress: Progress) -> tuple[str, bytes]:
    """The ZIP of `arguments["plan"]`, as long as the person who asked is still the ward's clerk. It only reads."""
    access = access_of(job.asked_by)
    plan = archivable_plans(access).filter(pk=job.arguments["plan"]).first()
    if plan is None or not access.can(Permission.ISSUE_PAPER, plan.ward):
        raise ValidationError(
            "Đồng chí không còn được giao việc văn thư của kế hoạch này nên hồ sơ không được lập.", code="access"
        )
    items = archive_items(plan, now=timezone.now())
    progress(0, len(items))
    made = write_archive(items, wrote=lambda count: progress(count, len(items)))
    return f"ho-so-{plain_name(plan.paper.number_text)}.zip", made.data


@job_kind("blank-forms")
def blank_forms_job(job: Job, progress: Progress) -> tuple[str, bytes]:
    """The empty forms of every unit that still has to report, as long as the person who asked may enter for them."""
    access = access_of(job.asked_by)
    if not access.can(Permission.ENTER_ON_BEHALF):
        raise ValidationError("Đồng chí không còn được giao nhập hộ đơn vị nên mẫu không được in.", code="access")
    progress(0, 1)
    made = blank_forms(access.ward, reporting_units(access, Permission.ENTER_ON_BEHALF))
    if made is None:
        raise ValidationError("Mọi đơn vị đã báo cáo nên không còn mẫu nào để in.", code="nothing")
    progress(1, 1)
    return made.name, made.data
