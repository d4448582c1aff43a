"""What the level above compares: one directive over its wards, aggregated, from issued reports."""

from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils import timezone

from campaigns.choices import PlanState
from campaigns.models import Directive, Plan
from campaigns.selectors.figures import plan_counts
from reports.choices import ReportState
from reports.figures import printed_on, rate
from reports.models import CompiledReport
from reports.selectors.compiled import wards_overseen
from reports.selectors.leader import attendance_by_plan
from reports.selectors.ward_figures import province_of, same_code, visible_ward_figures
from units.folding import natural_sort_key


@dataclass(frozen=True, slots=True)
class WardLine:
    """One ward on one directive; None where there is no figure.

    `before`: the WardLine of the first issued report when a later one changed its figures: shown as a correction, never
    silently put in its place. `file`: the WardFigures of a ward that runs apart; its `ward` is the same row.
    """

    ward: object
    asked: int | None = None
    accepted: int | None = None
    present: int | None = None
    required: int | None = None
    report: object = None
    live: bool = False
    withheld: int = 0
    before: object = None
    file: object = None

    @property
    def number(self):
        """Number of the report the figures were printed in, "" while there is none."""
        if self.file:
            return self.file.report_number
        return self.report.paper.number_text if self.report else ""

    @property
    def dated_on(self):
        if self.file:
            return self.file.report_date
        return self.report.paper.dated_on if self.report else None

    @property
    def percent(self):
        return rate(self.present, self.required)

    @property
    def figures(self):
        return self.asked, self.accepted, self.present, self.required


def directive_overview(access, *, directive_id=None):
    """Context of the overview page: the directives met in these wards, the chosen one, a WardLine per ward."""
    wards = list(wards_overseen(access).select_related("ward_settings").order_by("sort_key"))
    files = visible_ward_figures(access)
    met = Q(plans__ward__in=wards) | Q(pk__in=files.values("directive"))
    directives = list(Directive.objects.filter(met).distinct().order_by("-dated_on", "-pk"))
    chosen = next((d for d in directives if str(d.pk) == directive_id), directives[0] if directives else None)
    lines = _with_files(_lines(wards, chosen), files.filter(directive=chosen)) if chosen else []
    return {
        "directives": directives,
        "chosen": chosen,
        "lines": lines,
        "issued": sum(bool(line.number) for line in lines),
        "from_files": sum(line.file is not None for line in lines),
        "can_import": province_of(access) is not None,
        "corrected": sum(line.before is not None for line in lines),
    }


def _lines(wards, directive):
    issued = {}
    reports = CompiledReport.objects.filter(state=ReportState.FROZEN, ward__in=wards, plans__directives=directive)
    reports = reports.select_related("paper", "ward").distinct().order_by("frozen_at", "pk")
    for report in reports:
        if line := _issued_line(report, directive):
            issued.setdefault(report.ward_id, []).append(line)
    running = {
        plan.ward_id: plan
        for plan in Plan.objects.filter(
            ward__in=[ward for ward in wards if ward.pk not in issued and _is_open(ward)],
            directives=directive,
            state__in=[PlanState.ISSUED, PlanState.CLOSED],
        )
    }
    counts = plan_counts([plan.pk for plan in running.values()], on=timezone.localdate())
    attendance = attendance_by_plan([plan.pk for plan in running.values()])
    return [_line(ward, issued.get(ward.pk), running.get(ward.pk), counts, attendance) for ward in wards]


def _issued_line(report, directive):
    """The figures that `report` printed about `directive`; None when it says nothing of it."""
    entry = next((p for p in report.figures["plans"] if directive.pk in p["directives"]), None)
    if entry is None:
        return None
    return WardLine(ward=report.ward, report=report, **printed_on(entry, directive.pk))


def _line(ward, issued, plan, counts, attendance):
    if issued:
        return _newest(issued)
    if plan:
        count, came = counts[plan.pk], attendance[plan.pk]
        return WardLine(
            ward=ward,
            asked=count.asked,
            accepted=count.accepted,
            present=came.present,
            required=came.required,
            live=True,
            withheld=came.withheld,
        )
    return WardLine(ward=ward)


def _newest(lines):
    """The last of the lines of one ward, with the first one beside it when the figures changed since."""
    first, last = lines[0], lines[-1]
    return replace(last, before=first) if last.figures != first.figures else last


def _with_files(lines, files):
    """`lines` and those of the wards that run apart; a ward that has come into the program speaks for itself there."""
    apart = {}
    for row in files:
        figures = {name: getattr(row, name) for name in ("asked", "accepted", "present", "required", "withheld")}
        apart.setdefault(same_code(row.ward_code), []).append(WardLine(ward=row, file=row, **figures))
    own = []
    for line in lines:
        held = apart.pop(same_code(line.ward.code), [])
        own.append(_newest(held) if held and line.asked is None else line)
    others = sorted((_newest(held) for held in apart.values()), key=lambda line: natural_sort_key(line.ward.name))
    return own + others


def _is_open(ward):
    settings = getattr(ward, "ward_settings", None)
    return bool(settings and settings.live_figures_open)
