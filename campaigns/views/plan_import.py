"""Import of an old plan: upload, look at what was understood beside the lines of the file, correct, save.

Between the upload and the confirmation only the lines of the file wait, in the session of the person who uploaded it:
nobody else can see them, they end with the log-in, and no row has to be cleaned up when the person thinks better of it.
What is typed travels in the form itself, so that even a session that has ended loses none of it.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaigns.forms.plan_editor import EditorContext
from campaigns.forms.plan_import import PlanImport
from campaigns.forms.plan_rows import LIST_ID
from campaigns.forms.unit_names import UnitNames
from campaigns.plan_file import PlanFile, lines_of, lines_to_json
from campaigns.selectors.directives import visible_directives
from campaigns.selectors.plan_import import named_directives
from campaigns.services.plan_import import import_plan
from campaigns.views.refusals import put_on_form
from documents.forms.paper_file import PaperFileForm
from units.models import WardSettings
from units.permissions import Permission
from units.workdays import WorkCalendar

_KEY = "plan-import"
_FORM_METHODS = ["GET", "HEAD", "POST"]
OFFERED = 80


@require_http_methods(_FORM_METHODS)
def plan_import(request):
    """Upload the file of a plan."""
    _require(request)
    form = PaperFileForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        request.session[_KEY] = {"ward": request.access.ward.pk, **lines_to_json(form.source)}
        return redirect("campaigns:plan-import-preview")
    return render(request, "campaigns/plan_import.html", {"form": form})


@require_http_methods(_FORM_METHODS)
def plan_import_preview(request):
    """Every fact in a field beside the text; "Lưu" writes the plan, other buttons only move rows."""
    _require(request)
    file = _file(request)
    if file is None and request.method != "POST":
        messages.info(request, "Chưa có tệp nào chờ xem. Đồng chí tải tệp kế hoạch lên.")
        return redirect("campaigns:plan-import")
    context, options = _context(request, file), _options(request, file)
    if request.method != "POST":
        return _page(request, PlanImport.of_file(context, file, named_directives(file.facts), **options), file)
    act = request.POST.get("act", "")
    if act != "save":
        return _page(request, PlanImport.rearranged(context, request.POST, act, **options), file)
    page = PlanImport(context, data=request.POST, **options)
    return _save(request, page, file) if page.is_valid() else _page(request, page, file)


def _save(request, page, file):
    now = timezone.now()
    signed = page.form.signed()
    if signed is not None:
        request.access.require(Permission.ISSUE_PAPER, request.access.ward)
    content = page.editor.content()
    try:
        plan = import_plan(
            ward=request.access.ward, kind=page.form.cleaned_data["kind"], content=file.with_annexes(content) if file else content,
            directives=page.chosen(), file_name=file.source.name if file else "", by=request.user, now=now, signed=signed,
        )  # fmt: skip
    except ValidationError as refused:
        put_on_form(page.form, refused)
        return _page(request, page, file)
    request.session.pop(_KEY, None)
    if signed is not None:
        messages.success(request, "Đã ghi lại kế hoạch đã ban hành: nội dung đã khóa, nhiệm vụ đã giao. Đồng chí tải bản đã ký lên.")
        return redirect(plan)
    messages.success(request, "Đã lưu thành dự thảo. Đồng chí xem bản in và sửa tiếp nếu cần.")
    return redirect("campaigns:plan-edit", plan.pk)


def _page(request, page, file):
    lists = page.editor.lists
    if file is not None:
        file.point(lists)
    context = {
        "page": page,
        "editor": page.editor,
        "lists": lists,
        "faults": page.faults(),
        "file": file,
        "lines": file.lines() if file else [],
        "unit_names": page.editor.context.names.options(),
        "list_id": LIST_ID,
    }
    return render(request, "campaigns/plan_import_preview.html", context)


def _require(request):
    request.access.require(Permission.DRAFT_PAPER)
    if request.access.ward is None:
        raise Http404


def _file(request):
    """The file that waits in this session, if it is of the ward the person works for now."""
    waiting = request.session.get(_KEY)
    if not waiting or waiting["ward"] != request.access.ward.pk:
        return None
    return PlanFile(lines_of(waiting), today=timezone.localdate())


def _context(request, file):
    ward = request.access.ward
    return EditorContext(
        names=UnitNames.of_ward(ward, on=timezone.localdate()),
        signers=tuple((signer.pk, str(signer)) for signer in ward.signers.all()),
        directives={},
        calendar=WorkCalendar.load(),
        today=file.day if file else timezone.localdate(),  # a day without a year is meant as the file means it
        reading=WardSettings.objects.get(ward=ward).deadline_reading,
    )


def _options(request, file):
    known = visible_directives(request.access)
    recent = known.order_by("-registered_at", "-pk").values_list("pk", flat=True)[:OFFERED]
    matched = [one.pk for _, _, one in named_directives(file.facts) if one] if file else []
    posted = [value for name, value in request.POST.items() if name.startswith("cited-") and name.endswith("-choice")]
    posted = [int(value) for value in posted if value.isdecimal() and len(value) < 10]
    offered = known.filter(pk__in=[*recent, *matched, *posted]).order_by("-dated_on", "-pk")
    return {
        "directives": {one.pk: one for one in offered},
        "may_issue": request.access.can(Permission.ISSUE_PAPER, request.access.ward),
        "today": timezone.localdate(),
    }
