"""What the door needs: a code for each line, and the roll's state in one sentence."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from campaigns.conference_figures import RollTotals
from campaigns.conference_links import CHECK_IN, token_of
from campaigns.models import Conference, Invitee
from documents.qr import qr_drawing
from units.templatetags.lantoa import vn_number


@dataclass(frozen=True)
class Badge:
    """One line with its QR as an SVG path and its width in squares."""

    invitee: Invitee
    qr_path: str
    qr_size: int


def badges(conference: Conference) -> list[Badge]:
    """A QR for each line in the order of the roll; one query."""
    rows = conference.invitees.select_related("unit", "group").order_by("group__position", "position", "pk")
    found = []
    for one in rows:
        one.conference = conference
        found.append(Badge(one, *qr_drawing(f"{settings.SITE_URL}{check_in_address(one)}")))
    return found


def give_codes(conference: Conference, groups) -> None:
    """Put on each line of `groups` (roll_groups) the `code` of its QR, by which the page knows it without network."""
    for group in groups:
        for one in group.invitees:
            one.conference = conference
            one.code = token_of(one, CHECK_IN)


def check_in_address(invitee: Invitee) -> str:
    """The path a QR at the door opens; `invitee` with its conference loaded."""
    return reverse("campaigns:roll-scan", args=[token_of(invitee, CHECK_IN)])


def line_status(totals: RollTotals) -> str:
    """ "Đã điểm danh 41/58 dòng: 40 có mặt, 1 vắng có lý do, 0 vắng không lý do"."""
    called = f"Đã điểm danh {vn_number(totals.called)}/{vn_number(totals.lines)} dòng"
    absent = f"{vn_number(totals.excused)} vắng có lý do, {vn_number(totals.absent)} vắng không lý do"
    return f"{called}: {vn_number(totals.present)} có mặt, {absent}."
