"""Figures of wards that run apart, as their file gave them to the level above."""

from django.db import models
from django.db.models import Q

from units.constraints import not_after, set_together


class WardFigures(models.Model):
    """What one issued report of a ward outside this installation says of one directive: sums, no person.

    `province` is the level above that took the file in; the ward is known by its code. Figures are never changed: a later
    file adds a row, the newest counts and the one before is what it corrects; a file taken in by mistake is withdrawn as
    a whole, and its rows count nowhere from then on. Written by services/ward_figures.py only. None is "chưa có số liệu",
    never 0.
    """

    province = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="cấp trên")
    directive = models.ForeignKey("campaigns.Directive", models.PROTECT, related_name="+", verbose_name="văn bản")
    ward_code = models.CharField("mã xã, phường", max_length=40)
    ward_name = models.CharField("xã, phường", max_length=200)
    report_number = models.CharField("báo cáo số", max_length=40)
    report_date = models.DateField("ngày ký báo cáo")
    counted_on = models.DateField("số liệu tính đến", null=True, blank=True)
    asked = models.PositiveIntegerField("phải báo cáo", null=True, blank=True)
    accepted = models.PositiveIntegerField("đã tiếp nhận", null=True, blank=True)
    required = models.PositiveIntegerField("phải dự", null=True, blank=True)
    present = models.PositiveIntegerField("có mặt", null=True, blank=True)
    withheld = models.PositiveIntegerField("đơn vị lực lượng vũ trang chưa gồm", default=0)
    file_name = models.CharField("tệp", max_length=120)
    imported_at = models.DateTimeField("nhập lúc")
    imported_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người nhập")
    withdrawn_at = models.DateTimeField("rút lại lúc", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người rút lại"
    )
    withdrawn_why = models.CharField("lý do rút lại", max_length=300, blank=True)

    class Meta:
        verbose_name = "số liệu xã, phường nhập từ tệp"
        verbose_name_plural = "số liệu xã, phường nhập từ tệp"
        ordering = ("imported_at", "pk")
        constraints = [
            not_after(
                "accepted", "asked", name="wardfigures_accepted", message="Đã tiếp nhận nhiều hơn số phải báo cáo."
            ),
            not_after("present", "required", name="wardfigures_present", message="Có mặt nhiều hơn số phải dự."),
            set_together(
                "withdrawn_at", "withdrawn_by", name="wardfigures_withdrawn", message="Rút lại phải có người và lúc rút."
            ),
            models.CheckConstraint(
                condition=~Q(ward_code="") & ~Q(report_number=""),
                name="wardfigures_source",
                violation_error_message="Thiếu mã xã, phường hoặc số báo cáo.",
            ),
        ]
        indexes = [models.Index(fields=["province", "directive", "ward_code"], name="wardfigures_newest")]

    def __str__(self):
        return f"{self.ward_name}, {self.directive}"

    @property
    def code(self):
        return self.ward_code

    @property
    def name(self):
        return self.ward_name
