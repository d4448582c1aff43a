"""The calendar of working days, as data the office confirms."""

from django.db import models

from units.choices import DayKind
from units.constraints import set_together, value_in


class CalendarDay(models.Model):
    """A day off, or a Saturday worked instead. Unconfirmed until the office has seen the official notice (decisions 21)."""

    day = models.DateField("ngày", unique=True, error_messages={"unique": "Ngày này đã có trong lịch."})
    kind = models.CharField("loại ngày", max_length=8, choices=DayKind)
    name = models.CharField("lý do", max_length=120)
    source = models.CharField("văn bản căn cứ", max_length=200, blank=True)
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xác nhận"
    )

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        verbose_name_plural = "lịch nghỉ và làm bù"
        ordering = ("day",)
        constraints = [
            value_in("kind", DayKind, name="calendarday_kind_known"),
            set_together("confirmed_at", "confirmed_by", name="calendarday_confirmed_pair", message="Thiếu người hoặc giờ xác nhận."),
        ]

    def __str__(self):
        return f"{self.day:%d/%m/%Y}: {self.name}"
