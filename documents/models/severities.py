"""How grave a ward takes each kind of finding: only what differs from the program is kept."""

from django.db import models

from documents.choices import FindingSeverity
from units.constraints import value_in


class WardCheckSeverity(models.Model):
    """One variant of a check with the severity the ward gave it; without a row the program's own holds.

    Set on the page "Mức độ lưu ý" by an administrator, through services.severities.
    """

    ward = models.ForeignKey("units.Unit", models.CASCADE, related_name="check_severities", verbose_name="phường, xã")
    name = models.CharField("loại lỗi", max_length=60)
    severity = models.CharField("mức độ", max_length=10, choices=FindingSeverity)

    class Meta:
        verbose_name = "mức độ lưu ý của phường"
        verbose_name_plural = "mức độ lưu ý của phường"
        ordering = ("ward", "name")
        constraints = [
            value_in("severity", FindingSeverity, name="wardcheckseverity_severity_known"),
            models.UniqueConstraint(fields=["ward", "name"], name="wardcheckseverity_once", violation_error_message="Loại lỗi này đã được đặt mức độ."),
        ]

    def __str__(self):
        return f"{self.name}: {self.get_severity_display()}"
