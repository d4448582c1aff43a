"""The very first act on an empty installation: the ward, its settings and its first administrator."""

import datetime as dt
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction

from units.choices import Role, UnitKind
from units.models import Signer, Unit, User, Venue, WardSettings
from units.services.audit import record_event
from units.services.people import create_person, give_role
from units.services.units import create_unit

OFFICE_ROLES = (Role.DRAFTER, Role.REVIEWER, Role.CLERK, Role.COMPILER)


@dataclass(frozen=True)
class FirstWard:
    """What the first-use page asks for, cleaned.

    `settings` are fields of WardSettings, `bodies` pairs (short name, full name), `signers` dicts of Signer's name,
    authority and position, `venue` a dict of Venue's name, address and capacity or empty.
    """

    full_name: str
    username: str
    password: str
    ward_name: str
    superior_name: str
    starts_on: dt.date
    works_in_office: bool
    settings: dict
    bodies: list[tuple[str, str]] = field(default_factory=list)
    signers: list[dict] = field(default_factory=list)
    venue: dict = field(default_factory=dict)


@transaction.atomic
def set_up_ward(*, first: FirstWard) -> tuple[User, Unit]:
    """Write the province, the ward with its bodies, settings, signers and venue, and the first administrator.

    Raises ValidationError "in_use" when the installation has a user already, even one of a request at the same moment.
    """
    # A row that always exists: of two requests at once the second waits here and then finds the first one's user.
    ContentType.objects.select_for_update().get(app_label="units", model="user")
    if User.objects.exists():
        raise ValidationError("Chương trình đã được thiết lập. Đồng chí đăng nhập để tiếp tục.", code="in_use")
    admin = create_person(full_name=first.full_name, username=first.username, password=first.password, by=None)
    ward = _write_units(first, by=admin)
    roles = [Role.ADMIN, *(OFFICE_ROLES if first.works_in_office else ())]
    for role in roles:
        give_role(person=admin, unit=ward, role=role, starts_on=first.starts_on, by=admin)
    settings = WardSettings(ward=ward, superior_name=first.superior_name, **first.settings)
    settings.full_clean()
    settings.save()
    for signer in first.signers:
        Signer.objects.create(ward=ward, active_from=first.starts_on, **signer)
    if first.venue:
        Venue.objects.create(ward=ward, is_default=True, **first.venue)
    record_event(by=admin, verb="ward.set_up", target=ward, ward=ward, details={"bodies": len(first.bodies)})
    return admin, ward


def _write_units(first: FirstWard, *, by: User) -> Unit:
    province = create_unit(
        parent=None,
        kind=UnitKind.PROVINCE,
        code="TINH",
        name=first.superior_name,
        short_name=_without_prefix(first.superior_name),
        active_from=first.starts_on,
        by=by,
    )
    ward = create_unit(
        parent=province,
        kind=UnitKind.WARD,
        code="PHUONG",
        name=first.ward_name,
        short_name=_without_prefix(first.ward_name),
        active_from=first.starts_on,
        by=by,
    )
    for number, (short_name, name) in enumerate(first.bodies, start=1):
        create_unit(
            parent=ward,
            kind=UnitKind.BODY,
            code=f"CQ{number:02d}",
            name=name,
            short_name=short_name,
            is_party_org=False,
            must_report=False,
            must_self_score=False,
            active_from=first.starts_on,
            by=by,
        )
    return ward


def _without_prefix(name: str) -> str:
    """Turn "Đảng bộ phường Nông Tiến" into what people say: "Phường Nông Tiến"."""
    rest = name.removeprefix("Đảng bộ ")
    return f"{rest[:1].upper()}{rest[1:]}"[:80]
