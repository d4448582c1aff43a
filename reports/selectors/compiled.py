"""Which compiled reports a person sees."""

from dataclasses import dataclass
from dataclasses import field as dataclass_field

from django.db.models import Q

from campaigns.choices import PlanState
from campaigns.models import Plan
from documents.choices import PaperKind
from documents.models import NumberBook
from reports.choices import RemarkField, ReportState
from reports.models import CompiledReport
from units.folding import fold
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


@dataclass
class Remark:
    """What one or several units said in the same words: ticked together, printed once with all its sources."""

    field: str
    text: str
    included: bool
    pks: list[int] = dataclass_field(default_factory=list)
    units: list[str] = dataclass_field(default_factory=list)

    @property
    def label(self):
        return RemarkField(self.field).label


def remarks_of(report):
    """Remarks of `report` in the order of the kinds and units; equal words, also for two plans of one unit, are one."""
    rows = report.remarks.select_related("submission__unit").order_by("submission__unit__sort_key", "pk")
    found = {}
    for row in rows:
        words = " ".join(row.text.split())
        remark = found.setdefault((row.field, fold(words)), Remark(field=row.field, text=words, included=row.included))
        remark.included = remark.included or row.included
        remark.pks.append(row.pk)
        if row.submission.unit.short_name not in remark.units:
            remark.units.append(row.submission.unit.short_name)
    kinds = list(RemarkField.values)
    return sorted(found.values(), key=lambda remark: kinds.index(remark.field))


def newest_of(report):
    """The newest issued report of the line of `report`: itself, or the last of the issued báo cáo bổ sung after it."""
    newest = report
    while later := newest.supplemented_by.filter(state=ReportState.FROZEN).select_related("paper").first():
        newest = later
    return newest


def report_book(ward):
    """The ward's number book of reports, or None while it has none; looking does not open it."""
    settings = ward.ward_settings
    return NumberBook.objects.filter(body=ward, kind_sign=PaperKind.REPORT.sign, term_name=settings.term_name).first()


def wards_overseen(access):
    """Wards below a viewer of the level above."""
    return Unit.objects.filter(access.reach(Permission.READ_ISSUED_FIGURES), kind="ward")
