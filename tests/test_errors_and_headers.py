"""What a stranger meets at the edges: unknown addresses, broken pages, the wrong host, transport (H-01, H-02, H-04)."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import override_settings
from django.urls import get_resolver


@pytest.mark.proves("H-01", "H-04")
def test_unknown_address_gives_the_plain_page(cast):
    answer = Client().get("/khong-co-trang-nay/")
    page = answer.content.decode()
    assert (answer.status_code, answer["X-Content-Type-Options"], "Traceback" in page, "urlconf" in page.lower()) == (
        404,
        "nosniff",
        False,
        False,
    )
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.proves("H-04")
def test_database_away_gives_the_maintenance_page(cast):
    def away(execute, sql, params, many, context):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(away):
        answer = Client().get("/healthz")
    assert (answer.status_code, answer["Retry-After"], "connection refused" in answer.content.decode()) == (
        503,
        "60",
        False,
    )


def test_a_row_held_too_long_says_busy_not_maintenance(cast):
    held = OperationalError("canceling statement due to lock timeout")
    held.__cause__ = type("Held", (Exception,), {"pgcode": "55P03"})()

    def wait(execute, sql, params, many, context):
        raise held

    with connection.execute_wrapper(wait):
        answer = Client().get("/healthz")
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"], "Máy chủ đang bận" in page) == (503, "5", True)


@pytest.mark.proves("A-09")
def test_wrong_host_is_refused(cast):
    answer = Client(headers={"host": "dia-chi-la.example"}).get("/healthz")
    assert (answer.status_code, "dia-chi-la" in answer.content.decode()) == (400, False)


@pytest.mark.proves("H-01")
def test_tls_answers_carry_hsts(cast):
    with override_settings(
        SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_HSTS_PRELOAD=True
    ):
        answer = Client().get("/healthz", secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


@pytest.mark.proves("H-04")
@pytest.mark.parametrize("path", ["/.git/config", "/var/lantoa.sqlite3", "/static/../manage.py", "/metrics", "/admin/"])
def test_nothing_of_the_machine_is_served(path, cast):
    assert Client().get(path).status_code == 404


def test_what_an_address_names_is_worked_out_once(cast, sign_in, monkeypatch):
    """Walking through all addresses is a large part of a short answer: the steps that come first compare addresses."""
    root, asked = get_resolver(), []
    resolve = root.resolve
    monkeypatch.setattr(root, "resolve", lambda path: (asked.append(path), resolve(path))[1])
    client = sign_in(cast.secretary)
    asked.clear()
    assert client.get("/bao-cao-buoi-hoc/").status_code == 200
    assert asked == ["/bao-cao-buoi-hoc/"]
