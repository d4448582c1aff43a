"""Every page of the access table in a real browser: axe finds nothing serious or critical, nothing scrolls sideways.

A page that several kinds of people see is looked at with the eyes of a unit and with those of the office. An address
that shows no page fails the test, unless tests/page_states.py says what has to happen first, or why there is none.
The pages are drawn in this process and handed to the browser, so that a few hundred of them take little time.
"""

import json
import logging
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.db import transaction
from django.test import Client
from django.urls import reverse
from playwright.sync_api import TimeoutError as Late

from tests.access_roles import UNIT
from tests.access_table import TABLE
from tests.browser import DESK, PHONE
from tests.page_server import shelf
from tests.page_states import NO_PAGE, STATES, signed_in
from tests.urls_walk import walk
from tests.world import make_world

pytestmark = [pytest.mark.e2e, pytest.mark.once, pytest.mark.django_db, pytest.mark.proves("H-05")]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
AXE = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const found = await axe.run({ runOnly: tags, resultTypes: ["violations"], preload: false });
  return found.violations.map((rule) => [rule.id, rule.impact, rule.nodes.slice(0, 4).map((node) => node.target)]);
}"""
FITS = "(width) => innerWidth === width && document.documentElement.scrollWidth <= innerWidth"
GRAVE = {"serious", "critical"}
# At 200 % half of the pixels are left: of a telephone of 360 x 740, of a desk of 1366 x 768.
ZOOMED = ({"width": 180, "height": 370}, {"width": 683, "height": 384})
SETTLES = 3000  # milliseconds for a page to take its new width; only a page that does not fit waits so long
OFFICE = ("drafter", "clerk", "compiler", "admin", "leader")
OUTSIDE = ("contact", "viewer")
ROLES = ("secretary", "helper", *OUTSIDE, *OFFICE)
LEAST_PAGES = 225


class Scan:
    """One browser window that looks at one page after the other, and what it found."""

    def __init__(self, page, server):
        self.page, self.server = page, server
        self.seen, self.found, self.bodies, self.judged = Counter(), {}, set(), PHONE

    def look(self, name, client, url, *, who):
        """Lay the page at `url` before the browser; whether it is a page at all."""
        response = client.get(url)
        body = self.server.lay(url, response)
        if not response.get("Content-Type", "").startswith("text/html"):
            return response.status_code == 200  # a file
        if b"</html>" not in body:
            return False
        if not self.is_new(body):
            return response.status_code == 200
        self.page.set_viewport_size(PHONE)
        shown = self.page.goto(f"{self.server.origin}{url}", wait_until="load")
        assert shown.status == response.status_code
        if problems := self.problems(zoomed=who in UNIT or who is None):
            self.found[f"{name} as {who}: {url}"] = problems
        self.seen[name] += 1
        return response.status_code == 200

    def problems(self, *, zoomed):
        """What is wrong with the page that the browser shows, at the sizes of a telephone, of a desk and at 200 %."""
        found = []
        for size in (PHONE, DESK, *ZOOMED) if zoomed else (PHONE, DESK):
            if not self.fits(size):
                found.append(f"scrolls sideways at {size['width']} px")
            if size is self.judged:
                grave = [(rule, places) for rule, impact, places in self.page.evaluate(AXE) if impact in GRAVE]
                found += [f"{rule} at {size['width']} px: {places}" for rule, places in grave]
        return found

    def is_new(self, body):
        """Whether this very page has not been looked at yet: what does not exist is said everywhere in the same words."""
        body = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]*"', b"", body)
        new = body not in self.bodies
        self.bodies.add(body)
        return new

    def fits(self, size):
        self.page.set_viewport_size(size)
        try:
            self.page.wait_for_function(FITS, arg=size["width"], timeout=SETTLES)
        except Late:
            return False
        return True


def eyes(line, name):
    """The roles that look: one of a unit, one of outside, one of the office; the home page is another for each."""
    if line.open:
        return [None]
    if name == "home":
        return ROLES
    first = (
        next((role for role in some if role in line.get), None) for some in (("secretary", "helper"), OUTSIDE, OFFICE)
    )
    return [role for role in first if role]


@pytest.fixture
def scan(db, clock, browser):
    context = browser.new_context(
        viewport=PHONE,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        service_workers="block",
        reduced_motion="reduce",  # a colour on its way from one to another is judged by nobody
    )
    context.set_default_timeout(120_000)  # a page waits for nothing but this process
    context.add_init_script(path=AXE_FILE_PATH)
    logging.disable(logging.CRITICAL)
    with shelf() as server:
        yield Scan(context.new_page(), server)
        context.close()
    logging.disable(logging.NOTSET)


def look_at_rows(scan, world, address, clients):
    """The address about the rows of the world; whether anybody was shown a page or a file."""
    line, shown = TABLE[address.name], []
    for who in eyes(line, address.name):
        if who not in clients:
            clients[who] = signed_in(getattr(world.cast, who)) if who else Client(raise_request_exception=False)
        shown.append(scan.look(address.name, clients[who], address.url(line, world.own), who=who))
    return all(shown)


def look_at_states(scan, world, name):
    """The pages of `name` that something has to happen for; whether each was shown."""
    shown = []
    for state in STATES[name]:
        with transaction.atomic():
            client, url = state(world)
            shown.append(scan.look(f"{name} ({state.__name__})", client, url, who=None))
            transaction.set_rollback(True)
    return all(shown)


@pytest.mark.parametrize("judged", [PHONE, pytest.param(DESK, marks=pytest.mark.long)], ids=["phone", "desk"])
def test_every_page_is_accessible_and_fits(scan, judged):
    scan.judged = judged  # axe takes most of the time: the gate judges the telephone's pages, the long suite the desk's
    assert scan.look("documents:first-use", Client(), reverse("documents:first-use"), who=None)
    world, clients, unseen = make_world(), {}, []
    for address in walk():
        if TABLE[address.name].get is None:
            continue
        shown = look_at_rows(scan, world, address, clients)
        if address.name in STATES:
            shown = look_at_states(scan, world, address.name)
        if shown is (address.name in NO_PAGE) and address.name != "documents:first-use":
            unseen.append(address.name)
    if kept := os.environ.get("LANTOA_SCAN"):
        Path(kept).write_text(json.dumps({"seen": scan.seen, "found": scan.found, "unseen": unseen}, indent=1))
    assert scan.found == {}
    assert unseen == [], "not shown, and tests/page_states.py does not say why (or says so of what is shown)"
    assert len(scan.seen) >= LEAST_PAGES
