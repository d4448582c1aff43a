"""One report sent by a secretary: with and without the counters, and the whole request beside a bare signed-in one."""

from unittest.mock import patch
from urllib.parse import urlencode

from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from bench.filings import ready_filings, typed_points
from bench.measure import Row, side_by_side
from campaigns.models import Plan
from reports.forms.filing import FilingForms
from reports.models import Filing
from reports.places import SCORES
from reports.services.filings import send_filing
from units.models import User

ROUNDS = 40


def rows(ward):
    """`ward` has 60 units with a secretary each; every sending is of another unit, as in the minute before a deadline."""
    plan = Plan.objects.filter(ward=ward, state="issued").order_by("pk").last()
    filings = ready_filings(plan)
    yield _counters(filings[0])
    yield _request(filings)


def _counters(filing):
    """The transaction of one sending, rolled back: what the counters of the dashboards add to it."""
    by, at, data = filing.edited_by, timezone.now(), typed_points(filing)

    def send():
        with transaction.atomic():
            fresh = Filing.objects.select_related("unit").get(pk=filing.pk)
            forms = FilingForms(fresh, at=at)
            form = forms.form(SCORES, data=data)
            form.is_valid()
            send_filing(
                filing=fresh, version=fresh.version, plans=forms.chosen_plans, sessions=forms.sessions,
                figures=forms.figures, points=form.given(), by=by, at=at, confirmed=True,
            )  # fmt: skip
            transaction.set_rollback(True)

    def without():
        with patch("campaigns.services.moves.shift_counters"):
            send()

    ours, peer = side_by_side(send, without, rounds=ROUNDS)
    return Row("submission transaction with counters", ours, "the same without", peer, 1.25)


def _request(filings):
    """The last POST of the form: checks, sessions, figures, score rows, revision, duties, counters, audit, token."""
    waiting = iter(filings[1:])
    people = {user.pk: user for user in User.objects.filter(pk__in=[one.edited_by_id for one in filings])}

    def ready():
        filing = next(waiting)
        client = Client()
        client.force_login(people[filing.edited_by_id])
        client.get("/bare/")
        return client, filing, typed_points(filing)

    with override_settings(ROOT_URLCONF="bench.urls"):
        clients = [ready() for _ in range(ROUNDS + 2)]
        turns = {"post": iter(clients), "get": iter(clients)}

        def post():
            client, filing, data = next(turns["post"])
            url = reverse("reports:session-step", args=[filing.pk, "tu-cham"])
            response = client.post(url, urlencode(data), content_type="application/x-www-form-urlencoded")  # as a browser sends it
            if response.status_code != 302 or not response.url.endswith("/bien-nhan/"):
                raise RuntimeError(f"not sent: {response.status_code}")

        def bare():
            client, *_rest = next(turns["get"])
            client.get("/bare/")

        ours, peer = side_by_side(post, bare, rounds=ROUNDS)
    # the goal is a rate of at least 0.12 of the bare view's: at most 1 / 0.12 of its time
    return Row("full submission POST", ours, "one line, signed in", peer, round(1 / 0.12, 2))
