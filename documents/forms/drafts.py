"""Forms of the papers beside plans and reports: what each kind asks, and number and day after signature."""

from django import forms

from documents.choices import CopyKind, PaperKind, Urgency
from documents.content import Heading, Item, Paragraph
from documents.draft_papers import ADDRESSED
from documents.markup import plain
from documents.models import PaperDraft
from documents.paper_json import from_dict
from documents.text import clean_text
from units.forms.fields import DayField, LineField
from units.models import Signer

_KEPT = "Lưu Văn phòng Đảng ủy"
_BODIES = {
    PaperKind.INVITATION: "Ban Thường vụ Đảng ủy trân trọng kính mời: …\nTới dự: …\nThời gian: … giờ …, thứ …, ngày …\nĐịa điểm: …\nChủ trì: …",
    PaperKind.MINUTES: "Thời gian: …\nĐịa điểm: …\nThành phần: …\n1. Nội dung\n…\n2. Kết luận\n…",
}
_MINUTES = ("chair_name", "recorder_name")


class TextField(forms.CharField):
    """Several lines of text as they will be stored: NFC, without characters that no paper shows."""

    def __init__(self, *, rows: int, **options):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value):
        text = super().to_python(value) or ""
        return clean_text(text, limit=self.max_length, multiline=True, name=str(self.label or "Văn bản"))


class PaperDraftForm(forms.ModelForm):
    """One paper of a kind; fields that the kind does not print are left out."""

    subject = LineField(label="Trích yếu", max_length=1000, help_text="Không có dấu chấm ở cuối.")
    addressees = TextField(label="Kính gửi", rows=3, max_length=4000, help_text="Mỗi nơi một dòng.")
    body = TextField(
        label="Nội dung",
        rows=14,
        max_length=100_000,
        help_text="Mỗi đoạn một dòng. Mục bắt đầu bằng “I. ” hoặc “1. ”, ý bắt đầu bằng “- ” hoặc “+ ”. Bảng là những dòng bắt đầu bằng “|”, dòng đầu là tên cột. Chữ đậm đặt giữa hai dấu **.",
    )
    closing = TextField(label="Câu kết", rows=2, max_length=2000, required=False)
    recipients = TextField(
        label="Nơi nhận",
        rows=4,
        max_length=4000,
        help_text="Mỗi nơi một dòng, dòng lưu ở cuối; mục đích ghi trong ngoặc, ví dụ “Thường trực Tỉnh ủy (báo cáo)”.",
    )
    annex_title = LineField(label="Tên phụ lục", max_length=300, required=False)
    annex_body = TextField(label="Nội dung phụ lục", rows=4, max_length=60_000, required=False)
    chair_name = LineField(label="Người chủ trì", max_length=120)
    recorder_name = LineField(label="Người ghi biên bản", max_length=120)
    circulation = LineField(label="Phạm vi lưu hành", max_length=80, required=False, help_text="Ví dụ: Tài liệu hội nghị.")
    urgency = forms.ChoiceField(label="Mức độ khẩn", choices=[("", "Không"), *Urgency.choices], required=False)
    duplex = forms.BooleanField(label="In hai mặt giấy (lề trang chẵn đảo lại)", required=False)

    class Meta:
        model = PaperDraft
        fields = (
            "subject", "addressees", "body", "closing", "recipients", "signer", "chair_name", "recorder_name",
            "annex_title", "annex_body", "urgency", "circulation", "duplex",
        )  # fmt: skip

    def __init__(self, *args, kind: str, ward, **kwargs):
        kwargs["initial"] = _first_texts(PaperKind(kind)) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.kind = PaperKind(kind)
        self.fields["signer"] = signer_field(ward)
        for name in self._not_printed():
            del self.fields[name]
        if self.kind == PaperKind.INVITATION:
            self.fields["subject"].required = False
            self.fields["subject"].help_text = "Để trống nếu giấy mời không có trích yếu."
        if self.kind == PaperKind.PROPOSAL:
            self.fields["addressees"].label = "Kính trình"
        if self.kind == PaperKind.MINUTES:
            self.fields["recipients"].required = False

    def clean(self):
        """Ask for the name of an annex that has a text."""
        cleaned = super().clean()
        if cleaned.get("annex_body") and not cleaned.get("annex_title"):
            self.add_error("annex_title", "Phụ lục có nội dung thì cần có tên.")
        return cleaned

    def _not_printed(self) -> list[str]:
        dropped = [] if self.kind in ADDRESSED else ["addressees"]
        return [*dropped, "signer"] if self.kind == PaperKind.MINUTES else [*dropped, *_MINUTES]


class CopyForm(forms.ModelForm):
    """A copy of an issued paper: which kind, to whom, who signs, and which parts when it is an extract."""

    copy_kind = forms.ChoiceField(label="Hình thức sao", choices=CopyKind.choices, widget=forms.RadioSelect)
    extract = forms.TypedMultipleChoiceField(
        label="Các đoạn được trích",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Chỉ chọn khi trích sao; sao y và sao lục chép toàn văn.",
    )
    recipients = TextField(label="Nơi nhận bản sao", rows=4, max_length=4000, initial=_KEPT, help_text="Mỗi nơi một dòng, dòng lưu ở cuối.")

    class Meta:
        model = PaperDraft
        fields = ("copy_kind", "recipients", "signer", "extract")

    def __init__(self, *args, original, ward, **kwargs):
        super().__init__(*args, **kwargs)
        blocks = from_dict(original.content).blocks
        self.fields["extract"].choices = [
            (place, _preview(block)) for place, block in enumerate(blocks) if isinstance(block, Heading | Item | Paragraph)
        ]
        self.fields["signer"] = signer_field(ward)
        self.order_fields(self.Meta.fields)

    def clean(self):
        """An extract needs parts; a whole copy takes none."""
        cleaned = super().clean()
        if cleaned.get("copy_kind") != CopyKind.EXTRACT:
            cleaned["extract"] = []
        elif not cleaned.get("extract"):
            self.add_error("extract", "Đồng chí chọn ít nhất một đoạn để trích sao.")
        return cleaned


class IssueDraftForm(forms.Form):
    """Number and day from the signed original, and its scan; a biên bản takes no number."""

    number = forms.IntegerField(label="Số văn bản", min_value=1, max_value=99_999)
    dated_on = DayField(label="Ngày văn bản (ngày ký)")
    scan = forms.FileField(label="Bản đã ký (tệp PDF)", required=False)
    declared = forms.BooleanField(label="Tôi xác nhận tài liệu không thuộc bí mật nhà nước", required=False)

    def __init__(self, *args, numbered: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not numbered:
            del self.fields["number"]

    def clean(self):
        """Ask for the word that a scan holds no secret."""
        cleaned = super().clean()
        if cleaned.get("scan") and not cleaned.get("declared"):
            self.add_error("declared", "Đồng chí cần xác nhận tài liệu không thuộc bí mật nhà nước.")
        return cleaned


def signer_field(ward) -> forms.ModelChoiceField:
    """Who may sign papers of the ward today."""
    return forms.ModelChoiceField(
        Signer.objects.filter(ward=ward, active_to__isnull=True), label="Người ký", empty_label="Chọn người ký"
    )


def _first_texts(kind: PaperKind) -> dict[str, str]:
    above = "Như trên\n" if kind in ADDRESSED else ""
    recipients = "" if kind == PaperKind.MINUTES else above + _KEPT
    return {"recipients": recipients, "body": _BODIES.get(kind, "")}


def _preview(block) -> str:
    title = f"{block.marker} {block.title}" if isinstance(block, Heading) else plain(block.text)
    return title if len(title) <= 120 else title[:119].rstrip() + "…"
