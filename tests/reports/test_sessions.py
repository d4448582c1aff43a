"""The secretary's form: steps, what is refused beside the field, what is kept, the receipt."""

import datetime as dt
import unicodedata

import pytest
from django.urls import reverse

from campaigns.models import Assignment, Directive
from reports.models import Filing, StudySession, Submission, SubmissionRevision
from reports.selectors.filings import plans_of
from reports.services.submissions import return_submission
from tests import factories
from tests.reports import steps
from units.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(cast, clock, sign_in):
    return sign_in(cast.secretary)


def test_list_shows_what_is_due_in_all_plans(cast, secretary):
    plans = steps.asked(cast, plans=2)
    page = secretary.get(reverse("reports:session-list"))
    [card] = page.context["cards"]
    assert (card.plans, card.due_on, card.draft) == (plans, factories.LAST_DAY, None)
    assert "còn 1 ngày" in page.content.decode()


def test_a_session_overdue_does_not_call_its_report_late(cast, secretary):
    steps.asked(cast)
    Assignment.objects.filter(product="study").update(due_on=factories.LAST_DAY - dt.timedelta(days=3))
    page = secretary.get(reverse("reports:session-list")).content.decode()
    assert "Hạn học: hết thứ Hai, 01/6/2026 (trễ 2 ngày)" in page
    assert "Hạn báo cáo: hết thứ Năm, 04/6/2026 (còn 1 ngày)" in page


def test_three_directives_are_reported_by_one_form(cast, secretary):
    plans = steps.asked(cast, plans=3)
    filing = steps.report(secretary, cast.own_unit)
    rows = list(Submission.objects.order_by("plan_id"))
    assert [row.plan for row in rows] == plans
    assert {(row.members, row.required, row.excused, row.unexcused, row.state, row.revision) for row in rows} == {
        (30, 26, 2, 0, "submitted", 1)
    }
    session = StudySession.objects.get()
    assert {row.sessions.get() for row in rows} == {session}
    assert (session.present, session.speakers, session.held_on) == (24, 8, dt.date(2026, 6, 2))
    assert set(session.directives.values_list("pk", flat=True)) == {plan.directives.get().pk for plan in plans}
    states = Assignment.objects.filter(unit=cast.own_unit).order_by("plan_id", "product").values_list("product", "state")
    assert list(states) == [("report", "submitted"), ("study", "studied")] * 3
    assert (filing.sent_at, filing.sent_by, filing.submissions.count()) == (factories.NOW, cast.secretary, 3)


def test_the_plans_of_a_form_bring_their_directives(cast, secretary, django_assert_max_num_queries):
    plans = steps.asked(cast, plans=3)
    plans[0].directives.add(*Directive.objects.exclude(pk__in=plans[0].directives.all()))
    filing = steps.report(secretary, cast.own_unit)
    expected = [list(plan.directives.all()) for plan in filing.plans.order_by("pk")]
    assert [len(texts) for texts in expected] == [3, 1, 1]
    with django_assert_max_num_queries(2):
        assert [list(plan.directives.all()) for plan in plans_of(filing)] == expected


def test_receipt_says_number_time_and_which_unit(cast, clock, sign_in):
    steps.asked(cast)
    steps.report(sign_in(cast.other_secretary), cast.other_unit)
    secretary = sign_in(cast.secretary)
    filing = steps.report(secretary, cast.own_unit)
    page = secretary.get(reverse("reports:session-receipt", args=[filing.pk])).content.decode()
    assert f"{cast.own_unit.short_name} là đơn vị thứ 2/2" in page
    assert "08 giờ 00, thứ Tư, 03/6/2026" in page


def test_score_is_suggested_confirmed_and_kept(cast, secretary):
    steps.asked(cast)
    steps.report(secretary, cast.own_unit)
    submission = Submission.objects.get()
    by_code = {score.criterion.code: (score.suggested, score.self_points) for score in submission.scores.all()}
    assert by_code["II.1"] == (10, 10)
    assert by_code["II.4"] == (None, 8)
    assert by_code["II.5"] == (None, None)
    assert (submission.self_total, submission.self_level) == (dt_total(submission), "Khá")


def dt_total(submission):
    given = [score.self_points for score in submission.scores.all() if score.self_points is not None]
    return round(sum(given) * 100 / 92, 1)


@pytest.mark.parametrize(
    ("part", "slug", "data", "field", "sentence"),
    [
        ("session", "buoi-hoc", {"held_on": "04/6/2026"}, "held_on", "Ngày 04/6/2026 chưa đến (hôm nay là 03/6/2026)."),
        ("session", "buoi-hoc", {"held_on": "04/5/2026"}, "held_on", "Ngày học 04/5/2026 trước ngày ban hành"),
        ("session", "buoi-hoc", {"held_on": "31/02/2026"}, "held_on", "theo thứ tự ngày, tháng, năm"),
        ("session", "buoi-hoc", {"minutes": "một giờ"}, "minutes", "Chỉ ghi chữ số. Thí dụ: 90."),
        ("session", "buoi-hoc", {"directives": []}, "directives", "chọn ít nhất một văn bản"),
        ("counts", "so-nguoi", {"present": "27", "excused": "0"}, "present", "Có mặt 27 nhưng phải dự chỉ 26."),
        (
            "counts",
            "so-nguoi",
            {"present": "20"},
            "excused",
            "20 có mặt + 2 + 0 = 22, nhưng phải dự 26: còn thiếu 4 đồng chí.",
        ),
        ("counts", "so-nguoi", {"speakers": "25"}, "speakers", "Số phát biểu (25) nhiều hơn số có mặt (24)."),
        ("counts", "so-nguoi", {"exempt": "31"}, "exempt", "Số được miễn và đi xa (31) nhiều hơn tổng số đảng viên (30)."),
        ("counts", "so-nguoi", {"present": "ba mươi"}, "present", "Chỉ ghi chữ số."),
        ("counts", "so-nguoi", {"present": "-1"}, "present", "không thể nhỏ hơn 0"),
        ("results", "viec-lam", {"oral_sessions": "0"}, "oral_sessions", "số buổi phải từ 1 trở lên"),
    ],
)
def test_wrong_figures_come_back_beside_the_field_with_everything_typed(cast, secretary, part, slug, data, field, sentence):
    steps.asked(cast)
    filing = steps.start(secretary, cast.own_unit)
    whole = {"session": steps.SESSION | {"directives": steps.directives_of(filing)}, "counts": steps.COUNTS, "results": steps.RESULTS}
    typed = whole[part] | data
    sent = steps.post(secretary, filing, slug, **typed)
    page = reverse("reports:session-step", args=[filing.pk, slug])
    assert (sent.status_code, sent["Location"]) == (302, page)
    answer = secretary.get(page)
    assert sentence in " ".join(answer.context["form"].errors[field])
    filing.refresh_from_db()
    kept = filing.content[part]
    assert {name: kept[name] for name in data} == data
    assert not Submission.objects.exists()


@pytest.mark.parametrize("text", ["05/5/2026", "5/5/2026", "5.5.2026", "05052026", "2026-05-05", "5 5", "05-05-26", "０５/０５/２０２６"])
def test_the_fifth_of_may_in_every_spelling(cast, secretary, text):
    steps.asked(cast)
    filing = steps.start(secretary, cast.own_unit)
    answer = steps.post(secretary, filing, "buoi-hoc", **steps.SESSION, directives=steps.directives_of(filing))
    answer = steps.post(secretary, filing, "buoi-hoc", **(steps.SESSION | {"held_on": text}), directives=steps.directives_of(filing))
    assert answer.status_code == 302
    steps.post(secretary, filing, "so-nguoi", **steps.COUNTS)
    steps.post(secretary, filing, "viec-lam", **steps.RESULTS)
    steps.send(secretary, filing)
    assert StudySession.objects.get().held_on == dt.date(2026, 5, 5)


@pytest.mark.proves("N-01")
def test_words_typed_in_nfd_are_stored_in_nfc(cast, secretary):
    words = "Hạn chế: thảo luận còn ít."
    steps.asked(cast)
    steps.report(secretary, cast.own_unit, results={"limits": unicodedata.normalize("NFD", words)})
    assert Submission.objects.get().limits == words


def test_draft_is_kept_after_every_step_and_gone_on_with(cast, secretary):
    steps.asked(cast)
    filing = steps.start(secretary, cast.own_unit)
    steps.fill(secretary, filing)
    assert steps.start(secretary, cast.own_unit) == filing
    page = secretary.get(reverse("reports:session-step", args=[filing.pk, "so-nguoi"]))
    assert 'value="24"' in page.content.decode()
    assert "Viết tiếp" in secretary.get(reverse("reports:session-list")).content.decode()


def test_score_page_waits_for_the_counts(cast, secretary):
    steps.asked(cast)
    filing = steps.start(secretary, cast.own_unit)
    answer = secretary.get(reverse("reports:session-step", args=[filing.pk, "tu-cham"]))
    assert answer["Location"] == reverse("reports:session-step", args=[filing.pk, "buoi-hoc"])


def test_a_judged_line_left_empty_is_not_taken_for_zero(cast, secretary):
    steps.asked(cast)
    filing = steps.start(secretary, cast.own_unit)
    steps.fill(secretary, filing)
    name = f"points_{steps.criterion('II.4').pk}"
    answer = secretary.get(steps.send(secretary, filing, **{name: ""})["Location"])
    assert answer.context["form"].errors[name] == ["Đồng chí cho điểm mục này."]


def test_a_changed_point_needs_a_word(cast, secretary):
    steps.asked(cast)
    filing = steps.start(secretary, cast.own_unit)
    steps.fill(secretary, filing)
    pk = steps.criterion("II.1").pk
    answer = secretary.get(steps.send(secretary, filing, **{f"points_{pk}": "12"})["Location"])
    assert "ghi ngắn gọn căn cứ" in answer.context["form"].errors[f"note_{pk}"][0]
    assert steps.send(secretary, filing, **{f"points_{pk}": "12", f"note_{pk}": "Hai đồng chí dự trực tuyến."}).status_code == 302


def test_studied_now_reported_later(cast, secretary):
    steps.asked(cast)
    filing = steps.start(secretary, cast.own_unit)
    steps.post(secretary, filing, "buoi-hoc", **steps.SESSION, directives=steps.directives_of(filing), later="1")
    assert list(Assignment.objects.filter(unit=cast.own_unit).order_by("product").values_list("product", "state")) == [
        ("report", "todo"),
        ("study", "studied"),
    ]
    steps.fill(secretary, filing)
    steps.send(secretary, filing)
    assert StudySession.objects.get().present == 24


def test_sessions_on_shift_and_made_up_are_summed(cast, secretary):
    steps.asked(cast)
    filing = steps.start(secretary, cast.own_unit)
    steps.post(secretary, filing, "buoi-hoc", **steps.SESSION, directives=steps.directives_of(filing))
    answer = secretary.post(
        reverse("reports:session-extra", args=[filing.pk]),
        {"kind": "make_up", "held_on": "03/6/2026", "present": "2", "speakers": "1", "form": "cell_meeting", "way": "online"},
    )
    assert answer.status_code == 302
    answer = steps.post(secretary, filing, "so-nguoi", **steps.COUNTS)
    assert answer["Location"] == reverse("reports:session-step", args=[filing.pk, "so-nguoi"])
    steps.fill(secretary, filing, counts={"excused": "0"})
    steps.send(secretary, filing)
    submission = Submission.objects.get()
    assert list(submission.sessions.order_by("held_on").values_list("kind", "present")) == [("main", 24), ("make_up", 2)]
    assert SubmissionRevision.objects.get().content["present"] == 26


def test_a_further_session_says_who_spoke_how_long_and_who_else_came(cast, secretary):
    steps.asked(cast)
    filing = steps.start(secretary, cast.own_unit)
    steps.post(secretary, filing, "buoi-hoc", **steps.SESSION, directives=steps.directives_of(filing))
    url = reverse("reports:session-extra", args=[filing.pk])
    page = secretary.get(url).content.decode()
    more = {"minutes": "45", "speaker": "Phó Bí thư chi bộ", "minutes_kept": "on", "outside_youth": "5", "outside_people": "7"}
    assert [name for name in more if f'name="{name}"' not in page] == []
    told = {"kind": "make_up", "held_on": "03/6/2026", "present": "2", "form": "cell_meeting", "way": "in_person"}
    secretary.post(url, told | more)
    steps.fill(secretary, filing, counts={"excused": "0"})
    steps.send(secretary, filing)
    held = StudySession.objects.get(kind="make_up")
    assert (held.minutes, held.speaker, held.minutes_kept) == (45, "Phó Bí thư chi bộ", True)
    assert (held.outside_youth, held.outside_people) == (5, 7)
    submission = Submission.objects.get()
    return_submission(submission=submission, places=[("present", "Xem lại.")], by=cast.compiler, at=factories.NOW)
    secretary.post(reverse("reports:session-amend", args=[submission.pk]))
    [typed] = Filing.objects.get(sent_at=None).content["extra"]
    assert (typed["outside_youth"], typed["speaker"], typed["minutes"]) == ("5", "Phó Bí thư chi bộ", "45")


def test_a_plan_of_two_directives_is_reported_whole(cast, secretary):
    two = [factories.make_directive(), factories.make_directive()]
    steps.asked(cast, directives=two)
    filing = steps.start(secretary, cast.own_unit)
    answer = secretary.get(steps.post(secretary, filing, "buoi-hoc", **steps.SESSION, directives=[str(two[0].pk)])["Location"])
    assert f"gồm cả {two[1]}" in answer.context["form"].errors["directives"][0]


def test_a_plan_left_out_stays_due(cast, secretary):
    first, second = steps.asked(cast, plans=2)
    steps.report(secretary, cast.own_unit, session={"directives": [str(first.directives.get().pk)]})
    assert list(Submission.objects.values_list("plan", flat=True)) == [first.pk]
    [card] = secretary.get(reverse("reports:session-list")).context["cards"]
    assert card.plans == [second]


def test_unit_that_withholds_figures_is_not_asked_for_heads(cast, secretary):
    cast.own_unit.figures_withheld = True
    cast.own_unit.save(update_fields=["figures_withheld"])
    steps.asked(cast)
    filing = steps.start(secretary, cast.own_unit)
    steps.post(secretary, filing, "buoi-hoc", **steps.SESSION, directives=steps.directives_of(filing))
    assert steps.post(secretary, filing, "viec-lam").status_code == 302
    steps.send(secretary, filing)
    submission = Submission.objects.get()
    assert (submission.members, submission.required, submission.sessions.get().present) == (None, None, None)
    assert submission.self_level
    assert secretary.get(reverse("reports:session-step", args=[filing.pk, "so-nguoi"])).status_code == 404


def test_helper_sends_and_the_secretary_confirms(cast, clock, sign_in, secretary):
    steps.asked(cast)
    filing = steps.report(sign_in(cast.helper), cast.own_unit)
    submission = filing.submissions.get()
    assert submission.confirmed_by is None
    url = reverse("reports:session-confirm", args=[submission.pk])
    assert sign_in(cast.helper).post(url).status_code == 403
    assert sign_in(cast.other_secretary).post(url).status_code == 404
    sign_in(cast.secretary).post(url)
    submission.refresh_from_db()
    assert (submission.confirmed_by, submission.confirmed_at) == (cast.secretary, factories.NOW)


def test_form_of_another_unit_is_not_found(cast, secretary, sign_in):
    steps.asked(cast)
    filing = steps.start(secretary, cast.own_unit)
    url = reverse("reports:session-step", args=[filing.pk, "buoi-hoc"])
    assert sign_in(cast.other_secretary).get(url).status_code == 404
    assert sign_in(cast.compiler).get(url).status_code == 404
    assert sign_in(cast.other_secretary).post(reverse("reports:session-create", args=[cast.own_unit.pk])).status_code == 404


def test_wrong_method_and_anonymous(cast, client, secretary):
    assert secretary.get(reverse("reports:session-create", args=[cast.own_unit.pk])).status_code == 405
    client.logout()
    assert client.get(reverse("reports:session-list"))["Location"].startswith("/dang-nhap/")


def test_second_person_of_the_unit_sees_that_somebody_saved(cast, secretary, sign_in):
    steps.asked(cast)
    filing = steps.start(secretary, cast.own_unit)
    old = filing.version
    steps.post(secretary, filing, "buoi-hoc", **steps.SESSION, directives=steps.directives_of(filing))
    url = reverse("reports:session-step", args=[filing.pk, "buoi-hoc"])
    data = steps.SESSION | {"directives": steps.directives_of(filing), "speaker": "Phó Bí thư", "version": old}
    answer = sign_in(cast.helper).post(url, data)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "vừa lưu bản này lúc 08 giờ 00" in page
    assert "Phó Bí thư" in page
    filing.refresh_from_db()
    assert filing.content["session"]["speaker"] == "Bí thư chi bộ"


def test_locked_plan_keeps_what_was_typed(cast, secretary):
    [plan] = steps.asked(cast)
    filing = steps.start(secretary, cast.own_unit)
    steps.fill(secretary, filing)
    plan.state, plan.closed_at, plan.closed_by = "closed", factories.NOW, cast.clerk
    plan.save(update_fields=["state", "closed_at", "closed_by"])
    answer = steps.send(secretary, filing)
    assert answer.status_code == 409
    assert "Những gì đồng chí đã gõ vẫn được giữ." in answer.context["problem"]
    assert Filing.objects.get().sent_at is None


def test_draft_is_dropped_after_asking(cast, secretary):
    steps.asked(cast)
    filing = steps.start(secretary, cast.own_unit)
    url = reverse("reports:session-drop", args=[filing.pk])
    assert secretary.get(url).status_code == 200
    assert Filing.objects.count() == 1
    secretary.post(url)
    assert Filing.objects.count() == 0


def test_every_sending_leaves_one_line_in_the_trail(cast, secretary):
    steps.asked(cast)
    steps.report(secretary, cast.own_unit)
    events = AuditEvent.objects.filter(verb="submission.submit")
    assert [(one.actor_id, one.at, one.ward_id) for one in events] == [(cast.secretary.pk, factories.NOW, cast.ward.pk)]
