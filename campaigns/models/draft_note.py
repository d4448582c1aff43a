"""What the program did on its own when it wrote a draft."""

from django.db import models

from campaigns.choices import DraftNoteKind
from units.constraints import value_in


class DraftNote(models.Model):
    """One thing that was moved, replaced, proposed or left for a person to decide when a draft was written.

    Kept with the plan so that whoever opens it later sees what the program decided and why.
    """

    plan = models.ForeignKey("campaigns.Plan", models.CASCADE, related_name="draft_notes", verbose_name="kế hoạch")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    kind = models.CharField("loại", max_length=9, choices=DraftNoteKind)
    place = models.CharField("ở đâu", max_length=300, blank=True)
    before = models.TextField("trước", blank=True)
    after = models.TextField("sau", blank=True)
    text = models.TextField("giải thích", blank=True)

    class Meta:
        verbose_name = "ghi chú soạn thảo"
        verbose_name_plural = "ghi chú soạn thảo"
        ordering = ("plan", "position", "pk")
        constraints = [value_in("kind", DraftNoteKind, name="draftnote_kind_known")]

    def __str__(self):
        return f"{self.place}: {self.text or self.after}"[:120]
