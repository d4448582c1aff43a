"""The book of calls: whom the office rang, and what was answered."""

from django.db import models

from campaigns.choices import CallOutcome
from units.constraints import value_in


class CallLog(models.Model):
    """One call to one unit about everything it still owes; a promised day holds its reminders back until then."""

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="calls", verbose_name="đơn vị")
    outcome = models.CharField("kết quả", max_length=12, choices=CallOutcome)
    promised_on = models.DateField("hẹn ngày", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    called_at = models.DateTimeField("gọi lúc")
    called_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người gọi")

    class Meta:
        verbose_name = "cuộc gọi"
        verbose_name_plural = "sổ gọi"
        ordering = ("-called_at",)
        constraints = [
            value_in("outcome", CallOutcome, name="calllog_outcome_known"),
            models.CheckConstraint(
                condition=models.Q(outcome="promised", promised_on__isnull=False)
                | (~models.Q(outcome="promised") & models.Q(promised_on__isnull=True)),
                name="calllog_promise_has_day",
                violation_error_message="Khi đơn vị hẹn, hãy ghi ngày hẹn.",
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.get_outcome_display()}"
