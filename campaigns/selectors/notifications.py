"""A person's own list."""

from django.db.models import QuerySet
from django.utils import timezone

from campaigns.models import Notification


def visible_notifications(access) -> QuerySet[Notification]:
    """Nobody reads the list of somebody else, whatever their role; what is kept for working hours comes when they begin."""
    return Notification.objects.filter(person=access.user.pk, created_at__lte=timezone.now())


def unread_count(user) -> int:
    """The figure beside the bell."""
    return Notification.objects.filter(person=user.pk, read_at__isnull=True, created_at__lte=timezone.now()).count()
