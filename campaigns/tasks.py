"""What Celery rings; the work is in services/clock.py and safe to run twice."""

from celery import shared_task
from django.utils import timezone

from campaigns.services import clock


@shared_task(name="campaigns.tick")
def tick():
    """Do what is due this minute."""
    clock.tick(now=timezone.now())
