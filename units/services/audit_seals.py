"""Seals over the audit trail: each hashes a batch of lines and the seal before it, so a changed or lost line shows."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from django.db import IntegrityError, transaction

from units.models import AuditEvent, AuditSeal

BATCH = 1000
SETTLE = timedelta(minutes=3)  # longer than any transaction may last


@dataclass(frozen=True)
class BrokenSeal:
    """The first seal that does not hold, with the reason in a sentence."""

    seal: AuditSeal
    sentence: str


def seal_audit(*, now: datetime) -> int:
    """Seal the lines written since the last seal (called by the clock's tick); returns how many were sealed.

    Lines get their ids before they are committed, so those younger than SETTLE wait for a later round.
    """
    sealed = 0
    while count := _seal_batch(now):
        sealed += count
    return sealed


def verify_audit_chain() -> list[BrokenSeal]:
    """Count every seal anew; an empty list means that nothing was changed, lost or slipped in below the last seal."""
    broken, before, digest = [], 0, ""
    for seal in AuditSeal.objects.order_by("last_id").iterator():
        events = list(AuditEvent.objects.filter(pk__gt=before, pk__lte=seal.last_id).order_by("pk"))
        if len(events) != seal.events:
            broken.append(BrokenSeal(seal, f"{seal}: có {len(events)} dòng, lúc niêm là {seal.events} dòng."))
        elif _digest(digest, events) != seal.digest:
            broken.append(BrokenSeal(seal, f"{seal}: nội dung đã khác lúc niêm."))
        before, digest = seal.last_id, seal.digest
    return broken


@transaction.atomic
def _seal_batch(now: datetime) -> int:
    last = AuditSeal.objects.order_by("-last_id").first()
    waiting = AuditEvent.objects.filter(pk__gt=last.last_id if last else 0).order_by("pk")
    events = list(takewhile(lambda event: event.at <= now - SETTLE, waiting[:BATCH]))
    if not events:
        return 0
    digest = _digest(last.digest if last else "", events)
    try:
        with transaction.atomic():
            AuditSeal.objects.create(
                first_id=events[0].pk, last_id=events[-1].pk, events=len(events), digest=digest, sealed_at=now
            )
    except IntegrityError:  # another clock has sealed the same lines
        return 0
    return len(events)


def _digest(before: str, events: list[AuditEvent]) -> str:
    hashed = hashlib.sha256(before.encode())
    for event in events:
        hashed.update(_canonical(event).encode())
    return hashed.hexdigest()


def _canonical(event: AuditEvent) -> str:
    fields = [
        event.pk, event.at.astimezone(UTC).isoformat(), event.actor_id, event.actor_label, event.ward_id, event.verb, event.object_type,
        event.object_id, event.object_label, event.details, event.ip_address,
    ]  # fmt: skip
    return json.dumps(fields, ensure_ascii=False, sort_keys=True) + "\n"
