"""Reading what units wrote into outlines and forms."""

from django.db.models import QuerySet

from campaigns.choices import ColumnKind
from reports.cells import shown_cell
from reports.choices import SubmissionState
from reports.models import AnswerSheet, Submission
from reports.outline import FormPart
from reports.selectors.body_outlines import own_reach
from reports.selectors.outline import parts_of
from reports.selectors.submissions import visible_submissions
from units.permissions import Permission
from units.selectors.access import Access


def visible_sheets(access: Access) -> QuerySet[AnswerSheet]:
    """Sheets of the own unit and its children, of the own body; the office that enters on behalf sees those of its ward."""
    office = access.reach(Permission.ENTER_ON_BEHALF, prefix="submission__unit__")
    return AnswerSheet.objects.filter(own_reach(access, prefix="submission__unit__") | office)


def sent_submissions(access: Access) -> QuerySet[Submission]:
    """Reports whose outline and forms may be read: sent at least once."""
    rows = visible_submissions(access) | Submission.objects.filter(own_reach(access, prefix="unit__"))
    return rows.filter(submitted_at__isnull=False)


def is_open(sheet: AnswerSheet) -> bool:
    """Whether something may still be written."""
    return sheet.submission.state in SubmissionState.EDITABLE


def answered_parts(submission: Submission) -> list[dict]:
    """The parts as they were sent: headings with their texts, biểu with their rows as the office writes them."""
    texts = dict(submission.outline_answers.values_list("heading", "text"))
    rows = list(submission.form_answers.order_by("form", "group", "position"))
    found = []
    for part in parts_of(submission.plan):
        if isinstance(part, FormPart):
            groups = [
                (name, [list(zip(part.columns, shown_row(part, one.cells, number), strict=True)) for number, one in enumerate(_of(rows, part, group), 1)])
                for group, name in enumerate(part.groups)
            ]
            found.append({"part": part, "table": True, "groups": [one for one in groups if one[1]]})
        else:
            found.append({"part": part, "table": False, "headings": [(one, texts.get(one.pk, "")) for one in part.headings]})
    return found


def shown_row(part: FormPart, cells: dict, number: int) -> list[str]:
    """The cells of one row in words, the order counted."""
    return [
        str(number) if one.kind == ColumnKind.ORDER else shown_cell(one.kind, cells.get(one.key, "")) for one in part.columns
    ]


def _of(rows, part, group):
    return [one for one in rows if (one.form_id, one.group) == (part.pk, group)]
