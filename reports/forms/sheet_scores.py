"""The self-score as the ward's Excel sheet gives it: a column per line of the plan's sheet, checked as on the phone."""

from reports.choices import CriterionKind
from reports.forms.scores import ScoresStepForm
from reports.result_columns import GROUNDS, POINTS, title_of
from reports.selectors.ground import Ground
from reports.selectors.scoring import facts_over
from reports.wording import points_words
from units.folding import fold

FROM_SHEET = "Theo bảng tự chấm của đơn vị (tệp Excel)."
_YES = {"dat", "co", "x"}
_NO = {"khong dat", "khong"}


def read_points(typed, *, unit, plans, session, figures, at):
    """(criterion id -> (points, grounds), notes, problems) of one row of the sheet; nothing of it when no points are typed.

    A line left empty takes what the figures suggest; points that differ from it without grounds are said to come from the
    sheet. Total and level are computed, never read (decisions 8).
    """
    if not any(text for key, text in typed.items() if key.startswith(POINTS)):
        return {}, [], []
    ground = Ground(unit, plans)
    criteria = {one.pk: one for plan in plans for one in ground.criteria(plan)}.values()
    facts = facts_over(plans=plans, unit=unit, sessions=[session], figures=figures, received_at=at, ground=ground)
    levels = next((ground.levels(plan) for plan in plans if ground.levels(plan)), [])
    sheet = {"criteria": criteria, "levels": levels, "facts": facts}
    suggested = ScoresStepForm(**sheet).suggested
    data, taken = {}, 0
    for one in criteria:
        if one.pk not in suggested:
            continue
        points, grounds = _cell(one, typed.get(f"{POINTS}{one.code}", "")), typed.get(f"{GROUNDS}{one.code}", "")
        hint = points_words(suggested[one.pk][0])
        if not points and not (grounds and one.may_skip) and hint:
            points, taken = hint, taken + 1
        if points and hint and points != hint and not grounds:
            grounds = FROM_SHEET
        data |= {f"points_{one.pk}": points, f"note_{one.pk}": grounds}
    form = ScoresStepForm(data, **sheet)
    if not form.is_valid():
        codes = {one.pk: one.code for one in criteria}
        return {}, [], [(_title(name, codes), errors[0]) for name, errors in form.errors.items()]
    return form.given(), _notes(form, taken), []


def _notes(form, taken):
    total, level = form.live()
    notes = [f"tự chấm {points_words(total.points)} điểm" + (f", {level.name}" if level else "")]
    if taken:
        notes.append(f"{taken} mục để trống lấy theo điểm gợi ý")
    return notes


def _cell(criterion, text):
    """What was typed, as the form takes it: a yes-or-no line may say so in words."""
    if criterion.kind == CriterionKind.YES_NO and fold(text) in _YES:
        return points_words(criterion.max_points)
    return "0" if criterion.kind == CriterionKind.YES_NO and fold(text) in _NO else text.replace(".", ",")


def _title(name, codes):
    kind, _, pk = name.partition("_")
    return title_of(f"{POINTS if kind == 'points' else GROUNDS}{codes[int(pk)]}")
