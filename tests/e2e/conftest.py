"""A real browser on the real program.

`site` is the program as `make run` starts it with the demonstration ward; `page` a desk browser, `phone` one of
360 x 740. Both watch what a person would not see: a script error, a breach of the content policy or a request to
another host fails the test at its end (reliability H-05).
"""

import os
from pathlib import Path

import pytest

from tests.browser import DESK, PHONE, browser, open_page
from tests.e2e.steps_people import fits
from tests.processes import embedded_site

__all__ = ["DESK", "PHONE", "browser", "open_page"]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    with embedded_site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture
def own_site(tmp_path_factory):
    """A site of one test's own, whose whole demonstration it may use up and count."""
    with embedded_site(tmp_path_factory.mktemp("own-site")) as running:
        yield running


@pytest.fixture
def shoot():
    """`shoot(page, name)` keeps a picture when LANTOA_SHOTS names a folder; always checks that the page fits."""
    folder = os.environ.get("LANTOA_SHOTS")

    def take(page, name):
        if folder:
            page.screenshot(path=Path(folder, f"{name}-{page.viewport_size['width']}.png"), full_page=True)
        assert fits(page), f"{page.url} scrolls sideways at {page.viewport_size['width']} px"

    return take


@pytest.fixture
def page(open_page, site):
    return open_page(site)


@pytest.fixture
def phone(open_page, site):
    return open_page(site, viewport=PHONE, touch=True)
