"""Long work of one person."""

from django.db.models import QuerySet

from units.choices import JobState
from units.models import Job
from units.selectors.access import Access


def visible_jobs(access: Access) -> QuerySet[Job]:
    """A person's own jobs: a result may hold what only they may read."""
    if not access.user.is_authenticated:
        return Job.objects.none()
    return Job.objects.filter(asked_by=access.user)


def pending(jobs: QuerySet[Job]) -> QuerySet[Job]:
    """Jobs that wait or run."""
    return jobs.filter(state__in=[JobState.WAITING, JobState.RUNNING])
