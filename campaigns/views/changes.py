"""Change after issue: the list of a plan's changes, a new one with its preview, and one change as it was made."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.choices import ChangeKind
from campaigns.forms.changes import FORMS
from campaigns.selectors.changes import changes_of, kinds_open, rows_of, touched_by, visible_changes
from campaigns.selectors.directive_changes import basis_waiting
from campaigns.selectors.plan_pages import may_change
from campaigns.selectors.plans import visible_plans
from campaigns.services import changes as services
from campaigns.views.refusals import put_on_form
from units.permissions import Permission

# The address of each kind, and what the page says before anything is typed.
SLUGS = {
    "doi-han": (ChangeKind.DEADLINE, "Mọi đơn vị chưa làm xong việc này được tính theo hạn mới; đơn vị đã được gia hạn dài hơn giữ hạn của mình."),
    "them-viec": (ChangeKind.ADD, "Việc mới được giao ngay và có lời nhắc như các việc của kế hoạch."),
    "bo-viec": (ChangeKind.DROP, "Không đơn vị nào còn phải làm việc này và không ai bị nhắc nữa; kết quả đã báo cáo được giữ."),
    "doi-co-quan": (ChangeKind.LEAD, "Việc chuyển sang cơ quan mới với hạn như cũ; cơ quan trước không còn phải làm."),
    "doi-phoi-hop": (ChangeKind.HELPERS, "Cơ quan chủ trì và hạn giữ nguyên; cơ quan mới thấy việc ở trang của mình, cơ quan thôi phối hợp không thấy nữa."),
    "tam-dung": (ChangeKind.PAUSE, "Không việc nào còn hạn cho đến khi kế hoạch tiếp tục; không ai bị nhắc, không ai bị tính muộn."),
    "tiep-tuc": (ChangeKind.RESUME, "Việc chưa xong được giao lại với hạn mới; lời nhắc theo hạn mới."),
    "dung": (ChangeKind.END, "Việc chưa làm dừng lại, không tính là muộn; kết quả đã báo cáo được giữ. Kế hoạch kết thúc."),
    "thay-the": (ChangeKind.REPLACE, "Việc chưa làm dừng lại, không tính là muộn; kế hoạch mới thay cho kế hoạch này."),
}  # fmt: skip


@require_safe
def change_list(request, pk):
    """What was changed in the plan after its issue, and what may be changed now."""
    plan = _plan(request, pk, Permission.READ_WARD)
    kinds = kinds_open(plan) if may_change(plan, request.access) else []
    acts = [(slug, kind.label, words) for slug, (kind, words) in SLUGS.items() if kind in kinds]
    context = {"plan": plan, "changes": changes_of(plan), "acts": acts}
    return render(request, "campaigns/change_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_new(request, pk, kind):
    """The paper and what it says; then whom it touches; then, confirmed, the change itself."""
    plan = _plan(request, pk, Permission.READ_WARD)
    if not may_change(plan, request.access):
        raise PermissionDenied("Đồng chí không được ghi thay đổi của kế hoạch này, hoặc kế hoạch không còn thực hiện.")
    if kind not in SLUGS:
        raise Http404
    chosen, words = SLUGS[kind]
    today = timezone.localdate(request.received_at)
    initial = {"known": plan.changes.count(), "basis_dated_on": today} | basis_waiting(plan)
    form = FORMS[chosen](request.POST or None, plan=plan, kind=chosen, on=today, initial=initial)
    context = {"plan": plan, "form": form, "kind": chosen, "words": words, "today": today}
    act = request.POST.get("act", "")
    if request.method == "POST" and form.is_valid() and act != "edit":
        shown = act == "confirm" and form.cleaned_data["seen"]
        change = _change(request, plan, form) if shown else None
        if change:
            return redirect(change)
        if (not shown or form.has_error(NON_FIELD_ERRORS, "moved")) and (preview := _preview(plan, form, today)):
            return render(request, "campaigns/change_preview.html", context | preview)
    return render(request, "campaigns/change_new.html", context)


@require_safe
def change_detail(request, pk):
    """One change as it was made: the paper, and every obligation it touched."""
    changes = visible_changes(request.access).select_related(
        "plan__paper", "duty", "old_lead", "new_lead", "successor__paper", "made_by"
    )
    change = get_object_or_404(changes, pk=pk)
    lines = change.lines.select_related("assignment__duty").order_by(
        "assignment__duty__position", "assignment__duty_id", "pk"
    )
    return render(request, "campaigns/change_detail.html", {"change": change, "plan": change.plan, "lines": lines})


def _plan(request, pk, permission):
    plans = visible_plans(request.access).filter(paper__isnull=False).select_related("ward", "paper")
    plan = get_object_or_404(plans, pk=pk)
    request.access.require(permission, plan.ward)
    return plan


def _change(request, plan, form):
    """The change, made; None when it was refused: the form then says why and keeps what was typed."""
    try:
        facts = {name: form.cleaned_data[name] for name in ("known", "seen")}
        change = services.change_plan(
            plan=plan, wanted=form.wanted(), by=request.user, at=request.received_at, **facts
        )
    except ValidationError as refused:
        put_on_form(form, refused)
        return None
    messages.success(request, "Đã ghi thay đổi. Các đơn vị liên quan thấy trong thông báo của mình.")
    return change


def _preview(plan, form, today):
    """Whom the change would touch; None when it would be refused: the form says why."""
    wanted = form.wanted()
    try:
        services.refuse(plan, wanted, on=today)
        touched = touched_by(plan, wanted, list(rows_of(plan, wanted)), on=today)
        services.refuse_empty(wanted, touched)
    except ValidationError as refused:
        put_on_form(form, refused)
        return None
    form.remember(touched.mark)
    return {"wanted": wanted, "touched": touched}
