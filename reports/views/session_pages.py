"""What the secretary's pages show: names of the steps, sums, the receipt."""

import re
import secrets

from django.urls import reverse
from django.utils import timezone

from documents.dates import short
from reports.choices import ResultGroup
from reports.forms.parcels import ParcelForm
from reports.forms.whole import own_rows
from reports.places import (
    COUNTS,
    FILES,
    RESULT_COUNTS,
    RESULT_WORDS,
    RESULTS,
    SCORES,
    SESSION,
    TITLES,
    anchor_of,
    extra_pk,
    label_of,
    part_of,
)
from reports.scoring import gates_lacking
from reports.selectors.appraisal import differences
from reports.selectors.asked import asked_by
from reports.selectors.returned import returned_places
from reports.selectors.rubrics import rubric_label
from reports.selectors.scoring import required_of
from reports.selectors.submissions import asked_count, figures_of, verdict_on
from reports.wording import difference_words, joined, left_out_words, points_words, sum_words
from units.permissions import Permission

PART_SLUGS = {SESSION: "buoi-hoc", COUNTS: "so-nguoi", RESULTS: "viec-lam", SCORES: "tu-cham"}
SLUG_PARTS = {slug: part for part, slug in PART_SLUGS.items()}
MOST_FIGURES = 9
DEVICE = re.compile(r"[0-9a-f]{8,40}")
_WHOLE = ("members", "exempt", "away", "received")


def step_url(filing, part):
    """Address of one step."""
    return reverse("reports:session-step", args=[filing.pk, PART_SLUGS[part]])


def device_of(request):
    """The name a phone gave itself, sent along with what is typed; empty without JavaScript."""
    name = request.POST.get("device", "")
    return name if DEVICE.fullmatch(name) else ""


def version_of(request):
    """The version of the report that the page showed; 0, which is nobody's, when it says none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_FIGURES else 0


def is_for_another(request):
    """Whether a phone that changed hands sends what somebody else gave it: that waits until they sign in again.

    Asked before the report is looked for: one that this person may not see is not gone, it waits on the phone.
    """
    owner = request.POST.get("owner", "")
    return bool(owner) and owner != str(request.user.pk)


def key_of(request):
    """The key of one sending that the page carries, so that pressing twice adds once; a fresh one where it carries none."""
    form = ParcelForm(request.POST)
    return form.cleaned_data["key"] if form.is_valid() else secrets.token_hex(16)


def exit_url(filing):
    """Where the form is left to: the office goes back to its list."""
    return reverse("reports:submission-on-behalf" if filing.by_office else "reports:session-list")


def step_context(request, forms, part, form=None):
    """Everything a step page shows."""
    filing = forms.filing
    index = forms.parts.index(part)
    form = forms.form(part) if form is None else form
    context = {
        "filing": filing,
        "form": form,
        "unit_name": filing.unit.short_name,
        "step": index + 1,
        "steps": len(forms.parts),
        "title": TITLES[part],
        "back_url": step_url(filing, forms.parts[index - 1]) if index else exit_url(filing),
        "part": part,
        "keep_url": reverse("reports:session-keep", args=[filing.pk, PART_SLUGS[part]]),
        "saved_text": saved_words(filing),
        "returned": returned_words(forms),
        "set_aside": copy_words(filing),
    }
    return context | _PART_CONTEXT[part](forms, form)


def saved_words(filing):
    """ "Đã lưu 19:42" once somebody has typed."""
    if not filing.content.get("typed"):
        return ""
    return f"Đã lưu {timezone.localtime(filing.edited_at):%H:%M}"


def copy_words(filing):
    """That another version waits for a choice, for the top of the steps; empty when none does."""
    copy = filing.copies.filter(settled_at=None).select_related("kept_by").first()
    if copy is None:
        return ""
    when = timezone.localtime(copy.kept_at)
    return f"Bản đồng chí {copy.kept_by} gõ lúc {when:%H} giờ {when:%M}, ngày {short(when.date())} đang để bên."


def place_url(forms, field):
    """The field itself; a further session, the files, and the cells of a đảng bộ that reports from them have pages of
    their own. Of a further session that was taken out since, the list from which it is gone."""
    filing, part = forms.filing, part_of(field)
    if part == FILES:
        return f"{reverse('reports:session-files', args=[filing.pk])}#{anchor_of(field)}"
    if pk := extra_pk(field):
        for index, entry in enumerate(forms.content["extra"]):
            if entry.get("pk") == pk:
                return reverse("reports:session-extra-edit", args=[filing.pk, index])
        part, field = SESSION, "extra"
    if part in forms.parts:
        return f"{step_url(filing, part)}#{anchor_of(field)}"
    return reverse("reports:branch-list", args=[filing.unit_id]) if forms.from_branches else step_url(filing, forms.parts[0])


def returned_words(forms):
    """What the office asked for, on every step of a returned report."""
    pairs = [(plan, forms.filing.unit.submissions.filter(plan=plan, state="returned").first()) for plan in forms.plans]
    for _, submission in pairs:
        if submission:
            places = returned_places(submission, forms.filing)
            return {"places": places, "links": [(one, place_url(forms, one.field)) for one in places]}
    return None


def _session_context(forms, form):
    extra = [
        {"index": index} | {name: entry[name] for name in ("kind", "held_on")} | _own_heads(forms, entry)
        for index, entry in enumerate(forms.extra_entries)
    ]
    asks_files = ResultGroup.EVIDENCE in forms.asked
    return {"extra": extra, "plans": forms.plans, "many": len(forms.plans) > 1, "asks_files": asks_files}


def _own_heads(forms, entry):
    """Those present at a further session, and its directives where they are not those of the main one."""
    texts = [one.number_text for one in entry["directives"]]
    same = {one.pk for one in entry["directives"]} == {one.pk for one in forms.session_directives}
    present = entry["present_again"] if entry["present"] is None else entry["present"]
    return {"present": present, "texts": "" if same else joined(texts)}


def _counts_context(forms, form):
    values = {name: _number(form[name].value()) for name in form.fields}
    required = required_of(values)
    there = [values.get(name) for name in ("present", "excused", "unexcused")]
    return {"required": required, "more_present": form.more_present, "whole": _WHOLE, "sum": _sum_words(required, there)}


def _sum_words(required, parts):
    if required is None or None in parts:
        return ""
    return f"{required} = {parts[0]} có mặt + {parts[1]} + {parts[2]}"


def _number(text):
    text = str(text or "").strip()
    # What was typed may be anything: "²" is a digit to Python, and a number of 5,000 figures is refused by int().
    return int(text) if text.isdecimal() and len(text) <= MOST_FIGURES else None


def _results_context(forms, form):
    """What the cells of a đảng bộ gave already: "Lượt người nghe 240"."""
    sums = forms.branch_results
    told = [f"{label_of(name)} {sums[name]}" for name in RESULT_COUNTS if sums.get(name) is not None]
    told += [f"{len(sums['works'])} việc làm cụ thể"] if sums.get("works") else []
    named = [label_of(name).lower() for name in RESULT_WORDS if sums.get(name)]
    return {"branch_results": [*told, *([f"có {joined(named)}"] if named else [])]}


def _scores_context(forms, form):
    result, reached = form.live()
    rows = form.rows()
    groups = {}
    for row in rows:
        if row.suggested is not None:
            groups.setdefault(row.criterion.group, []).append(row)
    return {
        # what only the unit can judge comes first, so that nobody has to look for it
        "own_rows": [row for row in rows if row.suggested is None],
        "groups": list(groups.items()),
        "total": points_words(result.points) if result.points is not None else "",
        "scale": points_words(result.scale),
        "left": result.missing,
        "sum_words": sum_words(result),
        "left_out": left_out_words((one.code, one.max_points, why) for one, why in form.left_out()),
        "thresholds": [(one.name, points_words(one.from_percent)) for one in forms.levels],
        "level": reached,
        "lacking": gates_lacking(forms.levels[0], forms.facts) if forms.levels else "",
        "label": rubric_label(forms.rubric) if forms.rubric else "",
        "facts": forms.facts,
        "chosen_plans": forms.chosen_plans,
        "directives": forms.session_directives,
        "held_on": forms.all_sessions[0]["held_on"] if forms.all_sessions else None,
    }


_PART_CONTEXT = {SESSION: _session_context, COUNTS: _counts_context, RESULTS: _results_context, SCORES: _scores_context}


def whole_context(forms):
    """Every step at once, for the page that a phone keeps. The sheet shows only what the unit itself judges: the rest follows
    the figures, which the phone may not have sent yet."""
    groups = []
    for part in forms.parts:
        group = {"part": part, "slug": PART_SLUGS[part], "title": TITLES[part]}
        if part == SCORES:
            groups.append(group | {"own_rows": own_rows(forms)})
            continue
        form = forms.build(part, initial=forms.content.get(part, {}), auto_id=f"{part}_%s")
        groups.append(group | {"form": form} | _PART_CONTEXT[part](forms, form))
    filing = forms.filing
    return {"filing": filing, "groups": groups, "unit_name": filing.unit.short_name, "exit_url": exit_url(filing), "plans": forms.plans}


def extra_context(request, forms, form, *, index=None):
    """The page of a further session; `index` of one that stands in the form already."""
    filing = forms.filing
    context = {"filing": filing, "form": form, "unit_name": filing.unit.short_name, "back_url": step_url(filing, SESSION)}
    context |= {"key": key_of(request), "index": index, "next_label": "Thêm buổi này" if index is None else "Lưu buổi này"}
    return context | {"returned": None if index is None else returned_words(forms)}


def put_differences(cards):
    """On every report sent: `.differs`, the lines where the office scored otherwise, in words."""
    sent = [one for card in cards for one in card.sent]
    found = differences(sent)
    for one in sent:
        one.differs = [difference_words(score) for score in found.get(one.pk, [])]


def receipt_context(request, filing):
    """One line per plan: number of the receipt, which unit it was, in time or late."""
    rows = []
    for submission in filing.submissions.select_related("plan__paper", "unit").order_by("plan_id"):
        rows.append(
            {
                "submission": submission,
                "asked": asked_count(submission.plan_id),
                "verdict": verdict_on(submission),
                "figures": figures_of(submission),
            }
        )
    return {
        "filing": filing,
        "rows": rows,
        "unit_name": filing.unit.short_name,
        "exit_url": exit_url(filing),
        "asks_files": ResultGroup.EVIDENCE in asked_by(filing.plans.all()),
        "may_confirm": request.access.can(Permission.CONFIRM_UNIT, filing.unit),
    }
