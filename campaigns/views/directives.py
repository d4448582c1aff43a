"""Văn bản cấp trên: the list, registration, one directive with its chain, files and plans."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.forms.directives import (
    AnotherDateForm,
    CoreContentForm,
    DirectiveFileForm,
    DirectiveFilterForm,
    DirectiveForm,
    JoinPlanForm,
    TitleForm,
    directive_fields,
    heading_lines,
)
from campaigns.models import Directive
from campaigns.selectors.directive_changes import changes_to
from campaigns.selectors.directives import (
    chain_above,
    drafts_to_join,
    plans_carrying_out,
    search_directives,
    visible_directive_files,
    visible_directives,
)
from campaigns.services import directives as services
from campaigns.services.plans import add_directive
from campaigns.views.refusals import put_on_form, tell
from documents.forms.paper_file import PaperFileForm
from documents.reading.directive import read_directive
from documents.views.files import serve
from units.permissions import Permission

PAGE = 50
FACTS = sorted(services.FACTS | services.IDENTITY)


@require_safe
def directive_list(request):
    """Every paper from above, found by words without marks or by a number in any spelling."""
    request.access.require(Permission.READ_WARD)
    form = DirectiveFilterForm(request.GET or None)
    filters = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = search_directives(
        visible_directives(request.access),
        words=filters.get("q", ""),
        kind=filters.get("kind", ""),
        scope=filters.get("scope", ""),
        year=filters.get("year"),
    )
    page = Paginator(found.order_by("-dated_on", "-pk"), PAGE).get_page(request.GET.get("page"))
    can_register = request.access.can(Permission.REGISTER_DIRECTIVE)
    context = {"form": form, "page_obj": page, "filtered": any(filters.values()), "can_register": can_register}
    return render(request, "campaigns/directive_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def directive_new(request):
    """Register a paper; "Đọc" fills the fields from a pasted title or from its file and keeps the rest of what was typed."""
    request.access.require(Permission.REGISTER_DIRECTIVE)
    title, act = TitleForm(request.POST or None), request.POST.get("act")
    if request.method == "POST" and act in {"read", "file"}:
        form, extra = (_read_title(request, title), {}) if act == "read" else _read_file(request)
        return _directive_form(request, form, title=title, **extra)
    form, core = _form(request), CoreContentForm(request.POST, offered=request.POST.getlist("offered"))
    if request.method == "POST" and form.is_valid():
        another = AnotherDateForm(request.POST)
        facts = form.cleaned_data | (another.cleaned_data if another.is_valid() else {})
        facts["core_content"] = core.added_to(facts["core_content"])
        try:
            directive = services.register_directive(by=request.user, ward=request.access.ward, **facts)
        except ValidationError as refused:
            return _refused(request, form, refused, title=title, core=core)
        messages.success(request, f"Đã đăng ký {directive.short_form}.")
        return redirect("campaigns:directive-detail", directive.pk)
    return _directive_form(request, form, title=title, core=core)


@require_http_methods(["GET", "HEAD", "POST"])
def directive_edit(request, pk):
    """Correct a registered paper; drafts that cite it follow."""
    directive = get_object_or_404(visible_directives(request.access), pk=pk)
    request.access.require(Permission.REGISTER_DIRECTIVE)
    initial = {name: getattr(directive, name) for name in FACTS}
    initial["parents"] = [link.parent_id for link in directive.parent_links.all()]
    form = _form(request, initial=initial, excluding=directive)
    if request.method == "POST" and form.is_valid():
        try:
            services.revise_directive(directive=directive, by=request.user, ward=request.access.ward, **form.cleaned_data)
        except ValidationError as refused:
            return _refused(request, form, refused, directive=Directive.objects.get(pk=pk))
        messages.success(request, f"Đã lưu {directive.short_form}. Các dự thảo có viện dẫn văn bản này đã được sửa theo.")
        return redirect("campaigns:directive-detail", directive.pk)
    return _directive_form(request, form, directive=directive)


@require_safe
def directive_detail(request, pk):
    """One paper: its facts, what it carries out, its files, the plans that carry it out, and what to do next."""
    directive = get_object_or_404(visible_directives(request.access).select_related("registered_by"), pk=pk)
    return _detail(request, directive)


@require_http_methods(["GET", "HEAD", "POST"])
def directive_file_new(request, pk):
    """Add a file to the paper, as this ward received it."""
    directive = get_object_or_404(visible_directives(request.access), pk=pk)
    request.access.require(Permission.REGISTER_DIRECTIVE)
    form = DirectiveFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            services.attach_directive_file(
                directive=directive, upload=facts["upload"], title=facts["title"],
                declared_not_secret=facts["declared"], ward=request.access.ward, by=request.user,
            )  # fmt: skip
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, "Đã lưu tài liệu.")
            return redirect("campaigns:directive-detail", directive.pk)
    return render(request, "campaigns/directive_file.html", {"form": form, "directive": directive})


@require_safe
def directive_file(request, pk, file_pk):
    """One file of the paper, for those who may have it."""
    files = visible_directive_files(request.access).select_related("file")
    return serve(request, get_object_or_404(files, directive_id=pk, pk=file_pk).file)


@require_POST
def directive_unverified(request, pk):
    """The paper was seen with two dates: mark the registered one."""
    directive = get_object_or_404(visible_directives(request.access), pk=pk)
    request.access.require(Permission.REGISTER_DIRECTIVE)
    services.mark_date_unverified(directive=directive, by=request.user, ward=request.access.ward)
    messages.success(request, f"Đã đánh dấu ngày của {directive.short_form} là chưa đối chiếu bản chính.")
    return redirect("campaigns:directive-detail", directive.pk)


@require_POST
def directive_join(request, pk):
    """Take the paper into a plan that is not issued yet."""
    directive = get_object_or_404(visible_directives(request.access), pk=pk)
    request.access.require(Permission.DRAFT_PAPER)
    form = JoinPlanForm(request.POST, plans=drafts_to_join(directive, request.access))
    if not form.is_valid():
        messages.error(request, "Đồng chí chọn một kế hoạch chưa ban hành. Chưa có gì thay đổi.")
        return redirect("campaigns:directive-detail", directive.pk)
    plan = form.cleaned_data["plan"]
    try:
        add_directive(plan=plan, directive=directive, by=request.user, now=timezone.now())
    except ValidationError as refused:
        tell(request, refused)
        return redirect("campaigns:directive-detail", directive.pk)
    messages.success(request, f"Đã đưa {directive.short_form} vào kế hoạch. Đồng chí xem lại câu chữ rồi lưu.")
    return redirect("campaigns:plan-edit", plan.pk)


def _form(request, *, initial=None, excluding=None):
    parents = visible_directives(request.access).exclude(pk=excluding.pk if excluding else None)
    today = timezone.localdate()
    return DirectiveForm(request.POST or None, initial=initial, directives=parents, today=today)


def _read_title(request, title):
    """The form filled from the pasted title over what was typed; what the title does not say stays."""
    found = title.found()
    if not {"kind", "number"} & found.keys():
        title.add_error("title", "Chương trình chưa đọc được số văn bản ở dòng này. Đồng chí điền từng ô bên dưới.")
        found = {}
    return _prefilled(request, found)


def _read_file(request):
    """The same from the paper's own file, with its headings to choose from; a scan says what to do instead."""
    file = PaperFileForm(request.POST, request.FILES, by=request.user)
    if not file.is_valid():
        return _prefilled(request, {}), {"file": file}
    read = read_directive(file.source, today=timezone.localdate())
    if not (read.kind or read.number):
        file.add_error("upload", "Chương trình chưa đọc được số văn bản trong tệp. Đồng chí dán dòng tên văn bản hoặc điền từng ô bên dưới.")
        return _prefilled(request, {}), {"file": file}
    core = CoreContentForm(offered=heading_lines(read))
    return _prefilled(request, directive_fields(read)), {"core": core, "read_from": file.source.name}


def _prefilled(request, found):
    """The form with what was typed, and over it what was read."""
    typed = {name: value for name, value in request.POST.items() if name in DirectiveForm.base_fields}
    typed["parents"] = request.POST.getlist("parents")
    return DirectiveForm(initial=typed | found, directives=visible_directives(request.access), today=timezone.localdate())


def _refused(request, form, refused, **context):
    """The form again, with a link to the paper that is already there."""
    if getattr(refused, "code", "") not in {"already", "other_date"}:
        put_on_form(form, refused)
        return _directive_form(request, form, **context)
    another = AnotherDateForm() if refused.code == "other_date" else None
    context |= {"registered": refused.params["directive"], "refusal": refused.messages[0], "another": another}
    return _directive_form(request, form, status=409, **context)


def _directive_form(request, form, *, status=200, **context):
    if "title" in context:
        context.setdefault("file", PaperFileForm(by=request.user))
    return render(request, "campaigns/directive_form.html", {"form": form, **context}, status=status)


def _detail(request, directive):
    access = request.access
    drafts = drafts_to_join(directive, access)
    may_draft = access.can(Permission.DRAFT_PAPER)
    context = {
        "directive": directive,
        "changes": changes_to(directive),
        "chain": chain_above(directive),
        "children": visible_directives(access).filter(parent_links__parent=directive),
        "files": visible_directive_files(access).filter(directive=directive).select_related("file"),
        "plans": plans_carrying_out(directive, access).select_related("paper"),
        "join_form": JoinPlanForm(plans=drafts) if may_draft and drafts.exists() else None,
        "may_draft": may_draft,
        "may_register": access.can(Permission.REGISTER_DIRECTIVE),
    }
    return render(request, "campaigns/directive_detail.html", context)
