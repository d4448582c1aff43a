"""A new plan, written from the directives, the ward's wording and a chain of feasible deadlines."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from campaigns.choices import ConferenceLevel, DirectiveScope, PlanKind
from campaigns.deadline_phrases import phrase_for, read_phrase
from campaigns.models import Directive, Plan, Snippet
from campaigns.plan_content import ConferenceText, PlanContent, SectionText
from campaigns.selectors.snippets import fill, wording_of
from campaigns.services.draft_duties import draft_duties, draft_recipients
from campaigns.services.mentions import mention_values
from campaigns.services.plan_rows import write_rows
from campaigns.services.snippets import load_shipped_snippets
from documents import dates
from documents.search import fold
from units.models import Signer, Unit, User, Venue, WardSettings
from units.services.audit import record_event
from units.workdays import WorkCalendar

STUDY_DAYS, REPORT_DAYS, COMPILE_DAYS = 10, 3, 2  # working days from drafting when the superior sets no day


@dataclass(frozen=True)
class DraftPhrases:
    """Deadlines as the office wants them printed; an empty one is worked out from the superior's day."""

    study: str = ""
    report: str = ""
    compiled: str = ""
    committee: str = ""
    conference: str = ""


@transaction.atomic
def draft_plan(
    *,
    ward: Unit,
    directives: Sequence[Directive],
    kind: str,
    by: User,
    now: dt.datetime,
    phrases: DraftPhrases | None = None,
    scored: bool = True,
    ward_conference: bool = True,
) -> Plan:
    """Write a plan of `kind` for `directives` (in protocol order) with the ward's wording and working deadlines.

    Raises ValidationError "no_directive", or "unreadable" for a phrase of `phrases` that cannot be read.
    """
    if not directives:
        raise ValidationError("Đồng chí chọn ít nhất một văn bản cho kế hoạch.", code="no_directive")
    if not Snippet.objects.filter(ward__isnull=True, plan_kind=kind).exists():
        load_shipped_snippets()
    today = timezone.localdate(now)
    phrases = _complete(phrases or DraftPhrases(), directives, today=today)
    scored = scored and kind == PlanKind.STUDY
    content = draft_content(
        ward=ward, directives=directives, kind=kind, phrases=phrases, today=today, scored=scored, ward_conference=ward_conference
    )
    plan = Plan(ward=ward, kind=kind, created_at=now, created_by=by, edited_at=now, edited_by=by)
    for name in ("subject", "opening", "closing", "issuer", "signer_id", "scored"):
        setattr(plan, name, getattr(content, name))
    plan.deadline_reading = WardSettings.objects.get(ward=ward).deadline_reading
    plan.search = fold(f"{content.subject} {content.issuer}")
    plan.save(force_insert=True)
    write_rows(plan=plan, content=content)
    details = {"directives": [str(directive) for directive in directives], "kind": kind}
    record_event(by=by, verb="plan.draft", target=plan, ward=ward, details=details, at=now)
    return plan


def suggest_phrases(directives: Sequence[Directive], *, today: dt.date) -> DraftPhrases:
    """Return the deadlines that the form of a new plan offers."""
    return _complete(DraftPhrases(), directives, today=today)


def deadline_chain(*, today: dt.date, superior_due: dt.date | None, calendar: WorkCalendar) -> tuple[dt.date, dt.date, dt.date]:
    """Return the last days for units to study, for units to report and for the report to be compiled.

    Counted back from the last day of the superior when there is one, so that each step has working days of its own; when
    too little time is left the steps move together, never past the superior's day.
    """
    if superior_due is None:
        study = calendar.add_working_days(today, STUDY_DAYS)
        report = calendar.add_working_days(study, REPORT_DAYS)
        return study, report, calendar.add_working_days(report, COMPILE_DAYS)
    compiled = calendar.previous_working_day(superior_due)
    for report_gap, compile_gap in ((REPORT_DAYS, COMPILE_DAYS), (1, 1), (0, 1)):
        report = calendar.add_working_days(compiled, -compile_gap)
        study = calendar.add_working_days(report, -report_gap)
        if study > today:
            return study, report, compiled
    # Hardly a day is left: everything is due on the superior's day, and the editor warns that no time is left.
    compiled = max(compiled, today)
    return compiled, compiled, compiled


def draft_content(*, ward, directives, kind, phrases, today, scored=True, ward_conference=True) -> PlanContent:
    """Return the content of a new plan; nothing is written."""
    wording = wording_of(ward, kind)
    issuer = Plan._meta.get_field("issuer").default
    values = mention_values(directives, issuer=issuer, phrases=phrases, superior=superior_of(directives))
    words = {slot: fill(snippet.text, values) for slot, snippet in wording.items()}
    signers = Signer.objects.filter(Q(active_to__isnull=True) | Q(active_to__gte=today), ward=ward, active_from__lte=today)
    signer = signers.order_by("active_from", "pk").first()
    key_only = all(directive.scope == DirectiveScope.KEY_OFFICIALS for directive in directives)
    conferences = ()
    if kind == PlanKind.STUDY:
        conferences = _conferences(
            ward, words, directives, phrases, today=today, key_only=key_only, ward_conference=ward_conference
        )
    duties = draft_duties(
        ward=ward, kind=kind, words=words, phrases=phrases, today=today, key_only=key_only, ward_conference=ward_conference
    )
    return PlanContent(
        subject=words["subject"],
        opening=words["opening"],
        closing=words.get("closing", ""),
        issuer=issuer,
        signer_id=signer.pk if signer else None,
        scored=scored,
        directive_ids=tuple(directive.pk for directive in directives),
        sections=_sections(wording, words, directives, scored=scored),
        duties=duties,
        conferences=conferences,
        recipients=draft_recipients(ward=ward, duties=duties, superior=superior_of(directives), key_only=key_only),
    )


def superior_of(directives: Sequence[Directive]) -> str:
    """Who above expects the report: what the first directive says, else the province's body for this work."""
    named = next((one.superior_addressee for one in directives if one.superior_addressee), "")
    return named or "Ban Tuyên giáo và Dân vận Tỉnh ủy"


def _complete(phrases, directives, *, today):
    due = min((one.superior_due_on for one in directives if one.superior_due_on), default=None)
    study, report, compiled = deadline_chain(today=today, superior_due=due, calendar=WorkCalendar.load())
    study_phrase = phrases.study or f"Hoàn thành {phrase_for(study)}"
    study = read_phrase(study_phrase, today=today).last_day or study
    return DraftPhrases(
        study=study_phrase,
        report=phrases.report or phrase_for(report),
        compiled=phrases.compiled or f"Hoàn thành {phrase_for(compiled)}",
        committee=phrases.committee or study_phrase,
        conference=phrases.conference or f"Dự kiến trong tháng {dates.month(study)}",
    )


def _sections(wording, words, directives, *, scored):
    """The fixed skeleton in the order of the wording: level 1 for the great headings, level 2 below "aims" and "content"."""
    found = []
    for slot in ("aims", "purpose", "requirements", "content", "content_study", "content_lead", "content_check", "conferences", "form", "duties"):
        if slot not in wording:
            continue
        body = words[slot]
        if slot == "requirements" and scored and "requirements_scored" in words:
            body = f"{body}\n{words['requirements_scored']}"
        if slot == "content" and "content_attached" in words and not any(one.held_elsewhere for one in directives):
            body = f"{body}\n\n{words['content_attached']}"
        level = 2 if slot in {"purpose", "requirements"} or slot.startswith("content_") else 1
        found.append(SectionText(title=wording[slot].title, body=body, level=level, slot=slot))
    return tuple(found)


def _conferences(ward, words, directives, phrases, *, today, key_only, ward_conference):
    found = []
    if ward_conference:
        read = read_phrase(phrases.conference, today=today)
        venue = Venue.objects.filter(ward=ward).order_by("-is_default", "pk").first()
        found.append(
            ConferenceText(
                level=ConferenceLevel.WARD.value,
                time_phrase=phrases.conference,
                last_day=read.last_day,
                tentative=read.tentative,
                place=str(venue) if venue else "",
                participants=words["ward_participants_key" if key_only else "ward_participants"],
                speaker=words["ward_speaker"],
            )
        )
    if not key_only:
        read = read_phrase(phrases.study, today=today)
        people = any(one.scope == DirectiveScope.PEOPLE for one in directives)
        found.append(
            ConferenceText(
                level=ConferenceLevel.GRASSROOTS.value,
                time_phrase=phrases.study,
                last_day=read.last_day,
                tentative=read.tentative,
                form=words["grassroots_form"],
                participants=words["grassroots_audience" if people else "grassroots_audience_party"],
                speaker=words["grassroots_speaker"],
            )
        )
    return tuple(found)
