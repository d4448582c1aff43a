"""Files given with a report: photos, the minutes, the signed scan."""

from django import forms
from django.core.exceptions import ValidationError

from reports.choices import EvidenceKind
from reports.forms.parcels import NO_KEY, ParcelForm

PICTURES = "image/jpeg,image/png"
PAPERS = f"{PICTURES},application/pdf,.docx,.xlsx"
DECLARATION = "Tôi xác nhận tài liệu không thuộc bí mật nhà nước"
MUST_DECLARE = {"required": "Đồng chí cần xác nhận tài liệu không thuộc bí mật nhà nước."}


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files of one choice; cleaned to a list."""

    def clean(self, data, initial=None):
        one = super().clean
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [one(file, initial) for file in given]


class EvidenceForm(forms.Form):
    """Photos, and the minutes or the roll as a picture or a file; at least one of them, declared not secret."""

    photos = ManyFilesField(
        label="Ảnh buổi học",
        required=False,
        widget=ManyFilesInput(attrs={"accept": PICTURES, "data-shrink": ""}),
        help_text="Chụp bằng điện thoại hoặc chọn ảnh có sẵn. Nơi chụp và tên máy được xóa khỏi ảnh.",
    )
    minutes = ManyFilesField(
        label="Biên bản, danh sách điểm danh",
        required=False,
        widget=ManyFilesInput(attrs={"accept": PAPERS, "data-shrink": ""}),
        help_text="Ảnh chụp từng trang, hoặc tệp PDF, Word, Excel; mỗi tệp tối đa 12 MB.",
    )
    declared = forms.BooleanField(label=DECLARATION, error_messages=MUST_DECLARE)

    def clean(self):
        data = super().clean()
        if not self.errors and not self.uploads():
            raise ValidationError("Đồng chí chọn ít nhất một ảnh hoặc một tệp.", code="none")
        return data

    def uploads(self):
        """[(kind, file)] in the order chosen."""
        data = self.cleaned_data
        photos = [(EvidenceKind.PHOTO, one) for one in data.get("photos") or []]
        return photos + [(EvidenceKind.MINUTES, one) for one in data.get("minutes") or []]


class SignedScanForm(forms.Form):
    """The scan or photo of the signed paper."""

    scan = forms.FileField(
        label="Bản giấy đã ký (ảnh chụp hoặc tệp PDF)",
        widget=forms.FileInput(attrs={"accept": f"{PICTURES},application/pdf", "data-shrink": ""}),
        error_messages={
            "required": "Đồng chí chọn ảnh hoặc tệp của bản đã ký.",
            "empty": "Tệp này trống. Đồng chí chọn lại tệp.",
        },
    )
    declared = forms.BooleanField(label=DECLARATION, error_messages=MUST_DECLARE)


class FileParcelForm(ParcelForm):
    """One photo or page of the minutes, sent by itself from what a phone kept."""

    kind = forms.ChoiceField(choices=EvidenceKind.choices, error_messages={"required": NO_KEY, "invalid_choice": NO_KEY})
    file = forms.FileField(
        error_messages={
            "required": "Máy chưa gửi được tệp nào. Đồng chí chọn lại tệp.",
            "empty": "Tệp này trống. Đồng chí chọn lại tệp.",
        }
    )
    declared = forms.BooleanField(error_messages=MUST_DECLARE)
