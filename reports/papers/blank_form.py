"""The empty form of a session report on A4, in the order of the screens, for a unit without a smartphone.

Its labels are those of the form itself, so that paper and screen never part. Printed for one unit it carries the unit's
name, what is studied, and a QR code that leads to that unit's form after log-in.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from documents.qr import qr_drawing
from documents.writing.pdf import RenderedPdf, render_page
from reports.asked import TESTED
from reports.choices import AttendingWay, LimitPick, ResultGroup, SessionForm
from reports.forms.counts import CountsStepForm
from reports.forms.fields import CountField
from reports.forms.results import ResultsStepForm
from reports.selectors.asked import in_order
from reports.selectors.ground import Ground
from reports.selectors.sessions import Due, due_of
from units.models import Unit
from units.selectors.wards import counted_at_conference, counts_there

STYLESHEET = "css/blank-form.css"
ACROSS = 2  # pairs of a label and an empty cell side by side
_TWICE = {"works", "limit_picks"}


def blank_form(ward: Unit | None, unit: Unit | None = None) -> RenderedPdf:
    """The page with the ward's name and the telephone of its office; of `unit`, with what it has to report now."""
    due = due_of([unit])[0] if unit else None
    there = unit is None or counted_at_conference(unit)
    form = _form(unit, due, Ground(unit, due.plans if due else []), at_conference=there)
    return _render(ward, [form], name="mau-bao-cao-buoi-hoc.pdf")


def blank_forms(ward: Unit, units: list[Unit]) -> RenderedPdf | None:
    """The forms of all of `units` that still have something to report, in one file; each begins on a sheet of its own, also
    when it is printed on both sides. None when nobody has."""
    cards = [card for card in due_of(units) if card.plans]
    if not cards:
        return None
    ground = Ground(None, {plan.pk: plan for card in cards for plan in card.plans}.values())
    settings_row = getattr(ward, "ward_settings", None)
    forms = [_form(card.unit, card, ground, at_conference=counts_there(settings_row, card.unit)) for card in cards]
    return _render(ward, forms, name="mau-bao-cao-cac-don-vi.pdf")


def _render(ward: Unit | None, forms: list[dict], *, name: str) -> RenderedPdf:
    settings_row = getattr(ward, "ward_settings", None) if ward else None
    context = {"ward": ward, "phone": settings_row.office_phone if settings_row else "", "forms": forms}
    return render_page(render_to_string("reports/submission_blank.html", context), name=name, stylesheet=STYLESHEET)


def _form(unit: Unit | None, due: Due | None, ground: Ground, *, at_conference: bool) -> dict:
    """What the template shows of one form; `ground` knows at least the plans of `due`."""
    plans = due.plans if due else []
    withheld = bool(unit and unit.figures_withheld)
    asked = in_order(ground.asked[plan.pk] for plan in plans) if plans else [group for group in ResultGroup if group not in TESTED]
    asked = [group for group in asked if not (withheld and group in TESTED)]
    results = ResultsStepForm(asked=asked)
    shown = {
        "unit": unit,
        "due": due,
        "forms": [label for value, label in SessionForm.choices if value != SessionForm.WARD_CONFERENCE or at_conference],
        "ways": AttendingWay.labels,
        "heads": [] if withheld else _rows([field.label for field in CountsStepForm.base_fields.values()]),
        "counts": _rows([field.label for field in results.fields.values() if isinstance(field, CountField)]),
        "works": bool(results.work_rows),
        "limits": LimitPick.labels if "limits" in results.fields else [],
        "words": [results.fields[name].label for name in _words(results)],
        "criteria": _criteria(unit, plans, ground),
    }
    if unit:
        shown["qr_path"], shown["qr_size"] = qr_drawing(f"{settings.SITE_URL}{form_address(unit)}")
    return shown


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


def _criteria(unit: Unit | None, plans: list, ground: Ground) -> list:
    """Lines of the score sheet, printed on the back; none for a unit that does not score itself."""
    if unit is None or not unit.must_self_score:
        return []
    scored = next((plan for plan in plans if plan.pk in ground.rubrics), None)
    return ground.criteria(scored) if scored else []
