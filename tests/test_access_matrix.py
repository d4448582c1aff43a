"""Who gets what from every address (reliability A-01, A-05, H-01); the expectations are in tests/access_table.py.

Each role walks all addresses about an own object, a foreign one and a missing one. Every request is rolled back, so
all of them meet the same world. Nothing is asserted on the way: the cells that differ are collected and must be none.
"""

import copy
import logging
import re
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from tests.access_table import TABLE
from tests.access_words import FOREIGN, SIGNED_IN, STRANGERS
from tests.urls_walk import walk
from tests.world import SHARED, make_world

DONE = {200, 302, 303, 400, 409, 422}
WRITES = re.compile(r'^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)
# A session is written when somebody signs in, when a message is shown, and by the middleware that remembers.
ALWAYS_WRITTEN = {"django_session"}
CSP = {
    "page": {key: set(values) for key, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()},
    "preview": {"frame-ancestors": {"'self'"}},
    "file": {"sandbox": set(), "default-src": {"'none'"}},
}


pytestmark = pytest.mark.once


@pytest.fixture
def world(db, clock):
    """The rows, with the log shut: a few thousand refusals with their tracebacks say nothing and take long."""
    logging.disable(logging.CRITICAL)
    yield make_world()
    logging.disable(logging.NOTSET)


class Visitor:
    """One role with its own browser; every visit is rolled back."""

    def __init__(self, role, world, *, check_csrf=False):
        self.role, self.world = role, world
        self.client = Client(raise_request_exception=False, enforce_csrf_checks=check_csrf)
        if role != "anonymous":
            self.client.force_login(getattr(world.cast, role))
        self.written = set()
        self.missing = {}

    def visit_missing(self, method, address):
        """(code, body) of the address about nothing; asked once."""
        key = method, address.name
        if key not in self.missing:
            response = self.visit(method, address.missing_url())
            self.missing[key] = response.status_code, body(response)
        return self.missing[key]

    def visit(self, method, url, data=None):
        """The response; `written` then holds the tables that the request wrote to."""
        self.written = set()
        kept = copy.copy(self.client.cookies)
        with transaction.atomic(), connection.execute_wrapper(self._watch):
            point = transaction.savepoint()
            response = getattr(self.client, method)(url, data) if data else getattr(self.client, method)(url)
            transaction.savepoint_rollback(point)
        self.client.cookies = kept
        return response

    def _watch(self, execute, sql, params, many, context):
        match = WRITES.match(sql)
        if match:
            self.written.add(match[1])
        return execute(sql, params, many, context)


def expected(line, role, method):
    """The outcome of `method` on an own object: a set of status codes, or "missing" (as if it did not exist)."""
    allowed = line.get if method in ("get", "head") else line.post if method == "post" else None
    if role in STRANGERS and not line.open:
        return {line.anonymous}
    if allowed is None or method not in ("get", "head", "post"):
        return {405}
    if role in FOREIGN and line.kind and line.kind not in SHARED:
        return "missing"
    if role in allowed or line.open:
        if line.open and role in STRANGERS and method != "post" and line.anonymous != 302:
            return {line.anonymous}  # an open page that sends on who is signed in already
        return {line.gives} if method != "post" else DONE | ({404} if line.gives == 404 else set())
    if line.kind and role not in line.sees:
        return "missing"
    return {403}


def body(response):
    """The page without what differs from one request to the next."""
    text = b"".join(response) if response.streaming else response.content
    text = re.sub(rb"[0-9a-f]{8}\b", b"", text)
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", text)


def mismatches(visitor, address, line):
    """The cells of one address and one role that are not as declared."""
    for method, allowed in (("get", line.get), ("post", line.post)):
        yield from _about_own(visitor, address, line, method)
        # Where the method is not taken at all the object is never looked at: one look is enough.
        if line.kind and address.parts and allowed is not None and visitor.role not in STRANGERS:
            yield from _about_foreign(visitor, address, line, method)


def _about_own(visitor, address, line, method):
    url, data = address.url(line, visitor.world.own), line.data(visitor.world.own)
    response = visitor.visit(method, url, data if method == "post" else None)
    written = visitor.written
    want = expected(line, visitor.role, method)
    if want == "missing":
        missing = visitor.visit_missing(method, address)
        if response.status_code not in (403, 404) or (response.status_code, body(response)) != missing:
            yield f"{method} {address.name} own: {response.status_code}, missing gives {missing[0]}"
    elif response.status_code not in want:
        yield f"{method} {address.name} own: {response.status_code}, expected {sorted(want)}"
    if method == "get" and (written := written - ALWAYS_WRITTEN - line.marks):
        yield f"get {address.name} own: wrote {sorted(written)}"
    yield from _wrong_headers(response, f"{method} {address.name}", line)


def _about_foreign(visitor, address, line, method):
    if visitor.world.own[line.kind] == visitor.world.foreign[line.kind] or visitor.role in FOREIGN:
        return
    data = line.data(visitor.world.foreign) if method == "post" else None
    foreign = visitor.visit(method, address.url(line, visitor.world.foreign), data)
    missing = visitor.visit_missing(method, address)
    want = expected(line, visitor.role, method)
    closed = {404} if want in ({line.gives}, DONE) and not line.open else {302, 403, 404, 405}
    if foreign.status_code not in closed or (foreign.status_code, body(foreign)) != missing:
        yield f"{method} {address.name} foreign: {foreign.status_code}, missing gives {missing[0]}"


def _wrong_headers(response, where, line):
    got = {
        key: response.get(key) for key in ("X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy")
    }
    if got != dict(zip(got, ("nosniff", "same-origin", "same-origin"), strict=True)):
        yield f"{where}: {got}"
    if "no-store" not in response.get("Cache-Control", ""):
        yield f"{where}: Cache-Control {response.get('Cache-Control')}"
    policy = {
        part.split()[0]: set(part.split()[1:])
        for part in response.get("Content-Security-Policy", "").split(";")
        if part.strip()
    }
    want = CSP["page"] if line.csp == "page" or response.status_code != 200 else CSP["page"] | CSP[line.csp]
    if policy != (CSP["file"] if line.csp == "file" and response.status_code == 200 else want):
        yield f"{where}: {policy}"


@pytest.mark.proves("A-01")
def test_every_address_is_declared():
    names = Counter(address.name for address in walk())
    undeclared = sorted(set(names) - set(TABLE))
    assert undeclared == [], f"declare in tests/access_table.py: {undeclared}"
    assert sorted(set(TABLE) - set(names)) == [], "these addresses of tests/access_table.py do not exist"


@pytest.mark.proves("A-01", "A-05", "H-01")
@pytest.mark.parametrize("role", [*SIGNED_IN, *STRANGERS])
def test_every_address_answers_as_declared(role, world):
    visitor = Visitor(role, world)
    found = [
        mismatch
        for address in walk()
        if address.name in TABLE
        for mismatch in mismatches(visitor, address, TABLE[address.name])
    ]
    assert found == [], "\n".join(found)


@pytest.mark.proves("A-01")
@pytest.mark.parametrize("method", ["head", "put", "patch", "delete"])
def test_other_methods_do_nothing(method, world):
    visitors = {role: Visitor(role, world) for role in SIGNED_IN}
    found = []
    for address in walk():
        line = TABLE.get(address.name)
        if line is None:
            continue
        role = next((role for role in SIGNED_IN if role in (line.get or line.post) and role not in FOREIGN), "clerk")
        response = visitors[role].visit(method, address.url(line, world.own))
        want = expected(line, role, method)
        if response.status_code not in want or visitors[role].written - ALWAYS_WRITTEN - line.marks:
            found.append(f"{method} {address.name}: {response.status_code} {visitors[role].written}, expected {want}")
    assert found == [], "\n".join(found)


@pytest.mark.proves("A-05")
def test_post_without_token_is_refused(world):
    visitors = {role: Visitor(role, world, check_csrf=True) for role in SIGNED_IN}
    answers = {}
    for address in walk():
        line = TABLE.get(address.name)
        if line is None or line.post is None or line.one_click:
            continue
        role = next(role for role in SIGNED_IN if role in line.post)
        answers[address.name] = visitors[role].visit("post", address.url(line, world.own)).status_code
    assert {name: code for name, code in answers.items() if code != 403} == {}
