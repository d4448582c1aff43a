"""What the pages of an outline and its forms show, and the way to them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from reports.choices import EntrySource, SubmissionState
from reports.forms.answers import form_of
from reports.outline import FormPart, part_of_place
from reports.selectors.body_outlines import speaks_for
from reports.selectors.outline import parts_of, reports_alone
from reports.selectors.returned import returned_places
from reports.services.answer_sheets import open_sheet
from units.permissions import Permission


def part_url(sheet, part):
    """Address of one part."""
    return reverse("reports:answer-part", args=[sheet.pk, part.slug])


def source_for(request, unit):
    """The unit itself, or the office that enters what it has on paper."""
    return EntrySource.UNIT if speaks_for(request.access, unit) else EntrySource.PAPER


def home_url(request, sheet):
    """Where the pages are left to."""
    unit, plan = sheet.submission.unit, sheet.submission.plan
    if not speaks_for(request.access, unit):
        return reverse("campaigns:plan-detail", args=[plan.pk])
    return reverse(_list_of(request, unit))


def _list_of(request, unit):
    """Name of the page that lists what its own people fill in."""
    return "reports:session-list" if request.access.can(Permission.REPORT_UNIT, unit) else "reports:answer-list"


def redirect_to_sheet(request, unit, plan, *, place=""):
    """Open the outline and forms of `unit` and go to the place the office named (`place`, else its first), else to the first part."""
    try:
        sheet = open_sheet(unit=unit, plan=plan, by=request.user, at=request.received_at, source=source_for(request, unit))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(_list_of(request, unit) if speaks_for(request.access, unit) else "home")
    if sheet.submission.state == SubmissionState.RETURNED:
        place = place or sheet.submission.return_field
    parts = parts_of(plan)
    return redirect(f"{part_url(sheet, part_of_place(parts, place))}{_anchor(parts, place)}")


def part_context(request, sheet, parts, part, form):
    """Everything the page of one part shows."""
    submission = sheet.submission
    index = parts.index(part)
    typed = set(sheet.content.get("typed", []))
    return {
        "sheet": sheet,
        "part": part,
        "is_table": isinstance(part, FormPart),
        "form": form,
        "unit_name": submission.unit.short_name,
        "plan": submission.plan,
        "step": index + 1,
        "steps": len(parts) + 1,
        "title": f"Biểu {part.number}" if isinstance(part, FormPart) else part.title,
        "back_url": part_url(sheet, parts[index - 1]) if index else home_url(request, sheet),
        "draft_key": _draft_key(sheet, part),
        "kept_keys": [_draft_key(sheet, one) for one in parts if one.slug in typed and one != part],
        "saved_text": saved_words(sheet),
        "returned": returned_words(sheet, parts),
        "by_office": not speaks_for(request.access, submission.unit),
    }


def review_context(request, sheet, parts, duties, problem=""):
    """The last page: what each part holds, what is not right, `duties` of a body that it ends, the button that sends."""
    submission = sheet.submission
    rows = [_review_row(sheet, part) for part in parts]
    return {
        "sheet": sheet,
        "rows": rows,
        "duties": duties,
        "wrong": sum(bool(row["faults"]) for row in rows),
        "problem": problem,
        "unit_name": submission.unit.short_name,
        "plan": submission.plan,
        "alone": reports_alone(submission.plan, submission.unit),
        "step": len(parts) + 1,
        "steps": len(parts) + 1,
        "title": "Xem lại và gửi",
        "back_url": part_url(sheet, parts[-1]),
        "home_url": home_url(request, sheet),
        "kept_keys": [_draft_key(sheet, part) for part in parts],
        "returned": returned_words(sheet, parts),
    }


def returned_words(sheet, parts):
    """What the office asked for, while the report waits for it."""
    if sheet.submission.state != SubmissionState.RETURNED:
        return None
    places = returned_places(sheet.submission)
    links = [(one, f"{part_url(sheet, part_of_place(parts, one.field))}{_anchor(parts, one.field)}") for one in places]
    return {"places": places, "links": links}


def _review_row(sheet, part):
    form = form_of(part, sheet.content)
    if isinstance(part, FormPart):
        title, words = f"Biểu {part.number}. {part.title}", f"{form.filled} dòng" if form.filled else "chưa có dòng nào"
    else:
        texts = sheet.content.get("headings", {})
        done = sum(bool(str(texts.get(str(one.pk), "")).strip()) for one in part.asking)
        title, words = part.title, f"đã ghi {done}/{len(part.asking)} mục"
    return {"title": title, "words": words, "url": part_url(sheet, part), "faults": 0 if form.is_valid() else form.faults}


def _anchor(parts, place):
    part = part_of_place(parts, place)
    if isinstance(part, FormPart):
        return ""
    heading = next((one for one in part.asking if one.place == place), None)
    return f"#id_muc_{heading.pk}" if heading else ""


def _draft_key(sheet, part):
    # the number of sendings: what a phone kept of the report that was returned is not what it is to send again
    key = f"de-cuong-{sheet.pk}-{sheet.submission.revision}-{part.slug}"
    # rows of a biểu move when one is taken out: what was kept under their old places must not come back
    return f"{key}-{sheet.version}" if isinstance(part, FormPart) else key


def saved_words(sheet):
    """ "Đã lưu 19:42" once somebody has typed."""
    if not sheet.content.get("typed"):
        return ""
    return f"Đã lưu {timezone.localtime(sheet.edited_at):%H:%M}"
