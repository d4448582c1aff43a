"""After the session only what the plan asks is asked; what is answered reaches the office, the paper and the sums."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from campaigns.choices import PlanKind
from documents.content import Heading, Item
from reports.asked import COUNTS_OF, FIELDS_OF, usual_groups
from reports.choices import LimitPick, ResultGroup
from reports.figures import COUNTS, PEOPLE, THINGS, TIMES_REACHED
from reports.forms.results import ResultsStepForm
from reports.models import Submission
from reports.papers.unit_report import unit_report_paper
from reports.places import RESULT_FIGURES
from reports.selectors.asked import asked_by, asked_of
from reports.selectors.compiling import unit_rows
from reports.selectors.scoring import facts_for
from reports.sentences import draft_sections
from reports.services.asked import choose_asked
from reports.services.snapshot import take_figures
from tests import factories
from tests.reports import steps
from units.models import AuditEvent

pytestmark = pytest.mark.django_db
GROUP = ResultGroup
ANSWERS = {
    "essays_due": "26",
    "essays_handed": "25",
    "essays_done": "24",
    "quiz_taken": "20",
    "quiz_passed": "19",
    "concrete_work": "Giúp hai hộ bán hàng qua mạng",
    "work_who": "đồng chí phó bí thư",
    "work_by": "30/6/2026",
    "concrete_work_2": "Dọn vệ sinh ngõ 6",
    "own_resolution": "Nghị quyết số 05-NQ/CB, ngày 02/6/2026",
    "oral_sessions": "2",
    "oral_listeners": "80",
    "broadcast_items": "1",
    "broadcasts": "6",
    "online_reach": "300",
    "group_meetings": "1",
    "group_listeners": "25",
    "limit_picks": ["phones", "too_short"],
    "limits": "Hội trường chật.",
    "good_models": "Tổ 6 phát thanh tiếng Tày.",
}


def ask(cast, plan, *groups):
    return choose_asked(plan=plan, groups=groups, by=cast.compiler, at=factories.NOW)


def reported(cast, sign_in, *groups, answers=ANSWERS):
    """A report of own_unit for a plan that asks `groups`, with every answer posted."""
    plan = steps.asked(cast)[0]
    ask(cast, plan, *groups)
    return steps.report(sign_in(cast.secretary), cast.own_unit, results=answers).submissions.get()


@pytest.mark.parametrize(
    ("kind", "essays", "words", "expected"),
    [
        (PlanKind.STUDY, False, "", {"works", "own_paper", "propaganda", "remarks", "good_models", "evidence"}),
        (
            PlanKind.STUDY,
            True,
            "",
            {"essays", "evidence", "works", "own_paper", "propaganda", "remarks", "good_models"},
        ),
        (PlanKind.REVIEW, False, "", {"remarks", "good_models", "evidence"}),
        (
            PlanKind.REVIEW,
            False,
            "Tổ chức thi tìm hiểu và tuyên truyền",
            {"quiz", "propaganda", "remarks", "good_models", "evidence"},
        ),
        (PlanKind.REVIEW, False, "Mỗi đảng viên viết bài thu hoạch", {"essays", "remarks", "good_models", "evidence"}),
        (PlanKind.REVIEW, False, "Công tác thu hoạch lúa", {"remarks", "good_models", "evidence"}),
    ],
)
def test_the_usual_questions_follow_kind_and_words(kind, essays, words, expected):
    assert usual_groups(kind=kind, essay_required=essays, words=words) == expected


def test_every_answer_belongs_to_one_group_and_every_field_to_the_form():
    every = [name for group in GROUP for name in FIELDS_OF[group]]
    assert sorted(every) == sorted(set(every)) == sorted(RESULT_FIGURES)
    fields = ResultsStepForm(asked=list(GROUP)).fields
    assert {name for name in every if name not in fields} == {"works"}


def test_people_times_and_things_are_three_kinds():
    assert [len(set(one)) for one in (COUNTS, PEOPLE + TIMES_REACHED + THINGS)] == [len(COUNTS)] * 2
    words = {name: str(Submission._meta.get_field(name).verbose_name) for name in TIMES_REACHED}
    assert [name for name, text in words.items() if not text.startswith("lượt")] == []
    heads = {name: str(Submission._meta.get_field(name).verbose_name) for name in PEOPLE if name.startswith("quiz")}
    assert [name for name, text in heads.items() if "lượt" in text or "người" not in text] == []


def test_what_is_not_asked_is_neither_shown_nor_kept(cast, clock, sign_in):
    plan = steps.asked(cast)[0]
    ask(cast, plan, GROUP.QUIZ)
    client = sign_in(cast.secretary)
    filing = steps.start(client, cast.own_unit)
    steps.fill(client, filing, results=ANSWERS)
    page = client.get(reverse("reports:session-step", args=[filing.pk, "viec-lam"])).content.decode()
    shown = [name for name in ANSWERS if f'name="{name}"' in page]
    assert shown == ["quiz_taken", "quiz_passed"]
    steps.send(client, filing)
    submission = Submission.objects.get()
    given = {name: value for name in RESULT_FIGURES if (value := getattr(submission, name)) not in (None, "", [])}
    assert given == {"quiz_taken": 20, "quiz_passed": 19}


def test_two_plans_each_keep_only_what_they_ask(cast, clock, sign_in):
    first, second = steps.asked(cast, plans=2)
    ask(cast, first, GROUP.ESSAYS)
    ask(cast, second, GROUP.GOOD_MODELS)
    assert asked_by([first, second]) == [GROUP.ESSAYS, GROUP.GOOD_MODELS]
    steps.report(sign_in(cast.secretary), cast.own_unit, results=ANSWERS)
    kept = Submission.objects.order_by("plan_id").values_list("plan_id", "essays_done", "good_models")
    assert list(kept) == [(first.pk, 24, ""), (second.pk, None, ANSWERS["good_models"])]


def test_all_answers_come_back_in_a_returned_report(cast, clock, sign_in):
    submission = reported(cast, sign_in, *GROUP)
    assert submission.works == [
        {"what": "Giúp hai hộ bán hàng qua mạng", "who": "đồng chí phó bí thư", "by": "30/6/2026"},
        {"what": "Dọn vệ sinh ngõ 6", "who": "", "by": ""},
    ]
    Submission.objects.update(state="returned", return_field="essays_done", return_reason="Đề nghị xem lại số bài.")
    client = sign_in(cast.secretary)
    opened = client.post(reverse("reports:session-amend", args=[submission.pk]))
    assert opened["Location"].endswith("/viec-lam/#div_id_essays_done")
    form = client.get(opened["Location"].split("#")[0]).context["form"]
    typed = {name: form[name].value() for name in ANSWERS}
    assert typed == ANSWERS


def test_the_office_reads_them_group_by_group(cast, clock, sign_in):
    submission = reported(cast, sign_in, *GROUP)
    response = sign_in(cast.compiler).get(reverse("reports:submission-detail", args=[submission.pk]))
    results = {group["title"]: group for group in response.context["results"]}
    assert list(results) == [group.label.split(":")[0] for group in GROUP if FIELDS_OF[group]]
    assert [value for _, value in results["Bài thu hoạch"]["counts"]] == [26, 25, 24]
    page = response.content.decode()
    assert "Thời gian học ngắn; Dùng điện thoại trong giờ học. Hội trường chật." in page
    assert "đồng chí phó bí thư; xong 30/6/2026" in page
    assert "chưa ghi người làm; chưa ghi hạn" in page


def test_the_units_paper_prints_them(cast, clock, sign_in):
    submission = reported(cast, sign_in, *GROUP)
    blocks = unit_report_paper(submission).blocks
    items = [block.text for block in blocks if isinstance(block, Item)]
    assert (
        "Bài thu hoạch: phải nộp 26, đã nộp 25, đạt yêu cầu 24. Kiểm tra nhận thức: 20 người tham gia, 19 người đạt."
        in items
    )
    headings = {block.title: block.text for block in blocks if isinstance(block, Heading)}
    assert headings["Kết quả tuyên truyền"] == (
        ": 2 buổi tuyên truyền miệng; 80 lượt người nghe; 1 tin, bài truyền thanh; 6 lượt phát thanh; "
        "300 lượt tiếp cận trên mạng; 1 buổi lồng ghép sinh hoạt đoàn thể; 25 lượt người dự sinh hoạt đoàn thể."
    )
    assert headings["Việc cụ thể hóa"] == (
        ": Nghị quyết số 05-NQ/CB, ngày 02/6/2026; "
        "Giúp hai hộ bán hàng qua mạng (đồng chí phó bí thư; xong 30/6/2026); Dọn vệ sinh ngõ 6."
    )


def test_the_wards_figures_add_them_up_and_say_so(cast, clock, sign_in):
    submission = reported(cast, sign_in, *GROUP)
    Submission.objects.update(state="accepted", accepted_at=factories.NOW, accepted_by=cast.compiler)
    counted_at = timezone.now()
    row = next(row for row in unit_rows(submission.plan, counted_at=counted_at) if row.standing == "accepted")
    given = {name: row.counts[name] for name in COUNTS_OF[GROUP.ESSAYS] + COUNTS_OF[GROUP.QUIZ]}
    assert given == {"essays_due": 26, "essays_handed": 25, "essays_done": 24, "quiz_taken": 20, "quiz_passed": 19}
    assert row.counts["works"] == 2
    text = {one.slot: one.body for one in draft_sections(take_figures([submission.plan], counted_at=counted_at))}
    assert "Bài thu hoạch: phải nộp 26, đã nộp 25, đạt yêu cầu 24." in text["study"]
    assert "Kiểm tra nhận thức: 20 người tham gia, 19 người đạt." in text["study"]
    assert "80 lượt người nghe" in text["propaganda"]
    assert text["application"] == (
        "1/1 đơn vị đã đăng ký 2 việc làm cụ thể sau học tập. 1/1 đơn vị đã có nghị quyết, kế hoạch cụ thể hóa của mình."
    )


def test_scoring_asks_for_essays_only_when_the_plan_does(cast, clock):
    plan = steps.asked(cast)[0]
    facts = {"plan": plan, "unit": cast.own_unit, "sessions": [], "received_at": factories.NOW}
    figures = {"quiz_taken": 20, "quiz_passed": 15}
    ask(cast, plan, GROUP.REMARKS)
    without = facts_for(**facts, figures=figures)
    ask(cast, plan, GROUP.QUIZ)
    with_quiz = facts_for(**facts, figures=figures)
    assert (without.essay_required, with_quiz.essay_required) == (False, True)
    assert (with_quiz.essays_due, with_quiz.essays_done) == (20, 15)


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"essays_handed": "27"}, "essays_handed", "Số bài đã nộp (27) nhiều hơn số phải nộp (26)."),
        ({"essays_done": "26"}, "essays_done", "Số bài đạt (26) nhiều hơn số đã nộp (25)."),
        ({"quiz_passed": "21"}, "quiz_passed", "Số người đạt (21) nhiều hơn số người tham gia (20)."),
        ({"group_meetings": "0"}, "group_meetings", "Có lượt người dự thì số buổi sinh hoạt phải từ 1 trở lên."),
        ({"concrete_work": ""}, "concrete_work", "Đồng chí ghi việc sẽ làm, rồi đến người và hạn."),
        ({"limit_picks": ["không có"]}, "limit_picks", "Có mục không còn trong danh sách. Đồng chí chọn lại."),
    ],
)
def test_answers_that_cannot_be_are_named(wrong, field, sentence):
    assert ResultsStepForm(data=ANSWERS).is_valid()  # the control
    form = ResultsStepForm(data=ANSWERS | wrong)
    assert dict(form.errors) == {field: [sentence]}


def test_a_pick_list_in_the_order_of_the_list():
    submission = Submission(limit_picks=["late_report", "one_way"], limits="")
    assert submission.said("limits") == f"{LimitPick.ONE_WAY.label}; {LimitPick.LATE_REPORT.label}."


def test_questions_are_fixed_once_a_unit_has_reported(cast, clock, sign_in):
    submission = reported(cast, sign_in, GROUP.REMARKS)
    before = AuditEvent.objects.filter(verb="plan.ask").count()
    with pytest.raises(ValidationError) as refused:
        ask(cast, submission.plan, GROUP.QUIZ)
    assert refused.value.code == "reported"
    assert asked_of(submission.plan) == {GROUP.REMARKS}
    assert AuditEvent.objects.filter(verb="plan.ask").count() == before == 1


def test_the_office_ticks_them_on_a_page(cast, clock, sign_in):
    plan = steps.asked(cast)[0]
    client, url = sign_in(cast.compiler), reverse("reports:asked-edit", args=[plan.pk])
    assert set(client.get(url).context["form"]["groups"].value()) == asked_of(plan)
    client.post(url, {"groups": ["quiz", "remarks"]})
    assert asked_of(plan) == {GROUP.QUIZ, GROUP.REMARKS}
    client.post(url, {})
    assert asked_of(plan) == frozenset()
