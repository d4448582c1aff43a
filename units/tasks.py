"""What Celery rings; the work is in services."""

from celery import shared_task

from units.services.jobs import run_due_jobs


@shared_task(name="units.run_jobs")
def run_jobs():
    """Do the long work that waits."""
    run_due_jobs()
