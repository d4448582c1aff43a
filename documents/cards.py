"""The sheet of access cards to cut out, eight to a page, and apart from it the list of the 4-digit codes."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from documents.qr import qr_drawing
from documents.writing.pdf import RenderedPdf, render_page
from units.services.cards import MadeCard

CARDS_ON_A_PAGE = 8
STYLESHEET = "css/cards.css"


@dataclass(frozen=True)
class PrintedCard:
    """What is printed of one card; `code` goes on the other sheet."""

    unit: str
    role: str
    person: str
    qr_path: str
    qr_size: int
    code: str


def printed(made: MadeCard) -> PrintedCard:
    """The words and the QR drawing of a card that was just made."""
    membership = made.card.membership
    path, size = qr_drawing(f"{settings.SITE_URL}{reverse('units:card', args=[made.secret])}")
    return PrintedCard(
        unit=membership.unit.name,
        role=membership.get_role_display(),
        person=membership.user.full_name,
        qr_path=path,
        qr_size=size,
        code=made.code,
    )


def cards_pdf(cards: list[MadeCard], *, ward_name: str, expires_on: dt.date, made_at: dt.datetime) -> RenderedPdf:
    """All cards on A4 sheets, then the codes on sheets of their own."""
    rows = [printed(made) for made in cards]
    pages = [rows[start : start + CARDS_ON_A_PAGE] for start in range(0, len(rows), CARDS_ON_A_PAGE)]
    context = {"pages": pages, "rows": rows, "ward_name": ward_name, "expires_on": expires_on, "made_at": made_at}
    markup = render_to_string("documents/cards.html", context)
    return render_page(markup, name="the-truy-cap.pdf", stylesheet=STYLESHEET)
