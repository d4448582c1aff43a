"""The ward's own severities of the checks; changed by an administrator on the settings page."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from documents.checks.severity import default_severities
from documents.choices import FindingSeverity
from documents.models import WardCheckSeverity
from units.models import Unit, User
from units.services.audit import record_event


@transaction.atomic
def set_severities(*, ward: Unit, severities: Mapping[str, str], by: User) -> int:
    """Keep the ward's severities, "C07.preferred" -> "warning"; "" goes back to the program's own.

    Names left out keep what they have. Returns how many changed. Raises ValidationError "unknown" for a name or a
    severity that does not exist.
    """
    defaults = default_severities()
    if any(name not in defaults or (value and value not in FindingSeverity) for name, value in severities.items()):
        raise ValidationError("Có loại lỗi hoặc mức độ không nằm trong danh mục. Chưa có gì được lưu.", code="unknown")
    held = dict(WardCheckSeverity.objects.filter(ward=ward).order_by().values_list("name", "severity"))
    # What equals the program's own is not kept, so that a better default reaches the ward.
    wanted = {name: "" if value == defaults[name] else value for name, value in severities.items()}
    changed = {name: value for name, value in wanted.items() if held.get(name, "") != value}
    for name, value in changed.items():
        if value:
            WardCheckSeverity.objects.update_or_create(ward=ward, name=name, defaults={"severity": value})
        else:
            WardCheckSeverity.objects.filter(ward=ward, name=name).delete()
    if changed:
        record_event(by=by, verb="settings.severities", target=ward, ward=ward, details=changed)
    return len(changed)
