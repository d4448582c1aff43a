"""Papers from above: registered once for all wards, recognised in any spelling of their number (decisions 9, 10)."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.choices import PlanState
from campaigns.citing import full_citation
from campaigns.models import Directive, DirectiveFile, DirectiveParent, Plan
from campaigns.plan_content import map_texts
from campaigns.selectors.directives import same_directive
from campaigns.selectors.plans import plan_content
from campaigns.services.plan_rows import write_plan
from documents import citations
from documents.choices import FilePurpose
from documents.search import fold
from documents.services.files import store_upload
from units.models import Unit, User
from units.services.audit import record_event

FACTS = frozenset(
    {
        "date_unverified",
        "core_content",
        "scope",
        "held_elsewhere",
        "incoming_number",
        "arrived_on",
        "superior_deadline",
        "superior_due_on",
        "superior_addressee",
    }
)
IDENTITY = frozenset({"kind", "number", "sign", "dated_on", "issuer", "subject"})


@transaction.atomic
def register_directive(
    *,
    kind: str,
    number: str,
    sign: str,
    dated_on: dt.date,
    issuer: str,
    subject: str,
    by: User,
    ward: Unit | None = None,
    parents: Iterable[Directive] = (),
    another_date: bool = False,
    at: dt.datetime | None = None,
    **facts,
) -> Directive:
    """Enter a directive of a superior into the list all wards share.

    `ward` is where it was entered (for the audit trail), `another_date` the person's word that a paper of the same
    number, issuer and year but of another day is a paper of its own. `facts` are the rest of the model's fields.

    Raises ValidationError "already" (same paper) or "other_date" (same number, another day of the year); both carry the
    registered one in `params["directive"]`.
    """
    _refuse_unknown(facts, FACTS)
    at = at or timezone.now()
    directive = Directive(
        kind=kind, number=number.strip(), sign=sign.strip(), dated_on=dated_on, issuer=issuer, subject=subject, **facts
    )
    _refuse_registered(directive, another_date=another_date)
    directive.registered_at, directive.registered_by = at, by
    _set_keys(directive)
    directive.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            directive.save(force_insert=True)
    except IntegrityError:  # somebody registered it between the question and the answer
        _refuse_registered(directive, another_date=True)
        raise
    _set_parents(directive, parents)
    record_event(by=by, verb="directive.register", target=directive, ward=ward, at=at)
    return directive


@transaction.atomic
def revise_directive(
    *,
    directive: Directive,
    by: User,
    ward: Unit | None = None,
    parents: Iterable[Directive] | None = None,
    at: dt.datetime | None = None,
    **facts,
) -> Directive:
    """Correct a registered directive; drafts that cite it are given the corrected words, issued plans stay as they are.

    Raises ValidationError "already" when the corrected identity is that of another registered directive.
    """
    _refuse_unknown(facts, FACTS | IDENTITY)
    at = at or timezone.now()
    before = Directive.objects.select_for_update().get(pk=directive.pk)
    for name, value in facts.items():
        setattr(directive, name, value)
    _refuse_registered(directive, another_date=True)
    _set_keys(directive)
    directive.full_clean(validate_unique=False, validate_constraints=False)
    changed = sorted(name for name in facts if getattr(before, name) != getattr(directive, name))
    directive.save(update_fields=[*facts, "number_key", "issuer_key", "search"])
    if parents is not None:
        _set_parents(directive, parents)
    if IDENTITY & set(changed):
        refresh_mentions(before=before, after=directive, by=by, at=at)
    record_event(by=by, verb="directive.revise", target=directive, ward=ward, details={"fields": changed}, at=at)
    return directive


@transaction.atomic
def mark_date_unverified(*, directive: Directive, by: User, ward: Unit | None = None, at: dt.datetime | None = None) -> Directive:
    """The paper was seen with two dates: keep the registered one and say that the original has yet to be compared."""
    Directive.objects.filter(pk=directive.pk).update(date_unverified=True)
    directive.date_unverified = True
    record_event(by=by, verb="directive.unverified", target=directive, ward=ward, at=at)
    return directive


@transaction.atomic
def attach_directive_file(
    *, directive: Directive, upload: UploadedFile, title: str, declared_not_secret: bool, ward: Unit, by: User
) -> DirectiveFile:
    """Keep a file of the directive as `ward` received it; raises ValidationError for a file that may not be kept."""
    stored = store_upload(
        upload=upload, purpose=FilePurpose.DIRECTIVE, ward=ward, by=by, declared_not_secret=declared_not_secret
    )
    attached = DirectiveFile.objects.create(directive=directive, file=stored, title=title or stored.shown_name)
    record_event(by=by, verb="directive.attach", target=directive, ward=ward, details={"file": attached.title})
    return attached


def refresh_mentions(*, before: Directive, after: Directive, by: User, at: dt.datetime) -> int:
    """Give the drafts that cite `before` the words of `after`; returns how many plans changed.

    What lies before the leaders or was approved is not touched: they would sign other words than they read.
    """
    swaps = [(full_citation(before), full_citation(after)), (before.short_form, after.short_form)]

    def swap(text):
        for old, new in swaps:
            text = text.replace(old, new)
        return text

    count = 0
    drafts = Plan.objects.filter(directive_links__directive=after, state__in=PlanState.EDITABLE).select_for_update()
    for plan in drafts:
        content = plan_content(plan)
        renewed = map_texts(content, swap)
        if renewed != content:
            write_plan(plan=plan, content=renewed, by=by, now=at)
            count += 1
    return count


def _refuse_registered(directive, *, another_date):
    found = same_directive(
        kind=directive.kind,
        number=directive.number,
        sign=directive.sign,
        dated_on=directive.dated_on,
        issuer=directive.issuer,
        excluding=directive.pk,
    )
    if found is None:
        return
    if found.dated_on == directive.dated_on:
        raise ValidationError("Văn bản này đã được đăng ký: %(directive)s.", code="already", params={"directive": found})
    if not another_date:
        raise ValidationError(
            "Đã có %(directive)s cùng cơ quan ban hành, cùng năm nhưng khác ngày. Đồng chí đối chiếu với bản chính.",
            code="other_date",
            params={"directive": found},
        )


def _set_keys(directive):
    directive.number_key = citations.key(directive.number_text)
    directive.issuer_key = fold(directive.issuer)[:160]
    parts = (directive.get_kind_display(), directive.number_text, directive.issuer, directive.subject)
    directive.search = f"{fold(' '.join(parts))} {directive.number_key}"


def _set_parents(directive, parents):
    directive.parent_links.all().delete()
    links = [DirectiveParent(directive=directive, parent=parent) for parent in parents if parent.pk != directive.pk]
    DirectiveParent.objects.bulk_create(links)


def _refuse_unknown(facts, known):
    if unknown := facts.keys() - known:
        raise TypeError(f"Unknown facts of a directive: {sorted(unknown)}.")
