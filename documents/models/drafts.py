"""Papers the office writes beside plans and reports: công văn, thông báo, tờ trình, giấy mời, biên bản, and copies."""

from django.db import models

from documents.choices import CopyKind, DraftState, PaperKind, Urgency
from units.constraints import value_in


def _empty_or_in(field, choices, *, name):
    """`field` is left empty or holds a value of the choices."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": ["", *choices.values]}),
        name=name,
        violation_error_message="Giá trị không nằm trong danh mục cho phép.",
    )


class PaperDraft(models.Model):
    """A paper being written; once numbered it is frozen as an IssuedPaper and this row only points to it.

    The texts are lines as people type them (documents/draft_text.py): "I. ...", "1. ...", "- ...", "+ ...".
    A correction names the issued paper it `corrects`; a copy has `copy_of` and `copy_kind` and takes its text from the frozen paper.
    """

    ward = models.ForeignKey("units.Unit", models.PROTECT, related_name="paper_drafts", verbose_name="phường, xã")
    kind = models.CharField("loại văn bản", max_length=6, choices=PaperKind)
    state = models.CharField("tình trạng", max_length=10, choices=DraftState, default=DraftState.DRAFT)
    version = models.PositiveIntegerField("lần sửa", default=1)
    subject = models.CharField("trích yếu", max_length=1000, blank=True)
    addressees = models.TextField("kính gửi", max_length=4000, blank=True)
    body = models.TextField("nội dung", max_length=100_000, blank=True)
    closing = models.TextField("câu kết", max_length=2000, blank=True)
    recipients = models.TextField("nơi nhận", max_length=4000, blank=True)
    annex_title = models.CharField("tên phụ lục", max_length=300, blank=True)
    annex_body = models.TextField("nội dung phụ lục", max_length=60_000, blank=True)
    signer = models.ForeignKey(
        "units.Signer", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ký"
    )
    chair_name = models.CharField("người chủ trì", max_length=120, blank=True)
    recorder_name = models.CharField("người ghi biên bản", max_length=120, blank=True)
    urgency = models.CharField("mức độ khẩn", max_length=12, choices=Urgency, blank=True)
    circulation = models.CharField("phạm vi lưu hành", max_length=80, blank=True)
    duplex = models.BooleanField("in hai mặt", default=False)
    copy_of = models.ForeignKey(
        "documents.IssuedPaper", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name="bản gốc"
    )
    sent_to = models.ManyToManyField(
        "units.Unit", blank=True, related_name="+", verbose_name="gửi đến từng đơn vị"
    )
    corrects = models.ForeignKey(
        "documents.IssuedPaper",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="correction_drafts",
        verbose_name="đính chính cho",
    )
    copy_kind = models.CharField("hình thức sao", max_length=10, choices=CopyKind, blank=True)
    extract = models.JSONField("các đoạn được trích", default=list, blank=True)
    paper = models.OneToOneField(
        "documents.IssuedPaper", models.PROTECT, null=True, blank=True, related_name="draft", verbose_name="văn bản"
    )
    created_at = models.DateTimeField("soạn lúc")
    created_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người soạn")
    edited_at = models.DateTimeField("sửa lúc")
    edited_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người sửa")

    class Meta:
        verbose_name = "văn bản đang soạn"
        verbose_name_plural = "văn bản đang soạn"
        ordering = ("-edited_at", "-pk")
        constraints = [
            value_in("kind", PaperKind, name="paperdraft_kind_known"),
            value_in("state", DraftState, name="paperdraft_state_known"),
            _empty_or_in("urgency", Urgency, name="paperdraft_urgency_known"),
            _empty_or_in("copy_kind", CopyKind, name="paperdraft_copy_kind_known"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.subject}".strip()
