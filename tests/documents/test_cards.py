"""The sheet of cards: what is on the card and what is only on the other sheet."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from documents.qr import qr_drawing
from tests.units.people import make_cast, make_cell, make_person
from units.choices import JobState, Role
from units.models import AccessCard, Job
from units.services.jobs import run_due_jobs

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _sign_in(membership):
    client = Client()
    client.force_login(membership.user, backend=BACKEND)
    return client


def _texts(data):
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


def test_drawing_is_one_path_with_a_quiet_border():
    path, size = qr_drawing("http://127.0.0.1:8000/the/AAAAAAAAAAAAAAAAAAAAAA/")
    assert path.startswith("M4 4h7v1h-7z")  # the corner mark begins after four empty squares
    assert size == 29 + 2 * 4 + 4


@pytest.mark.pdf
@pytest.mark.django_db
def test_cards_and_codes_are_on_different_sheets():
    _ward, _cells, admin, _clerk, first, second = make_cast()
    answer = _sign_in(admin).post("/the-in/", {"memberships": [first.pk, second.pk]})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="the-truy-cap.pdf"'
    cards, codes = _texts(answer.content)
    assert "Thẻ của Đồng chí bithu1" in cards
    assert "Mã 4 số dùng lần đầu" not in cards
    assert "Mã 4 số dùng lần đầu" in codes
    assert AccessCard.objects.count() == 2


@pytest.mark.django_db
def test_nobody_ticked_or_not_a_card_holder_makes_no_card():
    _ward, _cells, admin, clerk, first, _second = make_cast()
    client = _sign_in(admin)
    assert client.post("/the-in/", {})["Location"] == "/the-truy-cap/"
    assert client.post("/the-in/", {"memberships": [clerk.pk]})["Location"] == "/the-truy-cap/"
    assert _sign_in(clerk).post("/the-in/", {"memberships": [first.pk]}).status_code == 403
    assert AccessCard.objects.count() == 0


@pytest.mark.pdf
@pytest.mark.django_db
def test_many_cards_are_a_job_eight_to_a_page():
    ward, _cells, admin, *_rest = make_cast()
    holders = [make_person(make_cell(ward, 10 + n), Role.SECRETARY, f"bt{n}", password=None) for n in range(22)]
    answer = _sign_in(admin).post("/the-in/", {"memberships": [holder.pk for holder in holders]})
    assert answer["Location"] == "/the-truy-cap/"
    assert AccessCard.objects.count() == 0
    assert run_due_jobs() == 1
    job = Job.objects.get()
    assert (job.state, job.done_count, job.result_name) == (JobState.DONE, 22, "the-truy-cap.pdf")
    assert AccessCard.objects.count() == 22
