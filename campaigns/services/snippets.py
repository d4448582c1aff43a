"""The ward's wording: shipped with the program, replaced by the ward slot by slot, kept in one place."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from campaigns.models import Snippet
from campaigns.wording import shipped_snippets
from units.models import Unit, User
from units.services.audit import record_event


@transaction.atomic
def load_shipped_snippets() -> int:
    """Bring the shipped wording (ward null) in step with the files of the program; returns how many rows there are."""
    rows = {(row.plan_kind, row.slot): row for row in Snippet.objects.filter(ward__isnull=True)}
    new = []
    for facts in shipped_snippets():
        row = rows.pop((facts["plan_kind"], facts["slot"]), None)
        if row is None:
            new.append(Snippet(**facts))
        elif any(getattr(row, name) != value for name, value in facts.items()):
            Snippet.objects.filter(pk=row.pk).update(**facts)
    Snippet.objects.bulk_create(new)
    Snippet.objects.filter(pk__in=[row.pk for row in rows.values()]).delete()
    return len(shipped_snippets())


@transaction.atomic
def rewrite_snippet(*, ward: Unit, snippet: Snippet, text: str, by: User, title: str = "") -> Snippet:
    """Give the ward its own words for the slot of `snippet`, which is the shipped row or its own; drafts keep theirs."""
    if snippet.ward_id not in {None, ward.pk}:
        raise ValidationError("Mẫu câu này của phường khác.", code="foreign")
    own, _ = Snippet.objects.update_or_create(
        ward=ward,
        plan_kind=snippet.plan_kind,
        slot=snippet.slot,
        defaults={"position": snippet.position, "title": title or snippet.title, "text": text},
    )
    record_event(by=by, verb="snippet.rewrite", target=own, ward=ward, details={"slot": own.slot})
    return own


@transaction.atomic
def restore_snippet(*, ward: Unit, snippet: Snippet, by: User, at: dt.datetime | None = None) -> None:
    """Drop the ward's own words for the slot of `snippet`, so that those of the program hold again."""
    own = Snippet.objects.filter(ward=ward, plan_kind=snippet.plan_kind, slot=snippet.slot)
    for row in own:
        record_event(by=by, verb="snippet.restore", target=row, ward=ward, details={"slot": row.slot}, at=at)
    own.delete()
