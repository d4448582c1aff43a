"""Findings on a plan: let stand with a reason, and what stops a plan or only asks (decisions 14)."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from campaigns.choices import PlanState
from campaigns.models import PlanSection
from campaigns.selectors.findings import blocking, dismissed_of, key_of
from campaigns.selectors.plan_checks import checked_plan
from campaigns.services.deadline_chain import DraftPhrases
from campaigns.services.directives import register_directive
from campaigns.services.drafting import draft_plan
from campaigns.services.findings import dismiss_finding, restore_finding
from campaigns.services.plans import approve_plan, issue_plan, submit_plan
from documents.checks import Finding
from tests.campaigns.office import START, directive_facts, make_office
from units.models import AuditEvent

PHRASES = DraftPhrases(
    study="Hoàn thành trong tháng 5/2026", report="trước ngày 05/6/2026", compiled="Hoàn thành trước ngày 05/6/2026"
)


@pytest.fixture
def office(db, settings):
    settings.PLAN_ISSUE_EFFECTS = []
    return make_office()


@pytest.fixture
def plan(office):
    """A drafted plan with one repeated word in its first section."""
    directive = register_directive(by=office.clerk, **directive_facts())
    drafted = draft_plan(
        ward=office.ward, directives=[directive], kind="study", by=office.clerk, now=START, phrases=PHRASES
    )
    _break(drafted)
    return drafted


def _break(plan):
    section = PlanSection.objects.filter(plan=plan).exclude(body="").first()
    PlanSection.objects.filter(pk=section.pk).update(body=f"{section.body}\n\nCác chi bộ bộ thực hiện nghiêm túc.")


def _finding(check="C06", severity="error", variant="doubled_word", quote="chi bộ bộ"):
    return Finding(check, variant, severity, 5, quote, "Bị lặp từ.")


def test_only_errors_of_form_and_fact_block():
    findings = [_finding(), _finding(severity="warning"), _finding(check="C13"), _finding(check="C17", quote="")]
    assert blocking(findings) == [findings[0], findings[3]]
    assert blocking(findings, dismissed={key_of(findings[0])}) == [findings[3]]


def test_a_finding_is_known_without_marks_and_spacing():
    assert key_of(_finding(quote="chi **bộ  bộ**")) == key_of(_finding())


def test_an_error_stops_the_plan_until_it_is_let_stand(plan, office):
    with pytest.raises(ValidationError) as refused:
        submit_plan(plan=plan, by=office.clerk, now=START)
    assert refused.value.code == "blocking_findings"
    assert "“chi bộ bộ” (C06)" in refused.value.message
    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFT
    (found,) = blocking(checked_plan(plan, today=START.date()).findings)
    row = dismiss_finding(plan=plan, finding=found, reason="Tên riêng của chi bộ.", by=office.clerk, at=START)
    assert dismissed_of(plan) == {key_of(found): row}
    assert submit_plan(plan=plan, by=office.clerk, now=START).state == PlanState.SUBMITTED


def test_a_dismissal_needs_a_reason_and_can_be_taken_back(plan, office):
    with pytest.raises(ValidationError) as refused:
        dismiss_finding(plan=plan, finding=_finding(), reason=" ", by=office.clerk, at=START)
    assert list(refused.value.message_dict) == ["reason"]
    dismiss_finding(plan=plan, finding=_finding(), reason="Đúng ý.", by=office.clerk, at=START)
    restore_finding(plan=plan, finding=_finding(), by=office.clerk, at=START)
    assert dismissed_of(plan) == {}
    verbs = AuditEvent.objects.filter(verb__endswith="_finding").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["plan.dismiss_finding", "plan.restore_finding"]


def test_the_office_goes_on_with_a_written_reason(plan, office):
    why = {"override_reason": "Lãnh đạo đã xem bản giấy."}
    plan = submit_plan(plan=plan, by=office.clerk, now=START, **why)
    plan = approve_plan(plan=plan, by=office.clerk, now=START, **why)
    with pytest.raises(ValidationError) as refused:
        issue_plan(plan=plan, number=1, dated_on=START.date(), by=office.clerk, now=START)
    assert refused.value.code == "blocking_findings"
    plan.refresh_from_db()
    issued = issue_plan(plan=plan, number=1, dated_on=START.date(), by=office.clerk, now=START, **why)
    assert issued.state == PlanState.ISSUED
    events = AuditEvent.objects.filter(verb="plan.override_findings")
    assert [event.details for event in events] == [
        {"reason": "Lãnh đạo đã xem bản giấy.", "findings": ["“chi bộ bộ” (C06)"]}
    ] * 3
    with pytest.raises(ValidationError) as frozen:
        dismiss_finding(plan=issued, finding=_finding(), reason="Muộn.", by=office.clerk, at=START)
    assert frozen.value.code == "not_editable"


def test_what_was_signed_on_paper_is_recorded_with_its_faults(plan, office):
    now = START + dt.timedelta(days=2)
    issued = issue_plan(plan=plan, number=3, dated_on=START.date(), by=office.clerk, now=now, recorded_past=True)
    assert issued.state == PlanState.ISSUED
