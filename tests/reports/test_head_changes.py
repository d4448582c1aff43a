"""Heads are confirmed before points are shown; what is changed afterwards is shown to whoever appraises."""

import datetime as dt

import pytest
from django.urls import reverse

from campaigns.models import Plan
from reports.forms.session import SessionStepForm
from reports.head_changes import SHOWN, changed_heads, heads_of
from reports.models import Submission
from tests.reports import steps

pytestmark = pytest.mark.django_db


def step(filing, slug):
    return reverse("reports:session-step", args=[filing.pk, slug])


def detail(sign_in, person, submission):
    return sign_in(person).get(reverse("reports:submission-detail", args=[submission.pk]))


@pytest.fixture
def secretary(cast, clock, sign_in):
    steps.asked(cast)
    return sign_in(cast.secretary)


def test_no_points_are_shown_before_the_heads_are_right(cast, secretary):
    filing = steps.start(secretary, cast.own_unit)
    answers = steps.fill(secretary, filing, counts={"present": "20"})  # 20 + 2 + 0 is not 26
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert secretary.get(step(filing, "tu-cham"))["Location"] == step(filing, "so-nguoi")
    filing.refresh_from_db()
    assert SHOWN not in filing.content
    steps.post(secretary, filing, "so-nguoi", **steps.COUNTS)
    filing.refresh_from_db()
    assert filing.content[SHOWN]["present"] == "24"
    assert secretary.get(step(filing, "tu-cham")).status_code == 200


def test_a_count_changed_after_the_points_is_shown_to_the_office(cast, secretary, sign_in):
    filing = steps.start(secretary, cast.own_unit)
    steps.fill(secretary, filing)
    steps.post(secretary, filing, "so-nguoi", **steps.COUNTS | {"present": "26", "excused": "0"})
    steps.send(secretary, filing)
    response = detail(sign_in, cast.compiler, Submission.objects.get())
    assert response.context["head_changes"] == [("Vắng có lý do", "2", "0"), ("Có mặt", "24", "26")]
    assert "Sửa số người sau khi đã xem điểm gợi ý: Vắng có lý do 2 → 0; Có mặt 24 → 26." in response.content.decode()


def test_counts_left_alone_are_no_news(cast, secretary, sign_in):
    filing = steps.start(secretary, cast.own_unit)
    steps.fill(secretary, filing)
    steps.post(secretary, filing, "so-nguoi", **steps.COUNTS | {"present": "024"})
    steps.send(secretary, filing)
    response = detail(sign_in, cast.compiler, Submission.objects.get())
    assert (response.context["head_changes"], "sau khi đã xem điểm" in response.content.decode()) == ([], False)


def test_a_returned_report_is_compared_with_what_was_sent(cast, secretary, sign_in):
    steps.report(secretary, cast.own_unit)
    Submission.objects.update(state="returned", return_field="unexcused", return_reason="Đề nghị xem lại.")
    submission = Submission.objects.get()
    secretary.post(reverse("reports:session-amend", args=[submission.pk]))
    filing = submission.unit.filings.get(sent_at=None)
    steps.post(secretary, filing, "so-nguoi", **steps.COUNTS | {"excused": "1", "unexcused": "1"})
    steps.send(secretary, filing)
    response = detail(sign_in, cast.compiler, submission)
    assert response.context["head_changes"] == [("Vắng có lý do", "2", "1"), ("Vắng không lý do", "0", "1")]


def test_a_unit_with_closed_figures_shows_no_change(cast, secretary, sign_in):
    filing = steps.start(secretary, cast.own_unit)
    steps.fill(secretary, filing)
    steps.post(secretary, filing, "so-nguoi", **steps.COUNTS | {"present": "26", "excused": "0"})
    steps.send(secretary, filing)
    cast.own_unit.figures_withheld = True
    cast.own_unit.save()
    response = detail(sign_in, cast.compiler, Submission.objects.get())
    assert (response.context["head_changes"], response.context["outside"]) == ([], [])


def test_people_of_another_session_count_too():
    content = {"counts": {"present": "10"}, "extra": [{"present": "3"}]}
    later = content | {SHOWN: heads_of(content), "extra": [{"present": "3"}, {"present": "4"}]}
    assert changed_heads(later) == [("Có mặt ở buổi khác", "3", "3 + 4")]
    assert changed_heads(content) == []  # no points were shown


def test_people_outside_the_party_stay_apart(cast, secretary, sign_in):
    counts = {"outside_officials": "3", "outside_youth": "4", "outside_people": "0"}
    steps.report(secretary, cast.own_unit, counts=counts)
    shown = detail(sign_in, cast.compiler, Submission.objects.get()).context["outside"]
    assert shown == [
        ("Cán bộ, công chức, viên chức, người lao động", 3),
        ("Đoàn viên", 4),
        ("Hội viên", None),
        ("Nhân dân", 0),
    ]


@pytest.mark.parametrize(
    ("starts", "mark"),
    [
        (dt.date(2026, 6, 2), ""),
        (dt.date(2026, 6, 3), "ngoài thời gian kế hoạch: trước khi có kế hoạch"),
    ],
)
def test_an_early_session_is_taken_and_marked(cast, secretary, sign_in, starts, mark):
    Plan.objects.update(window_starts_on=starts)
    steps.report(secretary, cast.own_unit)  # held on 02/6/2026
    sessions = detail(sign_in, cast.compiler, Submission.objects.get()).context["sessions"]
    assert [one.mark for one in sessions] == [mark]


@pytest.mark.parametrize(
    ("way", "right"), [("in_person", False), ("self_study", False), ("online", True), ("mixed", True)]
)
def test_online_points_belong_to_a_session_held_online(cast, clock, way, right):
    plan = steps.asked(cast)[0]
    data = steps.SESSION | {"directives": [one.pk for one in plan.directives.all()], "online_points": "3", "way": way}
    form = SessionStepForm(data=data, plans=[plan], directives=plan.directives.all())
    assert (form.is_valid(), list(form.errors)) == (right, [] if right else ["online_points"])
