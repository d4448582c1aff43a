"""A new plan, written from the directives, the ward's wording and a chain of feasible deadlines."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from campaigns.choices import ConferenceLevel, DirectiveScope, PlanKind, Product
from campaigns.deadline_phrases import read_phrase
from campaigns.models import Directive, Plan, Snippet
from campaigns.outline_text import read_outline
from campaigns.plan_content import PLAIN_FIELDS, AnnexText, ConferenceText, PlanContent, SectionText
from campaigns.selectors.snippets import fill, wording_of
from campaigns.services.deadline_chain import DraftPhrases, chain_notes, complete_phrases
from campaigns.services.draft_duties import draft_duties
from campaigns.services.draft_notes import Note, deadline_note, write_notes
from campaigns.services.draft_recipients import draft_recipients
from campaigns.services.mentions import mention_values
from campaigns.services.plan_rows import write_rows
from campaigns.services.snippets import load_shipped_snippets
from documents.search import fold
from units.models import Signer, Unit, User, Venue, WardSettings
from units.services.audit import record_event
from units.workdays import WorkCalendar


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
    joint: Plan | None = None,
) -> Plan:
    """Write a plan of `kind` for `directives` (in protocol order) with the ward's wording and working deadlines.

    `joint` is another plan of these weeks whose directives are studied at the same meetings ("học chung"). What was
    decided and why is kept as notes of the plan.

    Raises ValidationError "no_directive", or "unreadable" for a phrase of `phrases` that cannot be read.
    """
    if not directives:
        raise ValidationError("Đồng chí chọn ít nhất một văn bản cho kế hoạch.", code="no_directive")
    if not Snippet.objects.filter(ward__isnull=True, plan_kind=kind).exists():
        load_shipped_snippets()
    today, calendar = timezone.localdate(now), WorkCalendar.load()
    notes = [deadline_note(*one) for one in chain_notes(directives, kind=kind, today=today, calendar=calendar)]
    phrases = complete_phrases(phrases or DraftPhrases(), directives, kind=kind, today=today, calendar=calendar)
    scored = scored and kind == PlanKind.STUDY
    content, reasons = draft_content(
        ward=ward,
        directives=directives,
        kind=kind,
        phrases=phrases,
        today=today,
        scored=scored,
        ward_conference=ward_conference,
        joint=joint,
    )
    plan = write_new_plan(ward=ward, kind=kind, content=content, by=by, now=now)
    write_notes(plan=plan, notes=[*notes, *reasons])
    details = {"directives": [str(directive) for directive in directives], "kind": kind}
    record_event(by=by, verb="plan.draft", target=plan, ward=ward, details=details, at=now)
    return plan


def write_new_plan(*, ward: Unit, kind: str, content: PlanContent, by: User, now: dt.datetime) -> Plan:
    """Write the rows of a new draft; the caller holds the transaction and writes the trail."""
    plan = Plan(ward=ward, kind=kind, created_at=now, created_by=by, edited_at=now, edited_by=by)
    for name in PLAIN_FIELDS:
        setattr(plan, name, getattr(content, name))
    plan.deadline_reading = WardSettings.objects.get(ward=ward).deadline_reading
    plan.search = fold(f"{content.subject} {content.issuer}")
    plan.save(force_insert=True)
    write_rows(plan=plan, content=content)
    return plan


def suggest_phrases(
    directives: Sequence[Directive], *, today: dt.date, kind: str = PlanKind.STUDY, joint: Plan | None = None
) -> DraftPhrases:
    """Return the deadlines that the form of a new plan offers; those of `joint` as far as they can still be kept."""
    given = shared_phrases(joint, today=today) if joint else DraftPhrases()
    return complete_phrases(given, directives, kind=kind, today=today, calendar=WorkCalendar.load())


def shared_phrases(plan: Plan, *, today: dt.date) -> DraftPhrases:
    """Return the deadlines of `plan` that a plan studied together with it takes over: those still to come."""
    found = {}
    for name, product in (("study", Product.STUDY), ("report", Product.REPORT)):
        duty = plan.duties.filter(product=product, last_day__gt=today).order_by("last_day").first()
        if duty is not None:
            found[name] = duty.deadline_phrase
    conference = plan.conference_texts.filter(level=ConferenceLevel.WARD, last_day__gt=today).first()
    if conference is not None:
        found["conference"] = conference.time_phrase
    return DraftPhrases(**found)


def draft_content(
    *, ward, directives, kind, phrases, today, scored=True, ward_conference=True, joint=None
) -> tuple[PlanContent, list[Note]]:
    """Return the content of a new plan and why its recipients are who they are; nothing is written."""
    wording = wording_of(ward, kind)
    issuer = Plan._meta.get_field("issuer").default
    superior = superior_of(directives)
    values = mention_values(directives, issuer=issuer, phrases=phrases, superior=superior, joint=joint)
    words = {slot: fill(snippet.text, values) for slot, snippet in wording.items()}
    if joint is None:
        words.pop("requirements_joint", None)
    signers = Signer.objects.filter(Q(active_to__isnull=True) | Q(active_to__gte=today), ward=ward, active_from__lte=today)
    signer = signers.order_by("active_from", "pk").first()
    key_only = all(directive.scope == DirectiveScope.KEY_OFFICIALS for directive in directives)
    options = {"today": today, "key_only": key_only, "ward_conference": ward_conference}
    duties = draft_duties(ward=ward, kind=kind, words=words, phrases=phrases, **options)
    recipients, notes = draft_recipients(
        ward=ward, kind=kind, directives=directives, duties=duties, superior=superior, ward_conference=ward_conference
    )
    content = PlanContent(
        subject=words["subject"],
        opening=words["opening"],
        closing=words.get("closing", ""),
        issuer=issuer,
        signer_id=signer.pk if signer else None,
        scored=scored,
        directive_ids=tuple(directive.pk for directive in directives),
        sections=_sections(wording, words, directives, scored=scored),
        duties=duties,
        conferences=_conferences(ward, words, directives, phrases, **options) if kind == PlanKind.STUDY else (),
        recipients=recipients,
        annexes=_annexes(words),
    )
    return content, notes


def superior_of(directives: Sequence[Directive]) -> str:
    """Who above expects the report: what the first directive says, else the province's body for this work."""
    named = next((one.superior_addressee for one in directives if one.superior_addressee), "")
    return named or "Ban Tuyên giáo và Dân vận Tỉnh ủy"


def _annexes(words) -> tuple[AnnexText, ...]:
    """The outline and forms of a review plan, from the ward's wording."""
    headings, forms = read_outline(words.get("outline", ""))
    if not headings and not forms:
        return ()
    return (AnnexText(title="Đề cương", subject=words.get("outline_subject", ""), headings=headings, forms=forms),)


def _sections(wording, words, directives, *, scored):
    """The fixed skeleton in the order of the wording: level 1 for the great headings, level 2 below "aims" and "content"."""
    found = []
    for slot in ("aims", "purpose", "requirements", "content", "content_study", "content_lead", "content_check", "conferences", "form", "duties"):
        if slot not in wording:
            continue
        body = words[slot]
        if slot == "requirements" and scored and "requirements_scored" in words:
            body = f"{body}\n{words['requirements_scored']}"
        if slot == "requirements" and "requirements_joint" in words:
            body = f"{body}\n{words['requirements_joint']}"
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
