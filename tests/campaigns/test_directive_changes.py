"""Đính chính, thay thế, thu hồi: the plans that carry the directive out get a task, the office is told, nothing changes by itself."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaigns.change_effects import Wanted
from campaigns.choices import ChangeKind, DirectiveFate, PlanState
from campaigns.models import DirectiveChange, DirectiveParent, DirectiveTask, Notification
from campaigns.services.changes import change_plan
from campaigns.services.directive_changes import change_directive, handle_task
from tests import factories
from units.choices import Role

pytestmark = pytest.mark.usefixtures("clock")
BASIS = {
    "basis_kind": "TB",
    "basis_number": "15-TB/TU",
    "basis_dated_on": factories.TODAY,
    "basis_issuer": "Tỉnh ủy Tuyên Quang",
}


@pytest.fixture
def directive(db):
    return factories.make_directive()


@pytest.fixture
def plan(cast, directive):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit], directives=[directive])


def revoke(directive, cast, **facts):
    values = {"fate": DirectiveFate.REVOKED, "successor": None, "note": ""} | BASIS | facts
    return change_directive(directive=directive, ward=cast.ward, by=cast.drafter, at=factories.NOW, **values)


def test_every_plan_that_is_not_over_gets_one_task(plan, cast, directive):
    draft = factories.make_plan(cast.ward, directives=[directive])
    foreign = factories.make_issued_plan(cast.foreign_ward, units=[cast.foreign_unit], directives=[directive])
    factories.make_plan(cast.ward, directives=[directive], state=PlanState.WITHDRAWN)
    factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    change = revoke(directive, cast)
    assert set(change.tasks.values_list("plan", flat=True)) == {plan.pk, draft.pk, foreign.pk}
    told = set(Notification.objects.values_list("person__username", flat=True))
    assert told == {"drafter", "clerk", "compiler", "foreign-clerk"}
    plan.refresh_from_db()
    assert plan.state == PlanState.ISSUED
    assert plan.assignments.filter(state="cancelled").count() == 0


def test_a_change_above_reaches_the_plans_of_the_papers_that_carry_it_out(plan, cast, directive, sign_in):
    middle, top = factories.make_directive(number="69"), factories.make_directive(number="20")
    DirectiveParent.objects.create(directive=directive, parent=middle)
    DirectiveParent.objects.create(directive=middle, parent=top)
    DirectiveParent.objects.create(directive=top, parent=directive)  # typed wrongly: a ring ends
    factories.make_issued_plan(cast.ward, units=[cast.own_unit])  # of another directive
    drafter = sign_in(cast.drafter)
    seen = drafter.get(reverse("campaigns:directive-change", args=[top.pk])).text
    assert plan.get_absolute_url() in seen
    change = revoke(top, cast)
    task = change.tasks.get()
    assert task.plan == plan
    shown = drafter.get(reverse("campaigns:directive-task", args=[task.pk])).text
    assert "Văn bản cấp trên của" in shown
    assert directive.short_form in shown
    assert reverse("campaigns:directive-task", args=[task.pk]) in drafter.get(plan.get_absolute_url()).text
    direct = revoke(directive, cast).tasks.get(plan=plan)
    assert "Văn bản cấp trên của" not in drafter.get(reverse("campaigns:directive-task", args=[direct.pk])).text


def test_who_works_in_two_wards_is_told_for_each(plan, cast, directive):
    factories.make_issued_plan(cast.foreign_ward, units=[cast.foreign_unit], directives=[directive])
    factories.make_membership(cast.drafter, cast.foreign_ward, Role.COMPILER)
    factories.make_membership(cast.drafter, cast.ward, Role.COMPILER)
    revoke(directive, cast)
    told = Notification.objects.filter(person=cast.drafter)
    assert set(told.values_list("ward", flat=True)) == {cast.ward.pk, cast.foreign_ward.pk}
    assert told.count() == 2
    assert told.filter(body__contains=cast.foreign_ward.name).count() == 1


def test_the_same_paper_is_recorded_once(plan, cast, directive):
    revoke(directive, cast)
    with pytest.raises(ValidationError) as refused:
        revoke(directive, cast)
    assert refused.value.code == "already"
    assert DirectiveTask.objects.count() == 1


def test_a_directive_is_not_replaced_by_itself(cast, directive):
    with pytest.raises(ValidationError) as refused:
        revoke(directive, cast, fate=DirectiveFate.REPLACED, successor=directive)
    assert refused.value.error_dict["successor"][0].code == "itself"


def test_a_task_is_done_once(plan, cast, directive):
    task = revoke(directive, cast).tasks.get()
    handle_task(task=task, outcome="Không phải đổi.", by=cast.clerk, at=factories.NOW)
    with pytest.raises(ValidationError) as refused:
        handle_task(task=task, outcome="Lần nữa.", by=cast.compiler, at=factories.NOW)
    assert refused.value.code == "changed"
    task.refresh_from_db()
    assert (task.outcome, task.handled_by) == ("Không phải đổi.", cast.clerk)


def test_the_paper_that_ends_the_plan_ends_its_task(plan, cast, directive):
    task = revoke(directive, cast).tasks.get()
    change_plan(plan=plan, wanted=Wanted(kind=ChangeKind.END, **BASIS), by=cast.clerk, at=factories.NOW)
    task.refresh_from_db()
    assert (task.outcome, task.handled_by) == ("Dừng kế hoạch theo Thông báo số 15-TB/TU, ngày 03/6/2026.", cast.clerk)


def test_the_paper_from_above_stands_in_the_change_it_asks_for(plan, cast, directive, sign_in):
    address, clerk = reverse("campaigns:change-new", args=[plan.pk, "dung"]), sign_in(cast.clerk)
    assert "15-TB/TU" not in clerk.get(address).content.decode()
    task = revoke(directive, cast).tasks.get()
    page = clerk.get(address).content.decode()
    for typed in ('value="15-TB/TU"', 'value="Tỉnh ủy Tuyên Quang"', '<option value="TB" selected'):
        assert typed in page
    handle_task(task=task, outcome="Không phải đổi.", by=cast.clerk, at=factories.NOW)
    assert "15-TB/TU" not in clerk.get(address).content.decode()


def test_from_the_directive_to_the_task_on_the_pages(plan, cast, directive, sign_in):
    successor = factories.make_directive(number="77")
    drafter = sign_in(cast.drafter)
    address = reverse("campaigns:directive-change", args=[directive.pk])
    assert address in drafter.get(reverse("campaigns:directive-detail", args=[directive.pk])).content.decode()
    facts = BASIS | {"basis_dated_on": "03/6/2026", "fate": "replaced", "note": "Toàn bộ văn bản."}
    assert "Đồng chí chọn văn bản thay thế" in drafter.post(address, facts).content.decode()
    assert DirectiveChange.objects.count() == 0
    page = drafter.post(address, facts | {"successor": successor.pk}, follow=True).content.decode()
    assert "Văn bản này đã thay đổi" in page
    assert successor.short_form in page
    task = DirectiveTask.objects.get()
    task_page = reverse("campaigns:directive-task", args=[task.pk])
    clerk = sign_in(cast.clerk)
    assert task_page in clerk.get(reverse("home")).content.decode()
    assert "Văn bản cấp trên đã thay đổi" in clerk.get(plan.get_absolute_url()).content.decode()
    assert reverse("campaigns:change-list", args=[plan.pk]) in clerk.get(task_page).content.decode()
    clerk.post(task_page, {"outcome": "Đã dừng theo văn bản."})
    assert task_page not in clerk.get(reverse("home")).content.decode()
    assert "Đã dừng theo văn bản." in clerk.get(task_page).content.decode()
    assert (
        "Văn bản này đã thay đổi"
        in sign_in(cast.secretary).get(reverse("campaigns:directive-detail", args=[directive.pk])).content.decode()
    )
