"""The ward's own reusable wording: kept as data, edited in one place."""

from django.db import models

from campaigns.choices import PlanKind
from units.constraints import value_in


class Snippet(models.Model):
    """A piece of wording for one slot of a kind of plan (ward null: ships with the program).

    May hold {van_ban} (first citation in full), {ten_goi} (short forms), {loai} (Chỉ thị, Nghị quyết...), {thang}, {han_hoc},
    {han_bao_cao}; services/drafting.py fills them in. A ward's own snippet hides the shipped one of the same slot and kind.
    """

    ward = models.ForeignKey("units.Unit", models.CASCADE, null=True, blank=True, related_name="snippets", verbose_name="phường, xã")
    plan_kind = models.CharField("loại kế hoạch", max_length=16, choices=PlanKind)
    slot = models.CharField("ô của kế hoạch", max_length=30)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    title = models.CharField("tên mẫu câu", max_length=200)
    text = models.TextField("lời văn")

    class Meta:
        verbose_name = "mẫu câu"
        verbose_name_plural = "mẫu câu"
        ordering = ("plan_kind", "slot", "position", "pk")
        constraints = [value_in("plan_kind", PlanKind, name="snippet_kind_known")]

    def __str__(self):
        return self.title
