"""Log-ins that are open now: what a person sees under "Máy đang mở" and may end one by one."""

from django.db import models

from units.choices import SignIn
from units.constraints import set_together, value_in


class OpenSession(models.Model):
    """One log-in of one person on one machine.

    `session_key` finds the row of Django's own session, which holds the cookie's content; `fit` is a hash of what the
    cookie must still agree with (password, lượt vô hiệu), so a log-in that a new password has ended is not shown as
    open. Never part of a backup. Changed by services/open_sessions.py only.
    """

    person = models.ForeignKey("units.User", models.CASCADE, related_name="open_sessions", verbose_name="người")
    session_key = models.CharField(max_length=40, unique=True, editable=False)
    fit = models.CharField(max_length=64, editable=False)
    way = models.CharField("cách vào", max_length=12, choices=SignIn)
    label = models.CharField("máy", max_length=120, blank=True)
    opened_at = models.DateTimeField("mở lúc")
    seen_at = models.DateTimeField("dùng gần nhất")
    ended_at = models.DateTimeField("dừng lúc", null=True, blank=True)
    ended_by = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người dừng"
    )

    class Meta:
        verbose_name = "phiên đăng nhập"
        verbose_name_plural = "phiên đăng nhập"
        ordering = ("-seen_at", "-pk")
        constraints = [
            value_in("way", SignIn, name="opensession_way_known"),
            set_together(
                "ended_at", "ended_by", name="opensession_ended_pair", message="Thiếu người hoặc giờ dừng phiên."
            ),
        ]

    def __str__(self):
        return f"{self.label or 'Máy'}, {self.get_way_display().lower()}"
