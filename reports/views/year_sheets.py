"""The year of each unit over all plans: on screen, on paper, in Excel."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.selectors.year_sheet import log_differences, unit_years, visible_units, years_of
from reports.workbooks import XLSX
from reports.workbooks_year import year_workbook
from units.downloads import download
from units.permissions import Permission


def _ward_years(request, year):
    request.access.require(Permission.READ_WARD)
    units = visible_units(request.access).order_by("sort_key", "pk")
    return units, unit_years(units, year, on=timezone.localdate(request.received_at))


@require_safe
def year_list(request, year):
    """All units of the ward in one year."""
    units, years = _ward_years(request, year)
    return render(request, "reports/year_list.html", {"year": year, "years": years, "other_years": years_of(units)})


@require_safe
def year_excel(request, year):
    _units, years = _ward_years(request, year)
    return download(year_workbook(years), name=f"ca-nam-{year}.xlsx", content_type=XLSX)


def _unit_year(request, pk, year):
    if not (request.access.can(Permission.READ_WARD) or request.access.can(Permission.REPORT_UNIT)):
        request.access.require(Permission.READ_WARD)
    unit = get_object_or_404(visible_units(request.access), pk=pk)
    found = unit_years([unit], year, on=timezone.localdate(request.received_at))
    if not found:
        raise Http404
    return found[0]


@require_safe
def year_sheet(request, pk, year):
    """One unit's year, with what the log says of it."""
    sheet = _unit_year(request, pk, year)
    context = {
        "sheet": sheet,
        "differences": log_differences(sheet),
        "reads": request.access.can(Permission.READ_WARD, sheet.unit),
    }
    return render(request, "reports/year_sheet.html", context)


@require_safe
def year_sheet_excel(request, pk, year):
    sheet = _unit_year(request, pk, year)
    return download(year_workbook([sheet]), name=f"ca-nam-{year}-{sheet.unit.code}.xlsx", content_type=XLSX)
