"""Three hundred secretaries open their cards within one minute behind one address; nobody is locked out (A-07).

The program as it runs on a ward's server: gunicorn over TLS with two workers, PostgreSQL, Redis, everything on this
machine. The times are printed for the record; what is asserted is that all are in and that the office went on working.
"""

import concurrent.futures
import http.client
import json
import re
import threading
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

import pytest

from tests.processes import trusting
from tests.production.conftest import database_url, mailbox, postgres_server, prepared, production, redis_url

__all__ = ["database_url", "mailbox", "postgres_server", "prepared", "production", "redis_url"]
pytestmark = [pytest.mark.long, pytest.mark.postgres, pytest.mark.redis]
PEOPLE, SECONDS, PIN = 300, 60, "482917"

SEED = """
import json
from tests import factories
from units.models import Membership
from units.services.cards import make_card

ward = factories.make_ward(factories.make_province())
admin = factories.make_person(ward, "admin")
factories.make_person(ward, "contact", username="daumoi", password=factories.PASSWORD)
units = [factories.make_unit(ward) for _ in range(%d)]
factories.make_issued_plan(ward, units=units)
for unit in units:
    factories.make_person(unit, "secretary")
cards = [make_card(membership=one, by=admin) for one in Membership.objects.filter(role="secretary").order_by("pk")]
print(json.dumps([(made.secret, made.code) for made in cards]))
"""
STATE = """
import json
from units.models import AccessCard, KnownDevice
print(json.dumps({
    "used": AccessCard.objects.filter(first_used_at__isnull=False).count(),
    "resting": AccessCard.objects.filter(locked_until__isnull=False).count(),
    "phones": KnownDevice.objects.count(),
}))
"""


class Phone:
    """A browser without pictures: keeps its cookies, sends forms with their token, times every answer."""

    def __init__(self, url):
        place = urlsplit(url)
        self.origin, self.cookies, self.times = url, SimpleCookie(), []
        self.line = http.client.HTTPSConnection(place.hostname, place.port, context=trusting(), timeout=60)

    def ask(self, path, fields=None):
        """(status, body, where it leads)."""
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        headers = {"Cookie": cookie, "Referer": f"{self.origin}{path}", "Connection": "close"}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.monotonic()
        self.line.request("GET" if fields is None else "POST", path, urlencode(fields or {}) or None, headers)
        answer = self.line.getresponse()
        body = answer.read().decode()
        self.times.append(time.monotonic() - began)
        self.line.close()
        for header in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.load(header)
        return answer.status, body, answer.headers.get("Location", "")

    def send(self, path, fields):
        """Open a form and send it."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.ask(path)[1])[1]
        return self.ask(path, fields | {"csrfmiddlewaretoken": token})


def enter(url, card, wait):
    """First use of one card, then the page of today's work; (what the three answers were, seconds from the first tap)."""
    secret, code = card
    threading.Event().wait(wait)
    phone, began = Phone(url), time.monotonic()
    sent = phone.send(f"/the/{secret}/", {"code": code, "pin": PIN, "pin_again": PIN})
    home = phone.ask("/")
    return (sent[0], sent[2], home[0]), time.monotonic() - began, phone.times


def watch(url, stop):
    """Somebody else of the ward at work meanwhile; (answers, seconds each)."""
    other = Phone(url)
    other.send("/dang-nhap/", {"login": "daumoi", "password": "mat-khau-thu-nghiem"})
    answers, other.times = set(), []
    while not stop.wait(0.5):
        answers |= {other.ask(path)[0] for path in ("/", "/nhiem-vu/")}
    return answers, other.times


@pytest.mark.proves("A-07")
def test_three_hundred_secretaries_enter_within_a_minute(production):
    cards = json.loads(production.python(SEED % PEOPLE).splitlines()[-1])
    stop = threading.Event()
    with concurrent.futures.ThreadPoolExecutor(PEOPLE + 1) as pool:
        others = pool.submit(watch, production.url, stop)
        began = time.monotonic()
        entering = [
            pool.submit(enter, production.url, card, number * SECONDS / PEOPLE) for number, card in enumerate(cards)
        ]
        entered = [one.result() for one in entering]
        lasted = time.monotonic() - began
        stop.set()
        answers, times = others.result()
    waits = sorted(seconds for _, seconds, _ in entered)
    pages = sorted(seconds for _, _, each in entered for seconds in each)
    print(
        f"all in after {lasted:.1f} s; one person from tap to page: median {waits[len(waits) // 2]:.2f} s, longest {waits[-1]:.2f} s"
    )
    print(
        f"their pages: p95 {pages[int(len(pages) * 0.95)]:.2f} s, longest {pages[-1]:.2f} s; others' pages: {len(times)}, longest {max(times):.2f} s"
    )
    assert {outcome for outcome, _, _ in entered} == {(302, "/", 200)}
    assert json.loads(production.python(STATE)) == {"used": PEOPLE, "resting": 0, "phones": PEOPLE}
    assert answers == {200}
