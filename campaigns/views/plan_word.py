"""A plan as a Word file, and what comes back of it: shown change by change, taken or refused one by one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.forms.word_file import TakeChangesForm, WordFileForm, pack
from campaigns.models import Plan
from campaigns.paper import plan_paper
from campaigns.selectors.plans import plan_content, visible_plans
from campaigns.services.plans import save_plan_draft
from campaigns.views.refusals import tell
from campaigns.word_returns import take_back, unfit, without_unit
from documents.canonical import canonical
from documents.paper_json import from_dict
from documents.proposals import compare
from documents.writing import docx
from units.downloads import download
from units.permissions import Permission


@require_safe
def plan_word(request, pk):
    """The paper as a Word file: the frozen text once issued, else the bản trình ký as it would print now."""
    plan = get_object_or_404(visible_plans(request.access).select_related("ward", "paper"), pk=pk)
    if plan.paper_id and not plan.paper.content:
        raise Http404  # recorded from its sheet alone
    paper = from_dict(plan.paper.content) if plan.paper_id else plan_paper(plan)
    return download(docx.write_docx(paper), name=docx.file_name(paper), content_type=docx.CONTENT_TYPE)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_word_return(request, pk):
    """An edited Word file of a draft: first the file, then its changes with a tick for each."""
    plan = get_object_or_404(visible_plans(request.access).select_related("ward", "signer"), pk=pk)
    request.access.require(Permission.DRAFT_PAPER, plan.ward)
    if not plan.is_editable:
        messages.info(request, "Kế hoạch không còn là dự thảo nên không nhận bản Word đã sửa.")
        return redirect(plan)
    if request.method == "POST" and "packed" in request.POST:
        return _take(request, plan)
    form = WordFileForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        return _proposal(request, plan, form.word)
    return render(request, "campaigns/plan_word.html", {"plan": plan, "form": form})


def _take(request, plan):
    form = TakeChangesForm(request.POST, plan=plan)
    if not form.is_valid():
        again = WordFileForm(by=request.user)
        for sentence in form.errors.get("packed", ["Đề xuất không đọc được; đồng chí gửi lại tệp Word."]):
            messages.error(request, sentence)
        return render(request, "campaigns/plan_word.html", {"plan": plan, "form": again}, status=400)
    content, paper = plan_content(plan), canonical(plan_paper(plan))
    chosen = set(request.POST.getlist("take"))
    accepted = [one for one in _changes(plan, paper, form.word) if one.key in chosen]
    if not accepted:
        messages.info(request, "Đồng chí chưa chọn thay đổi nào nên kế hoạch vẫn như cũ.")
        return _proposal(request, plan, form.word)
    now = timezone.now()
    returned = take_back(content, paper, accepted, today=timezone.localdate(now))
    try:
        save_plan_draft(
            plan=plan, expected_version=form.cleaned_data["version"], content=returned.content, by=request.user, now=now
        )
    except ValidationError as refused:
        tell(request, refused)
        return _proposal(request, Plan.objects.select_related("ward", "signer").get(pk=plan.pk), form.word, status=409)
    _say_what_was_taken(request, accepted, returned, without_unit(content, returned.content))
    return _after(request, plan.pk, form.word)


def _after(request, pk, word):
    """Show what is still open of the file; with nothing left, the editor."""
    plan = Plan.objects.select_related("ward", "signer").get(pk=pk)
    if not _changes(plan, canonical(plan_paper(plan)), word):
        return redirect("campaigns:plan-edit", pk)
    return _proposal(request, plan, word)


def _say_what_was_taken(request, accepted, returned, unnamed):
    count = max(len(accepted) - len(returned.left_over), 0)
    messages.success(request, f"Đã lưu {count} thay đổi từ bản Word vào dự thảo.")
    if returned.left_over:
        messages.warning(
            request,
            f"Còn {len(returned.left_over)} chỗ chương trình không đưa vào được, vẫn nằm trong danh sách dưới đây; "
            "đồng chí chép tay vào trang sửa.",
        )
    if unnamed:
        messages.warning(request, f"Cơ quan ghi tên mới trong bản Word, đồng chí chọn đơn vị chủ trì ở trang sửa: {', '.join(unnamed)}.")


def _proposal(request, plan, word, status=200):
    content, paper = plan_content(plan), canonical(plan_paper(plan))
    changes = _changes(plan, paper, word)
    by_hand = unfit(content, paper, changes, today=timezone.localdate())
    context = {
        "plan": plan,
        "changes": [one for one in changes if one.key not in by_hand],
        "by_hand": [one for one in changes if one.key in by_hand],
        "left_out": word.left_out,
        "same_base": word.base == docx.fingerprint(plan_paper(plan)),
        "packed": pack(word, plan_id=plan.pk),
    }
    return render(request, "campaigns/plan_word_changes.html", context, status=status)


def _changes(plan, paper, word):
    """Return what the file says otherwise; its bookmarks count only against the very text it was made from."""
    same = word.base == docx.fingerprint(plan_paper(plan)) and len(plan_paper(plan).blocks) == len(paper.blocks)
    return compare(paper, word.paper, origins=word.origins if same else ())
