"""Papers from above that are to be spread: registered once, shared by all wards of the installation."""

from django.db import models

from campaigns.choices import DirectiveScope
from documents.choices import PaperKind
from units.constraints import value_in


class Directive(models.Model):
    """A directive of a superior: chỉ thị, nghị quyết, kết luận... Identity is (issuer, kind, number key, date).

    `number_key` is documents.citations.key of the number and sign, `issuer_key` the folded issuer. Changed by
    services/directives.py only.
    """

    kind = models.CharField("loại văn bản", max_length=6, choices=PaperKind)
    number = models.CharField("số", max_length=10)
    sign = models.CharField("ký hiệu", max_length=24)
    number_key = models.CharField(max_length=60, editable=False)
    dated_on = models.DateField("ngày ban hành")
    date_unverified = models.BooleanField("chưa đối chiếu bản chính", default=False)
    issuer = models.CharField("cơ quan ban hành", max_length=160)
    issuer_key = models.CharField(max_length=160, editable=False)
    subject = models.CharField("trích yếu", max_length=1000)
    core_content = models.TextField("nội dung cốt lõi", blank=True)
    scope = models.CharField("phạm vi phổ biến", max_length=8, choices=DirectiveScope, default=DirectiveScope.PEOPLE)
    held_elsewhere = models.BooleanField("bản chính ở hệ thống điều hành tác nghiệp", default=False)
    incoming_number = models.CharField("số đến", max_length=40, blank=True)
    arrived_on = models.DateField("ngày đến", null=True, blank=True)
    superior_deadline = models.CharField("thời hạn cấp trên giao", max_length=300, blank=True)
    superior_due_on = models.DateField("ngày phải báo cáo cấp trên", null=True, blank=True)
    superior_addressee = models.CharField("nơi nhận báo cáo của cấp trên", max_length=200, blank=True)
    registered_at = models.DateTimeField("đăng ký lúc")
    registered_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người đăng ký")
    search = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = "văn bản cấp trên"
        verbose_name_plural = "văn bản cấp trên"
        ordering = ("-dated_on", "-pk")
        constraints = [
            value_in("kind", PaperKind, name="directive_kind_known"),
            value_in("scope", DirectiveScope, name="directive_scope_known"),
            models.UniqueConstraint(
                fields=["issuer_key", "kind", "number_key", "dated_on"],
                name="directive_once",
                violation_error_message="Văn bản này đã được đăng ký.",
            ),
        ]

    def __str__(self):
        return self.short_form

    @property
    def number_text(self):
        """ "05-CT/TU" """
        return f"{self.number}-{self.sign}"

    @property
    def short_form(self):
        """What later mentions say: "Chỉ thị số 05-CT/TU"."""
        return f"{self.get_kind_display()} số {self.number_text}"


class DirectiveParent(models.Model):
    """The directive carries out, or goes on carrying out, another one (plan 002: CTr/TU -> KL/TW -> NQ/TW)."""

    directive = models.ForeignKey("campaigns.Directive", models.CASCADE, related_name="parent_links", verbose_name="văn bản")
    parent = models.ForeignKey("campaigns.Directive", models.PROTECT, related_name="child_links", verbose_name="thực hiện văn bản")

    class Meta:
        verbose_name = "văn bản được thực hiện"
        verbose_name_plural = "văn bản được thực hiện"
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["directive", "parent"], name="directiveparent_once")]

    def __str__(self):
        return f"{self.directive} thực hiện {self.parent}"


class DirectiveFile(models.Model):
    """A file of the directive or of its attachments, as one ward received it."""

    directive = models.ForeignKey("campaigns.Directive", models.CASCADE, related_name="files", verbose_name="văn bản")
    file = models.OneToOneField("documents.StoredFile", models.PROTECT, related_name="+", verbose_name="tệp")
    title = models.CharField("tên tài liệu", max_length=200)

    class Meta:
        verbose_name = "tài liệu kèm theo"
        verbose_name_plural = "tài liệu kèm theo"
        ordering = ("pk",)

    def __str__(self):
        return self.title
