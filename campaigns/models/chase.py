"""Công văn đôn đốc: one letter about every plan with the same deadline, and the units it names."""

from django.db import models


class ChaseLetter(models.Model):
    """The first, second ... letter about one due day; the text is the paper draft, issued like any paper.

    Thrown away with its draft; once issued it stays, and the next one refers to it.
    """

    ward = models.ForeignKey("units.Unit", models.PROTECT, related_name="chase_letters", verbose_name="phường, xã")
    due_on = models.DateField("hạn đôn đốc")
    ordinal = models.PositiveSmallIntegerField("lần")
    plans = models.ManyToManyField("campaigns.Plan", related_name="chase_letters", verbose_name="kế hoạch")
    draft = models.OneToOneField(
        "documents.PaperDraft", models.CASCADE, related_name="chase_letter", verbose_name="văn bản"
    )
    counted_at = models.DateTimeField("số liệu lúc")

    class Meta:
        verbose_name = "công văn đôn đốc"
        verbose_name_plural = "công văn đôn đốc"
        ordering = ("ward", "-due_on", "ordinal")
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "due_on", "ordinal"],
                name="chaseletter_once",
                violation_error_message="Công văn đôn đốc lần này vừa được người khác soạn.",
            )
        ]

    def __str__(self):
        return f"Đôn đốc lần {self.ordinal}, hạn {self.due_on:%d/%m/%Y}"


class ChasedUnit(models.Model):
    """A unit named in the annex, with what it had not done when the letter was counted."""

    letter = models.ForeignKey(
        "campaigns.ChaseLetter", models.CASCADE, related_name="units", verbose_name="công văn đôn đốc"
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="chased", verbose_name="đơn vị")
    owed = models.CharField("chưa thực hiện", max_length=500)

    class Meta:
        verbose_name = "đơn vị được đôn đốc"
        verbose_name_plural = "đơn vị được đôn đốc"
        ordering = ("letter", "unit__sort_key", "pk")
        constraints = [models.UniqueConstraint(fields=["letter", "unit"], name="chasedunit_once")]

    def __str__(self):
        return f"{self.unit}: {self.owed}"
