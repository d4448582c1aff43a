"""What one plan asks of its units after the session."""

from django.db import models

from units.constraints import set_together


class AskedResults(models.Model):
    """The office's own choice for one plan; without a row the plan asks what its kind and words suggest.

    `groups` are codes of ResultGroup. Changed by services/asked.py only, and not once a unit has reported: everybody is
    asked the same.
    """

    plan = models.OneToOneField("campaigns.Plan", models.PROTECT, related_name="asked_results", verbose_name="kế hoạch")
    groups = models.JSONField("nội dung hỏi", default=list, blank=True)
    set_at = models.DateTimeField("chọn lúc")
    set_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người chọn")

    class Meta:
        verbose_name = "nội dung hỏi của kế hoạch"
        verbose_name_plural = "nội dung hỏi của các kế hoạch"
        ordering = ("plan",)
        constraints = [
            set_together("set_at", "set_by", name="askedresults_set_pair", message="Thiếu người hoặc giờ chọn.")
        ]

    def __str__(self):
        return str(self.plan)
