"""The empty form of a session report on one A4 page, in the order of the steps, for a unit without a smartphone."""

from django.template.loader import render_to_string

from documents.writing.pdf import RenderedPdf, render_page
from units.models import Unit

STYLESHEET = "css/blank-form.css"


def blank_form(ward: Unit | None) -> RenderedPdf:
    """The page with the ward's name and the telephone of its office."""
    settings_row = getattr(ward, "ward_settings", None) if ward else None
    markup = render_to_string("reports/submission_blank.html", {"ward": ward, "phone": settings_row.office_phone if settings_row else ""})
    return render_page(markup, name="mau-bao-cao-buoi-hoc.pdf", stylesheet=STYLESHEET)
