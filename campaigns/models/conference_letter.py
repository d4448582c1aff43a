"""The papers that convene a conference, or say that it moved or is called off; and its biên bản."""

from django.db import models

from campaigns.choices import LetterPurpose
from units.constraints import value_in


class ConferenceLetter(models.Model):
    """One giấy mời, thông báo or công văn of a conference: the paper and the lines of the list that it is for.

    The paper is written, signed, numbered and frozen like any other (documents.PaperDraft); discarding its draft takes
    this row along. `personal`: each addressee gets a copy with their own name, all under the one number. Made by
    services/conference_letters.py only.
    """

    conference = models.ForeignKey(
        "campaigns.Conference", models.CASCADE, related_name="letters", verbose_name="hội nghị"
    )
    draft = models.OneToOneField(
        "documents.PaperDraft", models.CASCADE, related_name="conference_letter", verbose_name="văn bản"
    )
    purpose = models.CharField("để", max_length=10, choices=LetterPurpose)
    personal = models.BooleanField("mỗi nơi nhận một giấy ghi tên", default=False)
    invitees = models.ManyToManyField("campaigns.Invitee", related_name="letters", verbose_name="gửi đến")

    class Meta:
        verbose_name = "giấy mời, triệu tập"
        verbose_name_plural = "giấy mời, triệu tập"
        ordering = ("conference", "pk")
        constraints = [value_in("purpose", LetterPurpose, name="conferenceletter_purpose_known")]

    def __str__(self):
        return f"{self.draft.get_kind_display()}: {self.get_purpose_display()}"


class ConferenceMinutes(models.Model):
    """The biên bản of a conference: one, drafted from its roll; discarding the draft takes this row along.

    Made by services/conference_minutes.py only.
    """

    conference = models.OneToOneField(
        "campaigns.Conference", models.CASCADE, related_name="minutes_kept", verbose_name="hội nghị"
    )
    draft = models.OneToOneField(
        "documents.PaperDraft", models.CASCADE, related_name="conference_minutes", verbose_name="văn bản"
    )

    class Meta:
        verbose_name = "biên bản hội nghị"
        verbose_name_plural = "biên bản hội nghị"
        ordering = ("conference",)

    def __str__(self):
        return str(self.draft)
