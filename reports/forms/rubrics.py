"""The ward's pages over its score sheet: one form for each part of a draft, and for putting it into use."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError

from documents.citations import parse as citations_in
from reports.choices import CriterionKind, GateSource, SuggestionSource
from reports.forms.fields import PointsField, WordsField
from reports.models import RubricGroup
from reports.wording import points_words
from units.choices import UnitKind
from units.forms.fields import DayField

MOST_POINTS = 500  # of one line
PLACE = "Thứ tự"
_KINDS = [(kind.value, kind.label) for kind in UnitKind if kind in UnitKind.CELLS]
RATES = {SuggestionSource.ATTENDANCE_RATE, SuggestionSource.DISCUSSION_RATE}
DAYS = {SuggestionSource.IN_WINDOW, SuggestionSource.ON_TIME}
LABELS = {SuggestionSource.NONE, SuggestionSource.DOCUMENTS_OPENED}
_BANDS_HELP = (
    "Mỗi dòng một mức, dạng “mức = điểm”. Theo tỷ lệ: “95 = 12” là từ 95 % được 12 điểm. Theo ngày: “5 = 3” là chậm đến 5 ngày "
    "được 3 điểm. Mục đơn vị tự xem xét: “Rõ việc, rõ nơi = 8”."
)


class RubricForm(forms.Form):
    """What the sheet is called and what it rests on."""

    name = WordsField(label="Tên bộ tiêu chí", limit=200)
    basis = WordsField(
        label="Văn bản quy định (nếu có)", limit=200, required=False, help_text="Thí dụ: Quy định số 22-QĐ/TU"
    )
    basis_text = WordsField(
        label="Nguyên văn phần tiêu chí trong văn bản quy định",
        multiline=True,
        limit=20000,
        rows=8,
        required=False,
        help_text="Đồng chí dán nguyên văn để đối chiếu từng mục. Tên văn bản chỉ được in cạnh điểm sau khi đã đối chiếu.",
    )

    def clean_name(self):
        name = self.cleaned_data["name"]
        if citations_in(name):
            raise ValidationError("Số, ký hiệu văn bản ghi ở ô dưới; tên bộ tiêu chí không nhắc văn bản.", code="cites")
        return name


class GroupForm(forms.Form):
    """A heading of the sheet."""

    code = WordsField(label="Mã nhóm", limit=8)
    name = WordsField(label="Tên nhóm", limit=200)
    position = forms.IntegerField(label=PLACE, min_value=0, max_value=99)


class CriterionForm(forms.Form):
    """One line: what it asks, its points, whom it is asked, what suggests them."""

    group = forms.ModelChoiceField(queryset=RubricGroup.objects.none(), label="Nhóm", empty_label=None)
    code = WordsField(label="Mã", limit=8)
    text = WordsField(label="Tiêu chí", limit=500, multiline=True)
    kind = forms.ChoiceField(label="Cách chấm", choices=CriterionKind.choices, widget=forms.RadioSelect)
    max_points = PointsField(
        most=MOST_POINTS, label="Điểm tối đa", widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    suggestion = forms.ChoiceField(label="Điểm gợi ý lấy từ", choices=SuggestionSource.choices)
    bands = WordsField(label="Các mức điểm", multiline=True, limit=2000, rows=5, required=False, help_text=_BANDS_HELP)
    unit_kinds = forms.MultipleChoiceField(
        label="Chỉ áp dụng cho",
        choices=_KINDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn là áp dụng cho mọi đơn vị.",
    )
    needs_essay = forms.BooleanField(label="Chỉ tính khi kế hoạch yêu cầu thu hoạch", required=False)
    may_skip = forms.BooleanField(label="Đơn vị được ghi không áp dụng, kèm lý do", required=False)
    position = forms.IntegerField(label=PLACE, min_value=0, max_value=99)

    def __init__(self, *args, rubric, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = rubric.groups.all()

    def clean_max_points(self):
        points = self.cleaned_data["max_points"]
        if not points:
            raise ValidationError("Đồng chí ghi điểm tối đa, lớn hơn 0.", code="required")
        return points

    def clean(self):
        data = super().clean()
        if "bands" in data and data.get("max_points") and data.get("suggestion") is not None:
            try:
                data["bands"] = read_bands(data["bands"], source=data["suggestion"], most=data["max_points"])
            except ValidationError as error:
                self.add_error("bands", error)
        return data


class LevelForm(forms.Form):
    """A level and what it demands besides the points."""

    name = WordsField(label="Mức xếp loại", limit=40)
    from_percent = PointsField(most=100, label="Từ (% số điểm)", widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    attendance = forms.IntegerField(
        label="Tỷ lệ dự học từ (%)", min_value=1, max_value=100, required=False, help_text="Để trống là không đòi hỏi."
    )
    no_unexcused = forms.BooleanField(label=GateSource.NO_UNEXCUSED.label, required=False)
    on_time = forms.BooleanField(label=GateSource.ON_TIME.label, required=False)
    full_marks = WordsField(
        label="Tiêu chí phải đạt điểm tối đa",
        limit=200,
        required=False,
        help_text="Ghi mã, cách nhau bằng dấu phẩy. Thí dụ: II.1, III.4",
    )
    position = forms.IntegerField(label=PLACE + " (mức cao nhất là 0)", min_value=0, max_value=99)

    def __init__(self, *args, rubric, **kwargs):
        super().__init__(*args, **kwargs)
        self.codes = {line.code for group in rubric.groups.all() for line in group.criteria.all()}

    def clean_from_percent(self):
        percent = self.cleaned_data["from_percent"]
        if percent is None:
            raise ValidationError("Đồng chí ghi tỷ lệ điểm, từ 0 đến 100.", code="required")
        return percent

    def clean_full_marks(self):
        codes = [code for part in self.cleaned_data["full_marks"].split(",") if (code := part.strip())]
        if unknown := [code for code in codes if code not in self.codes]:
            raise ValidationError(f"Bộ tiêu chí không có mục {', '.join(unknown)}.", code="unknown")
        return codes

    def gates(self):
        """The conditions as the sheet keeps them (valid form only)."""
        data = self.cleaned_data
        found = []
        if data["attendance"]:
            found.append({"source": GateSource.ATTENDANCE_RATE.value, "at_least": data["attendance"]})
        found += [{"source": name} for name in (GateSource.NO_UNEXCUSED.value, GateSource.ON_TIME.value) if data[name]]
        if data["full_marks"]:
            found.append({"source": GateSource.FULL_MARKS.value, "codes": data["full_marks"]})
        return found


class ActivateForm(forms.Form):
    """From which day plans are scored by this version."""

    effective_from = DayField(label="Áp dụng cho kế hoạch ban hành từ ngày")


class CheckedForm(forms.Form):
    """The person says that the sheet was compared with the original."""

    checked = forms.BooleanField(
        label="Tôi đã đối chiếu từng mục, từng điểm với bản chính của văn bản",
        error_messages={"required": "Đồng chí đánh dấu sau khi đã đối chiếu với bản chính."},
    )


def read_bands(text, *, source, most):
    """Lines "mức = điểm" as the bands of a criterion of `source` with at most `most` points, best first."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    if source not in RATES | DAYS | LABELS:
        raise ValidationError("Cách gợi ý này tự tính điểm, không dùng mức. Đồng chí để trống ô này.", code="no_bands")
    bands = [_band(line, source, most) for line in lines]
    if source in LABELS:
        return bands
    if source in DAYS:
        return sorted(bands, key=lambda band: band["at_most"])
    return sorted(bands, key=lambda band: band.get("at_least", band.get("above")), reverse=True)


def _band(line, source, most):
    mark, equals, points = line.rpartition("=")
    mark, points = mark.strip(), _number(points)
    if not equals or not mark or points is None or not 0 <= points <= most or points * 2 % 1:
        words = f"Dòng “{line[:60]}” chưa đúng: đồng chí ghi “mức = điểm”, điểm từ 0 đến {points_words(most)}, theo bước 0,5."
        raise ValidationError(words, code="band")
    points = int(points) if points % 1 == 0 else float(points)
    if source in LABELS:
        return {"label": mark[:60], "points": points}
    above = source in RATES and mark.startswith(">")
    edge = _number(mark.lstrip("> ").rstrip("% "))
    if edge is None or not 0 <= edge <= (100 if source in RATES else 365) or edge % 1:
        raise ValidationError(f"Dòng “{line[:60]}” chưa đúng: mức là một số nguyên. Thí dụ: 95 = 12.", code="band")
    key = "at_most" if source in DAYS else "above" if above else "at_least"
    return {key: int(edge), "points": points}


def _number(text):
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def bands_text(bands):
    """The bands as the form shows them again."""
    return "\n".join(f"{_edge(band)} = {points_words(Decimal(str(band['points'])))}" for band in bands)


def _edge(band):
    if "label" in band:
        return band["label"]
    return f"> {band['above']}" if "above" in band else band.get("at_least", band.get("at_most"))
