"""What a plan has its units study although it is still to be issued ("… sau khi ban hành", domain.md 1.2)."""

from django.db import models
from django.db.models import Q

from units.constraints import set_together


class AwaitedContent(models.Model):
    """One document that units are to study once it exists: usually the ward's own plan, drafted by another body.

    Its `part` is a duty of every unit that waits ("Chờ") without a day, so the study of what exists goes on beside it.
    When the document is issued (or is not to come any more) services/awaited.py opens (or stops) that part.
    """

    plan = models.ForeignKey("campaigns.Plan", models.CASCADE, related_name="awaited_contents", verbose_name="kế hoạch")
    text = models.CharField("nội dung chờ ban hành", max_length=500)
    source = models.ForeignKey(
        "campaigns.Duty", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nhiệm vụ soạn thảo"
    )
    part = models.OneToOneField(
        "campaigns.Duty", models.PROTECT, related_name="awaited_content", verbose_name="phần việc của đơn vị"
    )
    created_at = models.DateTimeField("ghi lúc")
    created_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người ghi")
    paper = models.ForeignKey(
        "documents.IssuedPaper",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="văn bản đã phát hành",
    )
    document_words = models.CharField("số, ký hiệu, ngày văn bản", max_length=200, blank=True)
    file = models.ForeignKey(
        "documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp văn bản"
    )
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    arrived_at = models.DateTimeField("ghi ban hành lúc", null=True, blank=True)
    arrived_by = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ghi ban hành"
    )
    dropped_at = models.DateTimeField("thôi chờ lúc", null=True, blank=True)
    dropped_by = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người thôi chờ"
    )
    drop_reason = models.CharField("lý do thôi chờ", max_length=300, blank=True)

    class Meta:
        verbose_name = "nội dung chờ ban hành"
        verbose_name_plural = "nội dung chờ ban hành"
        ordering = ("plan", "pk")
        constraints = [
            set_together(
                "arrived_at",
                "arrived_by",
                "issued_on",
                name="awaited_arrived_pair",
                message="Thiếu người, giờ hoặc ngày ban hành.",
            ),
            set_together(
                "dropped_at", "dropped_by", name="awaited_dropped_pair", message="Thiếu người hoặc giờ thôi chờ."
            ),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True) | Q(dropped_at__isnull=True),
                name="awaited_not_both",
                violation_error_message="Nội dung đã ban hành thì không thôi chờ được.",
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def is_waiting(self):
        """Neither issued nor given up."""
        return self.arrived_at is None and self.dropped_at is None
