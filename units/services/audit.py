"""The one way a line gets into the audit trail."""

from django.utils import timezone

from units.models import AuditEvent


def record_event(*, by, verb, target, ward=None, details=None, at=None, ip_address=""):
    """Write who (`by`: User or None for the clock) did `verb` ("plan.issue") to `target` (any model instance).

    Called inside the transaction of the act. `details` is plain JSON without passwords, tokens or contents of papers.
    """
    return AuditEvent.objects.create(
        at=at or timezone.now(),
        actor_id=by.pk if by else None,
        actor_label=str(by)[:160] if by else "Chương trình",
        ward_id=ward.pk if ward else None,
        verb=verb,
        object_type=target._meta.label_lower,
        object_id=str(target.pk),
        object_label=str(target)[:300],
        details=details or {},
        ip_address=ip_address,
    )
