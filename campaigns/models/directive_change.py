"""What became of a directive: corrected, replaced, revoked; and the office's task for every plan that carries it out."""

from django.db import models
from django.db.models import Q

from campaigns.choices import DirectiveFate
from documents.choices import PaperKind
from documents.dates import short
from units.constraints import set_together, value_in


class DirectiveChange(models.Model):
    """A paper from above that corrects, replaces or revokes a directive (đính chính, thay thế, thu hồi).

    The directive stays in the list with this beside it. Written once by services/directive_changes.py.
    """

    directive = models.ForeignKey("campaigns.Directive", models.PROTECT, related_name="changes", verbose_name="văn bản")
    fate = models.CharField("thay đổi", max_length=10, choices=DirectiveFate)
    basis_kind = models.CharField("loại văn bản căn cứ", max_length=6, choices=PaperKind)
    basis_number = models.CharField("số, ký hiệu văn bản căn cứ", max_length=40)
    basis_dated_on = models.DateField("ngày văn bản căn cứ")
    basis_issuer = models.CharField("cơ quan ban hành văn bản căn cứ", max_length=160)
    successor = models.ForeignKey(
        "campaigns.Directive",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced",
        verbose_name="văn bản thay thế",
    )
    note = models.CharField("nội dung đính chính, ghi chú", max_length=1000, blank=True)
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người ghi")

    class Meta:
        verbose_name = "thay đổi của văn bản cấp trên"
        verbose_name_plural = "các thay đổi của văn bản cấp trên"
        ordering = ("directive", "pk")
        constraints = [
            value_in("fate", DirectiveFate, name="directivechange_fate_known"),
            value_in("basis_kind", PaperKind, name="directivechange_basis_known"),
            models.UniqueConstraint(
                fields=["directive", "fate", "basis_number", "basis_dated_on"],
                name="directivechange_once",
                violation_error_message="Thay đổi này đã được ghi.",
            ),
            models.CheckConstraint(
                condition=Q(fate="replaced", successor__isnull=False)
                | (~Q(fate="replaced") & Q(successor__isnull=True)),
                name="directivechange_names_its_successor",
                violation_error_message="Đồng chí chọn văn bản thay thế.",
            ),
        ]

    def __str__(self):
        return f"{self.get_fate_display()} theo {self.basis}"

    @property
    def basis(self):
        """The paper it rests on: "Thông báo số 15-TB/TU, ngày 20/5/2026"."""
        return f"{self.get_basis_kind_display()} số {self.basis_number}, ngày {short(self.basis_dated_on)}"


class DirectiveTask(models.Model):
    """What the office has to see to: one plan that carries out a directive that was changed. Open until `handled_at`."""

    change = models.ForeignKey(
        "campaigns.DirectiveChange", models.CASCADE, related_name="tasks", verbose_name="thay đổi"
    )
    plan = models.ForeignKey("campaigns.Plan", models.PROTECT, related_name="directive_tasks", verbose_name="kế hoạch")
    outcome = models.CharField("đã xử lý thế nào", max_length=500, blank=True)
    handled_at = models.DateTimeField("xử lý lúc", null=True, blank=True)
    handled_by = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xử lý"
    )

    class Meta:
        verbose_name = "việc theo thay đổi của văn bản"
        verbose_name_plural = "các việc theo thay đổi của văn bản"
        ordering = ("change", "plan")
        constraints = [
            models.UniqueConstraint(fields=["change", "plan"], name="directivetask_once"),
            set_together(
                "handled_at", "handled_by", name="directivetask_handled_pair", message="Thiếu người hoặc giờ xử lý."
            ),
        ]

    def __str__(self):
        return f"{self.plan}: {self.change}"
