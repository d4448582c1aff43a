"""Number books: one series per issuing body, kind and term of the committee (format.md 3.4)."""

from django.db import models

from documents.choices import NumberState
from units.constraints import value_in


class NumberBook(models.Model):
    """One part of the outgoing register: numbers run from `first_number` through the whole term, not the year."""

    body = models.ForeignKey("units.Unit", models.PROTECT, related_name="number_books", verbose_name="cơ quan ban hành")
    kind_sign = models.CharField("ký hiệu loại văn bản", max_length=6)
    body_sign = models.CharField("ký hiệu cơ quan", max_length=12)
    term_name = models.CharField("nhiệm kỳ", max_length=30)
    first_number = models.PositiveIntegerField("số bắt đầu", default=1)

    class Meta:
        verbose_name = "sổ văn bản đi"
        verbose_name_plural = "các sổ văn bản đi"
        ordering = ("body", "term_name", "kind_sign")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "kind_sign", "term_name"],
                name="numberbook_once",
                violation_error_message="Nhiệm kỳ này đã có sổ cho loại văn bản đó.",
            )
        ]

    def __str__(self):
        return f"{self.kind_sign}/{self.body_sign}, {self.term_name}"


class NumberEntry(models.Model):
    """One number of a book: issued, kept for a paper managed elsewhere, or void with a reason. Never deleted."""

    book = models.ForeignKey("documents.NumberBook", models.PROTECT, related_name="entries", verbose_name="sổ")
    number = models.PositiveIntegerField("số")
    state = models.CharField("tình trạng", max_length=10, choices=NumberState)
    dated_on = models.DateField("ngày văn bản", null=True, blank=True)
    subject = models.CharField("trích yếu", max_length=1000, blank=True)
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    reason = models.CharField("lý do", max_length=300, blank=True)
    entered_at = models.DateTimeField("ghi sổ lúc")
    entered_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người ghi sổ")

    class Meta:
        verbose_name = "số văn bản"
        verbose_name_plural = "số văn bản"
        ordering = ("book", "-number")
        constraints = [
            value_in("state", NumberState, name="numberentry_state_known"),
            models.UniqueConstraint(
                fields=["book", "number"],
                name="numberentry_once",
                violation_error_message="Số này đã được dùng trong sổ. Hãy lấy số kế tiếp hoặc đối chiếu lại với sổ giấy.",
                violation_error_code="unique",
            ),
        ]

    def __str__(self):
        return f"Số {self.number:02d}-{self.book.kind_sign}/{self.book.body_sign}"
