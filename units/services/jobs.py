"""Long work that a person asked for: kept as rows, claimed with a lease, so a killed worker loses nothing.

Both engines: the claim is one conditional UPDATE (decisions 22). The clock or a Celery worker calls run_due_jobs.
"""

import logging
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from units.choices import JobState
from units.jobs import work_of
from units.models import Job, User
from units.services.audit import record_event
from units.services.heartbeat import beat

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)  # longer than the hard time limit of a Celery task (120 s)
MOST_TRIES = 3
KEEP_RESULTS = timedelta(days=7)
FOLDER = "jobs"
GIVEN_UP = "Việc đã chạy {tries} lần mà chưa xong nên chương trình dừng lại. Dữ liệu không thay đổi; đồng chí có thể yêu cầu lại hoặc báo người quản trị."
BROKEN = "Chương trình gặp lỗi khi làm việc này. Dữ liệu không thay đổi; đồng chí báo người quản trị kèm số việc {pk}."
UNKNOWN = "Phiên bản chương trình đang chạy không còn loại việc này. Đồng chí hãy yêu cầu lại từ trang tương ứng."


@transaction.atomic
def ask_job(*, kind: str, title: str, arguments: dict, by: User, now: datetime | None = None) -> Job:
    """Put long work of a registered `kind` in the queue; `title` is what the person reads, `arguments` plain JSON."""
    job = Job.objects.create(
        kind=kind, title=title[:200], arguments=arguments, asked_at=now or timezone.now(), asked_by=by
    )
    record_event(by=by, verb="job.ask", target=job, details={"kind": kind})
    return job


def run_due_jobs(*, now: datetime | None = None, limit: int = 5) -> int:
    """Do up to `limit` waiting jobs, oldest first, and those whose worker died; returns how many were taken up."""
    count = 0
    while count < limit:
        job = claim_job(now=now or timezone.now())
        if job is None:
            break
        run_job(job)
        count += 1
    beat(name="jobs", at=now or timezone.now())
    return count


def claim_job(*, now: datetime) -> Job | None:
    """Take the oldest job nobody holds: conditional on its state and lease, so of two workers one gets it."""
    free = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, lease_until__lt=now)
    for pk in Job.objects.filter(free).order_by("asked_at", "pk").values_list("pk", flat=True)[:20]:
        won = Job.objects.filter(free, pk=pk).update(
            state=JobState.RUNNING, lease_until=now + LEASE, tries=F("tries") + 1
        )
        if not won:
            continue
        job = Job.objects.select_related("asked_by").get(pk=pk)
        if job.tries <= MOST_TRIES:
            return job
        _fail(job, GIVEN_UP.format(tries=MOST_TRIES))
    return None


def run_job(job: Job) -> None:
    """Do a claimed job and record the file or, in a sentence, why there is none."""
    work = work_of(job.kind)
    if work is None:
        _fail(job, UNKNOWN)
        return
    try:
        name, data = work(job, _progress_of(job))
        path = _store(data)
    except ValidationError as error:
        _fail(job, " ".join(error.messages))
        return
    except Exception:
        logger.exception("job %s of kind %s failed", job.pk, job.kind)
        _retry_or_fail(job)
        return
    _held(job).update(
        state=JobState.DONE,
        result_name=name[:200],
        result_path=path,
        problem="",
        lease_until=None,
        finished_at=timezone.now(),
    )


def drop_old_results(*, now: datetime) -> int:
    """Delete result files of jobs that ended more than KEEP_RESULTS ago; the rows stay. Returns how many."""
    old = Job.objects.filter(finished_at__lt=now - KEEP_RESULTS).exclude(result_path="")
    count = 0
    for job in old:
        (Path(settings.MEDIA_ROOT) / job.result_path).unlink(missing_ok=True)
        count += Job.objects.filter(pk=job.pk).update(result_path="")
    return count


def _held(job: Job):
    """The row while this worker's own claim stands: a later claim has more tries."""
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, tries=job.tries)


def _progress_of(job: Job):
    def progress(done: int, total: int) -> None:
        _held(job).update(done_count=done, total_count=total, lease_until=timezone.now() + LEASE)

    return progress


def _retry_or_fail(job: Job) -> None:
    if job.tries >= MOST_TRIES:
        _fail(job, BROKEN.format(pk=job.pk))
    else:
        _held(job).update(state=JobState.WAITING, lease_until=None)


def _fail(job: Job, sentence: str) -> None:
    _held(job).update(state=JobState.FAILED, problem=sentence[:500], lease_until=None, finished_at=timezone.now())


def _store(data: bytes) -> str:
    path = f"{FOLDER}/{token_hex(16)}"
    target = Path(settings.MEDIA_ROOT) / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    target.chmod(0o600)
    return path
