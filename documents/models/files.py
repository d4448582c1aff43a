"""Files somebody gave us: stored under a random name, served only through a permission-checked view."""

from django.db import models

from documents.choices import FilePurpose
from units.constraints import value_in


class StoredFile(models.Model):
    """One file with its SHA-256 and the giver's word that it holds no state secret (domain.md 5.5).

    Made by services/files.py only; `path` is relative to MEDIA_ROOT and says nothing about the content.
    """

    ward = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="phường, xã")
    purpose = models.CharField("mục đích", max_length=10, choices=FilePurpose)
    path = models.CharField(max_length=120, unique=True, editable=False)
    shown_name = models.CharField("tên tệp", max_length=200)
    content_type = models.CharField("loại tệp", max_length=100)
    size = models.PositiveBigIntegerField("dung lượng (byte)")
    sha256 = models.CharField("SHA-256", max_length=64)
    has_active_content = models.BooleanField("có nội dung động", default=False)
    declared_not_secret = models.BooleanField("xác nhận không thuộc bí mật nhà nước", default=False)
    uploaded_at = models.DateTimeField("tải lên lúc")
    uploaded_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người tải lên")

    class Meta:
        verbose_name = "tệp"
        verbose_name_plural = "tệp"
        ordering = ("-uploaded_at", "-pk")
        constraints = [value_in("purpose", FilePurpose, name="storedfile_purpose_known")]

    def __str__(self):
        return self.shown_name
