"""Every main page as each role sees it in the demonstration ward: axe finds nothing serious, nothing scrolls sideways."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import DESK, PHONE
from tests.e2e.steps_people import fits, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.proves("H-05")]
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
GRAVE = {"serious", "critical"}
# Rows that the pages below are about; a draft is written because the demonstration has none.
ROWS = """
import json
from django.utils import timezone
from campaigns.models import Assignment, Directive, Plan
from campaigns.services.drafting import draft_plan
from documents.models import Dispatch, IssuedPaper, NumberBook
from reports.models import CompiledReport, Rubric, Submission
from units.models import Membership, Unit, User
drafter = User.objects.get(username="soanthao")
issued = Plan.objects.filter(state="issued").order_by("pk").first()
directives = list(Directive.objects.order_by("pk")[:1])
draft = draft_plan(ward=issued.ward, directives=directives, kind="study", by=drafter, now=timezone.now())
print(json.dumps({
    "plan": issued.pk,
    "draft": draft.pk,
    "directive": directives[0].pk,
    "duty": Assignment.objects.filter(unit__code="UBND", product__in=["document", "action"]).order_by("pk").first().pk,
    "late": Assignment.objects.open().filter(product="study").order_by("pk").first().pk,
    "call": Assignment.objects.open().filter(product="report").order_by("pk").first().unit_id,
    "report": CompiledReport.objects.order_by("pk").first().pk,
    "result": Submission.objects.filter(state="submitted").order_by("pk").first().pk,
    "appraised": Submission.objects.filter(state="appraised").order_by("pk").first().pk,
    "paper": IssuedPaper.objects.order_by("pk").first().pk,
    "line": IssuedPaper.objects.order_by("pk").first().dispatches.first().pk,
    "own_line": Dispatch.objects.filter(unit__code="TDP-06").first().pk,
    "book": NumberBook.objects.order_by("pk").first().pk,
    "rubric": Rubric.objects.order_by("pk").first().pk,
    "unit": Unit.objects.get(code="TDP-06").pk,
    "person": Membership.objects.get(user__username="bithu").user_id,
}))
"""
PAGES = {
    "soanthao": (
        "/ /van-ban-den/ /van-ban-den/moi/ /van-ban-den/{directive}/ /van-ban-den/{directive}/sua/ "
        "/van-ban-den/{directive}/tep/moi/ /ke-hoach/ /ke-hoach/moi/ /ke-hoach/{draft}/ /ke-hoach/{draft}/sua/ "
        "/ke-hoach/{draft}/lich-su/ /ke-hoach/{draft}/gop-y/ /ke-hoach/{draft}/luu-y/ "
        "/ke-hoach/{plan}/ /tien-do/ /bao-cao/ /don-vi/ /don-vi/{unit}/ /mau-cau/ /thong-bao/ /doi-mat-khau/"
    ),
    "vanthu": (
        "/ /ke-hoach/{plan}/gui/ /ke-hoach/{plan}/thu-hoi/ /ke-hoach/{plan}/ket-thuc/ /ke-hoach/{plan}/ho-so/ /van-ban-di/ /van-ban-di/{paper}/ "
        "/van-ban-di/{paper}/gui/ /van-ban-di/{paper}/gui/them/ /van-ban-di/{paper}/ky-nhan/ /van-ban-di/{paper}/ky-nhan/moi/ /van-ban-di/noi-nhan/{line}/ "
        "/so-van-ban/ /so-van-ban/{book}/ /bao-cao/{report}/ban-hanh/"
    ),
    "tonghop": (
        "/ /ket-qua/ /ket-qua/{result}/ /ket-qua/{result}/tra-lai/ /ket-qua/{appraised}/tham-dinh/ /ket-qua/nhap-ho/ "
        "/can-goi/ /can-goi/{call}/ghi/ /ke-hoach/{plan}/nhiem-vu/ /nhiem-vu/{late}/ /nhiem-vu/{late}/gia-han/ /co-quan/ /ke-hoach/{plan}/cho-ban-hanh/ "
        "/bao-cao/moi/ /bao-cao/{report}/ /bao-cao/{report}/sua/ /bo-tieu-chi/ /bo-tieu-chi/{rubric}/"
    ),
    "lanhdao": "/ /lanh-dao/ /tien-do/ /tien-do/bieu-do/ /ke-hoach/{plan}/ /tai-khoan/ /tai-khoan/dien-thoai/ghi-nho/",
    "quantri": (
        "/ /nguoi-dung/ /nguoi-dung/moi/ /nguoi-dung/{person}/ /nguoi-dung/{person}/sua/ /nguoi-dung/{person}/vai-tro/ "
        "/nguoi-dung/{person}/khoa/ /nguoi-dung/{person}/may/ /nguoi-dung/{person}/xac-thuc/ /the-truy-cap/ /don-vi/ /don-vi/moi/ /don-vi/{unit}/sua/ /don-vi/nhap/ /lich/ "
        "/lich/moi/ /thiet-lap/ /thiet-lap/phuong/ /nhat-ky/ /suc-khoe/ /viec-chay-nen/ /xac-thuc-hai-lop/"
    ),
    "bithu": "/ /van-ban-nhan/ /van-ban-nhan/{own_line}/ /bao-cao-buoi-hoc/ /nhiem-vu/ /thong-bao/ /ke-hoach/{plan}/ /tai-khoan/",
    "ubnd": "/ /van-ban-nhan/ /nhiem-vu/ /nhiem-vu/{duty}/ /nhiem-vu/{duty}/tien-do/",
    "captren": "/ /so-lieu/",
}
ON_PHONE = {"bithu", "lanhdao"}


@pytest.fixture(scope="module")
def rows(site):
    return json.loads(site.python(ROWS).splitlines()[-1])


@pytest.mark.parametrize("username", PAGES)
def test_pages_of_a_role_are_accessible(site, open_page, rows, username):
    size = PHONE if username in ON_PHONE else DESK
    page = sign_in(open_page(site, viewport=size, touch=size is PHONE), username)
    assert {path: found for path in PAGES[username].format(**rows).split() if (found := problems(page, path))} == {}


def test_the_way_in_is_accessible(site, open_page):
    for size in (DESK, PHONE):
        page = open_page(site, viewport=size)
        assert [problems(page, path) for path in ("/dang-nhap/", "/the/khong-co-the-nay/")] == [[], ["status 404"]]


def problems(page, path):
    """What is wrong with the page at `path`: rules broken with the places, a status other than 200, a page too wide
    for its own screen or for a telephone."""
    status, size = page.goto(path).status, page.viewport_size
    found = [] if status == 200 else [f"status {status}"]
    for screen in (PHONE, size):
        page.set_viewport_size(screen)
        found += [] if fits(page) else [f"scrolls sideways at {screen['width']} px"]
    for rule in Axe().run(page, options=AXE).response["violations"]:
        if rule["impact"] in GRAVE:
            found.append((rule["id"], [node["target"] for node in rule["nodes"]][:5]))
    return found
