"""What a draft leaves behind on its way to issue: the versions that were saved, and what people said of its parts."""

from django.db import models

from units.constraints import set_together


class PlanVersion(models.Model):
    """The whole content of a plan as it was saved; kept for ever, so that an earlier text can be read or put back.

    Written by services/plan_versions.py only. Savings that the editor makes by itself within some minutes of one
    person's work are one row: `started_at` is its first, `made_at` its last.
    """

    plan = models.ForeignKey("campaigns.Plan", models.CASCADE, related_name="versions", verbose_name="kế hoạch")
    number = models.PositiveIntegerField("lần lưu")
    content = models.JSONField("nội dung")
    automatic = models.BooleanField("chương trình tự lưu", default=False)
    note = models.CharField("ghi chú", max_length=120, blank=True)
    started_at = models.DateTimeField("bắt đầu lúc")
    made_at = models.DateTimeField("lưu lúc")
    made_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người lưu")

    class Meta:
        verbose_name = "bản đã lưu của kế hoạch"
        verbose_name_plural = "bản đã lưu của kế hoạch"
        ordering = ("plan", "-number")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="planversion_once", violation_error_message="Lần lưu này đã có."
            )
        ]

    def __str__(self):
        return f"Bản {self.number}"


class PlanComment(models.Model):
    """A remark of a colleague or leader on one part of a draft, open until somebody says that it is dealt with.

    `block` names the part as it stood ("duties-3", "subject"), `about` keeps the beginning of its text, so that the
    remark finds its part again after rows were moved. Changed by services/plan_comments.py only.
    """

    plan = models.ForeignKey("campaigns.Plan", models.CASCADE, related_name="comments", verbose_name="kế hoạch")
    block = models.CharField("chỗ", max_length=30)
    about = models.CharField("về đoạn", max_length=300, blank=True)
    text = models.TextField("ý kiến")
    made_at = models.DateTimeField("lúc")
    made_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người góp ý")
    resolved_at = models.DateTimeField("xử lý xong lúc", null=True, blank=True)
    resolved_by = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xử lý"
    )

    class Meta:
        verbose_name = "góp ý về kế hoạch"
        verbose_name_plural = "góp ý về kế hoạch"
        ordering = ("plan", "made_at", "pk")
        constraints = [
            set_together("resolved_at", "resolved_by", name="plancomment_resolved_pair", message="Thiếu người hoặc giờ xử lý."),
        ]

    def __str__(self):
        return self.text[:80]
