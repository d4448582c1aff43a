"""The moves of a plan: each done, refused and rolled back whole; two editors; two clerks."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from campaigns.models import Assignment, Plan, Reminder, StateCounter
from campaigns.plan_content import SectionText, differences, merged
from campaigns.selectors.plans import plan_content, plan_warnings
from campaigns.services import issuing
from campaigns.services.deadline_chain import DraftPhrases
from campaigns.services.directives import register_directive
from campaigns.services.drafting import draft_plan
from campaigns.services.plan_rows import write_plan
from campaigns.services.plans import (
    PlanConflictError,
    approve_plan,
    close_plan,
    issue_plan,
    reopen_plan,
    return_plan,
    save_plan_draft,
    submit_and_approve_plan,
    submit_plan,
    withdraw_plan,
)
from documents.models import Dispatch, IssuedPaper, NumberEntry, StoredFile
from documents.writing import pdf
from tests.campaigns.office import START, directive_facts, make_office
from tests.crowd import together, until_free
from tests.faults import keep_what_was_written
from units.models import AuditEvent
from units.workdays import WorkCalendar

PHRASES = DraftPhrases(
    study="Hoàn thành trong tháng 5/2026", report="trước ngày 05/6/2026", compiled="Hoàn thành trước ngày 05/6/2026"
)
SIGNED = START + dt.timedelta(days=2)
SIGNED_ON = SIGNED.date()


@pytest.fixture(autouse=True)
def no_effects(settings):
    settings.PLAN_ISSUE_EFFECTS = []


@pytest.fixture
def office(db):
    return make_office()


def drafted(office):
    directive = register_directive(by=office.clerk, **directive_facts())
    return draft_plan(ward=office.ward, directives=[directive], kind="study", by=office.clerk, now=START, phrases=PHRASES)


@pytest.fixture
def plan(office):
    return drafted(office)


@pytest.fixture
def approved(office, plan):
    return submit_and_approve_plan(plan=plan, by=office.clerk, now=START)


def issue(plan, office, *, number=12, dated_on=SIGNED_ON, **options):
    return issue_plan(plan=plan, number=number, dated_on=dated_on, by=office.clerk, now=SIGNED, **options)


# --- saving -------------------------------------------------------------------------------------------------------


def test_save_plan_draft_writes_everything_and_counts_the_version(office, plan):
    content = plan_content(plan)
    changed = replace(
        content,
        subject="Trích yếu mới",
        sections=(*content.sections, SectionText("Mục thêm", "Nội dung.", 1), SectionText("Tiểu mục", "x", 2)),
        duties=content.duties[:3],
        recipients=content.recipients[::-1],
    )
    saved = save_plan_draft(plan=plan, expected_version=1, content=changed, by=office.clerk, now=START)
    assert (plan_content(saved), saved.version) == (changed, 2)


def test_the_second_to_save_is_told_and_the_first_stays(office, plan):
    content = plan_content(plan)
    mine, theirs = replace(content, opening="Của tôi"), replace(content, opening="Của đồng chí kia")
    other = Plan.objects.get(pk=plan.pk)
    save_plan_draft(plan=other, expected_version=1, content=theirs, by=office.clerk, now=START)
    with pytest.raises(PlanConflictError):
        save_plan_draft(plan=plan, expected_version=1, content=mine, by=office.clerk, now=START)
    assert plan_content(Plan.objects.get(pk=plan.pk)) == theirs


def test_save_plan_draft_is_refused_once_submitted(office, plan):
    content = plan_content(plan)
    submit_plan(plan=plan, by=office.clerk, now=START)
    with pytest.raises(ValidationError) as caught:
        save_plan_draft(plan=plan, expected_version=1, content=content, by=office.clerk, now=START)
    assert caught.value.code == "not_editable"


@pytest.mark.proves("C-01")
def test_a_hundred_interleaved_editors_lose_nothing_silently(office, plan):
    lost = 0
    for round_number in range(100):
        version, content = plan.version, plan_content(plan)
        first, second = (replace(content, opening=f"Lượt {round_number}, người {who}") for who in ("một", "hai"))
        save_plan_draft(plan=Plan.objects.get(pk=plan.pk), expected_version=version, content=first, by=office.clerk, now=START)
        with pytest.raises(PlanConflictError):
            save_plan_draft(plan=Plan.objects.get(pk=plan.pk), expected_version=version, content=second, by=office.clerk, now=START)
        plan.refresh_from_db()
        lost += plan.opening != first.opening
    assert lost == 0


@pytest.mark.proves("C-01")
def test_the_control_of_the_race_loses_every_time(office, plan):
    lost = 0
    for round_number in range(100):
        content = plan_content(plan)
        first, second = (replace(content, opening=f"Lượt {round_number}, người {who}") for who in ("một", "hai"))
        for text in (first, second):  # a plain save asks nothing about the version
            write_plan(plan=Plan.objects.get(pk=plan.pk), content=text, by=office.clerk, now=START)
        plan.refresh_from_db()
        lost += plan.opening != first.opening
    assert lost == 100


@pytest.mark.postgres
@pytest.mark.proves("C-01")
@pytest.mark.django_db(transaction=True)
def test_a_hundred_races_of_two_editors_have_one_winner_each(transactional_db):
    office = make_office()
    plan = drafted(office)
    content = plan_content(plan)

    def save(text):
        save_plan_draft(
            plan=Plan.objects.get(pk=plan.pk), expected_version=version, content=replace(content, opening=text),
            by=office.clerk, now=START,
        )  # fmt: skip

    for round_number in range(100):
        version = Plan.objects.get(pk=plan.pk).version
        outcomes = together(save, [f"Lượt {round_number}, người một", f"Lượt {round_number}, người hai"])
        winners = [text for text, error in outcomes.items() if error is None]
        assert sorted(type(error).__name__ for error in outcomes.values()) == ["NoneType", "PlanConflictError"]
        assert Plan.objects.get(pk=plan.pk).opening == winners[0]


def test_differences_and_merged_take_each_place_from_the_chosen_side(plan):
    content = plan_content(plan)
    mine = replace(content, opening="Tôi", duties=(replace(content.duties[0], text="Tôi"), *content.duties[1:]))
    theirs = replace(content, opening="Kia", recipients=content.recipients[:2])
    assert [one.key for one in differences(mine, theirs)] == ["opening", "duties-0", "recipients"]
    assert merged(mine, theirs, {}) == mine
    assert merged(mine, theirs, {"opening": "theirs", "duties-0": "theirs", "recipients": "theirs"}) == theirs
    chosen = merged(mine, theirs, {"recipients": "theirs"})
    assert (chosen.opening, chosen.duties, chosen.recipients) == ("Tôi", mine.duties, theirs.recipients)


# --- submitting, returning, approving -----------------------------------------------------------------------------


def test_submit_return_submit_approve_leaves_who_and_when(office, plan):
    submit_plan(plan=plan, by=office.clerk, now=START)
    return_plan(plan=plan, remark="Sửa mục II.", by=office.clerk, now=START)
    assert list(plan.remarks.values_list("state", "text")) == [("returned", "Sửa mục II.")]
    submit_plan(plan=plan, by=office.clerk, now=START)
    approve_plan(plan=plan, by=office.clerk, now=START)
    assert (plan.state, plan.approved_at, plan.approved_by) == ("approved", START, office.clerk)
    verbs = AuditEvent.objects.filter(object_type="campaigns.plan").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["plan.draft", "plan.submit", "plan.return", "plan.submit", "plan.approve"]


@pytest.mark.parametrize("act", [approve_plan, close_plan, reopen_plan])
def test_a_move_out_of_order_is_refused(office, plan, act):
    with pytest.raises(ValidationError) as caught:
        act(plan=plan, by=office.clerk, now=START)
    assert (caught.value.code, Plan.objects.get(pk=plan.pk).state) == ("changed", "draft")


def test_submit_plan_refuses_an_empty_plan_and_a_passed_deadline(office, plan):
    with pytest.raises(ValidationError) as caught:
        submit_plan(plan=plan, by=office.clerk, now=START + dt.timedelta(days=30))
    assert caught.value.code == "past_deadline"
    plan.duties.all().delete()
    with pytest.raises(ValidationError) as caught:
        submit_plan(plan=plan, by=office.clerk, now=START)
    assert caught.value.code == "incomplete"


def test_return_needs_a_remark(office, plan):
    submit_plan(plan=plan, by=office.clerk, now=START)
    with pytest.raises(ValidationError):
        return_plan(plan=plan, remark=" ", by=office.clerk, now=START)


def test_warnings_name_the_sunday_and_the_missing_time_to_compile(plan):
    texts = [warning.text for warning in plan_warnings(plan_content(plan), calendar=WorkCalendar({}))]
    assert len([text for text in texts if "29/05/2026" in text]) == 4
    assert len([text for text in texts if "không còn thời gian tổng hợp" in text]) == 1


# --- issue --------------------------------------------------------------------------------------------------------


@pytest.mark.pdf
def test_issue_plan_does_all_of_it(office, approved):
    plan = issue(approved, office)
    paper = plan.paper
    assert (plan.state, plan.issued_by, paper.number_text, paper.dated_on) == ("issued", office.clerk, "12-KH/ĐU", SIGNED.date())
    assert str(plan) == "12-KH/ĐU"
    assert Assignment.objects.filter(plan=plan).count() == 5 + 2 * len(office.units)
    assert sum(StateCounter.objects.filter(plan=plan).values_list("count", flat=True)) == 5 + 2 * len(office.units)
    assert paper.dispatches.count() == 10 + len(office.units)  # "các cơ quan tham mưu, giúp việc" is two bodies
    assert set(paper.dispatches.filter(unit__in=office.units).values_list("unit", flat=True)) == {u.pk for u in office.units}
    assert plan.deadline_reading == office.ward.ward_settings.deadline_reading
    assert AuditEvent.objects.filter(verb="plan.issue").count() == 1


@pytest.mark.pdf
def test_a_past_plan_is_recorded_without_the_earlier_steps(office, plan):
    assert (issue(plan, office, recorded_past=True).recorded_past, plan.state) == (True, "issued")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"dated_on": SIGNED.date() + dt.timedelta(days=1)}, "future_date"),
        ({"dated_on": dt.date(2026, 5, 14), "number": 0}, "too_low"),
    ],
)
def test_issue_plan_refuses_and_writes_nothing(office, approved, options, code):
    with pytest.raises(ValidationError) as caught:
        issue(approved, office, **options)
    assert [error.code for errors in caught.value.error_dict.values() for error in errors] == [code]
    assert footprint() == (0, 0, 0, 0, 0, 0, "approved")


def test_issue_plan_refuses_a_deadline_before_the_paper(office, approved):
    late = dt.datetime(2026, 6, 2, 8, tzinfo=START.tzinfo)
    with pytest.raises(ValidationError) as caught:
        issue_plan(plan=approved, number=12, dated_on=late.date(), by=office.clerk, now=late)
    assert [error.code for errors in caught.value.error_dict.values() for error in errors] == ["deadline_before_paper"]


def test_issue_plan_refuses_a_plan_that_nobody_approved(office, plan):
    with pytest.raises(ValidationError) as caught:
        issue(plan, office)
    assert caught.value.code == "changed"


class FaultError(Exception):
    """Stands for the power cut between two writes."""


def footprint():
    return (
        NumberEntry.objects.count(),
        IssuedPaper.objects.count(),
        Assignment.objects.count(),
        StateCounter.objects.count(),
        Reminder.objects.count(),
        Dispatch.objects.count(),
        Plan.objects.get().state,
    )


@pytest.mark.pdf
@pytest.mark.proves("F-05")
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("name", ["move_plan", "take_number", "freeze_paper", "expand_duties", "make_dispatches"])
def test_a_fault_between_two_writes_of_issue_leaves_nothing(office, approved, monkeypatch, name, when):
    real = getattr(issuing, name)

    def faulty(*args, **kwargs):
        if when == "after":
            real(*args, **kwargs)
        raise FaultError

    before = whole_footprint()
    monkeypatch.setattr(issuing, name, faulty)
    with pytest.raises(FaultError):
        issue(approved, office)
    assert whole_footprint() == before


def whole_footprint():
    return footprint(), AuditEvent.objects.count(), StoredFile.objects.count()


def test_without_the_transaction_a_fault_leaves_half_an_issue(office, approved, monkeypatch):
    """Control of the test above."""
    before = whole_footprint()
    keep_what_was_written(monkeypatch)
    monkeypatch.setattr(issuing, "freeze_paper", refuse_all)
    with pytest.raises(FaultError):
        issue(approved, office)
    assert whole_footprint() != before


def refuse_all(**_facts):
    raise FaultError


@pytest.mark.pdf
def test_the_effects_of_the_apps_above_run_in_the_same_transaction(office, approved, settings):
    settings.PLAN_ISSUE_EFFECTS = ["tests.campaigns.test_plans.refuse"]
    with pytest.raises(FaultError):
        issue(approved, office)
    assert footprint()[:6] == (0, 0, 0, 0, 0, 0)


def refuse(*, plan, by):
    """An effect that fails."""
    raise FaultError


@pytest.mark.postgres
@pytest.mark.proves("C-05")
@pytest.mark.django_db(transaction=True)
def test_two_clerks_issue_one_plan_once(transactional_db):
    office = make_office()
    approved = submit_and_approve_plan(plan=drafted(office), by=office.clerk, now=START)
    pdf.warm_up()  # the winner holds the row while it prints; loading the printer there would run into the lock timeout

    def record(number):
        until_free(lambda: issue(Plan.objects.get(pk=approved.pk), office, number=number))

    outcomes = together(record, [12, 13, 14, 15])
    assert list(outcomes.values()).count(None) == 1
    assert (NumberEntry.objects.count(), IssuedPaper.objects.count()) == (1, 1)


# --- after issue --------------------------------------------------------------------------------------------------


@pytest.mark.pdf
def test_withdraw_cancels_what_is_owed_and_keeps_number_and_text(office, approved):
    plan = issue(approved, office)
    withdraw_plan(plan=plan, reason="Ghi nhầm số.", by=office.clerk, now=SIGNED)
    assert (plan.state, plan.paper.withdrawal_reason) == ("withdrawn", "Ghi nhầm số.")
    assert set(plan.assignments.values_list("state", flat=True)) == {"cancelled"}
    assert NumberEntry.objects.count() == 1
    with pytest.raises(ValidationError):
        withdraw_plan(plan=plan, reason="Lần nữa.", by=office.clerk, now=SIGNED)


@pytest.mark.pdf
def test_close_and_reopen(office, approved):
    plan = issue(approved, office)
    assert close_plan(plan=plan, by=office.clerk, now=SIGNED).closed_by == office.clerk
    assert reopen_plan(plan=plan, by=office.clerk, now=SIGNED).closed_at is None
    assert plan.state == "issued"
