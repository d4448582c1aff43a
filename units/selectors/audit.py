"""The audit trail as an administrator may read it."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from units.models import AuditEvent, Unit
from units.permissions import Permission
from units.presenters import VERBS
from units.selectors.access import Access


def visible_events(access: Access) -> QuerySet[AuditEvent]:
    """Lines of the units the person administers, and lines about no unit by people who work there."""
    units = Unit.objects.filter(access.reach(Permission.READ_AUDIT))
    people = units.filter(memberships__isnull=False).values("memberships__user_id")
    return AuditEvent.objects.filter(Q(ward_id__in=units.values("pk")) | Q(ward_id__isnull=True, actor_id__in=people))


def filtered_events(
    events: QuerySet[AuditEvent],
    *,
    text: str = "",
    kind: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[AuditEvent]:
    """Lines whose actor, object or act holds `text`, of one `kind` ("plan"), between two days, both included."""
    for word in text.split():
        acts = [verb for verb, sentence in VERBS.items() if word.casefold() in sentence]
        events = events.filter(Q(actor_label__icontains=word) | Q(object_label__icontains=word) | Q(verb__in=acts))
    if kind:
        events = events.filter(verb__startswith=f"{kind}.")
    if since:
        events = events.filter(at__gte=_midnight(since))
    if until:
        events = events.filter(at__lt=_midnight(until + timedelta(days=1)))
    return events


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
