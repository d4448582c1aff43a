"""What a paper changed in a plan after its issue: the change, and what it did to every obligation it touched."""

from django.db import models
from django.db.models import Q

from campaigns.choices import AssignmentState, ChangeKind
from documents.choices import PaperKind
from documents.dates import short
from units.constraints import value_in


class PlanChange(models.Model):
    """A công văn, thông báo or supplementing plan that changes a plan already issued.

    The issued paper stays as it was signed; what is owed follows the change. Written once by services/changes.py, never
    edited: a wrong change is followed by another. `duty` is the clause it is about, `new_day` the day it sets (on resuming:
    for everything still open; empty: each day moves by the length of the pause). `old_helpers`, `new_helpers`: names of those
    who helped with the clause before and after, as they were called that day.
    """

    plan = models.ForeignKey("campaigns.Plan", models.PROTECT, related_name="changes", verbose_name="kế hoạch")
    kind = models.CharField("nội dung thay đổi", max_length=10, choices=ChangeKind)
    basis_kind = models.CharField("loại văn bản căn cứ", max_length=6, choices=PaperKind)
    basis_number = models.CharField("số, ký hiệu văn bản căn cứ", max_length=40)
    basis_dated_on = models.DateField("ngày văn bản căn cứ")
    basis_issuer = models.CharField("cơ quan ban hành văn bản căn cứ", max_length=160)
    duty = models.ForeignKey(
        "campaigns.Duty", models.PROTECT, null=True, blank=True, related_name="changes", verbose_name="nhiệm vụ"
    )
    old_lead = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chủ trì trước"
    )
    new_lead = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chủ trì mới"
    )
    new_day = models.DateField("ngày cuối mới", null=True, blank=True)
    old_helpers = models.TextField("phối hợp trước", blank=True)
    new_helpers = models.TextField("phối hợp sau", blank=True)
    successor = models.ForeignKey(
        "campaigns.Plan",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replacing",
        verbose_name="kế hoạch thay thế",
    )
    note = models.CharField("ghi chú", max_length=500, blank=True)
    made_at = models.DateTimeField("ghi lúc")
    made_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người ghi")

    class Meta:
        verbose_name = "thay đổi sau ban hành"
        verbose_name_plural = "các thay đổi sau ban hành"
        ordering = ("plan", "pk")
        constraints = [
            value_in("kind", ChangeKind, name="planchange_kind_known"),
            value_in("basis_kind", PaperKind, name="planchange_basis_known"),
            models.CheckConstraint(
                condition=Q(kind__in=["pause", "resume", "end", "replace"]) | Q(duty__isnull=False),
                name="planchange_names_its_duty",
                violation_error_message="Đồng chí chọn nhiệm vụ được thay đổi.",
            ),
            models.CheckConstraint(
                condition=Q(kind="replace", successor__isnull=False) | (~Q(kind="replace") & Q(successor__isnull=True)),
                name="planchange_names_its_successor",
                violation_error_message="Đồng chí chọn kế hoạch thay thế.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} theo {self.basis}"

    def get_absolute_url(self):
        return f"/thay-doi/{self.pk}/"

    @property
    def basis(self):
        """The paper it rests on: "Công văn số 15-CV/ĐU, ngày 20/5/2026"."""
        return f"{self.get_basis_kind_display()} số {self.basis_number}, ngày {short(self.basis_dated_on)}"

    @property
    def stopped_words(self):
        """What stands on every duty it stops, for good."""
        return f"Dừng theo văn bản số {self.basis_number}, ngày {short(self.basis_dated_on)}"


class PlanChangeLine(models.Model):
    """What one change did to one obligation; the name of the unit is as it was called that day."""

    change = models.ForeignKey("campaigns.PlanChange", models.CASCADE, related_name="lines", verbose_name="thay đổi")
    assignment = models.ForeignKey(
        "campaigns.Assignment", models.PROTECT, related_name="change_lines", verbose_name="việc được giao"
    )
    unit_name = models.CharField("đơn vị", max_length=200)
    old_state = models.CharField("trạng thái trước", max_length=10, choices=AssignmentState)
    new_state = models.CharField("trạng thái sau", max_length=10, choices=AssignmentState)
    old_day = models.DateField("hạn trước", null=True, blank=True)
    new_day = models.DateField("hạn sau", null=True, blank=True)

    class Meta:
        verbose_name = "dòng thay đổi"
        verbose_name_plural = "các dòng thay đổi"
        ordering = ("change", "pk")
        constraints = [
            value_in("old_state", AssignmentState, name="planchangeline_old_known"),
            value_in("new_state", AssignmentState, name="planchangeline_new_known"),
            models.UniqueConstraint(fields=["change", "assignment"], name="planchangeline_once"),
        ]

    def __str__(self):
        return f"{self.unit_name}: {self.get_new_state_display()}"
