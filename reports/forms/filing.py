"""All steps of one filing together: builds each step's form and turns the whole into what the service receives."""

import datetime as dt
from functools import cached_property

from campaigns.models import Directive
from documents.text import FIELD_LIMIT
from reports.asked import TESTED
from reports.choices import SessionKind
from reports.figures import OUTSIDE
from reports.forms.counts import CountsStepForm
from reports.forms.results import ResultsStepForm
from reports.forms.scores import ScoresStepForm
from reports.forms.session import ExtraSessionForm, SessionStepForm
from reports.models import Filing
from reports.places import (
    COUNT_FIGURES,
    COUNTS,
    PARTS,
    RESULT_COUNTS,
    RESULT_LISTS,
    RESULT_WORDS,
    RESULTS,
    SCORES,
    SESSION,
    SESSION_COUNTS,
)
from reports.selectors.asked import in_order
from reports.selectors.branches import add_branches, add_results, branch_sessions
from reports.selectors.filings import plans_of
from reports.selectors.ground import Ground
from reports.selectors.scoring import facts_for, facts_over, sum_of
from reports.selectors.sessions import directives_of
from reports.wording import points_words
from units.selectors.wards import counted_at_conference

SESSION_FIELDS = ("held_on", "started_at", "minutes", "form", "way", "online_points", "speaker", "head_speaks", "minutes_kept")
EXTRA_FIELDS = (*SESSION_FIELDS[:1], *SESSION_FIELDS[2:], "kind", "present", "speakers", *OUTSIDE)
MOST_CHOICES = 200
LONGEST_KEY = 18  # figures of a key that a database holds

EMPTY = {SESSION: {}, COUNTS: {}, RESULTS: {}, SCORES: {}, "extra": [], "typed": []}


class FilingForms:
    """The steps of `filing` at the moment `at`. A step somebody has typed is bound to what was typed, so that its errors
    show again; one not yet reached shows what the ward knows."""

    def __init__(self, filing: Filing, *, at: dt.datetime):
        self.filing, self.at = filing, at
        self.content = EMPTY | filing.content
        self.plans = plans_of(filing)
        self.ground = Ground(filing.unit, self.plans)
        self.withheld = filing.unit.figures_withheld

    @cached_property
    def parts(self):
        """Steps of this unit: one that keeps its figures to itself is not asked for heads (decisions 8)."""
        if self.from_branches:
            return (RESULTS, SCORES)
        return tuple(part for part in PARTS if not (part == COUNTS and self.withheld))

    @cached_property
    def branches(self):
        """What the cells of a đảng bộ gave and its secretary confirmed, for the first plan (typed once for all)."""
        return self.ground.lines(self.plans[0])

    @cached_property
    def from_branches(self):
        """The đảng bộ held no session of its own: every cell did, and the report adds them up."""
        return bool(self.content.get("from_branches")) and bool(self.branches)

    @cached_property
    def branch_counts(self):
        """Sums over the cells by COUNT_FIGURES."""
        return add_branches({}, self.branches)

    @cached_property
    def branch_results(self):
        """What the cells gave after their sessions, in fields of Submission: the đảng bộ types its own part alone."""
        given = not self.withheld and any(line.results for line in self.branches)
        return add_results({}, self.branches, asked=self.asked) if given else {}

    def form(self, part, data=None):
        """The form of `part`: bound to `data`, or to what was typed, or fresh."""
        if data is not None:
            return self.build(part, data=data)
        typed = self.typed_scores if part == SCORES else self.content.get(part, {})
        if part in self.content["typed"]:
            return self.build(part, data=typed)
        return self.build(part, initial=typed)

    def build(self, part, **values):
        """Make the form of `part` with what it needs to know."""
        if part == SESSION:
            at_conference = counted_at_conference(self.filing.unit)
            known = {"plans": self.plans, "directives": self.choices, "elsewhere": _keys_of(self.content["extra"])}
            return SessionStepForm(at_conference=at_conference, **known, **values)
        if part == COUNTS:
            more = sum_of(self.extra_entries, "present") or 0
            heads = {"branch_members": self.branch_counts["members"], "register": self.filing.unit.member_count}
            return CountsStepForm(more_present=more, by_text=self.heads_by_text, **heads, **values)
        if part == RESULTS:
            return ResultsStepForm(asked=self.asked, **values)
        return ScoresStepForm(criteria=self.criteria, levels=self.levels, facts=self.facts, **values)

    @cached_property
    def choices(self):
        """Directives that may have been studied: those of the plans, and those a session recorded before was about."""
        known = {str(pk) for one in (self.content[SESSION], *self.content["extra"]) for pk in one.get("directives", [])}
        own = {str(one.pk): one for plan in self.plans for one in plan.directives.all()}
        if known <= set(own):
            return sorted(own.values(), key=lambda one: (one.dated_on, one.pk))
        return list(directives_of(self.plans) | Directive.objects.filter(pk__in=_keys(known)).distinct())

    @cached_property
    def asked(self):
        """Groups of questions that some plan of this form asks.

        Essays and tests are counted in heads too: a unit that keeps its figures to itself is not asked for them.
        """
        return [group for group in in_order(self.ground.asked.values()) if not (self.withheld and group in TESTED)]

    @cached_property
    def session(self):
        return self.form(SESSION)

    @cached_property
    def counts(self):
        return self.form(COUNTS)

    @cached_property
    def results(self):
        return self.form(RESULTS)

    @cached_property
    def typed_scores(self):
        """Points typed before, without those that only repeated a suggestion the figures have changed since."""
        typed = dict(self.content.get(SCORES, {}))
        fresh = ScoresStepForm(criteria=self.criteria, levels=self.levels, facts=self.facts)
        for pk, (suggested, _) in fresh.suggested.items():
            was = typed.get(f"suggested_{pk}")
            if was and typed.get(f"points_{pk}") == was and suggested is not None:
                typed[f"points_{pk}"] = points_words(suggested)
        return typed

    def first_wrong(self):
        """The first step before the last that is not filled in or not right; None when all are."""
        for part in self.parts[:-1]:
            # the steps before the last are attributes of their own names, each built once
            if part not in self.content["typed"] or not getattr(self, part).is_valid():
                return part
        return None

    @cached_property
    def chosen_plans(self):
        """Plans this form reports: those wholly studied in the session; all of them until it is right."""
        if self.from_branches:
            return self.plans
        return self.session.chosen_plans() if self.session.is_bound and self.session.is_valid() else self.plans

    @cached_property
    def scored(self):
        """A plan for each different score sheet of this form, the first plan first; none for who scores nothing."""
        if not self.filing.unit.must_self_score:
            return []
        by_sheet = {rubric.pk: plan for plan in self.chosen_plans[::-1] if (rubric := self.ground.rubrics.get(plan.pk))}
        return [plan for plan in self.chosen_plans if plan in by_sheet.values()]

    @cached_property
    def rubric(self):
        return self.ground.rubrics[self.scored[0].pk] if self.scored else None

    @cached_property
    def criteria(self):
        """Lines of every sheet that the plans of this form are scored by (nearly always one sheet)."""
        return [line for plan in self.scored for line in self.ground.criteria(plan)]

    @cached_property
    def levels(self):
        return self.ground.levels(self.scored[0]) if self.scored else []

    @cached_property
    def facts(self):
        """Facts over all plans of the form: of what differs between plans, the worse, so that nothing is promised."""
        about = {"unit": self.filing.unit, "received_at": self.at, "ground": self.ground}
        if not self.chosen_plans:
            return facts_for(plan=self.plans[0], sessions=[], figures={}, **about)
        return facts_over(plans=self.chosen_plans, sessions=self.all_sessions, figures=self.all_figures, **about)

    @cached_property
    def extra_entries(self):
        """Further sessions as dicts for the service; they were checked when they were added."""
        entries = []
        main = {one.pk for one in self.session_directives}
        offered = {str(one.pk) for one in self.extra_choices}
        for typed in self.content["extra"]:
            named = [pk for pk in typed.get("directives", []) if str(pk) in offered]
            data = typed | {"directives": named, "named": ""}
            form = ExtraSessionForm(data=data, directives=self.extra_choices, heads=not self.withheld)
            form.is_valid()
            entry = {name: form.cleaned_data.get(name) for name in EXTRA_FIELDS} | {"present_again": None}
            if self.withheld:
                entry |= dict.fromkeys(("present", "speakers", *OUTSIDE))
            texts = form.cleaned_data["directives"] if named else self.session_directives
            if not main <= {one.pk for one in texts}:  # its people stand in the count of the main session already
                entry |= {"present": None, "present_again": entry["present"]}
            entries.append(entry | {"pk": typed.get("pk"), "directives": texts, "speaker": entry["speaker"] or ""})
        return entries

    @cached_property
    def extra_choices(self):
        """Directives a further session may name: those of the plans that the main one studied, wholly or in part."""
        main = {one.pk for one in self.session_directives}
        plans = [{one.pk for one in plan.directives.all()} for plan in self.plans]
        wanted = main.union(*(texts for texts in plans if texts & main))
        return [one for one in self.choices if one.pk in wanted]

    @property
    def heads_by_text(self):
        """(name, in the main session, heads of further sessions) by directive; () where all sessions were about all of them."""
        again = [one for one in self.extra_entries if one["present_again"] is not None]
        if not again:
            return ()
        main = {one.pk for one in self.session_directives}
        heads = {}
        for entry in self.extra_entries:
            for text in entry["directives"]:
                heads[text] = heads.get(text, 0) + (entry["present"] or entry["present_again"] or 0)
        return tuple((str(text), text.pk in main, more) for text, more in heads.items())

    @cached_property
    def session_directives(self):
        form = self.session
        if form.is_bound and form.is_valid() and not self.from_branches:
            return list(form.cleaned_data["directives"])
        own = {one.pk: one for plan in self.plans for one in plan.directives.all()}
        return sorted(own.values(), key=lambda one: (one.dated_on, one.pk))

    @cached_property
    def all_sessions(self):
        """The sessions with those of the cells: what the score is suggested from."""
        return self.sessions if self.withheld else [*self.sessions, *branch_sessions(self.branches)]

    @cached_property
    def all_figures(self):
        """The figures with those of the cells."""
        if self.withheld or not self.branches:
            return self.figures
        more = add_results(self.figures, self.branches, asked=self.asked)
        return self.figures | add_branches(self.figures, self.branches) | more

    @cached_property
    def sessions(self):
        """The sessions as dicts for the service, the main one first; none of a đảng bộ that reports from its cells."""
        if self.from_branches:
            return []
        data = getattr(self.session, "cleaned_data", {}) if self.session.is_bound and self.session.is_valid() else {}
        main = {name: data.get(name) for name in SESSION_FIELDS} | {"kind": SessionKind.MAIN}
        main |= {"pk": self.content.get("session_pk"), "directives": self.session_directives, "present_again": None}
        if not self.withheld:
            counts = self._clean(COUNTS)
            main |= {name: counts.get(name) for name in SESSION_COUNTS}
        return [main, *self.extra_entries]

    @cached_property
    def figures(self):
        """Fields of Submission; heads stay None for a unit that keeps them to itself."""
        counts = {} if self.withheld or self.from_branches else self._clean(COUNTS)
        results = self._clean(RESULTS)
        return (
            {name: counts.get(name) for name in COUNT_FIGURES}
            | {name: results.get(name) for name in RESULT_COUNTS}
            | {name: results.get(name) or "" for name in RESULT_WORDS}
            | {name: results.get(name) or [] for name in RESULT_LISTS}
        )

    def _clean(self, part):
        form = self.counts if part == COUNTS else self.results
        return form.cleaned_data if form.is_bound and form.is_valid() else {}


def _keys_of(extra):
    """Ids of the directives that further sessions name, as typed."""
    return {int(pk) for pk in _keys(str(one) for typed in extra for one in typed.get("directives", []))}


def _keys(typed):
    """Those of the typed keys that can be one."""
    return [one for one in typed if one.isascii() and one.isdecimal() and len(one) <= LONGEST_KEY]


def raw_of(form):
    """What was typed, word for word, for the draft; bounded, and without the one character that PostgreSQL cannot keep."""
    raw = {name: _kept(field.widget.value_from_datadict(form.data, {}, name)) for name, field in form.fields.items()}
    if isinstance(form, ScoresStepForm):
        raw |= {f"suggested_{pk}": points_words(points) for pk, (points, _) in form.suggested.items()}
    return raw


def _kept(value):
    if isinstance(value, list):
        return [_kept(one) for one in value[:MOST_CHOICES]]
    return value.replace("\0", "")[:FIELD_LIMIT] if isinstance(value, str) else value
