"""What a unit writes into the outline and the forms that a plan asks for (đề cương, biểu)."""

from django.db import models


class AnswerSheet(models.Model):
    """The outline and forms of one submission while they are typed: word for word, also what is not right yet.

    `content` holds "headings" (heading id -> text), "forms" (form id -> rows of {"g": group, "c": {column id: text}})
    and "typed" (parts already saved). Changed by services/answers.py only, and only while the submission may be edited;
    `version` is the compare-and-swap between two people of one unit.
    """

    submission = models.OneToOneField(
        "reports.Submission", models.CASCADE, related_name="answer_sheet", verbose_name="báo cáo"
    )
    version = models.PositiveIntegerField("lần lưu", default=1)
    content = models.JSONField("nội dung đã gõ", default=dict)
    edited_at = models.DateTimeField("lưu lúc")
    edited_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người lưu")

    class Meta:
        verbose_name = "bản điền đề cương, biểu"
        verbose_name_plural = "các bản điền đề cương, biểu"
        ordering = ("submission",)

    def __str__(self):
        return f"Đề cương, biểu: {self.submission}"


class OutlineAnswer(models.Model):
    """What a unit sent under one heading of the outline; rewritten with every sending by services/answers.py."""

    submission = models.ForeignKey(
        "reports.Submission", models.CASCADE, related_name="outline_answers", verbose_name="báo cáo"
    )
    heading = models.ForeignKey("campaigns.OutlineHeading", models.PROTECT, related_name="answers", verbose_name="mục")
    text = models.TextField("nội dung")

    class Meta:
        verbose_name = "nội dung một mục của đề cương"
        verbose_name_plural = "nội dung các mục của đề cương"
        ordering = ("submission", "heading")
        constraints = [models.UniqueConstraint(fields=["submission", "heading"], name="outlineanswer_once")]

    def __str__(self):
        return f"{self.heading}: {self.text[:60]}"


class FormAnswer(models.Model):
    """One row that a unit sent in a biểu; rewritten with every sending by services/answers.py.

    `group` counts the groups of the form from 0; `cells` holds column id -> text, a number as "12.5", a day as
    "2026-06-05"; a column that was left empty is absent: "chưa có số liệu", never 0.
    """

    submission = models.ForeignKey(
        "reports.Submission", models.CASCADE, related_name="form_answers", verbose_name="báo cáo"
    )
    form = models.ForeignKey("campaigns.FormTable", models.PROTECT, related_name="answers", verbose_name="biểu")
    group = models.PositiveSmallIntegerField("nhóm dòng", default=0)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    cells = models.JSONField("các ô", default=dict)

    class Meta:
        verbose_name = "dòng của biểu"
        verbose_name_plural = "các dòng của biểu"
        ordering = ("submission", "form", "group", "position")
        constraints = [
            models.UniqueConstraint(fields=["submission", "form", "group", "position"], name="formanswer_once")
        ]

    def __str__(self):
        return f"{self.form}, dòng {self.position + 1}"
