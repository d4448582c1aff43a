"""The tree of units: list, one unit with its history, and the acts on it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from units.choices import UnitKind
from units.forms.units import PlainFactsForm, UnitCloseForm, UnitFilterForm, UnitForm, UnitRevisionForm
from units.models import UnitSuccession
from units.permissions import Permission
from units.selectors.units import grouped_units, hides_members, visible_units, ward_units
from units.selectors.wards import ward_of
from units.services import units as services


@require_safe
def unit_list(request):
    """All units of the ward in groups."""
    if not request.access.can(Permission.READ_WARD):
        request.access.require(Permission.MANAGE_UNITS)
    form = UnitFilterForm(request.GET or None)
    filters = form.cleaned_data if form.is_bound and form.is_valid() else {}
    units = ward_units(
        request.access, on=timezone.localdate(), text=filters.get("q", ""), closed=filters.get("da_thoi", False)
    )
    context = {
        "form": form,
        "groups": grouped_units(units, by=filters.get("nhom") or "kind"),
        "count": len(units),
        "filtered": bool(filters.get("q") or filters.get("da_thoi")),
        "can_manage": request.access.can(Permission.MANAGE_UNITS),
    }
    return render(request, "units/unit_list.html", context)


@require_safe
def unit_detail(request, pk):
    """One unit: what it is, who is there, what it was."""
    unit = get_object_or_404(visible_units(request.access).select_related("parent", "in_charge"), pk=pk)
    today = timezone.localdate()
    context = {
        "unit": unit,
        "today": today,
        "revisions": unit.revisions.select_related("parent", "recorded_by"),
        "kin": UnitSuccession.objects.filter(Q(predecessor=unit) | Q(successor=unit)).select_related("predecessor", "successor"),
        "children": unit.children.exclude(active_to__lt=today),
        "people": unit.memberships.current(on=today).select_related("user"),
        "members_hidden": bool(hides_members([unit])),
        "can_manage": request.access.can(Permission.MANAGE_UNITS, unit),
    }
    return render(request, "units/unit_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_create(request):
    """A new unit below the ward."""
    request.access.require(Permission.MANAGE_UNITS)
    form = UnitForm(request.POST or None, ward=request.access.ward)
    if request.method == "POST" and form.is_valid():
        unit = _try(form, services.create_unit, by=request.user, **form.cleaned_data)
        if unit:
            messages.success(request, f"Đã thêm {unit.name}.")
            return redirect("units:unit-detail", unit.pk)
    return render(request, "units/unit_create.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def unit_revise(request, pk):
    """A change from a day on: name, kind, parent, head-counts."""
    unit = _managed_below_ward(request, pk)
    initial = {fact: getattr(unit, fact) for fact in services.DATED_FACTS}
    form = UnitRevisionForm(request.POST or None, ward=ward_of(unit), initial=initial)
    if request.method == "POST" and form.is_valid():
        revision = _try(form, services.revise_unit, unit=unit, by=request.user, **form.cleaned_data)
        if revision:
            begun = revision.effective_from <= timezone.localdate()
            messages.success(
                request, "Đã ghi thay đổi." if begun else "Đã ghi thay đổi; chương trình tự áp dụng khi đến ngày."
            )
            return redirect("units:unit-detail", unit.pk)
    return render(request, "units/unit_revise.html", {"form": form, "unit": unit})


@require_http_methods(["GET", "HEAD", "POST"])
def unit_edit(request, pk):
    """Facts without a date: code, flags, meeting day, who is in charge."""
    unit = _managed(request, pk)
    initial = {fact: getattr(unit, fact) for fact in services.PLAIN_FACTS}
    ward = ward_of(unit) or unit
    below = unit.kind in UnitKind.CELLS and unit.parent_id is not None and unit.parent_id != ward.pk
    form = PlainFactsForm(request.POST or None, ward=ward, below_committee=below, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and _try(form, services.set_unit_facts, unit=unit, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "Đã lưu thông tin của đơn vị.")
        return redirect("units:unit-detail", unit.pk)
    return render(request, "units/unit_edit.html", {"form": form, "unit": unit})


@require_http_methods(["GET", "HEAD", "POST"])
def unit_close(request, pk):
    """Ask first, then end a unit."""
    unit = _managed_below_ward(request, pk)
    form = UnitCloseForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and _try(form, services.close_unit, unit=unit, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, f"Đã ghi {unit.name} thôi hoạt động. Lịch sử của đơn vị vẫn được giữ.")
        return redirect("units:unit-detail", unit.pk)
    consequences = [
        "Đơn vị không nhận kế hoạch ban hành sau ngày này.",
        "Vai trò của những người ở đơn vị kết thúc cùng ngày.",
        "Kết quả đã báo cáo và lịch sử vẫn được giữ.",
    ]
    return render(request, "units/unit_close.html", {"form": form, "unit": unit, "consequences": consequences})


def _managed(request, pk):
    unit = get_object_or_404(visible_units(request.access), pk=pk)
    request.access.require(Permission.MANAGE_UNITS, unit)
    return unit


def _managed_below_ward(request, pk):
    """The form knows only what lies below a ward: the ward itself would become a cell of its own cell."""
    unit = _managed(request, pk)
    if unit.kind in {UnitKind.PROVINCE, UnitKind.WARD}:
        raise PermissionDenied("Đảng bộ phường, xã không chuyển loại hình, không thôi hoạt động ở trang này.")
    return unit


def _try(form, service, **facts):
    """Call the service; what it refuses lands on the form, which keeps everything typed."""
    try:
        return service(**facts)
    except ValidationError as error:
        known = not hasattr(error, "error_dict") or all(
            name in form.fields or name == "__all__" for name in error.error_dict
        )
        form.add_error(None, error if known else ValidationError(error.messages))
        return None
