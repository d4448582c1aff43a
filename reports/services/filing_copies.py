"""Two phones on one report: what was typed beside what was saved, both kept, and the choice between them."""

import datetime as dt

from django.db import transaction

from reports.models import Filing, FilingCopy
from reports.places import PARTS
from reports.services.filings import lock_filing, save_filing
from units.models import User
from units.services.audit import record_event


@transaction.atomic
def set_aside(*, filing: Filing, content: dict, device: str, by: User, at: dt.datetime) -> FilingCopy | None:
    """Keep what `by` typed (steps of the form) beside `filing`; None when it says what stands.

    One open copy per person and phone: what is typed on takes the place of what was typed before.
    """
    filing = lock_filing(filing)  # the choice may have been made since the page was read
    open_copies = FilingCopy.objects.select_for_update(of=("self",)).filter(
        filing=filing, kept_by=by, device=device, settled_at=None
    )
    copy = open_copies.first() or FilingCopy(filing=filing, kept_by=by, device=device, content={})
    copy.content = copy.content | content
    if all(filing.content.get(step) == typed for step, typed in copy.content.items()):
        if copy.pk:
            copy.delete()
        return None
    copy.kept_at = at
    copy.save()
    return copy


@transaction.atomic
def keep_saved(*, copy: FilingCopy, by: User, at: dt.datetime) -> None:
    """What is saved stays; the copy is settled and may still be taken back."""
    _settle(copy, by=by, at=at)
    record_event(by=by, verb="filing.keep", target=copy.filing, details={"copy": copy.pk}, at=at)


@transaction.atomic
def take_copy(*, copy: FilingCopy, version: int, by: User, at: dt.datetime) -> Filing:
    """Use the copy: its steps take the place of those saved, which become a copy themselves.

    Raises ValidationError "changed" when somebody saved since `version` was shown, "sent" when the report has gone; nothing
    is then written.
    """
    filing = copy.filing
    replaced = {step: filing.content[step] for step in copy.content if filing.content.get(step)}
    changes = copy.content | {"typed": sorted({*filing.content.get("typed", []), *(set(copy.content) & set(PARTS))})}
    if replaced:
        FilingCopy.objects.create(
            filing=filing,
            content=replaced,
            kept_by=filing.edited_by,
            kept_at=filing.edited_at,
            settled_by=by,
            settled_at=at,
        )
    saved = save_filing(filing=filing, version=version, changes=changes, by=by, at=at)
    _settle(copy, by=by, at=at)
    record_event(by=by, verb="filing.choose", target=saved, details={"copy": copy.pk}, at=at)
    return saved


def _settle(copy: FilingCopy, *, by: User, at: dt.datetime) -> None:
    FilingCopy.objects.filter(pk=copy.pk).update(settled_at=at, settled_by=by)
