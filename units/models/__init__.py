"""WHO: the organisation tree, people, roles, cards, the calendar, the audit trail and the clockwork."""

from units.models.access import AccessCard, BrowserPass, KnownDevice, LeaderPhone
from units.models.audit import AuditEvent, AuditSeal
from units.models.calendar import CalendarDay
from units.models.clockwork import Heartbeat, Job
from units.models.organisation import Unit, UnitRevision, UnitSuccession
from units.models.people import Membership, User
from units.models.sessions import OpenSession
from units.models.ward import Signer, Venue, WardSettings

__all__ = [
    "AccessCard",
    "AuditEvent",
    "AuditSeal",
    "BrowserPass",
    "CalendarDay",
    "Heartbeat",
    "Job",
    "KnownDevice",
    "LeaderPhone",
    "Membership",
    "OpenSession",
    "Signer",
    "Unit",
    "UnitRevision",
    "UnitSuccession",
    "User",
    "Venue",
    "WardSettings",
]
