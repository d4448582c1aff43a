"""Pages beside a bare page for a signed-in person, and their number of queries when rows grow."""

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.measure import Row, side_by_side
from campaigns.models import Plan
from units.models import User

PAGES = {
    "leader's dashboard": "/lanh-dao/",
    "office's home": "/",
    "matrix": "/tien-do/",
    "calls of today": "/can-goi/",
    "results": "/ket-qua/",
    "units": "/don-vi/",
}


def rows(small, usual, large):
    """Wards with 3, 60 and 300 units (load_scale), each with its own office account.

    The goal is set against a page of the program with its frame and nothing in it: what any page for a signed-in person
    costs. The one-line view beside it shows what the frame itself costs.
    """
    with override_settings(ROOT_URLCONF="bench.urls"):
        client = _client(large)
        ward = _client(usual)
        yield _beside(ward, "leader's dashboard, 60 units", "/lanh-dao/", "page frame, signed in", "/frame/", 2.3)
        yield _beside(client, "leader's dashboard, 300 units", "/lanh-dao/", "page frame, signed in", "/frame/", None)
        yield _beside(ward, "leader's dashboard, 60 units", "/lanh-dao/", "one line, signed in", "/bare/", None)
        yield _beside(ward, "matrix, 60 units", "/tien-do/", "page frame, signed in", "/frame/", None)
        yield _beside(ward, "plan, 60 units", _plan_of(usual).get_absolute_url(), "page frame, signed in", "/frame/", 3.0)
        yield _beside(ward, "plan, 60 units", _plan_of(usual).get_absolute_url(), "one line, signed in", "/bare/", None)
        owed = reverse("campaigns:plan-assignments", args=[_plan_of(usual).pk])
        yield _beside(ward, "obligations of a plan, 100 rows", owed, "page frame, signed in", "/frame/", None)
        for title, path in PAGES.items():
            few, many = _queries(_client(small), path), _queries(client, path)
            # told in the columns of milliseconds as plain counts
            yield Row(f"queries of {title}: {many} with 300 units", many / 1000, f"{few} with 3 units", few / 1000, 1.0)


def _client(ward):
    client = Client()
    client.force_login(User.objects.filter(memberships__unit=ward).first())
    return client


def _plan_of(ward):
    return Plan.objects.filter(ward=ward, state="issued").first()


def _beside(client, title, path, peer_title, peer_path, goal):
    ours, peer = side_by_side(lambda: _get(client, path), lambda: _get(client, peer_path), rounds=40)
    return Row(title, ours, peer_title, peer, goal)


def _get(client, path):
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}")


def _queries(client, path):
    _get(client, path)
    with CaptureQueriesContext(connection) as caught:
        _get(client, path)
    return len(caught)
