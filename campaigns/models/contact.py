"""How a person wants to be reached outside the program: which channels, at which hours."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from campaigns.choices import Channel
from campaigns.quiet import MORNING, NIGHT


class ContactChoice(models.Model):
    """What one person chose about reminders that leave the program; nobody else changes it.

    The list inside the program always stays. Who never chose is reached by every channel the ward has switched on,
    by telephone between 6 and 21 o'clock only. Changed by services/contact_choices.py.
    """

    person = models.OneToOneField(
        "units.User", models.CASCADE, related_name="contact_choice", verbose_name="người nhận"
    )
    email = models.BooleanField("thư điện tử", default=True)
    push = models.BooleanField("thông báo trên máy", default=True)
    sms = models.BooleanField("tin nhắn SMS", default=True)
    zalo = models.BooleanField("tin nhắn Zalo", default=True)
    opens_at = models.TimeField("nhận từ", default=MORNING)
    closes_at = models.TimeField("đến", default=NIGHT)
    changed_at = models.DateTimeField("chọn lúc")

    class Meta:
        verbose_name = "cách nhận nhắc việc"
        verbose_name_plural = "cách nhận nhắc việc"
        ordering = ("person",)
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")),
                name="contact_hours_ordered",
                violation_error_message="Giờ bắt đầu nhận phải trước giờ thôi nhận. Đồng chí chọn lại.",
            ),
            # hours that lie in the silence of the night would never come
            models.CheckConstraint(
                condition=Q(opens_at__gte=MORNING, closes_at__lte=NIGHT),
                name="contact_hours_by_day",
                violation_error_message="Chương trình không nhắc từ 21 giờ đến 6 giờ sáng. Đồng chí chọn giờ trong khoảng 6 giờ đến 21 giờ.",
            ),
        ]

    def __str__(self):
        return f"Cách nhận nhắc việc của {self.person}"

    def wants(self, channel: str) -> bool:
        """Whether the person takes reminders by `channel`; the list in the program cannot be refused."""
        return channel not in Channel.OUTSIDE or getattr(self, channel)

    def hours_of(self, channel: str) -> tuple[dt.time, dt.time] | None:
        """(from, to) of a day in which `channel` may be used; None: at any hour, as a letter of who never chose."""
        if channel == Channel.IN_APP or (self.pk is None and channel not in Channel.RINGING):
            return None
        return self.opens_at, self.closes_at
