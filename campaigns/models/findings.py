"""What a person decided about a remark of the checks on one plan."""

from django.db import models


class DismissedFinding(models.Model):
    """A finding that a reviewer let stand, with the reason; it comes back as dismissed as long as the words do.

    Known by check, variant and the words without their emphasis and spacing; kept by services.findings alone.
    """

    plan = models.ForeignKey("campaigns.Plan", models.CASCADE, related_name="dismissed_findings", verbose_name="kế hoạch")
    check_id = models.CharField("mã kiểm tra", max_length=6)
    variant = models.CharField("loại lỗi", max_length=40)
    quote = models.CharField("câu chữ", max_length=300, blank=True)
    reason = models.CharField("lý do bỏ qua", max_length=300)
    dismissed_at = models.DateTimeField("bỏ qua lúc")
    dismissed_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người bỏ qua")

    class Meta:
        verbose_name = "lưu ý đã bỏ qua"
        verbose_name_plural = "lưu ý đã bỏ qua"
        ordering = ("plan", "-dismissed_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "check_id", "variant", "quote"],
                name="dismissedfinding_once",
                violation_error_message="Lưu ý này đã được bỏ qua.",
            )
        ]

    def __str__(self):
        return f"{self.check_id}: {self.quote or self.variant}"
