"""The office's pages over outlines and forms: every unit's rows in one table, the texts of one heading side by side."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from documents.writing.pdf import render as render_pdf
from reports.papers.merged import coverage_words, merged_paper
from reports.selectors import merging
from reports.workbooks import XLSX
from reports.workbooks_forms import merged_workbook
from units.downloads import download
from units.permissions import Permission

WAITING = "cho"  # ?gom=cho: with the reports that wait to be taken in


@require_safe
def merged_list(request):
    """Plans of the ward that ask for an outline or forms, each with how many units are in."""
    request.access.require(Permission.READ_WARD)
    rows = []
    for plan in merging.visible_plans_asking(request.access):
        submissions = merging.counted_submissions(plan, waiting=False)
        rows.append({"plan": plan, "coverage": merging.coverage_of(plan, submissions), "stages": merging.stages_of(plan)})
    return render(request, "reports/merged_list.html", {"rows": rows})


@require_safe
def merged_detail(request, pk):
    """Every biểu of a plan over all units, the headings of its outline, the dated steps, who is missing."""
    plan, submissions, coverage = _chosen(request, pk)
    context = {
        "plan": plan,
        "coverage": coverage,
        "coverage_words": coverage_words(coverage),
        "stages": merging.stages_of(plan),
        "outline": merging.outline_counts(plan, submissions),
        "forms": [_form_context(one) for one in merging.merged_forms(plan, submissions)],
        "with_waiting": _with_waiting(request),
        "may_enter": request.access.can(Permission.ENTER_ON_BEHALF, plan.ward),
    }
    return render(request, "reports/merged_detail.html", context)


@require_safe
def merged_heading(request, pk, heading):
    """What all units wrote under one heading, side by side."""
    plan, submissions, coverage = _chosen(request, pk)
    part = merging.heading_of(plan, heading)
    if part is None:
        raise Http404
    context = {
        "plan": plan,
        "heading": part,
        "texts": merging.texts_of(plan, submissions, part),
        "coverage_words": coverage_words(coverage),
        "with_waiting": _with_waiting(request),
    }
    return render(request, "reports/merged_heading.html", context)


@require_safe
def merged_excel(request, pk):
    """The merged outline and forms as a workbook."""
    plan, submissions, coverage = _chosen(request, pk)
    data = merged_workbook(plan, submissions, coverage)
    return download(data, name=f"tong-hop-bieu-{plan.pk}.xlsx", content_type=XLSX)


@require_safe
def merged_pdf(request, pk):
    """The merged outline and forms as a paper to print."""
    plan, submissions, coverage = _chosen(request, pk)
    made = render_pdf(merged_paper(plan, submissions, coverage, today=timezone.localdate(request.received_at)))
    return download(made.data, name=f"tong-hop-bieu-{plan.pk}.pdf", content_type="application/pdf")


def _chosen(request, pk):
    request.access.require(Permission.READ_WARD)
    plan = get_object_or_404(merging.visible_plans_asking(request.access).select_related("ward__ward_settings", "signer"), pk=pk)
    submissions = merging.counted_submissions(plan, waiting=_with_waiting(request))
    return plan, submissions, merging.coverage_of(plan, submissions)


def _with_waiting(request):
    return request.GET.get("gom") == WAITING


def _form_context(form):
    columns = [*form.part.columns]
    return {
        "part": form.part,
        "columns": columns,
        "count": form.count,
        "span": len(columns) + 1,
        "groups": [
            (name, [(list(zip(columns, words, strict=True)), source) for words, source in lines]) for name, lines in form.lines()
        ],
        "total": form.total_words(),
    }

