"""Content that is studied once it is issued: it blocks only its part, reopens with a new day, the units are told."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaigns.awaited_words import awaited_texts
from campaigns.choices import Product
from campaigns.models import Assignment, AwaitedContent, Notification, PlanSection
from campaigns.services import awaited as services
from campaigns.services.assignments import mark_studied, record_progress
from reports.services.sessions import record_session
from tests import factories
from tests.campaigns.owed import counted, counters, rungs

pytestmark = pytest.mark.usefixtures("clock")
TEXT = "Kế hoạch của Ban Thường vụ Đảng ủy phường thực hiện Nghị quyết 91-NQ/TU"
STUDY_BY = dt.date(2026, 6, 17)
WORDS = "Kế hoạch số 20-KH/ĐU"


@pytest.fixture
def plan(cast):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit])


@pytest.fixture
def drafting(plan, cast):
    """The clause under which the people's committee drafts the plan."""
    text = "Tham mưu xây dựng Kế hoạch của Ban Thường vụ Đảng ủy phường thực hiện Nghị quyết 91-NQ/TU."
    duty = factories.make_duty(plan, lead=cast.body, product=Product.DOCUMENT, text=text)
    return factories.make_assignment(duty, cast.body)


@pytest.fixture
def content(plan, drafting, cast):
    return services.await_content(plan=plan, text=TEXT, source=drafting.duty, by=cast.compiler, at=factories.NOW)


def part(content, unit):
    return Assignment.objects.select_related("duty__awaited_content", "plan__ward").get(duty=content.part, unit=unit)


def arrive(content, cast, **fields):
    facts = {"issued_on": factories.TODAY, "study_by": STUDY_BY, "document_words": WORDS} | fields
    return services.record_arrival(content=content, by=cast.compiler, at=factories.NOW, **facts)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"- Nghị quyết số 91-NQ/TU, ngày 12/5/2026; {TEXT} sau khi ban hành.", [TEXT]),
        (f"Học tập Nghị quyết số 91-NQ/TU và {TEXT} sau khi được ban hành; đánh giá chất lượng.", [TEXT]),
        ("Hướng dẫn của Ban Tuyên giáo khi ban hành.", ["Hướng dẫn của Ban Tuyên giáo"]),
        ("Báo cáo ngay sau khi ban hành.", []),
        ("Ban hành kế hoạch sau khi học.", []),
        ("Kế hoạch " * 40_000 + "sau khi ban hành", None),
    ],
)
def test_what_a_plan_announces_is_found_in_its_words(text, found):
    assert found is None or awaited_texts([text, text]) == found
    assert len(awaited_texts([text])) <= 1


def test_only_the_part_waits_and_the_study_goes_on(content, plan, cast, sign_in):
    assert part(content, cast.own_unit).state == "waiting"
    assert part(content, cast.own_unit).due_on is None
    mark_studied(unit=cast.own_unit, plans=[plan], by=cast.secretary, at=factories.NOW)
    assert Assignment.objects.get(plan=plan, unit=cast.own_unit, product=Product.STUDY).state == "studied"
    assert part(content, cast.own_unit).state == "waiting"
    assert counters() == counted()
    page = sign_in(cast.secretary).get(reverse("campaigns:assignment-list")).content.decode()
    assert "Chờ ban hành: 1 nội dung" in page
    assert TEXT in page


def test_the_issue_reopens_the_part_with_a_new_day_and_tells_the_units(content, drafting, plan, cast, sign_in):
    mark_studied(unit=cast.own_unit, plans=[plan], by=cast.secretary, at=factories.NOW)
    office = sign_in(cast.compiler)
    url = reverse("campaigns:awaited-arrive", args=[content.pk])
    assert url in office.get(reverse("campaigns:plan-awaited", args=[plan.pk])).content.decode()
    answer = office.post(url, {"document_words": WORDS, "issued_on": "3/6/2026", "study_by": "17/6/2026"}, follow=True)
    assert "mở lại với hạn mới" in answer.content.decode()
    assert "0/2 đơn vị đã học" in answer.content.decode()
    own = part(content, cast.own_unit)
    assert (own.state, own.due_on) == ("todo", STUDY_BY)
    assert [rung for rung, _day in rungs(own)] == [-7, -3, -1, 0, 1, 3]
    assert counters() == counted()
    assert Assignment.objects.get(plan=plan, unit=cast.own_unit, product=Product.STUDY).state == "studied"
    drafting.refresh_from_db()
    assert (drafting.state, drafting.product_words) == ("done", WORDS)
    line = Notification.objects.get(person=cast.secretary)
    assert WORDS in line.body
    assert "17/06/2026" in line.title


def test_a_unit_says_when_it_studied_what_arrived(content, cast, sign_in):
    unit = sign_in(cast.secretary)
    url = reverse("campaigns:assignment-studied", args=[part(content, cast.own_unit).pk])
    assert "chưa được ban hành" in unit.post(url, {"studied_on": "3/6/2026"}).content.decode()
    arrive(content, cast)
    assert "trước ngày ban hành" in unit.post(url, {"studied_on": "2/6/2026"}).content.decode()
    assert "Ngày học chưa đến" in unit.post(url, {"studied_on": "4/6/2026"}).content.decode()
    assert "Đã ghi ngày học" in unit.post(url, {"studied_on": "3/6/2026"}, follow=True).content.decode()
    own = part(content, cast.own_unit)
    assert (own.state, own.settled_by, own.note) == ("studied", cast.secretary, "Đã học ngày 03/6/2026.")
    assert part(content, cast.other_unit).state == "todo"
    assert unit.get(url).status_code == 200
    assert counters() == counted()


@pytest.mark.parametrize(("held_on", "state"), [(dt.date(2026, 6, 3), "studied"), (dt.date(2026, 6, 2), "todo")])
def test_a_session_closes_only_what_had_been_issued_by_its_day(content, plan, cast, held_on, state):
    arrive(content, cast)
    record_session(
        unit=cast.own_unit,
        directives=plan.directives.all(),
        held_on=held_on,
        present=20,
        by=cast.secretary,
        at=factories.NOW,
    )
    assert part(content, cast.own_unit).state == state


def test_a_session_before_the_issue_leaves_the_part_waiting(content, plan, cast):
    record_session(
        unit=cast.own_unit,
        directives=plan.directives.all(),
        held_on=factories.TODAY,
        present=20,
        by=cast.secretary,
        at=factories.NOW,
    )
    assert part(content, cast.own_unit).state == "waiting"


def test_the_office_is_asked_for_the_day_when_the_drafting_body_is_done(content, drafting, cast, sign_in):
    office = sign_in(cast.compiler)
    url = reverse("campaigns:awaited-arrive", args=[content.pk])
    assert url not in office.get(reverse("home")).content.decode()
    record_progress(assignment=drafting, state="done", note="", product_words=WORDS, by=cast.contact, at=factories.NOW)
    assert url in office.get(reverse("home")).content.decode()
    arrive(content, cast)
    assert url not in office.get(reverse("home")).content.decode()


def test_one_of_two_people_records_the_issue(content, cast):
    arrive(content, cast)
    stale = AwaitedContent.objects.get(pk=content.pk)
    with pytest.raises(ValidationError) as refused:
        arrive(stale, cast, study_by=STUDY_BY + dt.timedelta(days=1))
    assert refused.value.code == "changed"
    assert part(content, cast.own_unit).due_on == STUDY_BY


def test_nothing_is_recorded_without_a_document(content, cast, sign_in):
    page = sign_in(cast.compiler).post(
        reverse("campaigns:awaited-arrive", args=[content.pk]), {"issued_on": "3/6/2026", "study_by": "17/6/2026"}
    )
    assert "ghi số, ký hiệu của văn bản" in page.content.decode()
    assert part(content, cast.own_unit).state == "waiting"


def test_what_is_not_to_come_stops_for_every_unit(content, cast, sign_in):
    url = reverse("campaigns:awaited-drop", args=[content.pk])
    answer = sign_in(cast.compiler).post(url, {"reason": "Gộp vào kế hoạch năm."}, follow=True)
    assert "Gộp vào kế hoạch năm." in answer.content.decode()
    assert {row.state for row in Assignment.objects.filter(duty=content.part)} == {"cancelled"}
    assert counters() == counted()


def test_the_document_is_read_by_those_who_study_it_only(content, cast, sign_in):
    url = reverse("campaigns:awaited-file", args=[content.pk])
    arrive(content, cast)
    assert sign_in(cast.secretary).get(url).status_code == 404  # only number and day were recorded
    assert sign_in(cast.contact).get(url).status_code == 404
    page = sign_in(cast.secretary).get(reverse("campaigns:assignment-detail", args=[part(content, cast.own_unit).pk]))
    assert WORDS in page.content.decode()


def test_sixty_units_cost_no_more_queries_than_ten(cast, django_assert_max_num_queries):
    counts = []
    for number in (10, 60):
        units = [factories.make_unit(cast.ward) for _ in range(number)]
        plan = factories.make_issued_plan(cast.ward, units=units)
        with django_assert_max_num_queries(60) as spent:
            content = services.await_content(plan=plan, text=TEXT, source=None, by=cast.compiler, at=factories.NOW)
            arrive(content, cast)
        counts.append(len(spent))
    assert counts[1] <= counts[0] + 4


def test_a_draft_says_what_its_units_will_wait_for(cast, sign_in):
    plan = factories.make_plan(cast.ward)
    factories.make_duty(plan)
    PlanSection.objects.create(plan=plan, title="NỘI DUNG", body=f"- {TEXT} sau khi ban hành.")
    page = sign_in(cast.drafter).get(plan.get_absolute_url()).content.decode()
    assert TEXT in page
    assert "phần học chờ" in page
