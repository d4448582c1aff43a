"""Figures of wards that run apart: the file they hand over, its upload by the level above, the look before it
counts, the files taken in and a file taken back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from documents.dates import short
from reports.choices import ReportState
from reports.figure_file import COLUMNS, figure_workbook
from reports.forms.ward_figures import WardFiguresFileForm, WithdrawFileForm, read_figures
from reports.selectors.compiled import visible_reports
from reports.selectors.ward_figures import figures_taken_in, files_taken_in, handed_over, known_figures, province_of
from reports.services.ward_figures import import_ward_figures, withdraw_ward_figures
from reports.workbooks import XLSX
from units.downloads import download
from units.permissions import Permission

_KEY = "ward-figures"  # the known columns alone wait in the session of the person who uploaded the file


@require_safe
def report_figures(request, pk):
    """The figures of an issued report as the file that the level above takes in."""
    report = get_object_or_404(visible_reports(request.access).filter(state=ReportState.FROZEN), pk=pk)
    request.access.require(Permission.READ_WARD, report.ward)
    return download(figure_workbook(handed_over(report)), name=f"so-lieu-gui-cap-tren-{report.pk}.xlsx", content_type=XLSX)


@require_safe
def figures_template(request):
    """The empty file, with a sheet that says what each column holds."""
    _province(request)
    return download(figure_workbook([]), name="mau-so-lieu-xa-phuong.xlsx", content_type=XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
def figures_import(request):
    """Choose the file."""
    _province(request)
    form = WardFiguresFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        waiting = {"name": form.name, "owner": form.owner, "rows": form.table.rows, "ignored": form.table.ignored}
        request.session[_KEY] = waiting
        return redirect("reports:figures-preview")
    return render(request, "reports/figures_import.html", {"form": form, "columns": COLUMNS.values()})


@require_http_methods(["GET", "HEAD", "POST"])
def figures_preview(request):
    """Every row as it was read and what it would change; POST takes the new ones in and those that were ticked."""
    province, waiting = _province(request), request.session.get(_KEY)
    if not waiting:
        messages.info(request, "Chưa có tệp nào chờ xem. Đồng chí tải tệp lên.")
        return redirect("reports:figures-import")
    known = known_figures(province, numbers=[typed.get("directive", "") for _number, typed in waiting["rows"]])
    today = timezone.localdate(request.received_at)
    rows = read_figures(waiting["rows"], known=known, today=today, owner=waiting.get("owner", ""))
    if request.method == "POST":
        return _take(request, province, rows, name=waiting["name"])
    counts = {state: sum(row.state == state for row in rows) for state in ("new", "changed", "same", "older", "wrong")}
    context = {
        "rows": rows,
        "counts": counts,
        "plain": sum(row.state == "new" and not row.asks for row in rows),
        "asking": sum(row.asks for row in rows),
        "name": waiting["name"],
        "ignored": waiting["ignored"],
    }
    return render(request, "reports/figures_preview.html", context)


def _take(request, province, rows, *, name):
    ticked = set(request.POST.getlist("thay"))
    taken = [(row.fields, row.over) for row in rows if (row.tick in ticked if row.asks else row.state == "new")]
    wrong = sum(row.state == "wrong" for row in rows)
    written = import_ward_figures(province=province, rows=taken, file_name=name, by=request.user, at=request.received_at)
    del request.session[_KEY]
    left = f" {wrong} dòng còn lỗi chưa được ghi; đồng chí sửa trong tệp rồi tải lên lại." if wrong else ""
    done = f"Đã ghi {written} dòng số liệu từ tệp {name}." if written else "Chưa ghi dòng nào; số liệu đang có được giữ."
    messages.success(request, done + left)
    return redirect("reports:overview")


@require_safe
def figures_files(request):
    """The files taken in, newest first, with the withdrawn ones."""
    _province(request)
    return render(request, "reports/figures_files.html", {"files": files_taken_in(request.access)})


@require_http_methods(["GET", "HEAD", "POST"])
def figures_withdraw(request, pk):
    """Take back a whole file taken in by mistake; `pk` is one of its rows."""
    row = get_object_or_404(figures_taken_in(request.access).select_related("province"), pk=pk)
    request.access.require(Permission.TAKE_IN_FIGURES, row.province)
    form = WithdrawFileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["reason"]
        count = withdraw_ward_figures(row, why=why, by=request.user, at=request.received_at)
        done = f"Đã rút lại tệp {row.file_name}: {count} dòng thôi tính, số liệu có trước tệp này tính lại như cũ."
        messages.success(request, done if count else f"Tệp {row.file_name} đã được rút lại từ trước.")
        return redirect("reports:figures-files")
    context = {
        "question": f"Rút lại tệp {row.file_name}, nhập {short(timezone.localdate(row.imported_at))}?",
        "consequences": [
            "Mọi dòng của tệp này thôi tính; số liệu có trước tệp này tính lại như cũ.",
            "Nhập lại đúng tệp này thì các dòng lại được tính.",
        ],
        "form": form,
    }
    return render(request, "reports/figures_withdraw.html", context)


def _province(request):
    request.access.require(Permission.TAKE_IN_FIGURES)
    province = province_of(request.access)
    if province is None:
        raise Http404
    return province
