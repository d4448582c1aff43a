"""What the level above compares: one directive over its wards, aggregated, from issued reports."""

from dataclasses import dataclass, replace

from django.utils import timezone

from campaigns.choices import PlanState
from campaigns.models import Directive, Plan
from campaigns.selectors.figures import plan_counts
from reports.choices import ReportState
from reports.figures import rate
from reports.models import CompiledReport
from reports.selectors.compiled import wards_overseen
from reports.selectors.leader import attendance_by_plan


@dataclass(frozen=True, slots=True)
class WardLine:
    """One ward on one directive; None where there is no figure.

    `before`: the WardLine of the first issued report when a later one changed its figures: shown as a correction, never
    silently put in its place.
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

    @property
    def percent(self):
        return rate(self.present, self.required)

    @property
    def figures(self):
        return self.asked, self.accepted, self.present, self.required


def directive_overview(access, *, directive_id=None):
    """Context of the overview page: the directives met in these wards, the chosen one, a WardLine per ward."""
    wards = list(wards_overseen(access).select_related("ward_settings").order_by("sort_key"))
    directives = list(Directive.objects.filter(plans__ward__in=wards).distinct().order_by("-dated_on", "-pk"))
    chosen = next((d for d in directives if str(d.pk) == directive_id), directives[0] if directives else None)
    lines = _lines(wards, chosen) if chosen else []
    return {
        "directives": directives,
        "chosen": chosen,
        "lines": lines,
        "issued": sum(line.report is not None for line in lines),
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
    totals = entry["totals"]
    return WardLine(
        ward=report.ward,
        asked=totals["asked"],
        accepted=totals["accepted"],
        present=totals["counts"]["present"],
        required=totals["counts"]["required"],
        report=report,
        withheld=totals["withheld"],
    )


def _line(ward, issued, plan, counts, attendance):
    if issued:
        first, last = issued[0], issued[-1]
        return replace(last, before=first) if last.figures != first.figures else last
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


def _is_open(ward):
    settings = getattr(ward, "ward_settings", None)
    return bool(settings and settings.live_figures_open)
