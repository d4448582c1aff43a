"""Import of units and secretaries: upload, look, confirm. Nothing is written before the confirmation."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from documents.forms.unit_import import UnitImportForm
from documents.list_workbooks import units_workbook
from documents.services.unit_import import confirm_import, preview_import
from documents.spreadsheets import CONTENT_TYPE, Sheet, write_workbook
from documents.unit_rows import COLUMNS
from units.choices import Role, UnitKind
from units.downloads import download
from units.models import Membership
from units.permissions import Permission
from units.selectors.units import ward_units

_KEY = "unit-import"  # the cleaned rows wait in the session of the person who uploaded them


@require_http_methods(["GET", "HEAD", "POST"])
def unit_import(request):
    """Upload the list."""
    _require(request)
    form = UnitImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        request.session[_KEY] = {
            "ward": request.access.ward.pk,
            "name": form.cleaned_data["upload"].name[:120],
            "table": form.table,
        }
        return redirect("documents:unit-import-preview")
    return render(request, "documents/unit_import.html", {"form": form, "columns": COLUMNS})


@require_safe
def unit_import_template(request):
    """The template with an example row and the kinds that may be written."""
    _require(request)
    kinds = [(kind.label,) for kind in UnitKind if kind not in {UnitKind.PROVINCE, UnitKind.WARD}]
    data = write_workbook(
        [
            Sheet("Đơn vị", [column.title for column in COLUMNS], [[column.example for column in COLUMNS]]),
            Sheet("Loại hình", ["Loại hình được dùng"], kinds),
        ]
    )
    return download(data, name="mau-danh-sach-don-vi.xlsx", content_type=CONTENT_TYPE)


@require_safe
def unit_export(request):
    """The ward's units under the headings of the import: corrected in Excel, the file may be read in again."""
    _require(request)
    today = timezone.localdate(request.received_at)
    units = ward_units(request.access, on=today)
    rows = Membership.objects.current(on=today).filter(unit__in=units, role=Role.SECRETARY).order_by("-pk")
    people = {row.unit_id: (row.user.full_name, row.user.phone, row.user.email) for row in rows.select_related("user")}
    return download(units_workbook(units, people), name="don-vi.xlsx", content_type=CONTENT_TYPE)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_import_preview(request):
    """What the list would change, every bad row by name; POST confirms."""
    _require(request)
    waiting, ward = request.session.get(_KEY), request.access.ward
    if not waiting or waiting["ward"] != ward.pk:
        messages.info(request, "Chưa có danh sách nào chờ xem. Hãy tải tệp lên.")
        return redirect("documents:unit-import")
    if request.method == "POST":
        try:
            done = confirm_import(table=waiting["table"], ward=ward, by=request.user, on=timezone.localdate())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("documents:unit-import-preview")
        del request.session[_KEY]
        messages.success(
            request, f"Đã nhập: {done.new} đơn vị mới, {done.changed} đơn vị thay đổi, {done.same} đơn vị giữ nguyên."
        )
        return redirect("units:unit-list")
    preview = preview_import(table=waiting["table"], ward=ward, on=timezone.localdate())
    return render(request, "documents/unit_import_preview.html", {"preview": preview, "name": waiting["name"]})


def _require(request):
    request.access.require(Permission.MANAGE_UNITS)
    if request.access.ward is None:
        raise Http404
