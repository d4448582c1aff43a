"""The annex of a plan: an outline of the report that is asked for, and the forms that go with it (domain.md 1)."""

from django.db import models

from campaigns.choices import ColumnFill, ColumnKind, HeadingFill
from units.constraints import not_after, value_in


class PlanAnnex(models.Model):
    """One phụ lục or đề cương of the plan: headings first, then forms."""

    plan = models.ForeignKey("campaigns.Plan", models.CASCADE, related_name="annexes", verbose_name="kế hoạch")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    label = models.CharField("chữ đứng trên tên", max_length=40, blank=True)
    title = models.CharField("tên phụ lục", max_length=200)
    subject = models.CharField("trích yếu", max_length=1000, blank=True)

    class Meta:
        verbose_name = "phụ lục của kế hoạch"
        verbose_name_plural = "phụ lục của kế hoạch"
        ordering = ("plan", "position", "pk")

    def __str__(self):
        return self.title


class OutlineHeading(models.Model):
    """A heading of the outline with what the reporting body is to write under it."""

    annex = models.ForeignKey("campaigns.PlanAnnex", models.CASCADE, related_name="headings", verbose_name="phụ lục")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    level = models.PositiveSmallIntegerField("cấp", default=1)
    title = models.CharField("tên mục", max_length=500)
    guidance = models.TextField("gợi ý nội dung", blank=True)
    fill = models.CharField("số liệu điền trước", max_length=10, choices=HeadingFill, default=HeadingFill.NONE)

    class Meta:
        verbose_name = "mục của đề cương"
        verbose_name_plural = "mục của đề cương"
        ordering = ("annex", "position", "pk")
        constraints = [
            models.CheckConstraint(condition=models.Q(level__gte=1, level__lte=3), name="outlineheading_level_known"),
            value_in("fill", HeadingFill, name="outlineheading_fill_known"),
        ]

    def __str__(self):
        return self.title


class FormTable(models.Model):
    """A biểu: a table that the reporting bodies fill in; `groups` names the parts of its rows, one a line.

    `period_from` and `period_to` bound every day that is written into it ("từ năm 2017 đến hết năm 2020").
    """

    annex = models.ForeignKey("campaigns.PlanAnnex", models.CASCADE, related_name="forms", verbose_name="phụ lục")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    title = models.CharField("tên biểu", max_length=500)
    groups = models.TextField("các nhóm dòng", blank=True)
    blank_rows = models.PositiveSmallIntegerField("số dòng trống", default=3)
    repeating = models.BooleanField("thêm dòng tùy ý", default=True)
    landscape = models.BooleanField("in ngang", default=False)
    period_from = models.DateField("tính từ ngày", null=True, blank=True)
    period_to = models.DateField("tính đến ngày", null=True, blank=True)

    class Meta:
        verbose_name = "biểu của kế hoạch"
        verbose_name_plural = "biểu của kế hoạch"
        ordering = ("annex", "position", "pk")
        constraints = [
            not_after(
                "period_from", "period_to", name="formtable_period_in_order", message="Ngày đầu không thể sau ngày cuối."
            )
        ]

    def __str__(self):
        return self.title


class FormColumn(models.Model):
    """A column of a biểu; neighbours with the same `group` share one header above them.

    `options` lists what may be chosen, one a line, for a column of that kind.
    """

    form = models.ForeignKey("campaigns.FormTable", models.CASCADE, related_name="columns", verbose_name="biểu")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    title = models.CharField("tên cột", max_length=200)
    group = models.CharField("tiêu đề chung phía trên", max_length=200, blank=True)
    kind = models.CharField("kiểu dữ liệu", max_length=6, choices=ColumnKind, default=ColumnKind.TEXT)
    width = models.PositiveSmallIntegerField("độ rộng", default=10)
    options = models.TextField("các giá trị để chọn", blank=True)
    fill = models.CharField("điền trước", max_length=10, choices=ColumnFill, default=ColumnFill.NONE)

    class Meta:
        verbose_name = "cột của biểu"
        verbose_name_plural = "cột của biểu"
        ordering = ("form", "position", "pk")
        constraints = [
            value_in("kind", ColumnKind, name="formcolumn_kind_known"),
            value_in("fill", ColumnFill, name="formcolumn_fill_known"),
        ]

    def __str__(self):
        return self.title
