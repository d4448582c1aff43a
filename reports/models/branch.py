"""What a chi bộ trực thuộc gives to its đảng bộ cơ sở, which reports to the ward for all of them."""

from django.db import models
from django.db.models import Q

from reports.heads import required_heads
from units.constraints import set_together


class BranchReport(models.Model):
    """The part of one child in the report of its parent for one plan (domain.md 2.4: parent = children + own).

    Entered by the child with its own card or by the parent for it; it counts once the secretary of the parent has
    confirmed it. `together`: the child sat in the parent's own session, so that its heads lie in the parent's own part
    and there are none here. `results`: what followed the session, fields of Submission (reports.places: RESULT_FIGURES) as
    given; empty too of one that studied together. `submission` is the report of the parent it was counted in. Changed by
    services/branches.py only.
    """

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="branch_reports", verbose_name="chi bộ")
    plan = models.ForeignKey("campaigns.Plan", models.PROTECT, related_name="branch_reports", verbose_name="kế hoạch")
    submission = models.ForeignKey(
        "reports.Submission",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name="báo cáo của đảng bộ",
    )
    session = models.ForeignKey(
        "reports.StudySession",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="branch_reports",
        verbose_name="buổi học",
    )
    together = models.BooleanField("học chung với đảng bộ", default=False)
    members = models.PositiveIntegerField("tổng số đảng viên", null=True, blank=True)
    exempt = models.PositiveIntegerField("được miễn công tác và sinh hoạt", null=True, blank=True)
    away = models.PositiveIntegerField("sinh hoạt tạm thời nơi khác, đi xa được phép", null=True, blank=True)
    received = models.PositiveIntegerField("tiếp nhận sinh hoạt tạm thời", null=True, blank=True)
    excused = models.PositiveIntegerField("vắng có lý do", null=True, blank=True)
    unexcused = models.PositiveIntegerField("vắng không lý do", null=True, blank=True)
    results = models.JSONField("kết quả sau buổi học", default=dict, blank=True)
    entered_at = models.DateTimeField("nhập lúc")
    entered_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người nhập")
    confirmed_at = models.DateTimeField("đảng bộ xác nhận lúc", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xác nhận"
    )

    class Meta:
        verbose_name = "số liệu của chi bộ trực thuộc"
        verbose_name_plural = "số liệu của các chi bộ trực thuộc"
        ordering = ("plan", "unit")
        constraints = [
            models.UniqueConstraint(fields=["unit", "plan"], name="branchreport_once"),
            models.CheckConstraint(
                condition=Q(together=False) | Q(session__isnull=True, members__isnull=True),
                name="branchreport_together_has_no_heads",
                violation_error_message="Chi bộ học chung với đảng bộ thì số người nằm trong phần của đảng bộ.",
            ),
            set_together(
                "confirmed_at",
                "confirmed_by",
                name="branchreport_confirmed_pair",
                message="Thiếu người hoặc giờ xác nhận.",
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.plan}"

    @property
    def required(self):
        """Số phải dự of the child, in heads; None until its members are given, and when it studied together."""
        return required_heads(self.members, self.exempt, self.away, self.received)
