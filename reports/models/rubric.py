"""The score sheet: groups, criteria, levels and gates, versioned; a plan pins one version at issue."""

from django.db import models
from django.db.models import Q

from reports.choices import CriterionKind, SuggestionSource
from units.constraints import set_together, value_in


class Rubric(models.Model):
    """One version of a score sheet (ward null: the program's own default, labelled so).

    "theo Quy định số 22-QĐ/TU" is printed only when `is_official` and `checked_at` say that the ward entered the official
    sheet and compared it with the original (domain.md 3.1). A sheet of the ward is a draft until it is put into use
    (`activated_at`); from then on it is never edited: a change is a new version. services/rubric_drafts.py only.
    """

    ward = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="rubrics", verbose_name="phường, xã")
    code = models.CharField("mã bộ tiêu chí", max_length=30)
    version = models.PositiveSmallIntegerField("phiên bản", default=1)
    name = models.CharField("tên bộ tiêu chí", max_length=200)
    basis = models.CharField("văn bản quy định", max_length=200, blank=True)
    basis_text = models.TextField("nguyên văn tiêu chí trong văn bản quy định", blank=True)
    effective_from = models.DateField("áp dụng từ ngày")
    activated_at = models.DateTimeField("đưa vào áp dụng lúc", null=True, blank=True)
    activated_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người đưa vào áp dụng")
    is_official = models.BooleanField("là bộ tiêu chí chính thức", default=False)
    checked_at = models.DateTimeField("đối chiếu bản chính lúc", null=True, blank=True)
    checked_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người đối chiếu")

    class Meta:
        verbose_name = "bộ tiêu chí"
        verbose_name_plural = "bộ tiêu chí"
        ordering = ("code", "-version")
        constraints = [
            models.UniqueConstraint(fields=["ward", "code", "version"], name="rubric_version_once"),
            set_together("checked_at", "checked_by", name="rubric_checked_pair", message="Thiếu người hoặc giờ đối chiếu."),
            set_together(
                "activated_at", "activated_by", name="rubric_activated_pair", message="Thiếu người hoặc giờ đưa vào áp dụng."
            ),
        ]

    def __str__(self):
        return f"{self.name} (phiên bản {self.version})"

    @property
    def is_draft(self):
        """A sheet of the ward that nobody is scored by yet; the program's own is always in use."""
        return self.ward_id is not None and self.activated_at is None


class RubricGroup(models.Model):
    """A group of criteria: I, II, III."""

    rubric = models.ForeignKey("reports.Rubric", models.CASCADE, related_name="groups", verbose_name="bộ tiêu chí")
    position = models.PositiveSmallIntegerField("thứ tự")
    code = models.CharField("mã nhóm", max_length=8)
    name = models.CharField("tên nhóm", max_length=200)

    class Meta:
        verbose_name = "nhóm tiêu chí"
        verbose_name_plural = "nhóm tiêu chí"
        ordering = ("rubric", "position")

    def __str__(self):
        return f"{self.code}. {self.name}"


class Criterion(models.Model):
    """One line of the sheet, by points in steps of 0.5 or by yes and no.

    A line that does not apply gives its points back to the rest: one about essays when the plan asks for none, one
    meant for other kinds of units (`unit_kinds`, empty: all), one the unit may leave out with a reason (`may_skip`).
    """

    group = models.ForeignKey("reports.RubricGroup", models.CASCADE, related_name="criteria", verbose_name="nhóm")
    position = models.PositiveSmallIntegerField("thứ tự")
    code = models.CharField("mã", max_length=8)
    text = models.CharField("tiêu chí", max_length=500)
    kind = models.CharField("cách chấm", max_length=8, choices=CriterionKind, default=CriterionKind.POINTS)
    max_points = models.DecimalField("điểm tối đa", max_digits=5, decimal_places=1)
    suggestion = models.CharField("gợi ý từ số liệu", max_length=20, choices=SuggestionSource, default=SuggestionSource.NONE)
    bands = models.JSONField("mức điểm", default=list, blank=True)
    needs_essay = models.BooleanField("chỉ áp dụng khi có viết thu hoạch", default=False)
    unit_kinds = models.JSONField("loại hình đơn vị áp dụng", default=list, blank=True)
    may_skip = models.BooleanField("đơn vị được ghi không áp dụng, kèm lý do", default=False)

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        ordering = ("group__position", "position")
        constraints = [
            value_in("kind", CriterionKind, name="criterion_kind_known"),
            value_in("suggestion", SuggestionSource, name="criterion_suggestion_known"),
            models.CheckConstraint(condition=Q(max_points__gt=0), name="criterion_points_positive"),
        ]

    def __str__(self):
        return f"{self.code} {self.text}"


class RubricLevel(models.Model):
    """A level by points (share of the attainable, in %), with gates: without them the next level down is given."""

    rubric = models.ForeignKey("reports.Rubric", models.CASCADE, related_name="levels", verbose_name="bộ tiêu chí")
    position = models.PositiveSmallIntegerField("thứ tự từ cao xuống")
    name = models.CharField("mức", max_length=40)
    from_percent = models.DecimalField("từ (%)", max_digits=5, decimal_places=1)
    gates = models.JSONField("điều kiện bắt buộc", default=list, blank=True)

    class Meta:
        verbose_name = "mức xếp loại"
        verbose_name_plural = "mức xếp loại"
        ordering = ("rubric", "position")

    def __str__(self):
        return self.name


class PinnedRubric(models.Model):
    """The version a plan scores by, fixed when the plan is issued: a later sheet never alters an old score."""

    plan = models.OneToOneField("campaigns.Plan", models.PROTECT, related_name="pinned_rubric", verbose_name="kế hoạch")
    rubric = models.ForeignKey("reports.Rubric", models.PROTECT, related_name="pins", verbose_name="bộ tiêu chí")

    class Meta:
        verbose_name = "bộ tiêu chí của kế hoạch"
        verbose_name_plural = "bộ tiêu chí của các kế hoạch"
        ordering = ("plan",)

    def __str__(self):
        return f"{self.plan}: {self.rubric}"
