"""What a unit types once for everything it reports together: the draft while it is written, the receipt afterwards."""

from django.db import models
from django.db.models import Q

from reports.choices import EntrySource
from units.constraints import set_together, value_in


class Filing(models.Model):
    """One sending of one unit for 1..n plans (decisions 6), kept on the server after every step.

    `content` holds what was typed, word for word, so that nothing is lost when it is not yet right; the submissions are
    written from it when it is sent. `token` makes a second sending give the same receipt. One open filing per unit for the
    unit's own people, one for the office that enters on its behalf. Changed by services/filings.py only; `version` is the
    compare-and-swap between two people of one unit; `saves` says of the last versions which phone wrote which steps, so that a
    phone whose answer was lost on the way is not taken for somebody else. `finished_at` is when the phone had it ready, by the
    phone's clock: it is shown, the verdict goes by `sent_at` (decisions 18).
    """

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="filings", verbose_name="đơn vị")
    plans = models.ManyToManyField("campaigns.Plan", related_name="filings", verbose_name="kế hoạch")
    submissions = models.ManyToManyField("reports.Submission", blank=True, related_name="filings", verbose_name="báo cáo đã gửi")
    source = models.CharField("nguồn", max_length=6, choices=EntrySource, default=EntrySource.UNIT)
    by_office = models.BooleanField("văn phòng nhập hộ", default=False)
    told_by = models.CharField("người cung cấp số liệu", max_length=120, blank=True)
    told_on = models.DateField("ngày đơn vị báo", null=True, blank=True)
    token = models.CharField(max_length=40, unique=True, editable=False)
    version = models.PositiveIntegerField("lần lưu", default=1)
    saves = models.JSONField("các lần lưu gần đây", default=list, editable=False)
    content = models.JSONField("nội dung đã gõ", default=dict)
    started_at = models.DateTimeField("bắt đầu lúc")
    edited_at = models.DateTimeField("lưu lúc")
    edited_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người lưu")
    finished_at = models.DateTimeField("bấm gửi trên máy lúc", null=True, blank=True)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    sent_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người gửi")

    class Meta:
        verbose_name = "lần báo cáo của đơn vị"
        verbose_name_plural = "các lần báo cáo của đơn vị"
        ordering = ("-started_at", "-pk")
        constraints = [
            value_in("source", EntrySource, name="filing_source_known"),
            models.UniqueConstraint(
                fields=["unit", "by_office"], condition=Q(sent_at__isnull=True), name="filing_one_open"
            ),
            set_together("sent_at", "sent_by", name="filing_sent_pair", message="Thiếu người hoặc giờ gửi."),
        ]

    def __str__(self):
        return f"{self.unit}, {self.started_at:%d/%m/%Y}"


class FilingCopy(models.Model):
    """What one person typed on a form that somebody else had saved meanwhile, or what was saved and then replaced: kept
    whole beside the form, so that two phones on one report never overwrite each other unseen.

    `content` holds the steps concerned, word for word. It is settled when a person of the unit has chosen; it stays, and may be
    taken back, as long as its form. Written by services/filing_copies.py only.
    """

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="copies", verbose_name="lần báo cáo")
    content = models.JSONField("nội dung đã gõ")
    device = models.CharField("máy", max_length=40, blank=True)
    kept_at = models.DateTimeField("để bên lúc")
    kept_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người gõ")
    settled_at = models.DateTimeField("chọn lúc", null=True, blank=True)
    settled_by = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người chọn"
    )

    class Meta:
        verbose_name = "bản để bên của một lần báo cáo"
        verbose_name_plural = "các bản để bên"
        ordering = ("-kept_at", "-pk")
        constraints = [
            set_together("settled_at", "settled_by", name="filingcopy_settled_pair", message="Thiếu người hoặc giờ chọn."),
        ]

    def __str__(self):
        return f"{self.filing}, {self.kept_by}"


class Parcel(models.Model):
    """A file or a further session that a phone sent for one report, taken once: the phone made up `key` when it was given, so
    that sending again after a lost answer, also days later or after it was taken out again, adds nothing.

    Written by services/parcels.py only.
    """

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="parcels", verbose_name="lần báo cáo")
    key = models.CharField("mã gửi một lần", max_length=32, editable=False)
    taken_at = models.DateTimeField("nhận lúc")
    taken_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người gửi")

    class Meta:
        verbose_name = "phần gửi riêng của một lần báo cáo"
        verbose_name_plural = "các phần gửi riêng"
        ordering = ("filing", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "key"], name="parcel_taken_once", violation_error_message="Phần này đã được nhận."
            ),
            set_together("taken_at", "taken_by", name="parcel_taken_pair", message="Thiếu người hoặc giờ gửi."),
        ]

    def __str__(self):
        return f"{self.filing}, {self.taken_at:%d/%m/%Y %H:%M}"
