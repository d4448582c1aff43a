"""A person's own list."""

from django.db.models import QuerySet

from campaigns.models import Notification


def visible_notifications(access) -> QuerySet[Notification]:
    """Nobody reads the list of somebody else, whatever their role."""
    return Notification.objects.filter(person=access.user.pk)


def unread_count(user) -> int:
    """The figure beside the bell."""
    return Notification.objects.filter(person=user.pk, read_at__isnull=True).count()
