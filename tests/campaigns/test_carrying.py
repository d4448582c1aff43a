"""Units merged, divided, renamed after issue: what is owed goes over, what is done stays under the old name."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaigns.change_effects import Wanted
from campaigns.choices import AssignmentState, ChangeKind, Product
from campaigns.models import Assignment, Reminder
from campaigns.selectors.figures import plan_counts
from campaigns.services import assignments as duties
from campaigns.services.carrying import divide_unit, merge_units
from campaigns.services.changes import change_plan
from campaigns.services.clock import tick
from campaigns.services.counters import recount
from campaigns.services.reminders import plan_reminders
from tests import factories
from tests.campaigns.owed import at, counted, counters, rungs
from units.models import Membership, Unit, UnitRevision, UnitSuccession
from units.services.units import revise_unit

ISSUED_AT = at(dt.date(2026, 5, 20))
BASIS = "Quyết định số 12-QĐ/ĐU, ngày 21/5/2026"
FROM = dt.date(2026, 5, 21)
NOW = at(FROM)
DUE = factories.LAST_DAY


@pytest.fixture(autouse=True)
def no_letters(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


@pytest.fixture
def plan(cast, clock):
    clock.move_to(NOW)
    plan = factories.make_issued_plan(
        cast.ward, units=[cast.own_unit, cast.other_unit], bodies=[cast.body], issued_at=ISSUED_AT
    )
    plan_reminders(assignments=list(plan.assignments.all()), now=ISSUED_AT)
    return plan


def mark_in(page):
    """What a preview carries of what it showed."""
    return re.search(r'name="seen" value="(\w+)"', page)[1]


def state_of(plan, unit, product=Product.REPORT):
    return Assignment.objects.filter(plan=plan, unit=unit, product=product).values_list("state", "due_on").first()


def new_unit(cast):
    return {
        "parent": cast.ward,
        "kind": "tdp",
        "name": "Chi bộ Tổ dân phố Hợp Nhất",
        "short_name": "TDP Hợp Nhất",
        "code": "HN",
    }


def merge(cast, *, into=None, keep=(), units=None, **facts):
    new = None if into else new_unit(cast)
    values = {"effective_on": FROM, "basis": BASIS, "by": cast.admin, "at": NOW} | facts
    return merge_units(units=units or [cast.own_unit, cast.other_unit], into=into, new=new, keep=keep, **values)


def rest(plan, cast, kind, *, now):
    basis = {"basis_kind": "CV", "basis_number": "128-CV/ĐU", "basis_dated_on": FROM, "basis_issuer": "Đảng ủy phường"}
    change_plan(plan=plan, wanted=Wanted(kind=kind, **basis), by=cast.compiler, at=now)


def test_a_plan_that_rests_gives_its_day_to_the_unit_that_came_after(plan, cast):
    rest(plan, cast, ChangeKind.PAUSE, now=NOW)
    merge(cast, units=[cast.own_unit], into=cast.other_unit)
    third = merge(cast, units=[cast.other_unit])
    assert (state_of(plan, third), state_of(plan, cast.own_unit)) == (("todo", None), ("cancelled", None))
    plan.refresh_from_db()
    rest(plan, cast, ChangeKind.RESUME, now=NOW + dt.timedelta(days=10))
    assert state_of(plan, third) == ("todo", DUE + dt.timedelta(days=10))
    assert [state_of(plan, unit)[0] for unit in (cast.own_unit, cast.other_unit)] == ["cancelled"] * 2


def test_a_part_that_waits_for_a_document_waits_on_after_a_merger(plan, cast):
    Assignment.objects.filter(plan=plan, product=Product.REPORT).update(state="waiting", due_on=None)
    recount(plan_ids=[plan.pk])
    third = merge(cast)
    assert (state_of(plan, third), state_of(plan, third, Product.STUDY)) == (("waiting", None), ("todo", DUE))


def test_two_units_become_a_third_that_owes_what_they_owed(plan, cast):
    duties.mark_submitted(unit=cast.own_unit, plan=plan, by=cast.secretary, at=NOW)
    later = DUE + dt.timedelta(days=6)
    row = Assignment.objects.select_related("plan__ward", "duty", "unit").get(
        plan=plan, unit=cast.other_unit, product=Product.REPORT
    )
    duties.extend(assignment=row, due_on=later, reason="Lũ.", by=cast.compiler, at=NOW)
    keep = Membership.objects.filter(user=cast.other_secretary)
    third = merge(cast, keep=keep)
    assert state_of(plan, cast.own_unit) == ("submitted", DUE)  # done: stays where it was done
    assert state_of(plan, cast.other_unit) == ("cancelled", later)
    assert state_of(plan, third) == ("todo", later)
    assert state_of(plan, third, Product.STUDY) == ("todo", DUE)
    stopped = Assignment.objects.get(plan=plan, unit=cast.other_unit, product=Product.REPORT)
    assert stopped.reason == f"Chuyển sang Chi bộ Tổ dân phố Hợp Nhất theo {BASIS}"
    assert counters() == counted()
    old = Unit.objects.get(pk=cast.own_unit.pk)
    assert (old.name, old.active_to) == (cast.own_unit.name, FROM - dt.timedelta(days=1))
    assert Unit.objects.get(pk=third.pk).member_count == 60
    assert set(UnitSuccession.objects.values_list("predecessor", "successor", "kind")) == {
        (cast.own_unit.pk, third.pk, "merge"),
        (cast.other_unit.pk, third.pk, "merge"),
    }
    for days in range(30):
        tick(now=NOW + dt.timedelta(days=days))
    told = Reminder.objects.filter(state="sent", assignment__product__in=Product.BY_UNITS)
    assert set(told.values_list("assignment__unit", flat=True)) == {third.pk}  # the old names are reminded of nothing
    assert told.filter(person=cast.other_secretary).exists()
    assert not told.filter(person=cast.secretary).exists()
    counts = plan_counts([plan.pk], on=DUE)[plan.pk]
    assert (counts.asked_study, counts.asked_report, counts.submitted) == (1, 2, 1)


def test_a_unit_joined_by_another_is_not_asked_twice(plan, cast):
    duties.mark_submitted(unit=cast.other_unit, plan=plan, by=cast.other_secretary, at=NOW)
    merge(cast, into=cast.other_unit, units=[cast.own_unit])
    assert state_of(plan, cast.other_unit) == ("submitted", DUE)
    assert state_of(plan, cast.other_unit, Product.STUDY) == ("todo", DUE)
    assert state_of(plan, cast.own_unit)[0] == AssignmentState.CANCELLED
    assert Assignment.objects.filter(plan=plan, unit=cast.other_unit).count() == 2
    assert counters() == counted()


def test_the_cells_of_a_unit_go_with_it(plan, cast):
    cell = factories.make_unit(cast.own_unit, kind="cbtt")
    merge(cast, into=cast.other_unit, units=[cast.own_unit])
    cell.refresh_from_db()
    assert (cell.parent, cell.path.startswith(cast.other_unit.path)) == (cast.other_unit, True)


def test_a_duty_of_a_body_bears_the_name_of_its_successor(plan, cast):
    fresh = factories.make_unit(cast.ward, kind="body", name="Phòng Văn hóa - Xã hội")
    merge(cast, into=fresh, units=[cast.body])
    row = Assignment.objects.select_related("duty__lead").get(plan=plan, unit=fresh)
    assert (row.state, row.duty.lead, row.duty.lead_text) == ("todo", fresh, "Phòng Văn hóa - Xã hội")


@pytest.mark.parametrize("ends", [True, False])
def test_a_unit_divided_leaves_its_duties_to_its_parts(plan, cast, ends):
    parts = [factories.make_unit(cast.ward), factories.make_unit(cast.ward)]
    facts = {"effective_on": FROM, "basis": BASIS, "by": cast.admin, "at": NOW}
    divide_unit(unit=cast.own_unit, parts=parts, ends=ends, **facts)
    assert [state_of(plan, part) for part in parts] == [("todo", DUE)] * 2
    assert state_of(plan, cast.own_unit)[0] == ("cancelled" if ends else "todo")
    assert bool(rungs(Assignment.objects.get(plan=plan, unit=cast.own_unit, product=Product.REPORT))) is not ends
    assert counters() == counted()


def test_a_decision_still_to_come_writes_nothing(plan, cast):
    with pytest.raises(ValidationError) as refused:
        merge(cast, effective_on=FROM + dt.timedelta(days=1))
    assert refused.value.error_dict["effective_on"][0].code == "too_late"
    assert not Unit.objects.filter(code="HN").exists()
    assert UnitSuccession.objects.count() == 0


def test_the_pages_of_merging_show_first_and_write_then(plan, cast, sign_in):
    client = sign_in(cast.admin)
    address = reverse("campaigns:unit-merge", args=[cast.own_unit.pk])
    assert address in client.get(reverse("units:unit-detail", args=[cast.own_unit.pk])).content.decode()
    boxes = client.get(address).content.decode()
    assert 'type="checkbox" class="form-check-input"  name="others_too"' in boxes
    assert "js/filter-boxes.js" in boxes
    facts = {"others_too": [cast.other_unit.pk], "effective_on": "21/5/2026", "basis": BASIS}
    assert "hoặc chọn đơn vị nhận sáp nhập" in client.post(address, facts).content.decode()
    facts |= {"name": "Chi bộ Tổ dân phố Hợp Nhất", "short_name": "TDP Hợp Nhất", "code": "HN"}
    preview = client.post(address, facts).content.decode()
    assert f"Kế hoạch số {plan}: 4 việc chưa làm chuyển sang với hạn như cũ." in preview
    membership = Membership.objects.get(user=cast.secretary)
    assert f'value="{membership.pk}"' in preview
    assert UnitSuccession.objects.count() == 0
    facts |= {"act": "confirm", "keep": [membership.pk], "seen": mark_in(preview)}
    duties.mark_studied(unit=cast.own_unit, plans=[plan], by=cast.secretary, at=NOW)
    preview = client.post(address, facts).content.decode()
    assert "Từ lúc đồng chí xem trước" in preview
    assert f"Kế hoạch số {plan}: 3 việc chưa làm chuyển sang" in preview
    assert UnitSuccession.objects.count() == 0
    page = client.post(address, facts | {"seen": mark_in(preview)}, follow=True).content.decode()
    assert "Sáp nhập từ" in page
    assert Membership.objects.current(on=FROM).filter(user=cast.secretary, unit__code="HN").exists()


def test_the_pages_of_dividing_show_first_and_write_then(plan, cast, sign_in):
    client = sign_in(cast.admin)
    part = factories.make_unit(cast.ward)
    address = reverse("campaigns:unit-divide", args=[cast.own_unit.pk])
    facts = {"parts": [part.pk], "ends": "on", "effective_on": "21/5/2026", "basis": BASIS}
    unseen = client.post(address, facts | {"act": "confirm"}).content.decode()
    assert "2 việc chưa làm chuyển sang" in unseen
    assert state_of(plan, part) is None
    client.post(address, facts | {"act": "confirm", "seen": mark_in(unseen)})
    assert state_of(plan, part) == ("todo", DUE)


def test_a_renamed_unit_keeps_its_old_name_on_the_duties_of_before(plan, cast, sign_in):
    before = cast.own_unit.name
    UnitRevision.objects.create(
        unit=cast.own_unit, effective_from=factories.SINCE, parent=cast.ward, kind="tdp", name=before, short_name="A",
        recorded_at=NOW, recorded_by=cast.admin,
    )  # fmt: skip
    plan.paper.dated_on = dt.date(2026, 5, 20)
    plan.paper.save(update_fields=["dated_on"])
    revise_unit(
        unit=cast.own_unit, effective_from=FROM, by=cast.admin, basis=BASIS, on=FROM, name="Chi bộ Tổ dân phố Mới"
    )
    row = Assignment.objects.get(plan=plan, unit=cast.own_unit, product=Product.REPORT)
    page = sign_in(cast.compiler).get(reverse("campaigns:assignment-detail", args=[row.pk])).content.decode()
    assert "Chi bộ Tổ dân phố Mới" in page
    assert before in page
