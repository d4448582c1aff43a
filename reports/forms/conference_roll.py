"""Closing and opening again the roll of a conference."""

from django import forms

from campaigns.forms.fields import CleanLineField


class CloseRollForm(forms.Form):
    """What becomes of the lines nobody was called on."""

    rest_absent = forms.BooleanField(
        label="Ghi vắng các dòng chưa điểm danh", required=False,
        help_text="Người đã xin phép được ghi vắng có lý do, người khác vắng không lý do.",
    )  # fmt: skip


class ReopenRollForm(forms.Form):
    """Why the roll is opened again."""

    reason = CleanLineField(label="Lý do mở lại", max_length=500)
