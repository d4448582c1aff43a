"""Session and heads on one form: what a cell gives to its đảng bộ, what a row of the ward's Excel sheet says."""

from reports.forms.counts import CountsStepForm
from reports.forms.session import SessionStepForm
from reports.places import COUNT_FIGURES, SESSION_COUNTS

HELD = ("held_on", "started_at", "minutes", "form", "way", "online_points", "speaker", "head_speaks", "minutes_kept")


class OnePageForm(SessionStepForm, CountsStepForm):
    """The first two steps of a report. `heads` is False for a unit that keeps its figures to itself."""

    def __init__(self, *args, heads=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.heads = heads
        if not heads:
            for name in (*COUNT_FIGURES, *SESSION_COUNTS):
                del self.fields[name]

    def session(self):
        """Fields of StudySession, for the service (valid form only)."""
        facts = {name: self.cleaned_data.get(name) for name in (*HELD, *SESSION_COUNTS)}
        return facts | {"directives": list(self.cleaned_data["directives"])}

    def figures(self):
        """Head-counts of the report, for the service (valid form only)."""
        return {name: self.cleaned_data.get(name) for name in COUNT_FIGURES}
