"""Every page of the access table in a real browser, as a role that may see it: axe finds nothing serious, nothing scrolls.

The pages are drawn in this process and handed to the browser, so that a few hundred of them take little time.
"""

import logging
import mimetypes
import os
from functools import cache
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.contrib.staticfiles import finders
from django.test import Client

from tests.access_roles import UNIT
from tests.access_table import TABLE
from tests.browser import DESK, PHONE
from tests.e2e.steps_people import fits
from tests.urls_walk import walk
from tests.world import make_world

pytestmark = [pytest.mark.e2e, pytest.mark.once, pytest.mark.django_db]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
ORIGIN = "http://lantoa.localhost"
AXE = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const found = await axe.run({ runOnly: tags, resultTypes: ["violations"], preload: false });
  return found.violations.map((rule) => [rule.id, rule.impact, rule.nodes.slice(0, 4).map((node) => node.target)]);
}"""
GRAVE = {"serious", "critical"}
ZOOMED = {"width": 180, "height": 370}  # what a phone of 360 x 740 has left at 200 %
# Who looks where several may: a person of a unit first, whose pages must fit a phone at 200 %.
ORDER = ["secretary", "helper", "contact", "viewer", "leader", "drafter", "clerk", "compiler", "admin"]
LEAST_PAGES = 150


class Viewer:
    """A browser window whose server is a test client: whoever looks is signed in there."""

    def __init__(self, page, cast):
        self.page, self.cast, self.clients, self.role, self.shown, self.seen = page, cast, {}, None, "", 0
        page.context.route(f"{ORIGIN}/**", self.answer)

    def client(self):
        if self.role not in self.clients:
            self.clients[self.role] = Client(raise_request_exception=False)
            if self.role:
                self.clients[self.role].force_login(getattr(self.cast, self.role))
        return self.clients[self.role]

    def answer(self, route):
        path = route.request.url.removeprefix(ORIGIN)
        if path.startswith("/static/"):
            return route.fulfill(**static(path))
        if path != self.shown:
            return route.fulfill(status=204)  # what the page asks for beside itself
        return route.fulfill(status=self.status, body=self.body, headers=self.headers)

    def draw(self, url):
        """Ask the program for the page; the status."""
        response = self.client().get(url)
        self.shown, self.status, self.headers = url, response.status_code, dict(response.headers)
        self.body = b"".join(response) if response.streaming else response.content
        return response.status_code

    def problems(self, url, role, line):
        """What is wrong with one page: a status other than declared, rules of axe, a width that has to be scrolled."""
        self.role = role
        if (status := self.draw(url)) != line.gives:
            return [f"status {status}"]
        if b"</html>" not in self.body:
            return []  # a part that a script puts into a page, or a file
        self.page.set_viewport_size(PHONE)
        self.page.goto(f"{ORIGIN}{url}", wait_until="load")
        found = [[rule, places] for rule, impact, places in self.page.evaluate(AXE) if impact in GRAVE]
        for size in (PHONE, DESK, ZOOMED) if role in UNIT else (PHONE, DESK):
            self.page.set_viewport_size(size)
            found += [] if fits(self.page) else [f"scrolls sideways at {size['width']} px"]
        self.seen += 1
        return found


@cache
def static(path):
    """The answer to the address of a static file."""
    found = finders.find(path.removeprefix("/static/").partition("?")[0])
    return {"body": Path(found).read_bytes(), "content_type": mimetypes.guess_type(found)[0] or "font/woff2"}


def pages(world):
    """[(name, address, role, line)] of everything that answers a GET with a page."""
    for address in walk():
        line = TABLE[address.name]
        if line.get is None or line.csp != "page" or line.gives in {204, 302, 304}:
            continue
        role = None if line.open else next((one for one in ORDER if one in line.get), None)
        yield address.name, address.url(line, world.own), role, line


@pytest.fixture
def world(db, clock):
    logging.disable(logging.CRITICAL)
    yield make_world()
    logging.disable(logging.NOTSET)


@pytest.mark.proves("H-05")
def test_every_page_is_accessible_and_fits(world, browser):
    context = browser.new_context(
        viewport=PHONE, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", service_workers="block"
    )
    context.set_default_timeout(120_000)  # a page waits for nothing but this process
    context.add_init_script(path=AXE_FILE_PATH)
    viewer, found = Viewer(context.new_page(), world.cast), {}
    for name, url, role, line in pages(world):
        if problems := viewer.problems(url, role, line):
            found[name, role] = problems
    context.close()
    assert found == {}
    assert viewer.seen > LEAST_PAGES
