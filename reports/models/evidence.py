"""Photos, the minutes and the roll of a session, as given with a report."""

from django.db import models

from reports.choices import EvidenceKind
from units.constraints import set_together, value_in


class Evidence(models.Model):
    """One file given with one filing, for every plan reported in it. Changed by services/evidence.py only."""

    filing = models.ForeignKey("reports.Filing", models.CASCADE, related_name="evidence", verbose_name="lần báo cáo")
    kind = models.CharField("loại", max_length=8, choices=EvidenceKind)
    file = models.OneToOneField("documents.StoredFile", models.PROTECT, related_name="evidence", verbose_name="tệp")
    added_at = models.DateTimeField("gửi kèm lúc")
    added_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người gửi kèm")

    class Meta:
        verbose_name = "ảnh, biên bản buổi học"
        verbose_name_plural = "ảnh, biên bản các buổi học"
        ordering = ("filing", "kind", "pk")
        constraints = [
            value_in("kind", EvidenceKind, name="evidence_kind_known"),
            set_together("added_at", "added_by", name="evidence_added_pair", message="Thiếu người hoặc giờ gửi kèm."),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.file}"
