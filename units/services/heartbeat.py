"""The clockwork says that it is alive."""

from datetime import datetime

from units.models import Heartbeat

SENDING_HELD = "sending-held"  # written by a restore: nothing is sent until an administrator has looked


def beat(*, name: str, at: datetime, note: str = "") -> Heartbeat:
    """Record that the part `name` ("tick", "jobs", "backup"...) ran at `at`; `note` is a Vietnamese sentence or empty."""
    heartbeat, _ = Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": at, "note": note[:300]})
    return heartbeat
