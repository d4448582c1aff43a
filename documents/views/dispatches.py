"""Where an issued paper went: sent, received, opened, made known; and the signed list for those who receive on paper."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from documents.choices import DispatchChannel, PaperKind
from documents.forms.dispatches import AddresseesForm, DispatchMarkForm, LineForm, ReceiptForm, SendFilterForm
from documents.list_workbooks import send_list_workbook
from documents.models import Dispatch
from documents.selectors.dispatches import counts_of, lines_of, receipts_of, units_with_readers
from documents.selectors.papers import visible_papers
from documents.services.dispatches import add_lines, attach_receipt, receive_lines, revise_line, send_lines
from documents.services.issued import DispatchLine
from documents.spreadsheets import CONTENT_TYPE
from units.downloads import download
from units.models import Unit
from units.permissions import Permission

_SHOWN = {
    "chua-gui": lambda row: not row.sent_at,
    "chua-nhan": lambda row: not (row.received_at or row.first_opened_at),
    "chua-mo": lambda row: row.unit_id and not row.first_opened_at,
    "chua-quan-triet": lambda row: row.unit_id and not row.stated_at,
}


@require_http_methods(["GET", "HEAD", "POST"])
def paper_dispatches(request, pk):
    """The send list of a paper by channel; what went out and arrived is marked for the ticked lines or for all."""
    paper = _paper(request, pk)
    if request.method == "POST":
        request.access.require(Permission.KEEP_DISPATCH, paper.ward)
        _mark(request, paper)
        return redirect(request.get_full_path())
    form = SendFilterForm(request.GET or None)
    chosen = form.cleaned_data["loc"] if form.is_bound and form.is_valid() else ""
    rows = list(lines_of(paper))
    context = {
        "paper": paper,
        "form": form,
        "rows": [row for row in rows if not chosen or _SHOWN[chosen](row)],
        "all_rows": len(rows),
        "counts": counts_of(rows),
        "asked": paper.kind in PaperKind.MADE_KNOWN,
        "readers": units_with_readers(paper, on=timezone.localdate(request.received_at)),
        "receipts": receipts_of(paper),
        "channels": DispatchChannel.choices,
        "may_mark": request.access.can(Permission.KEEP_DISPATCH, paper.ward),
        "today": timezone.localdate(request.received_at),
        "as_of": request.received_at,
    }
    return render(request, "documents/dispatch_list.html", context)


@require_safe
def dispatch_excel(request, pk):
    """The send list as Excel."""
    paper = _paper(request, pk)
    rows = list(lines_of(paper))
    data = send_list_workbook(rows, counts_of(rows).channels)
    return download(data, name=f"danh-sach-gui-{paper.pk}.xlsx", content_type=CONTENT_TYPE)


@require_safe
def dispatch_sheet(request, pk):
    """The delivery list to print: a line and a place to sign for each addressee of a paper copy."""
    paper = _paper(request, pk)
    whole = "tat-ca" in request.GET
    rows = [row for row in lines_of(paper) if row.copies and (whole or not row.received_at)]
    context = {"paper": paper, "rows": rows, "whole": whole, "copies": sum(row.copies for row in rows)}
    context["today"] = timezone.localdate(request.received_at)
    return render(request, "documents/dispatch_sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def receipt_new(request, pk):
    """Attach the scan of the signed list; those who signed are marked as having received."""
    paper = _paper(request, pk)
    request.access.require(Permission.KEEP_DISPATCH, paper.ward)
    lines = paper.dispatches.filter(copies__gt=0, receipt__isnull=True).order_by("position", "pk")
    initial = {"received_on": timezone.localdate(request.received_at), "lines": lines.filter(received_at__isnull=True)}
    form = ReceiptForm(request.POST or None, request.FILES or None, lines=lines, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            receipt = attach_receipt(paper=paper, by=request.user, at=request.received_at, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None if hasattr(refused, "error_dict") else "upload", refused)
        else:
            messages.success(request, f"Đã lưu bảng ký nhận; {receipt.lines.count()} nơi được ghi đã nhận.")
            return redirect("documents:paper-dispatches", paper.pk)
    return render(request, "documents/receipt_new.html", {"form": form, "paper": paper, "any_line": lines.exists()})


@require_http_methods(["GET", "HEAD", "POST"])
def dispatch_new(request, pk):
    """More addressees for an issued paper: those a group of Nơi nhận stands for, or who asked for a copy."""
    paper = _paper(request, pk)
    request.access.require(Permission.KEEP_DISPATCH, paper.ward)
    units = Unit.objects.below(paper.ward).active(on=timezone.localdate(request.received_at))
    units = units.exclude(pk__in=paper.dispatches.filter(unit__isnull=False).values("unit"))
    form = AddresseesForm(request.POST or None, units=units.order_by("sort_key", "pk"))
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        lines = [DispatchLine(unit.name, unit, copies=facts["copies"]) for unit in facts["units"]]
        lines += [DispatchLine(name, copies=facts["copies"]) for name in facts["others"]]
        try:
            added = add_lines(paper=paper, lines=lines, by=request.user, at=request.received_at)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Đã thêm {added} nơi nhận." if added else "Những nơi này đã có trong danh sách.")
            return redirect("documents:paper-dispatches", paper.pk)
    return render(request, "documents/dispatch_new.html", {"form": form, "paper": paper})


@require_http_methods(["GET", "HEAD", "POST"])
def dispatch_edit(request, pk):
    """Copies of one addressee, and a mark taken back."""
    line = get_object_or_404(
        Dispatch.objects.select_related("paper__ward"), pk=pk, paper__in=visible_papers(request.access)
    )
    request.access.require(Permission.KEEP_DISPATCH, line.paper.ward)
    form = LineForm(request.POST or None, initial={"copies": line.copies, "unmark": ""})
    if request.method == "POST" and form.is_valid():
        try:
            revise_line(line=line, by=request.user, at=request.received_at, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error("unmark", refused)
        else:
            messages.success(request, f"Đã lưu nơi nhận “{line.addressee}”.")
            return redirect("documents:paper-dispatches", line.paper_id)
    return render(request, "documents/dispatch_edit.html", {"form": form, "line": line, "paper": line.paper})


def _paper(request, pk):
    paper = get_object_or_404(visible_papers(request.access).select_related("ward"), pk=pk)
    request.access.require(Permission.READ_WARD, paper.ward)
    return paper


def _mark(request, paper):
    form = DispatchMarkForm(request.POST, lines=paper.dispatches.all())
    if not form.is_valid():
        sentences = [sentence for errors in form.errors.get_json_data().values() for sentence in errors]
        messages.error(
            request,
            sentences[0]["message"] if "lines" in form.errors else "Chưa ghi được. Đồng chí tải lại trang rồi bấm lại.",
        )
        return
    facts = form.cleaned_data
    lines = facts["lines"] if facts["act"].endswith("_lines") else paper.dispatches.all()
    if facts["act"].startswith("sent"):
        changed = send_lines(
            paper=paper, lines=lines, channel=facts["channel"], by=request.user, at=request.received_at
        )
    else:
        changed = receive_lines(paper=paper, lines=lines, by=request.user, at=request.received_at)
    if changed:
        messages.success(request, f"Đã ghi vào danh sách gửi: {changed} nơi nhận.")
    else:
        messages.info(request, "Những nơi này đã được ghi từ trước, không có gì thay đổi.")
