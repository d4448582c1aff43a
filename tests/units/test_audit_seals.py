from datetime import timedelta

import pytest

from tests.factories import NOW
from units.models import AuditEvent, AuditSeal
from units.services.audit import record_event
from units.services.audit_seals import SETTLE, seal_audit, verify_audit_chain


@pytest.fixture
def trail(cast, monkeypatch):
    monkeypatch.setattr("units.services.audit_seals.BATCH", 2)
    for number in range(5):
        record_event(
            by=cast.admin, verb="unit.facts", target=cast.own_unit, ward=cast.ward, details={"n": number}, at=NOW
        )
    return cast


@pytest.mark.proves("B-07")
def test_seals_hold_on_an_untouched_trail(trail):
    assert seal_audit(now=NOW) == 0  # not settled yet
    assert seal_audit(now=NOW + SETTLE) == 5
    assert seal_audit(now=NOW + SETTLE) == 0
    assert list(AuditSeal.objects.order_by("last_id").values_list("events", flat=True)) == [2, 2, 1]
    assert verify_audit_chain() == []


@pytest.mark.proves("B-07")
@pytest.mark.parametrize("fault", ["changed", "lost", "slipped in", "seal"])
def test_every_fault_breaks_the_chain(trail, fault):
    seal_audit(now=NOW + SETTLE)
    second = AuditEvent.objects.order_by("pk")[1]
    if fault == "changed":
        AuditEvent.objects.filter(pk=second.pk).update(actor_label="Người khác")
    elif fault == "lost":
        second.delete()
    elif fault == "slipped in":
        AuditEvent.objects.filter(pk=second.pk).delete()
        AuditEvent.objects.create(
            pk=second.pk, at=NOW, actor_label="X", verb="x", object_type="x", object_id="1", object_label="x"
        )
    else:
        AuditSeal.objects.filter(last_id=second.pk).update(digest="0" * 64)
    assert len(verify_audit_chain()) >= 1


def test_lines_of_a_later_day_are_sealed_onto_the_chain(trail):
    seal_audit(now=NOW + SETTLE)
    record_event(by=None, verb="unit.facts", target=trail.ward, at=NOW + timedelta(days=1))
    assert seal_audit(now=NOW + timedelta(days=1) + SETTLE) == 1
    assert verify_audit_chain() == []


def test_audit_page_speaks_sentences_and_keeps_wards_apart(trail, sign_in):
    record_event(by=trail.foreign_admin, verb="unit.facts", target=trail.foreign_unit, ward=trail.foreign_ward, at=NOW)
    record_event(
        by=trail.clerk,
        verb="paper.withdraw",
        target=trail.own_unit,
        ward=trail.ward,
        details={"reason": "Sai hạn"},
        at=NOW,
    )
    answer = sign_in(trail.admin).get("/nhat-ky/", {"q": "thu hồi"})
    assert [(line.sentence, line.note) for line in answer.context["lines"]] == [
        (f"{trail.clerk} thu hồi: {trail.own_unit}.", "lý do: Sai hạn")
    ]
    everything = sign_in(trail.admin).get("/nhat-ky/").content.decode()
    assert str(trail.foreign_unit) not in everything
    assert sign_in(trail.clerk).get("/nhat-ky/").status_code == 403
