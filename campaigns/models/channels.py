"""The ways out of the program, as data: what a ward switched on, its gateways and their limits."""

from django.db import models
from django.db.models import Q

from campaigns.choices import Channel
from units.constraints import set_together


class WardChannel(models.Model):
    """One channel of one ward: on or off, where its gateway is, how much it may carry.

    SMS and Zalo need a gateway of the ward (a signed call, outgoing/webhook.py); letters and notices need none. The
    secret is stored locked and never shown again. `rests_until`: the gateway did not answer, nobody waits for it before.
    Changed by services/ward_channels.py.
    """

    ward = models.ForeignKey("units.Unit", models.CASCADE, related_name="channels", verbose_name="phường")
    channel = models.CharField("kênh", max_length=8, choices=[(one, Channel(one).label) for one in Channel.OUTSIDE])
    is_on = models.BooleanField("đang dùng", default=False)
    url = models.CharField("địa chỉ của cổng nhắn tin", max_length=600, blank=True)
    locked_secret = models.TextField(editable=False, blank=True)
    per_minute = models.PositiveIntegerField("nhiều nhất mỗi phút", default=60)
    per_day = models.PositiveIntegerField("nhiều nhất mỗi ngày", default=1000)
    rests_until = models.DateTimeField("nghỉ đến", null=True, blank=True)
    changed_at = models.DateTimeField("đổi lúc", null=True, blank=True)
    changed_by = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người đổi"
    )
    tested_at = models.DateTimeField("gửi thử lúc", null=True, blank=True)
    tested_by = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người gửi thử"
    )
    test_result = models.CharField("kết quả gửi thử", max_length=300, blank=True)

    class Meta:
        verbose_name = "kênh gửi của phường"
        verbose_name_plural = "kênh gửi của phường"
        ordering = ("ward", "channel")
        constraints = [
            models.UniqueConstraint(fields=["ward", "channel"], name="ward_channel_once"),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.OUTSIDE),
                name="ward_channel_known",
                violation_error_message="Giá trị không nằm trong danh mục cho phép.",
            ),
            models.CheckConstraint(
                condition=Q(per_minute__gte=1, per_day__gte=1),
                name="ward_channel_limits_positive",
                violation_error_message="Giới hạn gửi phải từ 1 trở lên. Muốn dừng gửi thì tắt kênh.",
            ),
            set_together(
                "changed_at",
                "changed_by",
                name="ward_channel_changed_pair",
                message="Người đổi và lúc đổi đi cùng nhau.",
            ),
            set_together(
                "tested_at",
                "tested_by",
                name="ward_channel_tested_pair",
                message="Người gửi thử và lúc gửi thử đi cùng nhau.",
            ),
        ]

    def __str__(self):
        return f"{self.get_channel_display()}, {self.ward}"

    @property
    def has_gateway(self):
        return self.channel in Channel.BY_GATEWAY

    @property
    def is_ready(self):
        """Whether what it needs is there."""
        return not self.has_gateway or bool(self.url and self.locked_secret)
