"""Cards and phones: how a secretary gets in without a password ceremony (decisions 28)."""

from django.db import models

from units.constraints import set_together


class AccessCard(models.Model):
    """A printed QR card of one person at one unit.

    The card carries a 128-bit secret that the server does not keep: `secret_hash` finds the card, `code_mac` and
    `pin_mac` are HMACs keyed with the secret, so a stolen database does not open a phone. Unused it expires after
    14 days; cancelled in one click. Changed by services/cards.py only.
    """

    membership = models.ForeignKey("units.Membership", models.PROTECT, related_name="cards", verbose_name="vai trò")
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    code_mac = models.CharField(max_length=64, editable=False)
    pin_mac = models.CharField(max_length=64, blank=True, editable=False)
    made_at = models.DateTimeField("làm lúc")
    made_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người làm")
    expires_at = models.DateTimeField("hết hạn nếu chưa dùng")
    first_used_at = models.DateTimeField("dùng lần đầu", null=True, blank=True)
    last_used_at = models.DateTimeField("dùng gần nhất", null=True, blank=True)
    cancelled_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    cancelled_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người hủy")
    wrong_tries = models.PositiveSmallIntegerField("số lần nhập sai", default=0)
    locked_until = models.DateTimeField("tạm khóa đến", null=True, blank=True)

    class Meta:
        verbose_name = "thẻ truy cập"
        verbose_name_plural = "thẻ truy cập"
        ordering = ("-made_at", "-pk")
        constraints = [
            set_together("cancelled_at", "cancelled_by", name="accesscard_cancelled_pair", message="Thiếu người hoặc giờ hủy thẻ.")
        ]

    def __str__(self):
        return f"Thẻ của {self.membership}"


class KnownDevice(models.Model):
    """A phone that a card has opened once: it stays known for months and asks for the PIN alone."""

    card = models.ForeignKey("units.AccessCard", models.CASCADE, related_name="devices", verbose_name="thẻ")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    label = models.CharField("thiết bị", max_length=120, blank=True)
    known_since = models.DateTimeField("nhận biết từ")
    last_seen_at = models.DateTimeField("dùng gần nhất")
    expires_at = models.DateTimeField("nhận biết đến")
    forgotten_at = models.DateTimeField("bỏ nhận biết lúc", null=True, blank=True)

    class Meta:
        verbose_name = "điện thoại đã nhận biết"
        verbose_name_plural = "điện thoại đã nhận biết"
        ordering = ("-last_seen_at",)

    def __str__(self):
        return self.label or "Điện thoại"


class LeaderPhone(models.Model):
    """A leader's own phone: after one log-in with password and second factor it asks for a PIN alone, for months.

    The phone carries a token that finds the row and a secret that keys `pin_mac`; the server keeps neither. `fit` is
    the hash of what every cookie of the person agrees with, so a new password, another role or an administrator's act
    forgets the phone by itself. Changed by services/leader_phones.py only.
    """

    person = models.ForeignKey("units.User", models.CASCADE, related_name="leader_phones", verbose_name="người")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    pin_mac = models.CharField(max_length=64, editable=False)
    fit = models.CharField(max_length=64, editable=False)
    label = models.CharField("thiết bị", max_length=120, blank=True)
    known_since = models.DateTimeField("nhận biết từ")
    last_seen_at = models.DateTimeField("dùng gần nhất")
    expires_at = models.DateTimeField("nhận biết đến")
    forgotten_at = models.DateTimeField("bỏ nhận biết lúc", null=True, blank=True)
    wrong_tries = models.PositiveSmallIntegerField("số lần nhập sai", default=0)
    locked_until = models.DateTimeField("tạm khóa đến", null=True, blank=True)

    class Meta:
        verbose_name = "điện thoại của lãnh đạo"
        verbose_name_plural = "điện thoại của lãnh đạo"
        ordering = ("-last_seen_at", "-pk")

    def __str__(self):
        return self.label or "Điện thoại"


class BrowserPass(models.Model):
    """The way from Zalo's own browser to the phone's real one: good once, for minutes, and only with the PIN.

    `box` is the card's secret locked with the token, which only the address holds; `fields` is what was typed on the
    page and not sent yet. Never part of a backup. Changed by services/browser_passes.py only.
    """

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    card = models.ForeignKey("units.AccessCard", models.CASCADE, related_name="passes", verbose_name="thẻ")
    box = models.TextField(editable=False)
    next_path = models.CharField("trang đang mở", max_length=500)
    fields = models.JSONField("chữ đang gõ", default=dict)
    made_at = models.DateTimeField("lập lúc")
    expires_at = models.DateTimeField("hết hạn")
    used_at = models.DateTimeField("dùng lúc", null=True, blank=True)

    class Meta:
        verbose_name = "lượt chuyển trình duyệt"
        verbose_name_plural = "lượt chuyển trình duyệt"
        ordering = ("-made_at", "-pk")

    def __str__(self):
        return f"Chuyển trình duyệt, {self.card}"
