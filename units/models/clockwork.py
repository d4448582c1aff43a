"""What the clock beside the web process keeps: its heartbeats and the long work waiting for it."""

from django.db import models

from units.choices import JobState
from units.constraints import value_in


class Heartbeat(models.Model):
    """The last time a part of the clockwork ran; the health page turns red when it is old."""

    name = models.CharField("bộ phận", max_length=40, unique=True)
    beat_at = models.DateTimeField("chạy lúc")
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "nhịp chạy"
        verbose_name_plural = "nhịp chạy"
        ordering = ("name",)

    def __str__(self):
        return f"{self.name}: {self.beat_at}"


class Job(models.Model):
    """Long work that a person asked for and may walk away from (a PDF of all cards, a big workbook).

    Claimed with a lease by services/jobs.py, so a killed worker's job is taken up again.
    """

    kind = models.CharField("loại việc", max_length=60)
    title = models.CharField("việc", max_length=200)
    arguments = models.JSONField("tham số", default=dict)
    state = models.CharField("trạng thái", max_length=8, choices=JobState, default=JobState.WAITING)
    done_count = models.PositiveIntegerField("đã xong", default=0)
    total_count = models.PositiveIntegerField("tổng số", default=0)
    result_name = models.CharField("tên tệp", max_length=200, blank=True)
    result_path = models.CharField(max_length=200, blank=True, editable=False)
    problem = models.CharField("lý do không xong", max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField("số lần chạy", default=0)
    lease_until = models.DateTimeField("giữ đến", null=True, blank=True)
    asked_at = models.DateTimeField("yêu cầu lúc")
    asked_by = models.ForeignKey("units.User", models.PROTECT, related_name="jobs", verbose_name="người yêu cầu")
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)

    class Meta:
        verbose_name = "việc chạy nền"
        verbose_name_plural = "việc chạy nền"
        ordering = ("-asked_at",)
        constraints = [value_in("state", JobState, name="job_state_known")]
        indexes = [models.Index(fields=["asked_at"], condition=models.Q(state__in=["waiting", "running"]), name="job_pending")]

    def __str__(self):
        return self.title
