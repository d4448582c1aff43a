"""Issued papers: frozen, never edited; a correction is a new paper that names the old."""

from django.db import models

from documents.choices import PaperKind
from units.constraints import set_together, value_in


class IssuedPaper(models.Model):
    """What was signed and went out: the frozen content, our PDF of it, its SHA-256, and the signed scan beside it.

    Written once by services/issued.py; only the scan, the withdrawal and the dispatch marks come later.
    """

    ward = models.ForeignKey("units.Unit", models.PROTECT, related_name="issued_papers", verbose_name="phường, xã")
    entry = models.OneToOneField(
        "documents.NumberEntry", models.PROTECT, null=True, blank=True, related_name="paper", verbose_name="số trong sổ"
    )
    kind = models.CharField("loại văn bản", max_length=6, choices=PaperKind)
    number_text = models.CharField("số, ký hiệu", max_length=40)
    dated_on = models.DateField("ngày văn bản")
    subject = models.CharField("trích yếu", max_length=1000)
    signer_name = models.CharField("người ký", max_length=120)
    content = models.JSONField("nội dung đã khóa")
    pdf = models.OneToOneField("documents.StoredFile", models.PROTECT, related_name="+", verbose_name="bản PDF")
    sha256 = models.CharField("SHA-256 của bản PDF", max_length=64)
    signed_scan = models.OneToOneField(
        "documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản đã ký"
    )
    issued_at = models.DateTimeField("phát hành lúc")
    issued_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người phát hành")
    withdrawn_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)
    withdrawn_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người thu hồi")
    withdrawal_reason = models.CharField("lý do thu hồi", max_length=500, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="đính chính cho")

    class Meta:
        verbose_name = "văn bản đã phát hành"
        verbose_name_plural = "văn bản đã phát hành"
        ordering = ("-dated_on", "-pk")
        constraints = [
            value_in("kind", PaperKind, name="issuedpaper_kind_known"),
            set_together("withdrawn_at", "withdrawn_by", name="issuedpaper_withdrawn_pair", message="Thiếu người hoặc giờ thu hồi."),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} số {self.number_text}" if self.number_text else f"{self.get_kind_display()} {self.subject}"


class Dispatch(models.Model):
    """One line of the send list: to whom, how many copies, sent when, received when."""

    paper = models.ForeignKey("documents.IssuedPaper", models.CASCADE, related_name="dispatches", verbose_name="văn bản")
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="dispatches", verbose_name="đơn vị")
    addressee = models.CharField("nơi nhận", max_length=200)
    note = models.CharField("ghi chú", max_length=60, blank=True)
    copies = models.PositiveSmallIntegerField("số bản giấy", default=1)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    sent_at = models.DateTimeField("đã gửi lúc", null=True, blank=True)
    sent_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người gửi")
    received_at = models.DateTimeField("đã nhận lúc", null=True, blank=True)
    received_by = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ghi nhận"
    )
    first_opened_at = models.DateTimeField("mở lần đầu lúc", null=True, blank=True)

    class Meta:
        verbose_name = "dòng gửi văn bản"
        verbose_name_plural = "danh sách gửi"
        ordering = ("paper", "position", "pk")
        constraints = [
            set_together("sent_at", "sent_by", name="dispatch_sent_pair", message="Thiếu người hoặc giờ gửi."),
            set_together("received_at", "received_by", name="dispatch_received_pair", message="Thiếu người hoặc giờ ghi nhận."),
        ]

    def __str__(self):
        return self.addressee
