"""The versions of a draft: each save kept, savings of some minutes folded, an old text put back as a new one."""

import datetime as dt
from dataclasses import fields, replace

import pytest
from django.core.exceptions import ValidationError

from campaigns.models import PlanVersion
from campaigns.plan_content import PlanContent
from campaigns.plan_content_json import from_json, to_json
from campaigns.selectors.plans import plan_content
from campaigns.services.directives import register_directive
from campaigns.services.drafting import draft_plan
from campaigns.services.plans import PlanConflictError, add_directive, restore_version, save_plan_draft
from tests import factories
from tests.campaigns.office import directive_facts
from units.models import AuditEvent, Signer

NOW = factories.NOW


@pytest.fixture
def plan(office):
    directive = register_directive(by=office.clerk, **directive_facts())
    return draft_plan(ward=office.ward, directives=[directive], kind="study", by=office.clerk, now=NOW)


def save(plan, by, *, minutes=0, automatic=True, **changes):
    content = replace(plan_content(plan), **changes)
    now = NOW + dt.timedelta(minutes=minutes)
    return save_plan_draft(plan=plan, expected_version=plan.version, content=content, by=by, now=now, automatic=automatic)


def versions(plan):
    rows = plan.versions.order_by("number").values_list("number", "content__closing", "automatic", "note")
    return [tuple(row) for row in rows]


def test_content_goes_to_json_and_back(plan):
    content = plan_content(plan)
    assert from_json(to_json(content)) == content
    assert [field.name for field in fields(PlanContent)] == list(to_json(content))


@pytest.mark.once
def test_a_version_of_an_older_program_still_reads():
    assert from_json({"subject": "A", "gone": 1, "duties": [{"text": "việc", "lead_text": "Văn phòng"}]}).duties[0].product == "action"
    assert from_json({"sections": [{"body": "không tên"}]}) == replace(
        from_json({}), sections=from_json({"sections": [{"title": "", "body": "không tên"}]}).sections
    )


def test_savings_of_one_person_within_minutes_are_one_version(plan, office):
    other = factories.make_user()
    first = plan.closing
    for minutes, text in ((0, "a"), (3, "b"), (9, "c")):
        save(plan, office.clerk, minutes=minutes, closing=text)
    assert versions(plan) == [(1, first, False, "Bản đầu"), (2, "c", True, "")]
    save(plan, office.clerk, minutes=11, closing="d")
    save(plan, other, minutes=12, closing="e")
    save(plan, office.clerk, minutes=13, closing="f", automatic=False)
    save(plan, office.clerk, minutes=14, closing="g")
    assert [row[1:3] for row in versions(plan)[2:]] == [("d", True), ("e", True), ("f", False), ("g", True)]
    assert (plan.version, AuditEvent.objects.filter(verb="plan.save").count()) == (8, 5)


def test_saving_nothing_new_by_itself_writes_nothing(plan, office):
    save(plan, office.clerk)
    assert (plan.version, PlanVersion.objects.count()) == (1, 0)


def test_a_version_comes_back_as_a_new_one(plan, office):
    old = plan_content(plan)
    save(plan, office.clerk, automatic=False, closing="Khác.", duties=(), recipients=())
    restore_version(plan=plan, number=1, expected_version=2, by=office.clerk, now=NOW)
    assert (plan_content(plan), plan.version, versions(plan)[-1][3]) == (old, 3, "Khôi phục bản 1")
    with pytest.raises(ValidationError, match="Không có bản lưu"):
        restore_version(plan=plan, number=9, expected_version=3, by=office.clerk, now=NOW)
    with pytest.raises(PlanConflictError):
        restore_version(plan=plan, number=1, expected_version=2, by=office.clerk, now=NOW)
    assert plan.versions.count() == 3


def test_what_was_deleted_since_is_not_put_back(plan, office):
    gone = factories.make_unit(office.ward)
    signer = factories.make_signer(office.ward)
    duty = replace(plan_content(plan).duties[0], lead_id=gone.pk, helper_ids=(gone.pk, office.committee.pk))
    save(plan, office.clerk, automatic=False, signer_id=signer.pk, duties=(duty,))
    save(plan, office.clerk, automatic=False, signer_id=None, duties=())
    Signer.objects.filter(pk=signer.pk).delete()
    gone.delete()
    restore_version(plan=plan, number=2, expected_version=3, by=office.clerk, now=NOW)
    content = plan_content(plan)
    assert (content.signer_id, content.duties[0].lead_id, content.duties[0].helper_ids) == (None, None, (office.committee.pk,))


def test_a_directive_taken_in_keeps_the_text_before(plan, office):
    before = plan_content(plan)
    other = register_directive(by=office.clerk, **directive_facts(number="91"))
    add_directive(plan=plan, directive=other, by=office.clerk, now=NOW)
    assert from_json(plan.versions.get(number=1).content) == before
    assert from_json(plan.versions.get(number=2).content).directive_ids[1] == other.pk
