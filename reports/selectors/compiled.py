"""Which compiled reports a person sees."""

from django.db.models import Q

from campaigns.choices import PlanState
from campaigns.models import Plan
from documents.choices import PaperKind
from documents.models import NumberBook
from reports.choices import ReportState
from reports.models import CompiledReport
from units.models import Unit
from units.permissions import Permission


def visible_reports(access):
    """The ward's own to those who read the ward; issued ones to the level above."""
    issued = access.reach(Permission.READ_ISSUED_FIGURES, prefix="ward__") & Q(state=ReportState.FROZEN)
    return CompiledReport.objects.filter(access.reach(Permission.READ_WARD, prefix="ward__") | issued).select_related("ward", "paper")


def plans_to_compile(access):
    """Issued or closed plans of the wards where this person compiles, the newest first."""
    return (
        Plan.objects.filter(access.reach(Permission.COMPILE_REPORT, prefix="ward__"))
        .filter(state__in=[PlanState.ISSUED, PlanState.CLOSED])
        .select_related("paper", "ward")
        .prefetch_related("directive_links__directive")
    )


def newest_of(report):
    """The newest issued report of the line of `report`: itself, or the last of the issued báo cáo bổ sung after it."""
    newest = report
    while later := newest.supplemented_by.filter(state=ReportState.FROZEN).select_related("paper").first():
        newest = later
    return newest


def line_before(report):
    """Primary keys of the issued reports that a báo cáo bổ sung adds to: the one it names and all before it."""
    before, earlier = [], report.supplements
    while earlier is not None:
        before.append(earlier.pk)
        earlier = earlier.supplements
    return before


def report_book(ward):
    """The ward's number book of reports, or None while it has none; looking does not open it."""
    settings = ward.ward_settings
    return NumberBook.objects.filter(body=ward, kind_sign=PaperKind.REPORT.sign, term_name=settings.term_name).first()


def wards_overseen(access):
    """Wards below a viewer of the level above."""
    return Unit.objects.filter(access.reach(Permission.READ_ISSUED_FIGURES), kind="ward")
