"""Merging and dividing units, as the decision says it."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from campaigns.forms.seen import SeenForm
from units.choices import Role, UnitKind
from units.forms.fields import DayField, LineField
from units.models import Membership, Unit


class TickedUnits(forms.CheckboxSelectMultiple):
    """A box for each unit; static/js/filter-boxes.js puts a search line above a long list."""

    def __init__(self, attrs=None):
        super().__init__({"data-filter-boxes": "đơn vị"} | (attrs or {}))


class _DecisionForm(SeenForm):
    """The decision and the day from which it holds."""

    effective_on = DayField(label="Có hiệu lực từ ngày", initial=timezone.localdate)
    basis = LineField(label="Căn cứ", max_length=300, help_text="Ví dụ: Quyết định số 12-QĐ/ĐU, ngày 05/5/2026.")

    def __init__(self, *args, unit: Unit, ward: Unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit = unit
        alike = (
            Unit.objects.below(ward).filter(active_to__isnull=True, is_party_org=unit.is_party_org).exclude(pk=unit.pk)
        )
        bodies = Q(kind=UnitKind.BODY)  # an office of the ward and a cell are never one
        alike = alike.filter(bodies) if unit.kind == UnitKind.BODY else alike.exclude(bodies)
        self.others = alike.order_by("sort_key", "pk")


class MergeForm(_DecisionForm):
    """Which units become one, and which one."""

    others_too = forms.ModelMultipleChoiceField(
        label="Cùng với (nếu có)",
        queryset=Unit.objects.none(),
        required=False,
        widget=TickedUnits,
        help_text="Đồng chí đánh dấu mọi đơn vị cùng sáp nhập.",
    )
    into = forms.ModelChoiceField(
        label="Sáp nhập vào",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Đơn vị mới, tên ghi dưới",
    )
    name = LineField(label="Tên đầy đủ của đơn vị mới", max_length=200, required=False)
    short_name = LineField(label="Tên gọi tắt của đơn vị mới", max_length=80, required=False)
    code = LineField(label="Mã của đơn vị mới", max_length=24, required=False, help_text="Không trùng trong cùng cấp.")
    keep = forms.ModelMultipleChoiceField(
        label="Tiếp tục vai trò ở đơn vị sau sáp nhập",
        queryset=Membership.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    field_order = ("others_too", "into", "name", "short_name", "code", "effective_on", "basis", "keep")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["others_too"].queryset = self.fields["into"].queryset = self.others
        units = Unit.objects.filter(pk=self.unit.pk) | Unit.objects.filter(pk__in=self.others.values("pk"))
        roles = Membership.objects.filter(unit__in=units, role__in=[*Role.BY_CARD, Role.CONTACT], ends_on__isnull=True)
        self.fields["keep"].queryset = roles.select_related("user", "unit").order_by("unit__sort_key", "pk")

    def clean(self):
        cleaned = super().clean()
        if "into" not in self.errors and not cleaned.get("into"):
            for name in ("name", "short_name", "code"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, "Đồng chí ghi mục này, hoặc chọn đơn vị nhận sáp nhập.")
        return cleaned

    def units(self) -> list[Unit]:
        """The units that end."""
        found = [self.unit, *self.cleaned_data["others_too"]]
        return [unit for unit in found if unit != self.cleaned_data["into"]]

    def new(self) -> dict | None:
        """Facts of the unit to be made; it hangs where the first of the old ones hung and is of its kind."""
        if self.cleaned_data["into"]:
            return None
        facts = {name: self.cleaned_data[name] for name in ("name", "short_name", "code")}
        flags = ("must_report", "reports_to_ward", "must_self_score", "is_party_org", "figures_withheld", "in_charge")
        return facts | {name: getattr(self.unit, name) for name in ("parent", "kind", *flags)}

    def staying(self) -> None:
        """Offer, as going on, the people of the units that end, and no others."""
        self.fields["keep"].queryset = self.fields["keep"].queryset.filter(unit__in=[unit.pk for unit in self.units()])


class DivideForm(_DecisionForm):
    """Which units, already in the list, come out of one."""

    parts = forms.ModelMultipleChoiceField(
        label="Thành các đơn vị",
        queryset=Unit.objects.none(),
        widget=TickedUnits,
        help_text="Đơn vị mới thì đồng chí thêm ở trang Đơn vị trước, rồi đánh dấu ở đây.",
        error_messages={"required": "Đồng chí đánh dấu ít nhất một đơn vị nhận phần tách ra."},
    )
    ends = forms.BooleanField(label="Đơn vị này thôi hoạt động", required=False)
    field_order = ("parts", "ends", "effective_on", "basis")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parts"].queryset = self.others
