"""The ward's report compiled from accepted submissions."""

from django.db import models

from reports.choices import RemarkField, ReportState
from units.constraints import set_together, value_in


class CompiledReport(models.Model):
    """A Báo cáo over 1..n plans: figures counted at `counted_at`, text edited, frozen on issue.

    `figures` is the snapshot every printed number comes from (reports/services/snapshot.py); no total is typed. A báo cáo
    bổ sung points by `supplements` to the issued report after which things arrived or changed.
    """

    ward = models.ForeignKey("units.Unit", models.PROTECT, related_name="compiled_reports", verbose_name="phường, xã")
    plans = models.ManyToManyField("campaigns.Plan", related_name="compiled_reports", verbose_name="kế hoạch")
    state = models.CharField("trạng thái", max_length=8, choices=ReportState, default=ReportState.DRAFT)
    version = models.PositiveIntegerField("lần lưu", default=1)
    subject = models.CharField("trích yếu", max_length=1000)
    signer = models.ForeignKey("units.Signer", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ký")
    recipients = models.TextField("nơi nhận (mỗi dòng một nơi)", blank=True)
    figures = models.JSONField("số liệu", default=dict)
    counted_at = models.DateTimeField("số liệu tính đến")
    supplements = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supplemented_by", verbose_name="bổ sung cho báo cáo"
    )
    changes = models.JSONField("thay đổi ở lần cập nhật số liệu gần nhất", default=dict, blank=True)
    late_list_printed = models.BooleanField("in danh sách đơn vị chậm", default=False)
    created_at = models.DateTimeField("tạo lúc")
    created_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người tạo")
    edited_at = models.DateTimeField("sửa lúc")
    edited_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người sửa")
    frozen_at = models.DateTimeField("khóa số liệu lúc", null=True, blank=True)
    frozen_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người khóa")
    paper = models.OneToOneField(
        "documents.IssuedPaper", models.PROTECT, null=True, blank=True, related_name="compiled_report", verbose_name="văn bản đã phát hành"
    )

    class Meta:
        verbose_name = "báo cáo tổng hợp"
        verbose_name_plural = "báo cáo tổng hợp"
        ordering = ("-created_at",)
        constraints = [
            value_in("state", ReportState, name="compiledreport_state_known"),
            set_together("frozen_at", "frozen_by", name="compiledreport_frozen_pair", message="Thiếu người hoặc giờ khóa số liệu."),
        ]

    def __str__(self):
        return self.subject[:120]


class ReportSection(models.Model):
    """One section of the report: the sentences drafted by rule, as the compiler edited them.

    `sentences` keeps those that print a number, with the plans and measures behind them (reports/sentences.py).
    """

    report = models.ForeignKey("reports.CompiledReport", models.CASCADE, related_name="sections", verbose_name="báo cáo")
    position = models.PositiveSmallIntegerField("thứ tự")
    slot = models.CharField("ô của báo cáo", max_length=30)
    title = models.CharField("tên mục", max_length=300)
    drafted = models.TextField("lời máy soạn", blank=True)
    body = models.TextField("nội dung", blank=True)
    sentences = models.JSONField("câu có số liệu", default=list, blank=True)

    class Meta:
        verbose_name = "mục của báo cáo"
        verbose_name_plural = "mục của báo cáo"
        ordering = ("report", "position")

    def __str__(self):
        return self.title


class ReportRemark(models.Model):
    """A remark of a unit, beside the others, ticked to be included; its source is shown until the report is final.

    `place` 0 holds the unit's own words, n the n-th weak point of the list that it ticked: each is a remark of its own.
    Remarks that share a `bundle` (the pk of the first of them) say the same and are printed once, in `wording` if given.
    """

    report = models.ForeignKey("reports.CompiledReport", models.CASCADE, related_name="remarks", verbose_name="báo cáo")
    submission = models.ForeignKey("reports.Submission", models.PROTECT, related_name="+", verbose_name="báo cáo của đơn vị")
    field = models.CharField("loại ý kiến", max_length=12, choices=RemarkField)
    place = models.PositiveSmallIntegerField("thứ tự trong ý kiến của đơn vị", default=0)
    text = models.TextField("nội dung")
    included = models.BooleanField("đưa vào báo cáo", default=False)
    bundle = models.BigIntegerField("gộp cùng ý kiến", null=True, blank=True)
    wording = models.TextField("lời ghi trong báo cáo", blank=True)

    class Meta:
        verbose_name = "ý kiến đưa vào báo cáo"
        verbose_name_plural = "ý kiến đưa vào báo cáo"
        ordering = ("report", "field", "pk")
        constraints = [
            value_in("field", RemarkField, name="reportremark_field_known"),
            models.UniqueConstraint(fields=["report", "submission", "field", "place"], name="reportremark_once"),
        ]

    def __str__(self):
        return self.text[:80]
