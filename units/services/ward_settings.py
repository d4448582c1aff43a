"""The ward's own choices, signers and venues; changed by an administrator on the settings pages."""

from django.db import transaction

from units.models import Signer, User, Venue, WardSettings
from units.services.audit import record_event


@transaction.atomic
def save_ward_settings(*, row: WardSettings, by: User, changed: list[str]) -> WardSettings:
    """Keep the choices of a ward; `changed` are the field names for the audit trail. Issued plans keep their copies."""
    row.full_clean(exclude=["ward"])
    row.save()
    details = {name: str(getattr(row, name)) for name in changed}
    record_event(by=by, verb="settings.ward", target=row, ward=row.ward, details=details)
    return row


@transaction.atomic
def save_signer(*, signer: Signer, by: User) -> Signer:
    """Add or change who signs; papers issued before keep the name they were signed with."""
    signer.full_clean(exclude=["ward"])
    signer.save()
    record_event(by=by, verb="settings.signer", target=signer, ward=signer.ward)
    return signer


@transaction.atomic
def save_venue(*, venue: Venue, by: User) -> Venue:
    """Add or change a hall; the one marked as usual takes the place of the former."""
    if venue.is_default:
        Venue.objects.filter(ward=venue.ward, is_default=True).exclude(pk=venue.pk).update(is_default=False)
    venue.full_clean(exclude=["ward"])
    venue.save()
    record_event(by=by, verb="settings.venue", target=venue, ward=venue.ward)
    return venue
