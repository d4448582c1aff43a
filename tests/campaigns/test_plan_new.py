"""The page of a new plan: deadlines offered, plans of the same weeks, a plan from an earlier one."""

import datetime as dt

from django.urls import reverse

from campaigns.models import Plan
from campaigns.services.directives import register_directive
from campaigns.services.drafting import draft_plan
from tests import factories
from tests.campaigns.office import directive_facts

NEW = "campaigns:plan-new"


def directive(office, number="05", **changes):
    return register_directive(by=office.clerk, **directive_facts(number=number, **changes))


def offered(page):
    form = page.context["form"]
    return {name: form[name].value() for name in ("study", "report", "compiled", "final", "conference")}


def test_the_form_opens_with_a_chain_for_the_chosen_directive(drafter, office):
    one = directive(office, superior_due_on=dt.date(2026, 6, 28))
    page = drafter.get(reverse(NEW), {"van-ban": one.pk})
    assert offered(page) == {
        "conference": "Dự kiến trước ngày 12/6/2026",
        "study": "Hoàn thành trước ngày 19/6/2026",
        "report": "trước ngày 24/6/2026",
        "compiled": "Hoàn thành trước ngày 26/6/2026",
        "final": "",
    }  # fmt: skip
    assert "Chủ nhật, 28/6/2026 là ngày nghỉ" in page.content.decode()


def test_the_deadlines_are_worked_out_again_for_another_kind(drafter, office):
    one = directive(office, superior_due_on=dt.date(2026, 6, 30))
    fields = {"kind": "review", "directives": [one.pk], "study": "x", "act": "suggest", "scored": "on"}
    page = drafter.post(reverse(NEW), fields)
    assert (offered(page)["report"], offered(page)["compiled"], offered(page)["final"]) == (
        "trước ngày 18/6/2026",
        "Hoàn thành trước ngày 25/6/2026",
        "Hoàn thành trước ngày 30/6/2026",
    )
    form = page.context["form"]
    assert [form[name].value() for name in ("kind", "scored", "ward_conference")] == ["review", True, False]
    assert Plan.objects.count() == 0


def test_a_deadline_that_cannot_be_read_is_said_beside_its_field(drafter, office):
    fields = {"kind": "study", "directives": [directive(office).pk], "study": "hôm nào tiện"}
    page = drafter.post(reverse(NEW), fields)
    assert (list(page.context["form"].errors), Plan.objects.count()) == (["study"], 0)


def test_plans_of_the_same_weeks_are_offered_to_join_or_to_study_with(drafter, office):
    first = draft_plan(ward=office.ward, directives=[directive(office)], kind="study", by=office.clerk, now=factories.NOW)
    second = directive(office, "06", subject="về du lịch")
    page = drafter.get(reverse(NEW), {"van-ban": second.pk})
    assert [(one.plan, one.joinable) for one in page.context["neighbours"]] == [(first, True)]
    assert reverse("campaigns:directive-join", args=[second.pk]) in page.content.decode()
    page = drafter.get(reverse(NEW), {"van-ban": second.pk, "hoc-chung": first.pk})
    study = first.duties.get(product="study").deadline_phrase
    assert (page.context["together"], offered(page)["study"]) == (first, study)
    fields = {"kind": "study", "directives": [second.pk], "together": first.pk, "ward_conference": "on"}
    drafter.post(reverse(NEW), fields | offered(page))
    made = Plan.objects.exclude(pk=first.pk).get()
    assert "Kết hợp học tập cùng Chỉ thị số 05-CT/TU" in made.sections.get(slot="requirements").body
    assert made.duties.get(product="study").deadline_phrase == study


def test_a_plan_of_another_ward_is_not_offered(drafter, office):
    other = factories.make_ward()
    foreign = draft_plan(ward=other, directives=[directive(office)], kind="study", by=office.clerk, now=factories.NOW)
    second = directive(office, "06", subject="về du lịch")
    page = drafter.get(reverse(NEW), {"van-ban": second.pk, "hoc-chung": foreign.pk})
    assert (page.context["neighbours"], page.context["together"]) == ([], None)


def test_a_plan_from_an_earlier_one_is_previewed_then_written(drafter, office):
    old = draft_plan(ward=office.ward, directives=[directive(office)], kind="study", by=office.clerk, now=factories.NOW)
    second = directive(office, "06", subject="về du lịch")
    address = reverse("campaigns:plan-new-from", args=[old.pk])
    assert [one.pk for one in drafter.get(address).context["form"].fields["directives"].queryset] == [second.pk]
    page = drafter.post(address, {"directives": [second.pk], "act": "preview"})
    assert (Plan.objects.count(), page.context["groups"][0][0]) == (1, "Đã thay")
    assert "Chỉ thị số 06-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy về du lịch" in page.content.decode()
    answer = drafter.post(address, {"directives": [second.pk], "act": "save"})
    made = Plan.objects.exclude(pk=old.pk).get()
    assert answer.url == reverse("campaigns:plan-drafted", args=[made.pk])
    told = drafter.get(answer.url).content.decode()
    assert ("Đã thay" in told, "05-CT/TU" in told, "05-CT/TU" in made.subject) == (True, True, False)
