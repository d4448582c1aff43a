"""What leaders lay on the table is one A4 each, for a ward of 58 units: their page, the table of progress, the charts.

Pages drawn in this process, printed by the browser as "In A4" does it.
"""

import io
import os

import pytest
from django.urls import reverse
from pypdf import PdfReader

from reports.choices import SubmissionState
from tests import factories
from tests.page_server import shelf
from tests.page_states import signed_in
from units.choices import Role
from units.folding import fold

pytestmark = [pytest.mark.e2e, pytest.mark.once, pytest.mark.django_db]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
UNITS, PEOPLE = 58, 8
A4 = {595, 842}  # points


@pytest.fixture
def ward(clock):
    """Two plans, nobody has reported: the leader's page is never longer than now."""
    return make_ward(UNITS)


def make_ward(count):
    ward = factories.make_ward()
    people = [
        factories.make_user(full_name=f"Đồng chí Nguyễn Thị Hồng Hạnh {one}", phone=f"0207 000 {one:03d}")
        for one in range(PEOPLE)
    ]
    units = [
        factories.make_unit(ward, name=f"Chi bộ Tổ dân phố Nông Tiến {one}", in_charge=people[one % PEOPLE])
        for one in range(1, count + 1)
    ]
    plans = [factories.make_issued_plan(ward, units=units) for _ in range(2)]
    return ward, units, plans


@pytest.fixture
def sheets(ward, browser):
    """`sheets(address, medium="print")`: the leader's page of that name as a printer gives it."""
    client = signed_in(factories.make_person(ward[0], Role.LEADER))
    context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", service_workers="block")
    context.set_default_timeout(120_000)  # a page waits for nothing but this process
    page = context.new_page()
    with shelf() as server:

        def printed(address, *, medium="print"):
            url = reverse(address)
            server.lay(url, client.get(url))
            assert page.goto(f"{server.origin}{url}", wait_until="load").status == 200
            page.emulate_media(media=medium)
            page.evaluate("document.fonts.ready.then(() => true)")
            return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))

        yield printed
        context.close()


def words_of(paper):
    """What stands on it, without accents: a font of the page may hold them apart."""
    return fold(" ".join(page.extract_text() for page in paper.pages))


def is_one_sheet(paper):
    return len(paper.pages) == 1 and {round(float(side)) for side in paper.pages[0].mediabox[2:]} == A4


def test_the_leaders_page_names_every_unit_on_one_sheet(ward, sheets):
    paper = sheets("reports:leader")
    assert is_one_sheet(paper)
    missing = [unit.short_name for unit in ward[1] if fold(unit.short_name) not in words_of(paper)]
    assert missing == []


def test_the_table_of_58_units_is_one_sheet(ward, sheets):
    paper = sheets("reports:matrix")
    assert is_one_sheet(paper)
    words = words_of(paper)
    assert [unit.short_name for unit in ward[1] if fold(unit.short_name) not in words] == []


def test_the_charts_are_one_sheet(ward, sheets):
    _ward, units, plans = ward
    for number, unit in enumerate(units):
        points = 60 + number % 40
        factories.make_submission(
            unit, plans[0], state=SubmissionState.ACCEPTED, self_total=points, appraised_total=points
        )
    assert is_one_sheet(sheets("reports:charts"))


def test_as_the_screen_shows_it_the_table_would_take_more_sheets(sheets):
    """Control: the count sees what does not fit."""
    assert len(sheets("reports:matrix", medium="screen").pages) > 1
