"""A paper changes who helps with a clause: shown before, written with the paper, told to those it touches."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaigns.change_effects import Wanted
from campaigns.choices import ChangeKind, Product
from campaigns.models import Assignment, Duty, Notification, PlanChange
from campaigns.selectors.body_duties import helped_duties
from campaigns.services.changes import change_plan
from campaigns.services.turns import make_turns
from tests import factories
from tests.campaigns.owed import at, counted, counters
from units.choices import Role

pytestmark = pytest.mark.django_db
ISSUED_AT, BEFORE = at(dt.date(2026, 5, 20)), at(dt.date(2026, 5, 21))
BASIS = {"basis_kind": "CV", "basis_number": "128-CV/ĐU", "basis_dated_on": dt.date(2026, 5, 21), "basis_issuer": "Đảng ủy phường"}


@pytest.fixture
def plan(cast, clock):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit], bodies=[cast.body], issued_at=ISSUED_AT)


@pytest.fixture
def clause(plan):
    return plan.duties.get(product=Product.ACTION)


@pytest.fixture
def front(cast):
    return factories.make_unit(cast.ward, kind="body", name="Mặt trận Tổ quốc phường", short_name="MTTQ phường")


@pytest.fixture
def youth(cast, clause):
    youth = factories.make_unit(cast.ward, kind="body", name="Đoàn Thanh niên phường", short_name="Đoàn TN")
    clause.helpers.add(youth)
    return youth


def change(plan, cast, duty, *, now=BEFORE, **facts):
    wanted = Wanted(kind=ChangeKind.HELPERS, duty=duty, **BASIS | facts)
    return change_plan(plan=plan, wanted=wanted, by=cast.compiler, at=now)


def test_helpers_change_and_nothing_else_does(plan, clause, cast, front, youth):
    joins, leaves = factories.make_person(front, Role.CONTACT), factories.make_person(youth, Role.CONTACT)
    owed = list(Assignment.objects.order_by("pk").values())
    made = change(plan, cast, clause, joining=[front], leaving=[youth])
    assert list(clause.helpers.all()) == [front]
    assert (list(helped_duties(front)), list(helped_duties(youth))) == ([clause], [])
    assert (made.old_helpers, made.new_helpers, made.duty) == ("Đoàn Thanh niên phường", "Mặt trận Tổ quốc phường", clause)
    assert list(Assignment.objects.order_by("pk").values()) == owed
    assert counters() == counted()
    told = Notification.objects.filter(title__startswith="Đổi cơ quan phối hợp một nhiệm vụ")
    assert set(told.values_list("person", flat=True)) == {joins.pk, leaves.pk, cast.contact.pk}
    assert "Phối hợp từ nay: Mặt trận Tổ quốc phường." in told.first().body


def test_a_recorded_name_stays_when_the_body_is_renamed(plan, clause, cast, front):
    made = change(plan, cast, clause, joining=[front])
    front.name = "Ủy ban Mặt trận Tổ quốc Việt Nam phường"
    front.save(update_fields=["name"])
    assert PlanChange.objects.get(pk=made.pk).new_helpers == "Mặt trận Tổ quốc phường"


def test_turns_not_done_and_turns_to_come_follow_the_clause(plan, clause, cast, front, youth):
    turn = factories.make_duty(
        plan, lead=cast.body, product=Product.ACTION, origin=clause, turn_on=dt.date(2026, 6, 30), rule="recurring"
    )
    done = factories.make_duty(
        plan, lead=cast.body, product=Product.ACTION, origin=clause, turn_on=dt.date(2026, 5, 15), rule="recurring"
    )
    factories.make_assignment(turn, cast.body)
    factories.make_assignment(done, cast.body, state="done", settled_at=BEFORE, settled_by=cast.contact)
    turn.helpers.add(youth)
    done.helpers.add(youth)
    change(plan, cast, clause, joining=[front], leaving=[youth])
    assert (list(turn.helpers.all()), list(done.helpers.all())) == ([front], [youth])
    Duty.objects.filter(pk=clause.pk).update(rule="recurring", deadline_phrase="định kỳ hằng tháng, trước ngày 15")
    make_turns(now=at(dt.date(2026, 7, 20)))
    later = clause.arisen.filter(turn_on__gt=dt.date(2026, 7, 1))
    assert [list(one.helpers.all()) for one in later] == [[front]] * later.count()
    assert later


@pytest.mark.parametrize(
    ("joining", "leaving", "field", "code"),
    [
        (["youth"], [], "joining", "already"),
        (["body"], [], "joining", "already"),  # it leads
        ([], ["front"], "leaving", "stranger"),
        ([], [], None, "nothing"),
    ],
)
def test_what_the_paper_cannot_mean_is_refused(plan, clause, cast, front, youth, joining, leaving, field, code):
    bodies = {"youth": youth, "front": front, "body": cast.body}
    with pytest.raises(ValidationError) as refused:
        change(plan, cast, clause, joining=[bodies[one] for one in joining], leaving=[bodies[one] for one in leaving])
    error = refused.value.error_dict[field][0] if field else refused.value
    assert error.code == code
    assert list(clause.helpers.all()) == [youth]
    assert PlanChange.objects.count() == 0


def test_the_pages_show_who_joins_and_leaves_before_and_after(plan, clause, cast, front, youth, sign_in):
    client = sign_in(cast.compiler)
    address = reverse("campaigns:change-new", args=[plan.pk, "doi-phoi-hop"])
    assert "(phối hợp: Đoàn TN)" in client.get(address).content.decode()
    facts = {
        "basis_kind": "CV", "basis_number": "128-CV/ĐU", "basis_dated_on": "02/6/2026", "basis_issuer": "Đảng ủy phường",
        "duty": clause.pk, "joining": [front.pk], "leaving": [youth.pk], "known": "0",
    }  # fmt: skip
    preview = client.post(address, facts).content.decode()
    assert "<strong>Mặt trận Tổ quốc phường</strong> cùng phối hợp từ nay." in preview
    assert "<strong>Đoàn Thanh niên phường</strong> thôi phối hợp." in preview
    assert list(clause.helpers.all()) == [youth]
    facts["seen"] = re.search(r'name="seen" value="(\w+)"', preview)[1]
    done = client.post(address, facts | {"act": "confirm"}, follow=True).content.decode()
    assert list(clause.helpers.all()) == [front]
    for page in (done, client.get(reverse("campaigns:change-list", args=[plan.pk])).content.decode()):
        assert "Phối hợp trước: Đoàn Thanh niên phường" in page
        assert "Phối hợp từ nay: Mặt trận Tổ quốc phường" in page


def test_a_confirmation_is_refused_when_the_helpers_changed_meanwhile(plan, clause, cast, front, youth, sign_in):
    """Another paper took the same body away: what was shown is refused beside its field, nothing is written."""
    client = sign_in(cast.compiler)
    address = reverse("campaigns:change-new", args=[plan.pk, "doi-phoi-hop"])
    facts = {
        "basis_kind": "CV", "basis_number": "128-CV/ĐU", "basis_dated_on": "02/6/2026", "basis_issuer": "Đảng ủy phường",
        "duty": clause.pk, "leaving": [youth.pk], "known": "1",
    }  # fmt: skip
    change(plan, cast, clause, joining=[front])
    factories.make_duty(plan, lead=cast.body, product=Product.NONE).helpers.add(youth)  # it goes on helping elsewhere
    preview = client.post(address, facts).content.decode()
    facts["seen"] = re.search(r'name="seen" value="(\w+)"', preview)[1]
    clause.helpers.remove(youth)
    refused = client.post(address, facts | {"act": "confirm"}).content.decode()
    assert "Không phối hợp việc này: Đoàn Thanh niên phường." in refused
    assert PlanChange.objects.count() == 1
