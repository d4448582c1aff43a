"""What a chi bộ trực thuộc gives to its đảng bộ cơ sở: its session and its heads on one page."""

from django import forms

from reports.asked import OF_CELLS
from reports.forms.one_page import HELD, OnePageForm
from reports.forms.results import ResultsStepForm
from reports.forms.session import SessionStepForm
from reports.places import COUNT_FIGURES, RESULT_FIGURES, SESSION_COUNTS
from reports.selectors.filings import typed_results

APART, TOGETHER = "apart", "together"


class BranchForm(OnePageForm):
    """The two first steps of a report for one cell.

    A cell that studied together with the đảng bộ is asked nothing else: its heads lie in the part of the đảng bộ.
    """

    where = forms.ChoiceField(
        label="Chi bộ đã học",
        choices=[(APART, "Buổi riêng của chi bộ"), (TOGETHER, "Chung một buổi với đảng bộ (đảng bộ ghi số người)")],
        widget=forms.RadioSelect,
        initial=APART,
    )
    field_order = ["where", *SessionStepForm.field_order]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound and self.data.get("where") == TOGETHER:
            for name in [one for one in self.fields if one != "where"]:
                del self.fields[name]

    @property
    def together(self):
        """The cell sat in the session of the đảng bộ (valid form only)."""
        return self.cleaned_data["where"] == TOGETHER

    def plans_given(self):
        """Plans the figures are for: those wholly studied; all of them when it studied together."""
        return self.plans if self.together else self.chosen_plans()

    def session(self):
        """Fields of StudySession, for the service."""
        return {} if self.together else super().session()


def initial_of(line, known):
    """What the page starts with: what was given before, else what the ward knows (`known`: a fresh form's content)."""
    if line is None:
        return known["session"] | known["counts"]
    if line.together or line.session is None:
        return known["session"] | known["counts"] | {"where": TOGETHER if line.together else APART}
    session = {name: getattr(line.session, name) for name in (*HELD, *SESSION_COUNTS)}
    directives = [str(pk) for pk in line.session.directives.values_list("pk", flat=True)]
    return session | {name: getattr(line, name) for name in COUNT_FIGURES} | {"directives": directives}


def results_form(data, *, asked, line):
    """What followed the cell's session: of the questions `asked` those that a cell answers, beside the BranchForm."""
    initial = typed_results(line.results) if line else {}
    return ResultsStepForm(data, asked=[group for group in OF_CELLS if group in asked], prefix="kq", initial=initial)


def results_of(form):
    """Fields of Submission, for the service (valid form only)."""
    return {name: form.cleaned_data[name] for name in RESULT_FIGURES if name in form.cleaned_data}
