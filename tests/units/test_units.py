from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.factories import TODAY
from units.choices import UnitKind
from units.models import AuditEvent, Unit, UnitRevision
from units.services.units import apply_due_revisions, close_unit, create_unit, revise_unit, set_unit_facts


def new_unit(cast, **fields):
    facts = {
        "parent": cast.ward,
        "kind": UnitKind.RESIDENTIAL,
        "code": "TDP-99",
        "name": "Chi bộ Tổ dân phố Tràng Đà 6",
    }
    facts |= {"short_name": "TDP Tràng Đà 6", "active_from": date(2026, 1, 1), "by": cast.admin}
    return create_unit(**facts | fields)


def test_create_unit_hangs_it_in_the_tree_with_its_first_revision(cast):
    unit = new_unit(cast, member_count=28, usual_meeting_day=4)
    unit.refresh_from_db()
    assert unit.path.startswith(cast.ward.path)
    assert unit.depth == cast.ward.depth + 1
    assert unit.search == "tdp-99 tdp trang da 6 chi bo to dan pho trang da 6"
    assert (unit.must_report, unit.is_party_org) == (True, True)
    assert list(unit.revisions.values_list("effective_from", "name", "member_count", "basis")) == [
        (date(2026, 1, 1), "Chi bộ Tổ dân phố Tràng Đà 6", 28, "Lập đơn vị")
    ]
    assert AuditEvent.objects.filter(verb="unit.create", object_id=str(unit.pk), ward_id=cast.ward.pk).count() == 1


def test_create_body_neither_reports_nor_scores(cast):
    body = new_unit(cast, kind=UnitKind.BODY, code="MTTQ", name="Ủy ban MTTQ phường", short_name="MTTQ")
    assert (body.must_report, body.must_self_score, body.is_party_org) == (False, False, False)


def test_create_unit_refuses_a_taken_code_and_writes_nothing(cast):
    new_unit(cast)
    before = (Unit.objects.count(), UnitRevision.objects.count(), AuditEvent.objects.count())
    with pytest.raises(ValidationError) as refused:
        new_unit(cast, name="Chi bộ khác")
    assert refused.value.messages == ["Mã đơn vị này đã dùng cho một đơn vị khác của cùng cấp."]
    assert (Unit.objects.count(), UnitRevision.objects.count(), AuditEvent.objects.count()) == before


def test_revision_of_today_is_shown_at_once_and_history_stays(cast):
    unit = new_unit(cast, member_count=28)
    revise_unit(unit=unit, effective_from=TODAY, by=cast.admin, basis="QĐ 12", name="Chi bộ Tổ dân phố 6", on=TODAY)
    unit.refresh_from_db()
    assert unit.name == "Chi bộ Tổ dân phố 6"
    assert list(unit.revisions.values_list("effective_from", "name", "member_count")) == [
        (TODAY, "Chi bộ Tổ dân phố 6", 28),
        (date(2026, 1, 1), "Chi bộ Tổ dân phố Tràng Đà 6", 28),
    ]


def test_future_revision_waits_for_the_clock(cast):
    unit = new_unit(cast)
    revise_unit(unit=unit, effective_from=date(2026, 7, 1), by=cast.admin, short_name="TDP 6", on=TODAY)
    assert apply_due_revisions(on=date(2026, 6, 30)) == 0
    unit.refresh_from_db()
    assert unit.short_name == "TDP Tràng Đà 6"
    assert apply_due_revisions(on=date(2026, 7, 1)) == 1
    assert apply_due_revisions(on=date(2026, 7, 2)) == 0
    unit.refresh_from_db()
    assert (unit.short_name, unit.search) == ("TDP 6", "tdp-99 tdp 6 chi bo to dan pho trang da 6")


def test_second_revision_of_a_day_corrects_the_first(cast):
    unit = new_unit(cast)
    revise_unit(unit=unit, effective_from=TODAY, by=cast.admin, name="Chi bộ Tổ dân phố sáu", on=TODAY)
    revise_unit(unit=unit, effective_from=TODAY, by=cast.admin, name="Chi bộ Tổ dân phố 6", on=TODAY)
    unit.refresh_from_db()
    assert (unit.name, unit.revisions.count()) == ("Chi bộ Tổ dân phố 6", 2)
    assert AuditEvent.objects.filter(verb="unit.revise").count() == 2


def test_moving_a_unit_takes_its_children_along(cast):
    committee = new_unit(cast, kind=UnitKind.GRASSROOTS_COMMITTEE, code="DB1", name="Đảng bộ cơ sở")
    parent = new_unit(cast, code="DB2", name="Đảng bộ B")
    child = create_unit(
        parent=parent,
        kind=UnitKind.SUBORDINATE_CELL,
        code="C1",
        name="Chi bộ C",
        short_name="C",
        active_from=TODAY,
        by=cast.admin,
    )
    revise_unit(unit=parent, effective_from=TODAY, by=cast.admin, parent=committee, on=TODAY)
    parent.refresh_from_db()
    child.refresh_from_db()
    assert parent.path.startswith(committee.path)
    assert child.path.startswith(parent.path)
    assert (parent.depth, child.depth) == (committee.depth + 1, committee.depth + 2)
    assert list(Unit.objects.below(committee).order_by("depth")) == [parent, child]


def test_unit_cannot_hang_below_itself(cast):
    unit = new_unit(cast)
    child = create_unit(
        parent=unit,
        kind=UnitKind.SUBORDINATE_CELL,
        code="C1",
        name="Chi bộ C",
        short_name="C",
        active_from=TODAY,
        by=cast.admin,
    )
    with pytest.raises(ValidationError) as refused:
        revise_unit(unit=unit, effective_from=TODAY, by=cast.admin, parent=child, on=TODAY)
    assert refused.value.messages == ["Một đơn vị không thể trực thuộc chính nó hoặc đơn vị dưới nó."]


def test_set_unit_facts_writes_only_what_changed(cast):
    unit = new_unit(cast)
    set_unit_facts(unit=unit, by=cast.admin, in_charge=cast.leader, usual_meeting_day=4, must_report=True)
    set_unit_facts(unit=unit, by=cast.admin, usual_meeting_day=4)
    events = AuditEvent.objects.filter(verb="unit.facts")
    assert [event.details for event in events] == [{"in_charge": str(cast.leader), "usual_meeting_day": 4}]


def test_close_unit_ends_the_roles_there(cast):
    close_unit(unit=cast.own_unit, on=TODAY, by=cast.admin, reason="Sáp nhập theo QĐ 20")
    cast.own_unit.refresh_from_db()
    assert cast.own_unit.active_to == TODAY
    assert list(cast.own_unit.memberships.values_list("ends_on", flat=True)) == [TODAY, TODAY]
    with pytest.raises(ValidationError) as refused:
        close_unit(unit=cast.own_unit, on=TODAY, by=cast.admin, reason="Lần nữa")
    assert refused.value.code == "closed"


def test_close_unit_with_active_children_is_refused(cast):
    with pytest.raises(ValidationError) as refused:
        close_unit(unit=cast.ward, on=TODAY, by=cast.admin, reason="Thử")
    assert refused.value.code == "has_children"
