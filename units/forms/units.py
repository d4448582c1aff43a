"""One form for each act on a unit."""

from django import forms
from django.utils import timezone

from units.choices import Role, UnitKind
from units.forms.fields import DayField, LineField
from units.models import Unit, User

_KINDS = [choice for choice in UnitKind.choices if choice[0] not in {UnitKind.PROVINCE, UnitKind.WARD}]
_COUNT = {"min_value": 0, "max_value": 99_999, "required": False}


def _parents(ward: Unit):
    return Unit.objects.within(ward).filter(active_to__isnull=True).exclude(kind=UnitKind.BODY).order_by("path")


class DatedFactsForm(forms.Form):
    """What a unit is called, is and counts."""

    kind = forms.ChoiceField(label="Loại hình", choices=_KINDS)
    parent = forms.ModelChoiceField(label="Trực thuộc", queryset=Unit.objects.none(), empty_label=None)
    name = LineField(label="Tên đầy đủ", max_length=200)
    short_name = LineField(label="Tên gọi tắt", max_length=80, help_text="Dùng trong bảng theo dõi và tin nhắn.")
    member_count = forms.IntegerField(label="Số đảng viên", **_COUNT)
    exempt_count = forms.IntegerField(label="Trong đó được miễn công tác, sinh hoạt", **_COUNT)

    def __init__(self, *args, ward, **kwargs):
        super().__init__(*args, **kwargs)
        self.ward = ward
        self.fields["parent"].queryset = _parents(ward)
        self.fields["parent"].initial = self.initial.get("parent", ward.pk)

    def clean(self):
        cleaned = super().clean()
        members, exempt = cleaned.get("member_count"), cleaned.get("exempt_count")
        if members is not None and exempt is not None and exempt > members:
            self.add_error("exempt_count", "Số được miễn không thể lớn hơn số đảng viên.")
        return cleaned


class PlainFactsForm(forms.Form):
    """What carries no date: flags, meeting day, the committee member in charge."""

    code = LineField(label="Mã đơn vị", max_length=24, help_text="Không trùng trong cùng cấp, dùng khi nhập từ Excel.")
    sign_code = LineField(label="Ký hiệu văn bản", max_length=12, required=False)
    in_charge = forms.ModelChoiceField(
        label="Cấp ủy viên phụ trách", queryset=User.objects.none(), required=False, empty_label="Chưa phân công"
    )
    usual_meeting_day = forms.IntegerField(
        label="Ngày sinh hoạt thường kỳ hằng tháng",
        min_value=1,
        max_value=31,
        required=False,
        help_text="Một số từ 1 đến 31.",
    )
    is_party_org = forms.BooleanField(label="Là tổ chức đảng", required=False)
    must_report = forms.BooleanField(label="Phải báo cáo kết quả học tập", required=False)
    reports_to_ward = forms.BooleanField(
        label="Báo cáo thẳng với phường, xã, không qua đảng bộ cấp trên của mình",
        required=False,
        help_text="Từ kế hoạch ban hành sau khi lưu: đơn vị có việc, hạn và biểu riêng, đảng bộ cấp trên không cộng số liệu của đơn vị nữa.",
    )
    must_self_score = forms.BooleanField(label="Phải tự chấm điểm", required=False)
    figures_withheld = forms.BooleanField(
        label="Không công khai số liệu chi tiết",
        required=False,
        help_text="Dành cho lực lượng vũ trang: chỉ báo đã học hay chưa học.",
    )

    def __init__(self, *args, ward, below_committee=False, **kwargs):
        """`below_committee`: the unit hangs below a đảng bộ cơ sở, so there is a choice to whom it reports."""
        super().__init__(*args, **kwargs)
        if not below_committee:
            del self.fields["reports_to_ward"]
        people = User.objects.filter(memberships__unit=ward, memberships__role__in=Role.AT_WARD, is_active=True)
        self.fields["in_charge"].queryset = people.distinct()


class UnitForm(DatedFactsForm):
    """A new unit; its flags follow the kind and are changed on the unit's own page."""

    code = LineField(label="Mã đơn vị", max_length=24, help_text="Không trùng trong cùng cấp, ví dụ TDP-06.")
    active_from = DayField(label="Hoạt động từ ngày", initial=timezone.localdate)
    field_order = ("kind", "parent", "code", "name", "short_name", "active_from")


class UnitRevisionForm(DatedFactsForm):
    """A change from a day on, by a paper."""

    effective_from = DayField(
        label="Có hiệu lực từ ngày", initial=timezone.localdate, help_text="Có thể là một ngày sắp tới."
    )
    basis = LineField(
        label="Căn cứ", max_length=300, required=False, help_text="Ví dụ: Quyết định số 12-QĐ/ĐU, ngày 05/5/2026."
    )
    field_order = ("effective_from", "basis")


class UnitCloseForm(forms.Form):
    """The last day of a unit and why."""

    on = DayField(label="Ngày hoạt động cuối cùng", initial=timezone.localdate)
    reason = LineField(label="Lý do, căn cứ", max_length=300)


class UnitFilterForm(forms.Form):
    """Search and grouping of the list."""

    q = LineField(label="Tìm theo tên hoặc mã", max_length=100, required=False)
    nhom = forms.ChoiceField(
        label="Xếp nhóm theo",
        choices=[("kind", "Loại hình"), ("person", "Đồng chí phụ trách")],
        required=False,
    )
    da_thoi = forms.BooleanField(label="Đơn vị đã thôi hoạt động", required=False)
