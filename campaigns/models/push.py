"""Web push: the installation's own keys and the browsers that take notices."""

from django.db import models


class PushKey(models.Model):
    """The installation's own pair of keys for web push (RFC 8292); the newest that can be unlocked is used.

    Made when the first ward switches notices on. The private half is stored locked.
    """

    public = models.CharField("khóa công khai", max_length=100)
    locked_private = models.TextField(editable=False)
    created_at = models.DateTimeField("tạo lúc")

    class Meta:
        verbose_name = "khóa gửi thông báo"
        verbose_name_plural = "khóa gửi thông báo"
        ordering = ("-created_at", "-pk")

    def __str__(self):
        return self.public[:16]


class PushBrowser(models.Model):
    """One browser that takes notices for one person; it is forgotten when its push service says it is gone.

    Changed by services/push_browsers.py.
    """

    person = models.ForeignKey("units.User", models.CASCADE, related_name="push_browsers", verbose_name="người nhận")
    key = models.ForeignKey(PushKey, models.CASCADE, related_name="browsers", verbose_name="khóa gửi thông báo")
    label = models.CharField("máy", max_length=120)
    endpoint = models.TextField(editable=False)
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    p256dh = models.CharField(max_length=120, editable=False)
    auth = models.CharField(max_length=40, editable=False)
    created_at = models.DateTimeField("bật lúc")
    sent_at = models.DateTimeField("gửi gần nhất", null=True, blank=True)

    class Meta:
        verbose_name = "máy nhận thông báo"
        verbose_name_plural = "máy nhận thông báo"
        ordering = ("-created_at", "-pk")

    def __str__(self):
        return self.label
