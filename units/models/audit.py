"""The audit trail: append-only text, sealed in hashed batches by the clock."""

from django.db import models


class AuditEvent(models.Model):
    """Who did what to what, when. Written by services/audit.py in the same transaction as the act; never changed.

    No foreign keys: the trail must outlive what it speaks of. `verb` is a dotted code ("plan.issue"); the sentence is
    made by presenters.
    """

    at = models.DateTimeField("lúc", db_index=True)
    actor_id = models.BigIntegerField("mã người làm", null=True)
    actor_label = models.CharField("người làm", max_length=160)
    ward_id = models.BigIntegerField("mã phường", null=True, db_index=True)
    verb = models.CharField("việc", max_length=60)
    object_type = models.CharField("loại đối tượng", max_length=60)
    object_id = models.CharField("mã đối tượng", max_length=60)
    object_label = models.CharField("đối tượng", max_length=300)
    details = models.JSONField("chi tiết", default=dict)
    ip_address = models.CharField("địa chỉ", max_length=45, blank=True)

    class Meta:
        verbose_name = "dòng nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ("-pk",)
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_object")]

    def __str__(self):
        return f"{self.at:%d/%m/%Y %H:%M} {self.actor_label}: {self.verb} {self.object_label}"


class AuditSeal(models.Model):
    """A hash over the events first_id..last_id and the seal before it: an altered or lost line breaks the chain."""

    first_id = models.BigIntegerField("từ dòng")
    last_id = models.BigIntegerField("đến dòng", unique=True)
    events = models.PositiveIntegerField("số dòng")
    digest = models.CharField("giá trị băm", max_length=64)
    sealed_at = models.DateTimeField("niêm lúc")

    class Meta:
        verbose_name = "niêm nhật ký"
        verbose_name_plural = "niêm nhật ký"
        ordering = ("-last_id",)

    def __str__(self):
        return f"Niêm {self.first_id}-{self.last_id}"
