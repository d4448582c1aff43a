"""Reports of units: sent once, received in time or late, accepted, returned on a named field, appraised, rolled back whole."""

import datetime as dt
import time
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Assignment, Notification
from campaigns.services.counters import recount
from reports.choices import ReportState
from reports.forms.filing import FilingForms
from reports.models import Filing, Score, StudySession, Submission, SubmissionRevision
from reports.selectors.submissions import verdict_on
from reports.services import submissions as services
from reports.services.sending import submit
from tests import factories
from tests.faults import fails_at, keep_what_was_written, writes_of_what_leaves_nothing
from tests.reports import steps
from units.models import AuditEvent

SESSION = {"held_on": dt.date(2026, 6, 2), "present": 24, "head_speaks": True, "minutes": 60, "minutes_kept": True}
FIGURES = {"members": 30, "exempt": 4, "away": 0, "received": 0, "excused": 1, "unexcused": 1}
WRITTEN = (Submission, SubmissionRevision, Score, StudySession, AuditEvent, Notification)


def send(cast, plans, *, unit=None, at=factories.NOW, token="một-lần", by=None, **figures):
    directives = [one for plan in plans for one in plan.directives.all()]
    return submit(
        unit=unit or cast.own_unit,
        plans=plans,
        sessions=[SESSION | {"directives": directives}],
        figures=FIGURES | figures,
        points={},
        by=by or cast.secretary,
        at=at,
        token=token,
    )


def counted():
    return [model.objects.count() for model in WRITTEN] + list(
        Assignment.objects.order_by("pk").values_list("state", flat=True)
    )


@pytest.mark.django_db
@pytest.mark.proves("C-02")
def test_the_same_token_gives_the_same_receipt(cast, clock):
    plans = steps.asked(cast, plans=2)
    first = send(cast, plans)
    before = counted()
    for _ in range(5):
        assert send(cast, plans) == first
    assert counted() == before
    assert [one.revision for one in first] == [1, 1]


@pytest.mark.django_db
@pytest.mark.proves("C-02")
def test_five_posts_of_one_form_are_one_receipt(cast, clock, sign_in):
    secretary = sign_in(cast.secretary)
    steps.asked(cast)
    filing = steps.start(secretary, cast.own_unit)
    steps.fill(secretary, filing)
    filing.refresh_from_db()
    data = {"version": filing.version} | steps.points(filing)
    url = reverse("reports:session-step", args=[filing.pk, "tu-cham"])
    answers = {secretary.post(url, data)["Location"] for _ in range(5)}
    assert answers == {reverse("reports:session-receipt", args=[filing.pk])}
    assert SubmissionRevision.objects.count() == AuditEvent.objects.filter(verb="submission.submit").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.proves("C-02", "C-03")
@pytest.mark.parametrize("same", [True, False])
def test_five_threads_at_once_leave_one_revision(cast, clock, same):
    plans = steps.asked(cast)
    barrier, answers = Barrier(5), []

    def act(number):
        barrier.wait()
        try:
            answers.append([one.pk for one in send(cast, plans, token="một" if same else f"lần-{number}")])
        except ValidationError as error:
            answers.append(error.code)
        finally:
            connections.close_all()

    threads = [Thread(target=act, args=[number]) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [one for one in answers if isinstance(one, list)]
    assert len(won) == (5 if same else 1)
    assert [one for one in answers if not isinstance(one, list)] == [] if same else ["already_sent"] * 4
    assert SubmissionRevision.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.proves("C-03")
def test_the_second_person_is_told_who_was_first(cast, clock):
    plans = steps.asked(cast)
    send(cast, plans)
    with pytest.raises(ValidationError) as refused:
        send(cast, plans, token="lần-khác", by=cast.helper, members=99)
    assert refused.value.code == "already_sent"
    assert f"đồng chí {cast.secretary} gửi lúc 08 giờ 00, ngày 03/6/2026" in refused.value.message
    assert Submission.objects.get().members == 30


@pytest.mark.django_db(transaction=True)
@pytest.mark.proves("F-05")
def test_a_fault_at_any_write_leaves_nothing(cast, clock):
    plans = steps.asked(cast, plans=2)
    assert writes_of_what_leaves_nothing(lambda: send(cast, plans), counted) > 10
    assert Submission.objects.filter(state="submitted").count() == 2


@pytest.mark.django_db(transaction=True)
def test_without_the_transaction_a_fault_leaves_half_a_report(cast, clock, monkeypatch):
    """Control of the test above."""
    plans, before = steps.asked(cast), counted()
    keep_what_was_written(monkeypatch)
    assert fails_at(lambda: send(cast, plans), 5)
    assert counted() != before


ZONES = ["UTC", "Asia/Ho_Chi_Minh", "America/New_York"]


@pytest.fixture
def server_in(monkeypatch):
    """`server_in(zone)`: the machine itself stands in that zone until the test ends."""

    def stand(zone):
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield stand
    monkeypatch.undo()
    time.tzset()


@pytest.mark.django_db
@pytest.mark.proves("T-01")
@pytest.mark.parametrize("server_zone", ZONES)
@pytest.mark.parametrize(
    ("local", "kind"),
    [
        ("2026-06-04T23:59:59.999+07:00", "on_time"),
        ("2026-06-05T00:00:00+07:00", "due_day"),
        ("2026-06-05T23:59:59.999+07:00", "due_day"),
        ("2026-06-06T00:00:00+07:00", "late"),
    ],
)
def test_verdict_at_midnight_is_the_same_in_every_server_zone(cast, clock, server_in, server_zone, local, kind):
    server_in(server_zone)
    [submission] = send(cast, steps.asked(cast), at=dt.datetime.fromisoformat(local).astimezone(dt.UTC))
    assert verdict_on(submission).kind == kind


@pytest.mark.django_db
def test_by_the_day_of_the_server_the_verdict_would_hang_on_its_zone(cast, clock, server_in, monkeypatch):
    """Control of the test above: midnight in Hà Nội is still the day before in two of the zones."""
    [submission] = send(cast, steps.asked(cast), at=dt.datetime(2026, 6, 5, 0, 0, tzinfo=factories.HANOI))
    said = {}
    for zone in ZONES:
        server_in(zone)
        monkeypatch.setattr("campaigns.verdicts.timezone.localdate", lambda at: at.astimezone().date())
        said[zone] = verdict_on(submission).kind
    assert said == {"UTC": "on_time", "Asia/Ho_Chi_Minh": "due_day", "America/New_York": "on_time"}


@pytest.mark.django_db
@pytest.mark.proves("T-06")
def test_receipt_time_is_when_the_request_arrived(cast, clock, sign_in, monkeypatch):
    begun = dt.datetime(2026, 6, 4, 23, 59, 58, tzinfo=factories.HANOI)
    clock.move_to(begun)
    secretary = sign_in(cast.secretary)
    steps.asked(cast)
    filing = steps.start(secretary, cast.own_unit)
    steps.fill(secretary, filing)
    points = steps.points(filing)
    plain = FilingForms.first_wrong

    def slow(self):
        clock.shift(5)  # the rest of the request runs after midnight
        return plain(self)

    filing.refresh_from_db()
    monkeypatch.setattr(FilingForms, "first_wrong", slow)
    secretary.post(reverse("reports:session-step", args=[filing.pk, "tu-cham"]), {"version": filing.version} | points)
    submission = Submission.objects.get()
    assert timezone.now() > dt.datetime(2026, 6, 5, tzinfo=factories.HANOI)
    assert (submission.submitted_at, verdict_on(submission).kind) == (begun, "on_time")


@pytest.mark.django_db
def test_report_of_a_closed_or_compiled_plan_is_refused(cast, clock):
    [plan] = steps.asked(cast)
    report = factories.make_report(cast.ward, plans=[plan], state=ReportState.FROZEN, frozen_at=factories.NOW, frozen_by=cast.clerk)
    with pytest.raises(ValidationError) as refused:
        send(cast, [plan])
    assert refused.value.code == "locked"
    report.plans.clear()
    assert len(send(cast, [plan])) == 1


@pytest.mark.django_db
def test_unit_that_was_not_asked_is_refused(cast, clock):
    plan = factories.make_issued_plan(cast.ward, units=[cast.other_unit])
    with pytest.raises(ValidationError) as refused:
        send(cast, [plan])
    assert (refused.value.code, Submission.objects.count()) == ("not_asked", 0)


@pytest.mark.django_db
def test_returned_report_alone_unlocks_and_keeps_the_others_session(cast, clock, sign_in):
    secretary = sign_in(cast.secretary)
    first, second = steps.asked(cast, plans=2)
    steps.report(secretary, cast.own_unit)
    submission = Submission.objects.get(plan=first)
    services.return_submission(
        submission=submission, places=[("present", "Đề nghị kiểm tra lại số có mặt.")], by=cast.compiler, at=factories.NOW
    )
    assert Notification.objects.filter(person=cast.secretary, title__startswith="Đề nghị bổ sung 1 chỗ").count() == 1
    [card] = secretary.get(reverse("reports:session-list")).context["cards"]
    assert (card.plans, card.returned) == ([], [submission])
    answer = secretary.post(reverse("reports:session-amend", args=[submission.pk]))
    filing = Filing.objects.get(sent_at=None)
    assert answer["Location"] == reverse("reports:session-step", args=[filing.pk, "so-nguoi"]) + "#div_id_present"
    page = secretary.get(answer["Location"]).content.decode()
    assert "Đề nghị kiểm tra lại số có mặt." in page
    steps.post(secretary, filing, "so-nguoi", **(steps.COUNTS | {"present": "23", "excused": "3"}))
    steps.send(secretary, filing)
    submission.refresh_from_db()
    other = Submission.objects.get(plan=second)
    assert (submission.state, submission.revision, submission.sessions.get().present) == ("submitted", 2, 23)
    assert (other.revision, other.sessions.get().present) == (1, 24)
    assert [one.content["present"] for one in submission.revisions.order_by("revision")] == [24, 23]


@pytest.mark.django_db
def test_accepted_once_by_whoever_is_first(cast, clock):
    [submission] = send(cast, steps.asked(cast))
    stale = Submission.objects.get()
    services.accept_submission(submission=submission, by=cast.compiler, at=factories.NOW)
    assert (submission.state, submission.accepted_by) == ("accepted", cast.compiler)
    with pytest.raises(ValidationError) as refused:
        services.accept_submission(submission=stale, by=cast.compiler, at=factories.NOW)
    assert refused.value.code == "state"
    assert Assignment.objects.get(unit=cast.own_unit, product="report").state == "accepted"


@pytest.mark.django_db
def test_appraisal_needs_a_reason_where_it_differs(cast, clock, sign_in):
    steps.asked(cast)
    steps.report(sign_in(cast.secretary), cast.own_unit)
    submission = Submission.objects.get()
    services.accept_submission(submission=submission, by=cast.compiler, at=factories.NOW)
    given = {one.pk: (one.self_points, "") for one in submission.scores.all()}
    judged = submission.scores.get(criterion__code="II.4")
    with pytest.raises(ValidationError) as refused:
        services.appraise_submission(submission=submission, points=given | {judged.pk: (Decimal(5), " ")}, by=cast.compiler, at=factories.NOW)
    assert (refused.value.code, submission.state) == ("reason", "accepted")
    points = given | {judged.pk: (Decimal(5), "Biên bản chưa ghi việc cụ thể.")}
    services.appraise_submission(submission=submission, points=points, by=cast.compiler, at=factories.NOW)
    submission.refresh_from_db()
    assert (submission.state, submission.appraised_level) == ("appraised", "Khá")
    assert submission.appraised_total < submission.self_total


# --- pages of the office ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_list_filters_without_tone_marks(cast, clock, sign_in):
    plans = steps.asked(cast)
    cast.own_unit.search = "chi bo trang da 6"
    cast.own_unit.save(update_fields=["search"])
    send(cast, plans)
    send(cast, plans, unit=cast.other_unit, token="hai", by=cast.other_secretary)
    office = sign_in(cast.compiler)
    url = reverse("reports:submission-list")
    assert len(office.get(url).context["rows"]) == 2
    assert [row.unit for row in office.get(url, {"q": "Tràng Đà"}).context["rows"]] == [cast.own_unit]
    assert office.get(url, {"trang_thai": "accepted"}).context["rows"] == []
    assert len(office.get(url, {"ke_hoach": "khong-phai-so"}).context["rows"]) == 2


@pytest.mark.django_db
def test_an_empty_list_says_whether_a_filter_emptied_it(cast, clock, sign_in):
    client, url = sign_in(cast.compiler), reverse("reports:submission-list")
    pages = [client.get(url).content.decode(), client.get(url, {"q": "tràng đà"}).content.decode()]
    assert ["Chưa đơn vị nào gửi báo cáo." in page for page in pages] == [True, False]
    assert ["khớp với điều kiện lọc" in page and "Xem tất cả" in page for page in pages] == [False, True]


def test_list_costs_the_same_for_one_row_and_three(cast, clock, sign_in, django_assert_num_queries):
    units = [cast.own_unit, cast.other_unit, factories.make_unit(cast.ward)]
    plan = factories.make_issued_plan(cast.ward, units=units)
    office = sign_in(cast.compiler)
    url = reverse("reports:submission-list")
    send(cast, [plan])
    office.get(url)  # the first page of a log-in also writes its session
    with CaptureQueriesContext(connection) as one:
        office.get(url)
    for number, unit in enumerate(units[1:]):
        send(cast, [plan], unit=unit, token=f"t{number}")
    with django_assert_num_queries(len(one)):
        office.get(url)


@pytest.mark.django_db
def test_many_are_accepted_at_once(cast, clock, sign_in):
    plans = steps.asked(cast)
    send(cast, plans)
    send(cast, plans, unit=cast.other_unit, token="hai", by=cast.other_secretary)
    chosen = list(Submission.objects.values_list("pk", flat=True))
    sign_in(cast.compiler).post(reverse("reports:submission-accept-many"), {"chon": chosen})
    assert set(Submission.objects.values_list("state", flat=True)) == {"accepted"}


@pytest.mark.django_db
def test_return_without_a_reason_comes_back(cast, clock, sign_in):
    [submission] = send(cast, steps.asked(cast))
    url = reverse("reports:submission-return", args=[submission.pk])
    answer = sign_in(cast.compiler).post(url, {"field": "present", "reason": " "})
    assert answer.context["form"].errors["reason"] == ["Đồng chí ghi lý do để đơn vị biết cần sửa gì."]
    assert Submission.objects.get().state == "submitted"


@pytest.mark.django_db
def test_office_enters_on_behalf_and_it_is_marked(cast, clock, sign_in):
    office = sign_in(cast.compiler)
    steps.asked(cast)
    office.post(reverse("reports:submission-on-behalf"), {"unit": cast.own_unit.pk, "source": "paper"})
    filing = Filing.objects.get()
    assert (filing.by_office, filing.source) == (True, "paper")
    steps.fill(office, filing)
    steps.send(office, filing)
    submission = Submission.objects.get()
    assert (submission.source, submission.submitted_by, submission.confirmed_by) == ("paper", cast.compiler, None)
    assert "Văn phòng nhập hộ từ bản giấy" in office.get(reverse("reports:submission-detail", args=[submission.pk])).content.decode()


@pytest.mark.django_db
def test_session_outside_the_window_is_accepted_and_marked(cast, clock, sign_in):
    [plan] = steps.asked(cast)
    Assignment.objects.filter(plan=plan, product="study").update(due_on=dt.date(2026, 5, 25))
    recount(plan_ids=[plan.pk])
    [submission] = send(cast, [plan])
    page = sign_in(cast.compiler).get(reverse("reports:submission-detail", args=[submission.pk])).content.decode()
    assert "ngoài thời gian kế hoạch" in page


@pytest.mark.django_db
def test_reader_sees_but_may_not_handle(cast, clock, sign_in):
    [submission] = send(cast, steps.asked(cast))
    leader = sign_in(cast.leader)
    assert leader.get(reverse("reports:submission-detail", args=[submission.pk])).status_code == 200
    assert leader.post(reverse("reports:submission-accept", args=[submission.pk])).status_code == 403
    assert sign_in(cast.foreign_clerk).post(reverse("reports:submission-accept", args=[submission.pk])).status_code == 404


@pytest.mark.django_db
@pytest.mark.proves("C-02")
def test_a_sending_asks_the_database_a_bounded_number_of_times(cast, clock, sign_in):
    """However many plans a report is for: what sending costs is mostly statements, and the plan is locked meanwhile."""
    steps.asked(cast)
    one = sent_with_queries(sign_in(cast.secretary), cast.own_unit)
    steps.asked(cast, plans=3)
    four = sent_with_queries(sign_in(cast.other_secretary), cast.other_unit)
    assert Submission.objects.filter(state="submitted").count() == 5
    assert len(one) <= 34
    assert len(four) <= len(one)
    # PostgreSQL says its locks aloud: the plan, the report, the duties and the counters, each once
    assert sum("FOR UPDATE" in sql for sql in one) <= 5
    assert sum(sql.startswith(("SAVEPOINT", "RELEASE")) for sql in one) <= 4


def sent_with_queries(client, unit):
    filing = steps.start(client, unit)
    steps.fill(client, filing)
    filing.refresh_from_db()
    data = {"version": filing.version} | steps.points(filing)
    with CaptureQueriesContext(connection) as caught:
        answer = client.post(reverse("reports:session-step", args=[filing.pk, "tu-cham"]), data)
    assert answer["Location"] == reverse("reports:session-receipt", args=[filing.pk])
    return [one["sql"] for one in caught]
