"""What units and bodies wrote under the headings of an outline, beside each other in a compiled report."""

from django.db import models


class ReportOutlineText(models.Model):
    """One text of one unit under one heading, ticked to be printed; its source is shown until the report is final.

    Collected with the figures by services/report_outline.py: what is no longer accepted goes, what was ticked stays ticked.
    """

    report = models.ForeignKey(
        "reports.CompiledReport", models.CASCADE, related_name="outline_texts", verbose_name="báo cáo"
    )
    submission = models.ForeignKey(
        "reports.Submission", models.PROTECT, related_name="+", verbose_name="báo cáo của đơn vị"
    )
    heading = models.ForeignKey(
        "campaigns.OutlineHeading", models.PROTECT, related_name="+", verbose_name="mục của đề cương"
    )
    text = models.TextField("nội dung")
    included = models.BooleanField("đưa vào báo cáo", default=False)

    class Meta:
        verbose_name = "nội dung đề cương đưa vào báo cáo"
        verbose_name_plural = "nội dung đề cương đưa vào báo cáo"
        ordering = ("report", "heading", "pk")
        constraints = [
            models.UniqueConstraint(fields=["report", "submission", "heading"], name="reportoutlinetext_once")
        ]

    def __str__(self):
        return self.text[:80]
