"""Pages about duties: of a body, of a unit, of the office."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.choices import Product
from campaigns.models import Assignment
from campaigns.services.assignments import mark_submitted
from tests import factories

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def plan(cast):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit], bodies=[cast.body])


def owed(plan, unit, product=Product.REPORT):
    return Assignment.objects.get(plan=plan, unit=unit, product=product)


def url(name, row):
    return reverse(f"campaigns:assignment-{name}", args=[row.pk])


def test_a_body_sees_its_own_duties_with_the_weekday(plan, cast, sign_in):
    page = sign_in(cast.contact).get("/nhiem-vu/").content.decode()
    assert "Tuyên truyền." in page
    assert "hết thứ Năm, 04/6/2026 (còn 1 ngày)" in page
    assert cast.own_unit.name not in page


def test_a_secretary_is_led_to_the_report_of_a_session(plan, cast, sign_in):
    page = sign_in(cast.secretary).get("/nhiem-vu/").content.decode()
    assert page.count('<a class="btn btn-secondary" href="/bao-cao-buoi-hoc/">') == 2
    assert cast.other_unit.short_name not in page


@pytest.mark.parametrize("addressed", [True, False])
def test_a_duty_leads_to_the_plan_only_where_it_was_sent(plan, cast, sign_in, addressed):
    if addressed:
        factories.make_dispatch(plan.paper, cast.own_unit)
    page = sign_in(cast.secretary).get(url("detail", owed(plan, cast.own_unit))).content.decode()
    assert (reverse("documents:paper-detail", args=[plan.paper_id]) in page) is addressed


def test_a_duty_has_a_way_back_that_the_reader_may_go(plan, cast, sign_in):
    row, own_list = owed(plan, cast.own_unit), f'href="{reverse("campaigns:assignment-list")}"'
    pages = [sign_in(user).get(url("detail", row)).content.decode() for user in (cast.secretary, cast.drafter)]
    assert [own_list in page for page in pages] == [True, False]
    assert f'href="{plan.get_absolute_url()}"' in pages[1].partition("<h1>")[0]


def test_overdue_duties_stand_apart(plan, cast, sign_in, clock):
    clock.shift(dt.timedelta(days=3))
    page = sign_in(cast.contact).get("/nhiem-vu/").content.decode()
    assert "Quá hạn: 1 việc" in page
    assert "trễ 2 ngày" in page


def test_the_list_asks_as_often_for_many_as_for_one(plan, cast, sign_in, django_assert_max_num_queries):
    client = sign_in(cast.contact)
    with django_assert_max_num_queries(20) as one:
        client.get("/nhiem-vu/")
    for _ in range(3):
        factories.make_issued_plan(cast.ward, units=[cast.own_unit], bodies=[cast.body])
    with django_assert_max_num_queries(len(one)):
        client.get("/nhiem-vu/")


def test_a_body_writes_progress_and_attaches_the_product(plan, cast, sign_in):
    row = owed(plan, cast.body, Product.ACTION)
    upload = SimpleUploadedFile("tin-bai.pdf", factories.PDF_BYTES, content_type="application/pdf")
    data = {"state": "done", "note": "Đã phát 4 buổi.", "upload": upload, "declared_not_secret": "on"}
    answer = sign_in(cast.contact).post(url("progress", row), data)
    row.refresh_from_db()
    assert (answer.status_code, row.state, row.note, row.product_file.shown_name) == (
        302, "done", "Đã phát 4 buổi.", "tin-bai.pdf",
    )  # fmt: skip
    product = sign_in(cast.compiler).get(url("product", row))
    assert product["Content-Disposition"].startswith("attachment")


def test_a_file_without_the_word_about_secrets_keeps_what_was_typed(plan, cast, sign_in):
    row = owed(plan, cast.body, Product.ACTION)
    upload = SimpleUploadedFile("tin-bai.pdf", factories.PDF_BYTES, content_type="application/pdf")
    answer = sign_in(cast.contact).post(url("progress", row), {"state": "done", "note": "Đã phát.", "upload": upload})
    row.refresh_from_db()
    assert (answer.status_code, row.state) == (200, "todo")
    assert "Đã phát." in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "data", "state", "field"),
    [
        ("extend", {"due_on": "2026-06-18", "reason": "Mưa lũ."}, "todo", "extended_by"),
        ("exempt", {"reason": "Đang sáp nhập."}, "exempt", "exempted_by"),
    ],
)
def test_the_office_extends_and_exempts_with_a_reason(plan, cast, sign_in, name, data, state, field):
    row = owed(plan, cast.own_unit)
    client = sign_in(cast.compiler)
    assert client.get(url(name, row)).status_code == 200
    assert client.post(url(name, row), data).status_code == 302
    row.refresh_from_db()
    assert (row.state, getattr(row, field), row.reason) == (state, cast.compiler, data["reason"])


def test_without_a_reason_nothing_changes(plan, cast, sign_in):
    row = owed(plan, cast.own_unit)
    answer = sign_in(cast.compiler).post(url("extend", row), {"due_on": "2026-06-18"})
    row.refresh_from_db()
    assert (answer.status_code, row.due_version) == (200, 1)
    assert 'value="2026-06-18"' in answer.content.decode()


def test_a_refused_extension_says_why_beside_what_was_typed(plan, cast, sign_in):
    row = owed(plan, cast.own_unit)
    page = sign_in(cast.compiler).post(url("extend", row), {"due_on": "2026-06-01", "reason": "A"}).content.decode()
    assert "Hạn mới phải sau hạn hiện nay" in page


def test_the_office_excuses_and_asks_again(plan, cast, sign_in):
    row = owed(plan, cast.own_unit)
    mark_submitted(unit=cast.own_unit, plan=plan, by=cast.secretary, at=factories.NOW + dt.timedelta(days=9))
    client = sign_in(cast.compiler)
    client.post(url("excuse", row), {"reason": "Mất điện."})
    assert "muộn 7 ngày, được cho qua" in client.get(url("detail", row)).content.decode()
    study = owed(plan, cast.own_unit, Product.STUDY)
    client.post(url("exempt", study), {"reason": "A"})
    client.post(url("reopen", study), {"reason": "B"})
    study.refresh_from_db()
    assert study.state == "todo"


def test_the_office_list_of_a_plan_filters(plan, cast, sign_in):
    client = sign_in(cast.compiler)
    address = reverse("campaigns:plan-assignments", args=[plan.pk])
    assert client.get(address).content.decode().count('scope="row"') == 5
    assert client.get(address, {"show": "done"}).content.decode().count('scope="row"') == 0
    named = client.get(address, {"q": cast.own_unit.short_name}).content.decode()
    assert cast.own_unit.short_name in named


@pytest.mark.parametrize("who", ["secretary", "contact", "leader", "clerk", "admin"])
def test_only_the_compiler_moves_deadlines(plan, cast, sign_in, who):
    row = owed(plan, cast.own_unit)
    answer = sign_in(getattr(cast, who)).post(url("extend", row), {"due_on": "2026-06-18", "reason": "A"})
    row.refresh_from_db()
    assert (answer.status_code in {403, 404}, row.due_version) == (True, 1)


@pytest.mark.proves("R-06")
def test_a_dead_broker_does_not_lose_what_a_body_reports(plan, cast, sign_in, settings):
    settings.CELERY_TASK_ALWAYS_EAGER = False
    settings.CELERY_BROKER_URL = settings.REDIS_URL = "redis://127.0.0.1:1/0"
    row = owed(plan, cast.body, Product.ACTION)
    answer = sign_in(cast.contact).post(url("progress", row), {"state": "done", "note": ""})
    row.refresh_from_db()
    assert (answer.status_code, row.state) == (302, "done")
