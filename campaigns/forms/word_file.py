"""A Word file that was edited outside, and the choice of what to take from it."""

import logging

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from documents.content import Paper
from documents.paper_json import from_dict, to_dict
from documents.reading.docx_paper import WordPaper, read_word

logger = logging.getLogger(__name__)
_SALT = "campaigns.word-file"
_HOURS_OPEN = 12


class WordFileForm(forms.Form):
    """The .docx; `word` holds what it says when the form is valid. The file itself is not kept."""

    upload = forms.FileField(
        label="Bản Word đã sửa (.docx)",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        help_text="Tệp đã bấm “Tải Word” ở kế hoạch này rồi sửa. Tệp chỉ được đọc, không lưu trên máy chủ.",
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.word: WordPaper | None = None

    def clean(self):
        cleaned = super().clean()
        upload = cleaned.get("upload")
        if upload is None:
            return cleaned
        try:
            self.word = read_word(upload.read())
        except ValidationError as refused:
            if getattr(refused, "code", "") == "secret":
                logger.warning("file not read: secrecy mark, user %s", self.by.pk)
            self.add_error("upload", refused)
        return cleaned


class TakeChangesForm(forms.Form):
    """Which changes are taken; `packed` carries what the file said from page to page, sealed against tampering."""

    version = forms.IntegerField(min_value=0, max_value=10**9, widget=forms.HiddenInput)
    packed = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.word: WordPaper | None = None

    def clean_packed(self):
        try:
            self.word = unpack(self.cleaned_data["packed"], plan_id=self.plan.pk)
        except (signing.BadSignature, ValueError, KeyError, TypeError) as broken:
            raise ValidationError(
                "Đề xuất này không còn dùng được (đã quá nửa ngày). Chưa có gì được lưu; đồng chí gửi lại tệp Word.",
                code="stale",
            ) from broken
        return self.cleaned_data["packed"]


def pack(word: WordPaper, *, plan_id: int) -> str:
    """Return what a file said as sealed text for a hidden field."""
    values = {
        "plan": plan_id,
        "paper": to_dict(word.paper),
        "origins": word.origins,
        "base": word.base,
        "left_out": word.left_out,
    }
    return signing.dumps(values, salt=_SALT, compress=True)


def unpack(packed: str, *, plan_id: int) -> WordPaper:
    """Return what :func:`pack` sealed for this plan; raises BadSignature, ValueError, KeyError or TypeError."""
    values = signing.loads(packed, salt=_SALT, max_age=_HOURS_OPEN * 3600)
    if values["plan"] != plan_id:
        raise ValueError("Sealed for another plan.")
    paper: Paper = from_dict(values["paper"])
    return WordPaper(paper, tuple(values["origins"]), values["base"], tuple(values["left_out"]))
