from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from tests.factories import NOW
from units import jobs
from units.choices import JobState
from units.models import Heartbeat, Job
from units.services.jobs import LEASE, ask_job, claim_job, drop_old_results, run_due_jobs, run_job


@pytest.fixture
def kinds(monkeypatch):
    """The real registry, put back afterwards; its apps are loaded first: a module registers its kind only once."""
    jobs.work_of("")
    known = dict(jobs._KINDS)
    monkeypatch.setattr(jobs, "_KINDS", known)
    return known


def ask(cast, kind="thu"):
    return ask_job(kind=kind, title="In tất cả thẻ", arguments={"unit": 1}, by=cast.clerk, now=NOW)


def test_job_runs_once_and_keeps_its_file(cast, kinds, settings):
    def work(job, progress):
        progress(3, 5)
        return "the.pdf", b"noi dung"

    kinds["thu"] = work
    job = ask(cast)
    assert run_due_jobs(now=NOW) == 1
    assert run_due_jobs(now=NOW) == 0
    job.refresh_from_db()
    assert (job.state, job.done_count, job.total_count, job.result_name) == (JobState.DONE, 3, 5, "the.pdf")
    assert (Path(settings.MEDIA_ROOT) / job.result_path).read_bytes() == b"noi dung"
    assert Heartbeat.objects.get(name="jobs").beat_at == NOW


def test_of_two_workers_one_gets_the_job(cast, kinds):
    ask(cast)
    assert claim_job(now=NOW) is not None
    assert claim_job(now=NOW) is None


def test_job_of_a_killed_worker_is_taken_up_after_its_lease(cast, kinds):
    kinds["thu"] = lambda job, progress: ("a.txt", b"a")
    job = ask(cast)
    claim_job(now=NOW)  # and the worker dies here
    assert run_due_jobs(now=NOW + LEASE) == 0
    assert run_due_jobs(now=NOW + LEASE + timedelta(seconds=1)) == 1
    job.refresh_from_db()
    assert (job.state, job.tries) == (JobState.DONE, 2)


def test_job_whose_worker_dies_three_times_is_given_up(cast, kinds):
    job = ask(cast)
    for turn in range(3):
        assert claim_job(now=NOW + turn * 2 * LEASE) is not None
    assert claim_job(now=NOW + 6 * LEASE) is None
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.problem.startswith("Việc đã chạy 3 lần mà chưa xong")


def test_worker_that_lost_its_lease_cannot_overwrite_the_next(cast, kinds):
    kinds["thu"] = lambda job, progress: ("a.txt", b"a")
    ask(cast)
    slow = claim_job(now=NOW)
    claim_job(now=NOW + 2 * LEASE)
    run_job(slow)
    assert Job.objects.get().state == JobState.RUNNING


def test_failing_job_is_tried_three_times_and_others_go_on(cast, kinds, caplog):
    def broken(job, progress):
        raise RuntimeError("hỏng")

    kinds.update(hong=broken, thu=lambda job, progress: ("a.txt", b"a"))
    bad, good = ask(cast, "hong"), ask(cast)
    run_due_jobs(now=NOW)
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, bad.tries, good.state) == (JobState.FAILED, 3, JobState.DONE)
    assert bad.problem == (
        f"Chương trình gặp lỗi khi làm việc này. Dữ liệu không thay đổi; đồng chí báo người quản trị kèm số việc {bad.pk}."
    )


def test_refused_job_fails_at_once_with_its_sentence(cast, kinds):
    def refused(job, progress):
        raise ValidationError("Chưa có thẻ nào để in.")

    kinds["thu"] = refused
    job = ask(cast)
    run_due_jobs(now=NOW)
    job.refresh_from_db()
    assert (job.state, job.tries, job.problem) == (JobState.FAILED, 1, "Chưa có thẻ nào để in.")


def test_unknown_kind_fails_with_a_sentence(cast, kinds):
    job = ask(cast, "chua-co")
    run_due_jobs(now=NOW)
    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_old_results_are_dropped_and_rows_stay(cast, kinds, settings, clock):
    kinds["thu"] = lambda job, progress: ("a.txt", b"a")
    job = ask(cast)
    run_due_jobs(now=NOW)
    job.refresh_from_db()
    path = Path(settings.MEDIA_ROOT) / job.result_path
    assert drop_old_results(now=NOW + timedelta(days=6)) == 0
    assert path.exists()
    assert drop_old_results(now=NOW + timedelta(days=8)) == 1
    assert not path.exists()
    assert Job.objects.get().result_path == ""
