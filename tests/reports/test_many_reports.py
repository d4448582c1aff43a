"""The office handles many reports in one act: the ticked ones, or all that wait under its filter; few statements for 300."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from campaigns.choices import AssignmentState, Product
from campaigns.models import Assignment, Notification
from campaigns.services.counters import recount
from reports.models import Submission
from reports.services.many_reports import accept_many, agree_many
from reports.services.rubrics import load_default_rubric
from reports.services.submissions import appraise_submission
from tests import factories
from units.models import AuditEvent

pytestmark = pytest.mark.django_db
MOST = 75  # statements, whatever the number of units


def sent(cast, count, *, state="submitted", **fields):
    """`count` reports of one plan, in the order of the units; each with the lines of the default sheet."""
    units = [
        factories.make_unit(cast.ward, name=f"Chi bộ số {n:03}", short_name=f"Chi bộ số {n:03}")
        for n in range(1, count + 1)
    ]
    plan = factories.make_issued_plan(cast.ward, units=units)
    rubric = load_default_rubric()
    factories.pin_rubric(plan, rubric)
    Assignment.objects.filter(plan=plan, product=Product.REPORT).update(state=state)
    recount(plan_ids=[plan.pk])
    rows = []
    for unit in units:
        held = factories.make_session(unit, directives=plan.directives.all(), minutes=60)
        scored = {"self_total": Decimal("90.0"), "self_level": "Tốt"}
        rows.append(factories.make_submission(unit, plan, sessions=[held], state=state, **(scored | fields)))
    lines = list(rubric.groups.get(code="I").criteria.all())
    scores = [
        one.scores.model(submission=one, criterion=line, suggested=line.max_points, self_points=line.max_points)
        for one in rows
        for line in lines
    ]
    rows[0].scores.model.objects.bulk_create(scores)
    return plan, rows


def states(plan):
    return list(Submission.objects.filter(plan=plan).order_by("pk").values_list("state", flat=True))


def post(office, name, query, shown=None, **data):
    """Post as the page does, `shown`: everything that waited."""
    whole = {} if shown is None else {"moi": shown, "luc": factories.NOW.isoformat()}
    return office.post(f"{reverse(name)}?{query}", whole | data, follow=True)


def test_everything_under_the_filter_is_taken_in_and_the_filter_stays(cast, clock, sign_in):
    plan, rows = sent(cast, 60)
    other, _more = sent(cast, 2)
    office = sign_in(cast.compiler)
    query = f"ke_hoach={plan.pk}&page=2"
    page = office.get(f"{reverse('reports:submission-list')}?{query}")
    assert page.context["waiting"] == 60
    assert f"{reverse('reports:submission-accept-many')}?{query}".replace("&", "&amp;") in page.content.decode()
    answer = post(office, "reports:submission-accept-many", query, shown=60)
    assert answer.redirect_chain == [(f"{reverse('reports:submission-list')}?ke_hoach={plan.pk}&page=2", 302)]
    assert "Đã tiếp nhận 60 báo cáo." in answer.content.decode()
    assert set(states(plan)) == {"accepted"}
    assert set(states(other)) == {"submitted"}
    duties = Assignment.objects.filter(plan=plan, product=Product.REPORT)
    assert set(duties.values_list("state", flat=True)) == {AssignmentState.ACCEPTED}
    assert AuditEvent.objects.filter(verb="submission.accept").count() == 60
    rows[0].refresh_from_db()
    assert (rows[0].accepted_by, rows[0].accepted_at) == (cast.compiler, factories.NOW)


def test_what_is_not_taken_in_is_named_with_its_reason(cast, clock, sign_in):
    plan, rows = sent(cast, 4)
    Submission.objects.filter(pk=rows[1].pk).update(state="returned", return_reason="Xem lại.", return_field="present")
    Submission.objects.filter(pk=rows[2].pk).update(submitted_at=factories.NOW + dt.timedelta(minutes=1))
    office = sign_in(cast.compiler)
    ticked = post(office, "reports:submission-accept-many", "", chon=[rows[0].pk, rows[1].pk]).content.decode()
    assert "Đã tiếp nhận 1 báo cáo." in ticked
    assert "1 báo cáo để nguyên vì không chờ việc này: Chi bộ số 002 (trả lại)." in ticked
    whole = post(office, "reports:submission-accept-many", f"ke_hoach={plan.pk}", shown=2).content.decode()
    assert "Đã tiếp nhận 1 báo cáo." in whole
    assert "1 báo cáo khác vừa được đồng chí khác xử lý." in whole
    assert "1 báo cáo đến sau khi đồng chí mở trang" in whole
    assert states(plan) == ["accepted", "returned", "submitted", "accepted"]


@pytest.mark.parametrize("query", ["ke_hoach=999999", "phu_trach=khong-co", "trang_thai=la"])
def test_a_filter_that_is_not_right_takes_nothing_in(cast, clock, sign_in, query):
    plan, _rows = sent(cast, 2)
    answer = post(sign_in(cast.compiler), "reports:submission-accept-many", query, shown=2)
    assert "chưa tiếp nhận báo cáo nào" in answer.content.decode()
    assert set(states(plan)) == {"submitted"}


def test_nothing_chosen_is_said_and_the_filter_stays(cast, clock, sign_in):
    sent(cast, 1)
    answer = post(sign_in(cast.compiler), "reports:submission-accept-many", "trang_thai=submitted")
    assert answer.redirect_chain == [(f"{reverse('reports:submission-list')}?trang_thai=submitted", 302)]
    assert "đánh dấu ít nhất một báo cáo" in answer.content.decode()


def test_another_wards_office_takes_nothing_in(cast, clock, sign_in):
    plan, rows = sent(cast, 2)
    office = sign_in(cast.foreign_clerk)
    for data in ({"shown": 2}, {"chon": [rows[0].pk]}):
        post(office, "reports:submission-accept-many", "", **data)
        post(office, "reports:appraisal-agree", f"ke_hoach={plan.pk}", **data)
    assert set(states(plan)) == {"submitted"}


def test_everything_that_waits_in_a_sample_is_agreed_with(cast, clock, sign_in):
    plan, rows = sent(cast, 4, state="accepted", accepted_at=factories.NOW, accepted_by=cast.compiler)
    office = sign_in(cast.compiler)
    query = f"ke_hoach={plan.pk}&mau={rows[0].pk},{rows[2].pk}"
    answer = post(office, "reports:appraisal-agree", query, shown=2)
    assert "Đã thẩm định 2 báo cáo, giữ nguyên điểm tự chấm." in answer.content.decode()
    assert answer.context["sample"] == [rows[0].pk, rows[2].pk]
    assert states(plan) == ["appraised", "accepted", "appraised", "accepted"]
    post(office, "reports:appraisal-agree", "ke_hoach=khong-co", shown=2)
    assert states(plan) == ["appraised", "accepted", "appraised", "accepted"]


def test_agreeing_with_many_writes_what_appraising_each_writes(cast, clock):
    plan, rows = sent(cast, 4, state="accepted")
    Submission.objects.filter(pk__in=[rows[0].pk, rows[2].pk]).update(unexcused=0, excused=2)
    alone, together = rows[:2], rows[2:]
    for one in Submission.objects.filter(pk__in=[row.pk for row in alone]).order_by("pk"):
        points = {score.pk: (score.self_points, "") for score in one.scores.all()}
        appraise_submission(submission=one, points=points, by=cast.compiler, at=factories.NOW)
    agree_many(submissions=together, by=cast.compiler, at=factories.NOW)
    told = Submission.objects.filter(plan=plan).order_by("pk")
    first = [(one.state, one.version, one.appraised_total, one.appraised_level) for one in told[:2]]
    assert first == [(one.state, one.version, one.appraised_total, one.appraised_level) for one in told[2:]]
    assert len({level for *_rest, level in first}) == 2  # one absent without reason costs the better level
    points = [
        list(one.scores.order_by("criterion__position").values_list("appraised_points", "appraised_note"))
        for one in told
    ]
    assert points[:2] == points[2:]


def test_the_units_are_told_once_of_their_points(cast, clock):
    _plan, rows = sent(cast, 2, state="accepted")
    for person in (cast.secretary, cast.other_secretary):
        factories.make_membership(person, rows[0].unit, "secretary")
    agree_many(submissions=rows, by=cast.compiler, at=factories.NOW)
    told = Notification.objects.filter(title__startswith="Văn phòng đã thẩm định điểm")
    assert {one.person for one in told} == {cast.secretary, cast.other_secretary}
    assert "xếp loại" in told[0].body


@pytest.mark.parametrize(("state", "service"), [("submitted", accept_many), ("accepted", agree_many)])
def test_three_hundred_units_take_a_bounded_number_of_statements(
    cast, clock, state, service, django_assert_max_num_queries
):
    plan, rows = sent(cast, 300, state=state)
    with django_assert_max_num_queries(MOST):
        handled = service(submissions=rows, by=cast.compiler, at=factories.NOW)
    assert (len(handled.done), handled.passed) == (300, [])
    assert len(set(states(plan))) == 1
