"""The ward's own score sheet: a new version, its parts one by one, putting it into use. For who keeps the settings."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from reports.forms.rubrics import ActivateForm, CheckedForm, CriterionForm, GroupForm, LevelForm, RubricForm, bands_text
from reports.models import Criterion, Rubric, RubricGroup, RubricLevel
from reports.selectors.rubrics import own_rubrics, problems_of, visible_rubrics, with_lines
from reports.services import rubric_drafts as services
from reports.views.rubrics import sheet_context
from units.permissions import Permission


@require_POST
def rubric_copy(request, pk):
    """A new version to edit, from any sheet the ward can read."""
    request.access.require(Permission.MANAGE_SETTINGS)
    rubric = get_object_or_404(visible_rubrics(request.access), pk=pk)
    copy = services.copy_rubric(rubric=rubric, ward=request.access.ward, by=request.user, at=request.received_at)
    messages.success(request, f"Đã lập bản thảo phiên bản {copy.version}. Chưa kế hoạch nào chấm điểm theo bản này.")
    return redirect("reports:rubric-edit", copy.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def rubric_edit(request, pk):
    """A draft with every part open to change, and what is still missing."""
    rubric = _draft(request, pk)
    initial = {name: getattr(rubric, name) for name in ("name", "basis", "basis_text")}
    form = RubricForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and _done(request, form, services.edit_rubric, rubric=rubric, **form.cleaned_data)
    ):
        messages.success(request, "Đã lưu tên và căn cứ.")
        return redirect("reports:rubric-edit", pk)
    context = sheet_context(rubric) | {"form": form, "problems": problems_of(rubric)}
    return render(request, "reports/rubric_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rubric_delete(request, pk):
    """Throw a draft away, after asking."""
    rubric = _draft(request, pk)
    if request.method == "POST":
        if _done(request, None, services.delete_draft, rubric=rubric):
            messages.success(request, "Đã bỏ bản thảo.")
        return redirect("reports:rubric-list")
    return _ask(
        request,
        rubric,
        None,
        title="Bỏ bản thảo",
        question="Mọi sửa đổi trên bản thảo này mất đi. Các bộ tiêu chí khác giữ nguyên.",
        danger=True,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def rubric_activate(request, pk):
    """Put a draft into use from a day."""
    rubric = _draft(request, pk)
    form = ActivateForm(request.POST or None, initial={"effective_from": rubric.effective_from})
    if (
        request.method == "POST"
        and form.is_valid()
        and _done(request, form, services.activate_rubric, rubric=rubric, **form.cleaned_data)
    ):
        messages.success(request, "Đã đưa bộ tiêu chí vào áp dụng. Kế hoạch đã ban hành giữ nguyên bộ tiêu chí cũ.")
        return redirect("reports:rubric-detail", pk)
    question = "Kế hoạch ban hành từ ngày này trở đi chấm điểm theo bản này. Kế hoạch đã ban hành giữ nguyên bộ tiêu chí của mình."
    return _ask(request, rubric, form, title="Đưa vào áp dụng", question=question)


@require_POST
def rubric_withdraw(request, pk):
    """Take a version that no plan uses back to being a draft."""
    request.access.require(Permission.MANAGE_SETTINGS)
    rubric = get_object_or_404(own_rubrics(request.access), pk=pk)
    if _done(request, None, services.withdraw_rubric, rubric=rubric):
        messages.success(request, "Đã thu lại thành bản thảo.")
    return redirect("reports:rubric-detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def rubric_check(request, pk):
    """Say that the sheet was compared with the original of the regulation."""
    request.access.require(Permission.MANAGE_SETTINGS)
    rubric = get_object_or_404(own_rubrics(request.access), pk=pk)
    form = CheckedForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _done(request, form, services.confirm_official, rubric=rubric):
        messages.success(request, f"Từ nay điểm được in kèm dòng “theo {rubric.basis}”.")
        return redirect("reports:rubric-detail", pk)
    question = f"Sau khi xác nhận, điểm được in kèm dòng “theo {rubric.basis or 'văn bản quy định'}”."
    return _ask(request, rubric, form, title="Xác nhận đã đối chiếu bản chính", question=question)


def _ask(request, rubric, form, *, title, question, danger=False):
    context = {"rubric": rubric, "form": form, "title": title, "question": question, "danger": danger}
    return render(request, "reports/rubric_ask.html", context)


@dataclass(frozen=True)
class Kind:
    """One kind of part: its form, its model, what its pages are called."""

    slug: str
    form: type
    model: type
    name: str
    inside: str  # the way from the part to its sheet


KINDS = {
    "nhom": Kind("nhom", GroupForm, RubricGroup, "nhóm", "rubric"),
    "tieu-chi": Kind("tieu-chi", CriterionForm, Criterion, "tiêu chí", "group__rubric"),
    "muc": Kind("muc", LevelForm, RubricLevel, "mức xếp loại", "rubric"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def rubric_part_new(request, pk, kind):
    """Add a group, a line or a level to a draft."""
    rubric, kind = _draft(request, pk), _kind(kind)
    return _part(request, rubric, kind, kind.model(), _fresh(rubric, kind, request.GET.get("nhom", "")))


@require_http_methods(["GET", "HEAD", "POST"])
def rubric_part_edit(request, pk, kind, part_pk):
    """Change a group, a line or a level of a draft."""
    rubric, kind = _draft(request, pk), _kind(kind)
    part = get_object_or_404(kind.model, pk=part_pk, **{kind.inside: rubric})
    return _part(request, rubric, kind, part, _typed(part))


@require_POST
def rubric_part_delete(request, pk, kind, part_pk):
    """Take a group, a line or a level out of a draft."""
    rubric, kind = _draft(request, pk), _kind(kind)
    part = get_object_or_404(kind.model, pk=part_pk, **{kind.inside: rubric})
    if _done(request, None, services.delete_part, rubric=rubric, part=part):
        messages.success(request, f"Đã bỏ {kind.name}.")
    return redirect("reports:rubric-edit", pk)


def _part(request, rubric, kind, part, initial):
    """The page of one part, and its saving."""
    extra = {} if kind.form is GroupForm else {"rubric": rubric}
    form = kind.form(request.POST or None, initial=initial, **extra)
    if request.method == "POST" and form.is_valid():
        _write(rubric, part, form)
        if _done(request, form, services.save_part, rubric=rubric, part=part):
            messages.success(request, f"Đã lưu {kind.name}.")
            return redirect("reports:rubric-edit", rubric.pk)
    title = f"{'Sửa' if part.pk else 'Thêm'} {kind.name}"
    remove_url = reverse("reports:rubric-part-delete", args=[rubric.pk, kind.slug, part.pk]) if part.pk else ""
    context = {"rubric": rubric, "form": form, "title": title, "remove_url": remove_url}
    return render(request, "reports/rubric_part.html", context)


def _write(rubric, part, form):
    """What the form says, onto the part."""
    data = dict(form.cleaned_data)
    if isinstance(part, RubricLevel):
        part.gates = form.gates()
        data = {name: data[name] for name in ("name", "from_percent", "position")}
    for name, value in data.items():
        setattr(part, name, value)
    if not isinstance(part, Criterion):
        part.rubric = rubric


def _fresh(rubric, kind, group):
    """A new part stands at the end."""
    count = kind.model.objects.filter(**{kind.inside: rubric}).count()
    initial = {"position": count}
    if kind.model is Criterion:
        initial |= {"kind": "points", "suggestion": "none", "group": group if group.isdecimal() else None}
    return initial


def _typed(part):
    """The fields of a part as its form shows them."""
    if isinstance(part, RubricGroup):
        return {"code": part.code, "name": part.name, "position": part.position}
    if isinstance(part, RubricLevel):
        gates = {gate["source"]: gate for gate in part.gates}
        return {
            "name": part.name,
            "from_percent": Decimal(part.from_percent),
            "position": part.position,
            "attendance": gates.get("attendance_rate", {}).get("at_least"),
            "no_unexcused": "no_unexcused" in gates,
            "on_time": "on_time" in gates,
            "full_marks": ", ".join(gates.get("full_marks", {}).get("codes", [])),
        }
    names = ("code", "text", "kind", "max_points", "suggestion", "unit_kinds", "needs_essay", "may_skip", "position")
    return {name: getattr(part, name) for name in names} | {"group": part.group_id, "bands": bands_text(part.bands)}


def _kind(slug):
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def _draft(request, pk) -> Rubric:
    """A sheet of the person's ward that is not in use yet; one in use is edited by nobody."""
    request.access.require(Permission.MANAGE_SETTINGS)
    return get_object_or_404(with_lines(own_rubrics(request.access)).filter(activated_at=None), pk=pk)


def _done(request, form, service, **facts):
    """Call `service`; a refusal goes onto the form with everything typed still in it, or becomes a message."""
    try:
        service(by=request.user, at=request.received_at, **facts)
    except ValidationError as refused:
        if form is None:
            messages.error(request, " ".join(refused.messages))
        else:
            form.add_error(None, refused)
        return False
    return True
