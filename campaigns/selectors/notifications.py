"""A person's own list."""

from django.db.models import Count, QuerySet
from django.utils import timezone

from campaigns.models import Notification
from units.ready_queries import ReadyQuery


def visible_notifications(access) -> QuerySet[Notification]:
    """Nobody reads the list of somebody else, whatever their role; what is kept for working hours comes when they begin."""
    return Notification.objects.filter(person=access.user.pk, created_at__lte=timezone.now())


def unread_count(user) -> int:
    """The figure beside the bell."""
    return sum(number for _, number in _unread(person=user.pk, at=timezone.now()))


@ReadyQuery
def _unread(person, at):
    unread = Notification.objects.filter(person=person, read_at__isnull=True, created_at__lte=at)
    return unread.order_by().values_list("person").annotate(number=Count("pk"))
