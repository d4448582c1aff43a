"""A draft made from another: one that takes a directive in, and a new plan for other directives."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from campaigns.choices import DraftNoteKind
from campaigns.deadline_phrases import read_phrase
from campaigns.directive_swap import Shelf, Swap, swap_text
from campaigns.models import Directive, Plan
from campaigns.plan_content import PlanContent, differences, map_texts
from campaigns.plan_words import in_words
from campaigns.selectors.plans import plan_content
from campaigns.services.deadline_chain import superior_day
from campaigns.services.draft_notes import Note, review_note, write_notes
from campaigns.services.draft_recipients import is_central
from campaigns.services.drafting import superior_of, write_new_plan
from campaigns.services.mentions import mention_values
from campaigns.services.redraft_days import Shift, plan_shift, shift_rows
from campaigns.services.stale_words import doubtful_places
from units.models import Signer, Unit, User
from units.services.audit import record_event
from units.workdays import WorkCalendar

# The longest form first: the citation in full holds the short form.
_ORDER = ("van_ban_viet_tat", "van_ban", "ten_goi")


@dataclass(frozen=True)
class Redraft:
    """A plan written anew for other directives: its content, what changed, what a person has to decide."""

    content: PlanContent
    notes: tuple[Note, ...]


def take_in(*, plan: Plan, directive: Directive) -> PlanContent:
    """Return the content of `plan` with `directive` added at the end; words a person changed by hand stay theirs."""
    content = plan_content(plan)
    old = _directives(plan)
    swap = _joined_swap(old, [*old, directive], issuer=content.issuer)
    whole = map_texts(content, lambda text: _restored(swap, text))
    return replace(whole, directive_ids=(*content.directive_ids, directive.pk))


@transaction.atomic
def redraft_plan(*, plan: Plan, directives: Sequence[Directive], by: User, now: dt.datetime) -> Plan:
    """Write a new draft from `plan` for other directives; the old plan is not touched.

    Raises ValidationError "no_directive", "same_directives".
    """
    made = redrafted(plan=plan, directives=directives, today=timezone.localdate(now))
    new = write_new_plan(ward=plan.ward, kind=plan.kind, content=made.content, by=by, now=now)
    write_notes(plan=new, notes=made.notes)
    details = {"from": str(plan), "directives": [str(one) for one in directives]}
    record_event(by=by, verb="plan.redraft", target=new, ward=plan.ward, details=details, at=now)
    return new


def redrafted(*, plan: Plan, directives: Sequence[Directive], today: dt.date) -> Redraft:
    """Return what a plan like `plan` says for `directives`; nothing is written.

    Every fact of the old directives (number, day in any written form, issuer, subject, short forms) gives way to the
    new one's, every deadline is moved into a new feasible chain, and what words alone cannot decide is listed.
    """
    old = _directives(plan)
    _refuse(old, directives)
    before = plan_content(plan)
    start = plan.paper.dated_on if plan.paper_id else timezone.localdate(plan.created_at)
    calendar = WorkCalendar.load()
    shift = plan_shift(before, old_start=start, today=today, superior_due=superior_day(directives), calendar=calendar)
    swaps = [Swap(one, directives[min(row, len(directives) - 1)], keep=(before.issuer,)) for row, one in enumerate(old)]
    joined = _joined_swap(old, directives, issuer=before.issuer, superiors=True)
    moved = shift_rows(before, shift)
    content = map_texts(moved, lambda text: _rewritten(text, joined, swaps, shift))
    content, notes = _settled(content, plan, directives, old, today=today)
    notes = [*notes, *doubtful_places(content, old=old, new=directives, start=start)]
    return Redraft(content, (*_changes(before, content, [*old, *directives]), *notes))


def _rewritten(text, joined, swaps, shift: Shift):
    shelf = Shelf()
    return swap_text(joined(text, shelf), swaps, shelf=shelf, between=shift.text)


def _joined_swap(old, new, *, issuer, superiors=False):
    """Return a function that replaces the mentions of all `old` together by those of all `new`."""
    before, after = mention_values(old, issuer=issuer), mention_values(new, issuer=issuer)
    pairs = [(before[name], after[name]) for name in _ORDER if before[name]]
    if superiors and superior_of(old) != superior_of(new):
        pairs.append((superior_of(old), superior_of(new)))
    if superiors and len(old) == 1 == len(new):
        pairs = pairs[3:]  # one for one: the parts are replaced wherever they stand

    def swap(text: str, shelf: Shelf) -> str:
        for one, other in pairs:
            text = text.replace(one, shelf.put(other)) if one in text else text
        return text

    return swap


def _restored(swap, text):
    shelf = Shelf()
    return shelf.restore(swap(text, shelf))


def _settled(content, plan, directives, old, *, today):
    """Return the content with days read anew, and without people and units that are no longer there."""
    active = set(Unit.objects.straight_under(plan.ward).active(on=today).values_list("pk", flat=True))
    signers = Signer.objects.filter(Q(active_to__isnull=True) | Q(active_to__gte=today), ward=plan.ward, active_from__lte=today)
    signer = signers.filter(pk=content.signer_id).first() or signers.order_by("active_from", "pk").first()
    gone = [one.name for one in content.recipients if is_central(one.name)]
    content = replace(
        content,
        signer_id=signer.pk if signer else None,
        window_starts_on=None,
        directive_ids=tuple(one.pk for one in directives),
        duties=tuple(_settled_duty(one, active, today) for one in content.duties),
        conferences=tuple(_with_day(one, one.time_phrase, today) for one in content.conferences),
        recipients=tuple(
            replace(one, unit_id=one.unit_id if one.unit_id in active else None)
            for one in content.recipients
            if one.name not in gone
        ),
    )
    notes = [
        review_note(duty.lead_text, "đơn vị này không còn hoạt động; đồng chí giao việc cho đơn vị khác.")
        for duty in plan.duties.exclude(lead=None).exclude(lead__in=active)
    ]
    notes += [review_note(name, "đã bỏ khỏi Nơi nhận: phường không gửi thẳng cơ quan Trung ương.") for name in gone]
    if content.signer_id != plan.signer_id:
        notes.append(review_note("Người ký", "người ký của kế hoạch cũ không còn giữ chức vụ; đồng chí chọn lại."))
    if len(old) != len(directives):
        text = f"kế hoạch cũ thực hiện {len(old)} văn bản, kế hoạch này {len(directives)} văn bản; đồng chí đọc lại các câu nêu từng văn bản."
        notes.append(review_note("Văn bản", text))
    return content, notes


def _settled_duty(duty, active, today):
    lead = duty.lead_id if duty.lead_id in active else None
    helpers = tuple(pk for pk in duty.helper_ids if pk in active)
    read = _read(duty.deadline_phrase, today)
    return replace(
        duty, lead_id=lead, helper_ids=helpers, rule=read.rule, last_day=read.last_day, tentative=read.tentative
    )


def _with_day(conference, phrase, today):
    read = _read(phrase, today)
    return replace(conference, last_day=read.last_day, tentative=read.tentative)


def _read(phrase, today):
    try:
        return read_phrase(phrase, today=today)
    except ValidationError:
        return read_phrase("", today=today)


def _changes(before, after, directives):
    names = {one.pk: str(one) for one in directives}
    signers = {one.pk: str(one) for one in Signer.objects.filter(pk__in=[before.signer_id, after.signer_id])}
    for one in differences(before, after):
        words = [in_words(side, key=one.key, signers=signers, directives=names) for side in (one.mine, one.theirs)]
        yield Note(DraftNoteKind.CHANGED.value, one.label, before=words[0], after=words[1])


def _directives(plan) -> list[Directive]:
    return [link.directive for link in plan.directive_links.select_related("directive").order_by("position", "pk")]


def _refuse(old, directives):
    if not directives:
        raise ValidationError("Đồng chí chọn ít nhất một văn bản cho kế hoạch mới.", code="no_directive")
    if {one.pk for one in old} == {one.pk for one in directives}:
        raise ValidationError("Kế hoạch cũ đã thực hiện đúng văn bản này. Đồng chí chọn văn bản khác.", code="same_directives")
