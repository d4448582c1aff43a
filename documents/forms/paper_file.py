"""A file that is read and not kept."""

import logging

from django import forms
from django.core.exceptions import ValidationError

from documents.reading.files import read_source

logger = logging.getLogger(__name__)


class PaperFileForm(forms.Form):
    """A paper as a file; `source` holds its lines when the form is valid. An attempt with a secret stamp is logged (U-12)."""

    upload = forms.FileField(
        label="Tệp văn bản (.docx, .pdf hoặc .txt)",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.txt"}),
        help_text="Tệp chỉ được đọc, không lưu trên máy chủ. Bản quét không có lớp chữ thì chương trình không đọc được.",
    )
    declared = forms.BooleanField(label="Tôi xác nhận tài liệu không thuộc bí mật nhà nước")

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.source = None

    def clean(self):
        cleaned = super().clean()
        upload = cleaned.get("upload")
        if upload is None or not cleaned.get("declared"):
            return cleaned
        try:
            self.source = read_source(upload.name, upload.read())
        except ValidationError as refused:
            if getattr(refused, "code", "") == "secret":
                logger.warning("file not read: secrecy mark, user %s", self.by.pk)
            self.add_error("upload", refused)
        return cleaned
