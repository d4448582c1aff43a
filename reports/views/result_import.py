"""Results from the ward's own Excel sheet: upload, look, correct the columns, confirm. Nothing is written before that."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from documents.spreadsheets import Sheet, write_workbook
from reports.forms.result_import import ColumnsForm, ResultImportForm, read_results
from reports.result_columns import COLUMNS, POINTS, Heading, find_heading, score_columns
from reports.selectors.result_import import known_units, plans_open_to_import, reports_of
from reports.selectors.scoring import lines_over
from reports.services.result_import import import_results
from reports.wording import points_words
from reports.workbooks import XLSX
from units.downloads import download
from units.permissions import Permission

_KEY = "result-import"  # the cleaned rows wait in the session of the person who uploaded them
_COMPUTED = {"required", "absent"}


@require_http_methods(["GET", "HEAD", "POST"])
def result_import(request):
    """Choose the plans and upload the sheet."""
    _require(request)
    form = ResultImportForm(request.POST or None, request.FILES or None, plans=plans_open_to_import(request.access))
    if request.method == "POST" and form.is_valid():
        request.session[_KEY] = {
            "ward": request.access.ward.pk,
            "plans": [plan.pk for plan in form.cleaned_data["plans"]],
            "name": form.cleaned_data["upload"].name[:120],
            "table": form.table,
        }
        return redirect("reports:result-import-preview")
    columns = [column for column in COLUMNS if column.key not in _COMPUTED]
    return render(request, "reports/result_import.html", {"form": form, "columns": columns})


@require_safe
def result_import_template(request):
    """The template: the headings and a row for each unit that is asked, its code and name filled in."""
    _require(request)
    plans = plans_open_to_import(request.access)
    lines = list({one.code: one for one in lines_over(plans)}.values())
    scores = [column for column in score_columns([one.code for one in lines]) if column.key.startswith(POINTS)]
    columns = [*(column for column in COLUMNS if column.key not in _COMPUTED), *scores]
    units = {unit.pk: unit for found in known_units(plans).by_word.values() for unit in found}
    rows = [
        [
            getattr(unit, "code" if column.key == "code" else "name") if column.key in {"code", "name"} else ""
            for column in columns
        ]
        for unit in sorted(units.values(), key=lambda one: (one.sort_key, one.pk))
    ]
    example = ["Thí dụ", *[column.example for column in columns]]
    sheets = [
        Sheet("Kết quả", [column.title for column in columns], rows),
        Sheet("Cách ghi", ["", *[column.title for column in columns]], [example]),
    ]
    if lines:
        told = [[one.code, one.text, points_words(one.max_points)] for one in lines]
        sheets.append(Sheet("Tiêu chí", ["Mục", "Tiêu chí", "Điểm tối đa"], told))
    return download(write_workbook(sheets), name="mau-ket-qua.xlsx", content_type=XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
def result_import_preview(request):
    """Every row as it was read, what is wrong with it by name; POST confirms the right rows or corrects the columns."""
    _require(request)
    waiting, ward = request.session.get(_KEY), request.access.ward
    if not waiting or waiting["ward"] != ward.pk:
        messages.info(request, "Chưa có bảng nào chờ xem. Đồng chí tải tệp lên.")
        return redirect("reports:result-import")
    plans = list(plans_open_to_import(request.access).filter(pk__in=waiting["plans"]).prefetch_related("directives"))
    codes = [one.code for one in lines_over(plans)]
    heading = _heading(waiting, codes)
    columns = ColumnsForm(request.POST if "columns" in request.POST else None, heading=heading, codes=codes)
    if "columns" in request.POST and columns.is_valid():
        waiting["keys"] = {str(index): key for index, key in columns.keys().items()}
        request.session.modified = True
        return redirect("reports:result-import-preview")
    rows = [] if heading.missing or not plans else _read(waiting, heading, plans, at=request.received_at)
    if request.method == "POST" and "columns" not in request.POST and _write(request, plans, rows):
        del request.session[_KEY]
        return redirect("reports:submission-list")
    return render(request, "reports/result_import_preview.html", _context(waiting, heading, columns, plans, rows))


def _heading(waiting, codes):
    heading = find_heading(waiting["table"], codes)
    if "keys" in waiting:
        return Heading(heading.first_row, heading.words, {int(index): key for index, key in waiting["keys"].items()})
    return heading


def _read(waiting, heading, plans, *, at):
    return read_results(
        waiting["table"],
        heading=heading,
        plans=plans,
        units=known_units(plans),
        standing=reports_of(plans),
        at=at,
    )


def _write(request, plans, rows):
    results = [row.result for row in rows if row.state == "new"]
    try:
        written = import_results(
            ward=request.access.ward, plans=plans, results=results, by=request.user, at=request.received_at
        )
    except ValidationError as error:
        messages.error(request, f"{error.messages[0]} Chưa ghi dòng nào.")
        return False
    wrong = sum(row.state == "wrong" for row in rows)
    left = f" {wrong} dòng còn lỗi chưa được ghi; đồng chí sửa trong tệp rồi tải lên lại." if wrong else ""
    messages.success(request, f"Đã ghi báo cáo của {written} đơn vị từ tệp Excel, chờ bí thư xác nhận.{left}")
    return True


def _context(waiting, heading, columns, plans, rows):
    counts = {state: sum(row.state == state for row in rows) for state in ("new", "same", "kept", "empty", "wrong")}
    return {
        "name": waiting["name"],
        "plans": plans,
        "heading": heading,
        "columns": columns,
        "rows": rows,
        "wrong": [row for row in rows if row.state == "wrong"],
        "right": [row for row in rows if row.state != "wrong"],
        "counts": counts,
    }


def _require(request):
    request.access.require(Permission.ENTER_ON_BEHALF)
    if request.access.ward is None:
        raise Http404
