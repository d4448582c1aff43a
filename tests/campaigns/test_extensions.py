"""Extension and exemption: who, why, until when; many at once; the unit is told in working hours."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaigns.choices import Product
from campaigns.models import Assignment, Notification
from campaigns.selectors.assignments import decisions_on
from campaigns.services import assignments as services
from campaigns.services.exemptions import exempt
from tests import factories

pytestmark = pytest.mark.usefixtures("clock")
LATER = dt.date(2026, 6, 10)


@pytest.fixture
def plan(cast):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit])


def owed(plan, unit):
    return Assignment.objects.get(plan=plan, unit=unit, product=Product.REPORT)


def test_every_decision_stays_readable_with_who_why_and_until_when(plan, cast, sign_in):
    row = owed(plan, cast.own_unit)
    services.extend(assignment=row, due_on=LATER, reason="Bí thư đi viện.", by=cast.compiler, at=factories.NOW)
    services.extend(assignment=row, due_on=LATER + dt.timedelta(days=2), reason="Chưa ra viện.", by=cast.compiler, at=factories.NOW)
    exempt(assignment=row, reason="Chi bộ đang sáp nhập.", by=cast.compiler, at=factories.NOW)
    services.reopen(assignment=row, reason="Sáp nhập xong.", by=cast.compiler, at=factories.NOW)
    assert [(one.words, one.by, one.reason) for one in decisions_on(row)] == [
        ("Gia hạn đến hết 10/06/2026", str(cast.compiler), "Bí thư đi viện."),
        ("Gia hạn đến hết 12/06/2026", str(cast.compiler), "Chưa ra viện."),
        ("Miễn", str(cast.compiler), "Chi bộ đang sáp nhập."),
        ("Giao lại", str(cast.compiler), "Sáp nhập xong."),
    ]
    page = sign_in(cast.compiler).get(reverse("campaigns:assignment-detail", args=[row.pk])).content.decode()
    assert "Gia hạn đến hết 10/06/2026" in page
    assert "Bí thư đi viện." in page


def test_the_unit_is_told_of_extension_and_exemption(plan, cast):
    row = owed(plan, cast.own_unit)
    services.extend(assignment=row, due_on=LATER, reason="Bí thư đi viện.", by=cast.compiler, at=factories.NOW)
    exempt(assignment=row, reason="Chi bộ đang sáp nhập.", by=cast.compiler, at=factories.NOW)
    lines = Notification.objects.filter(person=cast.secretary).order_by("pk")
    assert [(one.title, one.body) for one in lines] == [
        (f"Được gia hạn đến hết 10/06/2026: Kế hoạch {plan}", "Bí thư đi viện."),
        (f"Được miễn việc này: Kế hoạch {plan}", "Chi bộ đang sáp nhập."),
    ]


def test_many_are_extended_and_what_is_settled_is_passed_over(plan, cast):
    first, second = owed(plan, cast.own_unit), owed(plan, cast.other_unit)
    services.mark_submitted(unit=cast.other_unit, plan=plan, by=cast.secretary, at=factories.NOW)
    second.refresh_from_db()
    rows = [second, first]
    assert services.extend_many(assignments=rows, due_on=LATER, reason="Bão.", by=cast.compiler, at=factories.NOW) == [first]
    first.refresh_from_db()
    assert (first.due_on, first.extended_by, first.reason) == (LATER, cast.compiler, "Bão.")
    with pytest.raises(ValidationError) as refused:
        services.extend_many(assignments=[first], due_on=LATER, reason="Bão.", by=cast.compiler, at=factories.NOW)
    assert refused.value.code == "not_later"


def test_the_office_ticks_rows_and_extends_them_together(plan, cast, sign_in):
    office = sign_in(cast.compiler)
    rows = [owed(plan, cast.own_unit), owed(plan, cast.other_unit)]
    listed = office.get(reverse("campaigns:plan-assignments", args=[plan.pk])).content.decode()
    assert f'name="chon" value="{rows[0].pk}"' in listed
    url = reverse("campaigns:plan-extend", args=[plan.pk])
    page = office.get(url, {"chon": [row.pk for row in rows]}).content.decode()
    assert "Gia hạn 2 việc" in page
    data = {"chon": [row.pk for row in rows], "due_on": "10/6/2026", "reason": "Bão số 1."}
    refused = office.post(url, data | {"reason": ""})
    assert refused.status_code == 200
    assert "10/6/2026" in refused.content.decode()
    done = office.post(url, data, follow=True)
    assert "Đã gia hạn 2 việc." in done.content.decode()
    assert {row.due_on for row in Assignment.objects.filter(pk__in=[row.pk for row in rows])} == {LATER}
    assert "Đồng chí đánh dấu ít nhất một việc" in office.post(url, {"due_on": "10/6/2026", "reason": "Bão."}).content.decode()


def test_who_may_not_move_deadlines_sees_no_boxes(plan, cast, sign_in):
    page = sign_in(cast.leader).get(reverse("campaigns:plan-assignments", args=[plan.pk])).content.decode()
    assert 'name="chon"' not in page
