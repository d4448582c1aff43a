"""The outline and forms of a report, frozen when it is sent."""

from reports.models import AnswerSheet, FormAnswer, OutlineAnswer, Submission
from reports.outline import read_sheet
from reports.selectors.outline import parts_of


def freeze_answers(submission: Submission) -> bool:
    """Write what stands on the sheet of `submission` as its answers; part of sending, the caller holds the transaction.
    Returns whether there is a sheet.

    Raises ValidationError "answers", naming the first cell that is not right; the sheet stays as it is.
    """
    sheet = AnswerSheet.objects.filter(submission=submission).first()
    if sheet is None:
        return False
    texts, rows = read_sheet(parts_of(submission.plan), sheet.content)
    submission.outline_answers.all().delete()
    submission.form_answers.all().delete()
    OutlineAnswer.objects.bulk_create(
        OutlineAnswer(submission=submission, heading_id=heading, text=text) for heading, text in texts.items()
    )
    counts: dict[tuple[int, int], int] = {}
    answers = []
    for form, group, cells in rows:
        position = counts.get((form, group), 0)
        counts[form, group] = position + 1
        answers.append(FormAnswer(submission=submission, form_id=form, group=group, position=position, cells=cells))
    FormAnswer.objects.bulk_create(answers)
    return True
