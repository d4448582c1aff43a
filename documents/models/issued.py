"""Issued papers: frozen, never edited; a correction is a new paper that names the old."""

from django.db import models

from documents.choices import DispatchChannel, PaperKind
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


class DeliveryReceipt(models.Model):
    """A signed delivery list of a paper, scanned: the proof for those who receive on paper."""

    paper = models.ForeignKey("documents.IssuedPaper", models.CASCADE, related_name="receipts", verbose_name="văn bản")
    scan = models.OneToOneField("documents.StoredFile", models.PROTECT, related_name="+", verbose_name="bảng đã ký nhận")
    received_on = models.DateField("ngày ký nhận")
    added_at = models.DateTimeField("đính lúc")
    added_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người đính")

    class Meta:
        verbose_name = "bảng ký nhận"
        verbose_name_plural = "bảng ký nhận"
        ordering = ("paper", "received_on", "pk")

    def __str__(self):
        return f"Bảng ký nhận ngày {self.received_on:%d/%m/%Y}"


class Dispatch(models.Model):
    """One line of the send list: to whom, how many copies, how and when sent, received, opened, made known.

    Sent and received are the office's marks; opened is recorded by the program when somebody of the unit reads the
    paper there; stated is the unit's own word that its members know it, under the name of who said so.
    """

    paper = models.ForeignKey("documents.IssuedPaper", models.CASCADE, related_name="dispatches", verbose_name="văn bản")
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="dispatches", verbose_name="đơn vị")
    addressee = models.CharField("nơi nhận", max_length=200)
    note = models.CharField("ghi chú", max_length=60, blank=True)
    copies = models.PositiveSmallIntegerField("số bản giấy", default=1)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    channel = models.CharField("gửi bằng", max_length=8, choices=DispatchChannel, default=DispatchChannel.PAPER)
    sent_at = models.DateTimeField("đã gửi lúc", null=True, blank=True)
    sent_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người gửi")
    received_at = models.DateTimeField("đã nhận lúc", null=True, blank=True)
    received_by = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ghi nhận"
    )
    receipt = models.ForeignKey(
        "documents.DeliveryReceipt", models.PROTECT, null=True, blank=True, related_name="lines", verbose_name="bảng ký nhận"
    )
    first_opened_at = models.DateTimeField("mở lần đầu lúc", null=True, blank=True)
    first_opened_by = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người mở lần đầu"
    )
    stated_at = models.DateTimeField("báo đã quán triệt lúc", null=True, blank=True)
    stated_by = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người báo đã quán triệt"
    )
    stated_name = models.CharField("tên người báo đã quán triệt", max_length=160, blank=True)

    class Meta:
        verbose_name = "dòng gửi văn bản"
        verbose_name_plural = "danh sách gửi"
        ordering = ("paper", "position", "pk")
        constraints = [
            value_in("channel", DispatchChannel, name="dispatch_channel_known"),
            set_together("sent_at", "sent_by", name="dispatch_sent_pair", message="Thiếu người hoặc giờ gửi."),
            set_together("received_at", "received_by", name="dispatch_received_pair", message="Thiếu người hoặc giờ ghi nhận."),
            set_together("first_opened_at", "first_opened_by", name="dispatch_opened_pair", message="Thiếu người hoặc giờ mở."),
            set_together("stated_at", "stated_by", name="dispatch_stated_pair", message="Thiếu người hoặc giờ báo."),
        ]

    def __str__(self):
        return self.addressee
