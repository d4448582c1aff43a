"""Kinds of paper a ward Party body issues, with the signs that stand in their numbers.

Source: Quy định 399-QĐ/TW for the kinds, Hướng dẫn 05-HD/VPTW for the signs;
``GM`` is what offices use for a giấy mời, no rule gives it a sign.
"""

from django.db.models import TextChoices


class PaperKind(TextChoices):
    """The kind printed in capitals above the subject of a paper."""

    PLAN = "plan", "Kế hoạch"
    REPORT = "report", "Báo cáo"
    LETTER = "letter", "Công văn"
    NOTICE = "notice", "Thông báo"
    PROPOSAL = "proposal", "Tờ trình"
    INVITATION = "invitation", "Giấy mời"
    MINUTES = "minutes", "Biên bản"

    @property
    def sign(self) -> str:
        """Return the abbreviation used in the number, such as ``KH``."""
        return _SIGNS[self.value]

    @property
    def title(self) -> str:
        """Return the line in capitals; a công văn prints none."""
        return "" if self is PaperKind.LETTER else self.label.upper()


_SIGNS = {
    "plan": "KH",
    "report": "BC",
    "letter": "CV",
    "notice": "TB",
    "proposal": "TTr",
    "invitation": "GM",
    "minutes": "BB",
}
