"""The empty form of a session report on A4, in the order of the screens, for a unit without a smartphone.

Its labels are those of the form itself, so that paper and screen never part. Printed for one unit it carries the unit's
name, what is studied, and a QR code that leads to that unit's form after log-in.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from documents.cards import qr_drawing
from documents.writing.pdf import RenderedPdf, render_page
from reports.choices import AttendingWay, LimitPick, ResultGroup, SessionForm
from reports.forms.counts import CountsStepForm
from reports.forms.fields import CountField
from reports.forms.results import ResultsStepForm
from reports.selectors.asked import asked_by
from reports.selectors.scoring import TESTED, criteria_of, pinned_rubric
from reports.selectors.sessions import due_of
from units.models import Unit
from units.selectors.wards import counted_at_conference

STYLESHEET = "css/blank-form.css"
ACROSS = 2  # pairs of a label and an empty cell side by side
_TWICE = {"works", "limit_picks"}


def blank_form(ward: Unit | None, unit: Unit | None = None) -> RenderedPdf:
    """The page with the ward's name and the telephone of its office; of `unit`, with what it has to report now."""
    settings_row = getattr(ward, "ward_settings", None) if ward else None
    due = due_of([unit])[0] if unit else None
    plans = due.plans if due else []
    withheld = bool(unit and unit.figures_withheld)
    asked = asked_by(plans) if plans else [group for group in ResultGroup if group not in TESTED]
    asked = [group for group in asked if not (withheld and group in TESTED)]
    results = ResultsStepForm(asked=asked)
    at_conference = unit is None or counted_at_conference(unit)
    context = {
        "ward": ward,
        "phone": settings_row.office_phone if settings_row else "",
        "unit": unit,
        "due": due,
        "forms": [label for value, label in SessionForm.choices if value != SessionForm.WARD_CONFERENCE or at_conference],
        "ways": AttendingWay.labels,
        "heads": [] if withheld else _rows([field.label for field in CountsStepForm.base_fields.values()]),
        "counts": _rows([field.label for field in results.fields.values() if isinstance(field, CountField)]),
        "works": bool(results.work_rows),
        "limits": LimitPick.labels if "limits" in results.fields else [],
        "words": [results.fields[name].label for name in _words(results)],
        "criteria": _criteria(unit, plans),
    }
    if unit:
        context["qr_path"], context["qr_size"] = qr_drawing(f"{settings.SITE_URL}{form_address(unit)}")
    return render_page(
        render_to_string("reports/submission_blank.html", context),
        name="mau-bao-cao-buoi-hoc.pdf",
        stylesheet=STYLESHEET,
    )


def form_address(unit: Unit) -> str:
    """Where the QR code of the paper leads: the form of `unit`, after log-in."""
    return reverse("reports:session-open", args=[unit.pk])


def _rows(labels: list[str]) -> list[list[str]]:
    return [labels[start : start + ACROSS] for start in range(0, len(labels), ACROSS)]


def _words(results: ResultsStepForm) -> list[str]:
    works = {name for names in results.work_rows for name in (field.name for field in names)}
    return [
        name
        for name, field in results.fields.items()
        if not isinstance(field, CountField) and name not in works and name not in _TWICE
    ]


def _criteria(unit: Unit | None, plans: list) -> list:
    """Lines of the score sheet, printed on the back; none for a unit that does not score itself."""
    if unit is None or not unit.must_self_score:
        return []
    rubric = next((rubric for plan in plans if (rubric := pinned_rubric(plan))), None)
    return criteria_of(rubric) if rubric else []
