"""The rungs of one plan as data: whom it reminds, how many days from the due day."""

from django.db import models
from django.db.models import Q

from campaigns.choices import ChaseStep
from units.constraints import value_in


class PlanLadder(models.Model):
    """A plan that reminds otherwise than usual; a plan without one takes the ladder of campaigns/ladder.py."""

    plan = models.OneToOneField("campaigns.Plan", models.CASCADE, related_name="ladder", verbose_name="kế hoạch")
    changed_at = models.DateTimeField("đổi lúc")
    changed_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người đổi")

    class Meta:
        verbose_name = "thang nhắc việc của kế hoạch"
        verbose_name_plural = "thang nhắc việc của các kế hoạch"
        ordering = ("plan",)

    def __str__(self):
        return f"Thang nhắc việc của {self.plan}"


class LadderRung(models.Model):
    """One rung: for the unit itself calendar days around the due day, for those above it working days after."""

    ladder = models.ForeignKey(
        "campaigns.PlanLadder", models.CASCADE, related_name="rungs", verbose_name="thang nhắc việc"
    )
    step = models.CharField("nhắc ai", max_length=10, choices=ChaseStep)
    offset = models.SmallIntegerField("số ngày so với hạn")

    class Meta:
        verbose_name = "bậc nhắc việc"
        verbose_name_plural = "bậc nhắc việc"
        ordering = ("ladder", "step", "offset")
        constraints = [
            value_in("step", ChaseStep, name="ladderrung_step_known"),
            models.UniqueConstraint(fields=["ladder", "step", "offset"], name="ladderrung_once"),
            models.CheckConstraint(
                condition=Q(offset__range=(-30, 30)) & (Q(step=ChaseStep.UNIT) | Q(offset__gte=1)),
                name="ladderrung_in_range",
                violation_error_message="Bậc nhắc trong khoảng 30 ngày; người ở trên chỉ được báo sau hạn.",
            ),
        ]

    def __str__(self):
        return f"{self.get_step_display()} {self.offset:+d}"
