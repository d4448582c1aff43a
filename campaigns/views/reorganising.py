"""Merging and dividing units: the decision, whom and what it touches, then the act."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaigns.forms.reorganising import DivideForm, MergeForm
from campaigns.selectors.carried import carried
from campaigns.services.carrying import divide_unit, merge_units
from campaigns.views.refusals import put_on_form
from units.choices import UnitKind
from units.permissions import Permission
from units.selectors.units import visible_units
from units.selectors.wards import ward_of
from units.services.reorganising import refuse_day


@require_http_methods(["GET", "HEAD", "POST"])
def unit_merge(request, pk):
    """Several units become one."""
    unit = _unit(request, pk)
    form = MergeForm(request.POST or None, unit=unit, ward=ward_of(unit))

    def act(facts):
        into = merge_units(
            units=form.units(), into=facts["into"], new=form.new(), effective_on=facts["effective_on"],
            basis=facts["basis"], keep=facts["keep"], seen=facts["seen"], by=request.user, at=request.received_at,
        )  # fmt: skip
        messages.success(request, f"Đã ghi sáp nhập vào {into.name}. Việc chưa làm đã chuyển sang đơn vị này.")
        return into

    return _page(request, unit, form, act, title="Sáp nhập")


@require_http_methods(["GET", "HEAD", "POST"])
def unit_divide(request, pk):
    """One unit becomes several, or gives some of itself to others."""
    unit = _unit(request, pk)
    form = DivideForm(request.POST or None, unit=unit, ward=ward_of(unit))

    def act(facts):
        parts = divide_unit(
            unit=unit, parts=list(facts["parts"]), ends=facts["ends"], effective_on=facts["effective_on"],
            basis=facts["basis"], seen=facts["seen"], by=request.user, at=request.received_at,
        )  # fmt: skip
        messages.success(request, f"Đã ghi chia tách. {len(parts)} đơn vị nhận việc chưa làm.")
        return unit

    return _page(request, unit, form, act, title="Chia tách")


def _page(request, unit, form, act, *, title):
    """Form, preview, act: nothing is written before the preview was confirmed."""
    context = {"unit": unit, "form": form, "title": title, "merging": isinstance(form, MergeForm)}
    step = request.POST.get("act", "")
    if request.method == "POST" and form.is_valid() and step != "edit":
        try:
            refuse_day(form.cleaned_data["effective_on"], on=timezone.localdate(request.received_at))
            if step == "confirm" and form.cleaned_data["seen"]:
                return redirect("units:unit-detail", act(form.cleaned_data).pk)
        except ValidationError as refused:
            put_on_form(form, refused)
        if not form.errors or form.has_error(NON_FIELD_ERRORS, "moved"):
            return render(request, "campaigns/unit_reorganise_preview.html", context | _preview(unit, form))
    if "keep" in form.fields:
        del form.fields["keep"]  # asked on the preview, when it is known who is concerned
    return render(request, "campaigns/unit_reorganise.html", context)


def _preview(unit, form):
    facts, merging = form.cleaned_data, isinstance(form, MergeForm)
    goes_over = carried(form.units() if merging else [unit])
    form.remember(goes_over.mark)
    if not merging:
        return {"ending": [unit] if facts["ends"] else [], "going_on": facts["parts"], "carried": goes_over}
    form.staying()
    new_name = facts["into"].name if facts["into"] else facts["name"]
    return {"ending": form.units(), "new_name": new_name, "carried": goes_over}


def _unit(request, pk):
    unit = get_object_or_404(visible_units(request.access), pk=pk)
    request.access.require(Permission.MANAGE_UNITS, unit)
    if unit.kind in {UnitKind.PROVINCE, UnitKind.WARD} or unit.active_to:
        raise PermissionDenied("Đơn vị này không sáp nhập, chia tách ở trang này.")
    return unit
