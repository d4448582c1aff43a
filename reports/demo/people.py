"""Writing the demonstration's organisation through the same services as a real ward."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from documents.services.numbers import open_book
from reports.demo import organisation as data
from units.choices import Role, UnitKind
from units.models import Signer, Unit, User, Venue, WardSettings
from units.services.people import create_person, give_role
from units.services.units import create_unit


@dataclass
class Cast:
    """Who and what the other parts of the demonstration speak of."""

    admin: User
    province: Unit
    ward: Unit
    bodies: dict
    units: dict
    staff: dict
    secretaries: dict


def make_cast(clock):
    """Province, ward, bodies, units, people with roles, settings, signer, venue, number books."""
    start = clock.day(1, 5)
    admin = create_person(full_name="Quản trị chương trình", username="quantri", by=None)
    province = create_unit(
        parent=None, kind=UnitKind.PROVINCE, code="TQ", name=data.PROVINCE[0], short_name=data.PROVINCE[1], active_from=start, by=admin
    )
    ward = create_unit(
        parent=province, kind=UnitKind.WARD, code="NT", name=data.WARD[0], short_name=data.WARD[1], active_from=start, by=admin
    )
    cast = Cast(admin=admin, province=province, ward=ward, bodies={}, units={}, staff={}, secretaries={})
    _set_up_ward(cast, start)
    _add_bodies(cast, start)
    _add_units(cast, start)
    _add_staff(cast, start)
    _set_passwords()
    return cast


def _set_passwords():
    """The one password of the demonstration for those who sign in by name; hashed once, since every hash is slow on purpose."""
    names = [name for name, *_rest in (*data.STAFF, *data.CONTACTS, data.VIEWER, data.OWN_SECRETARY, data.OWN_HELPER)]
    User.objects.filter(username__in=names).update(password=make_password(data.PASSWORD))


def _set_up_ward(cast, start):
    WardSettings.objects.create(
        ward=cast.ward,
        superior_heading="Đảng bộ tỉnh Tuyên Quang",
        committee_heading="Đảng ủy phường Nông Tiến",
        place_name="Nông Tiến",
        superior_name="Ban Tuyên giáo và Dân vận Tỉnh ủy",
        term_name="2025 - 2030",
        term_starts_on=start,
        office_phone="0207 000 100",
        is_demonstration=True,
        live_figures_open=True,
    )
    Signer.objects.create(ward=cast.ward, name="Đồng chí Phó Bí thư", position="PHÓ BÍ THƯ", active_from=start)
    Venue.objects.create(
        ward=cast.ward,
        name="Hội trường trụ sở Đảng ủy phường",
        address="tổ dân phố Tràng Đà 6, phường Nông Tiến",
        capacity=250,
        is_default=True,
    )
    for sign, first in (("KH", 11), ("BC", 31), ("CV", 64), ("TB", 20), ("TTr", 8), ("GM", 15)):
        open_book(
            body=cast.ward, kind_sign=sign, body_sign="ĐU", term_name="2025 - 2030", first_number=first, by=cast.admin
        )


def _add_bodies(cast, start):
    for code, name, short_name, sign, party in data.BODIES:
        cast.bodies[code] = create_unit(
            parent=cast.ward,
            kind=UnitKind.BODY,
            code=code,
            name=name,
            short_name=short_name,
            sign_code=sign,
            is_party_org=party,
            active_from=start,
            by=cast.admin,
        )


def _add_units(cast, start):
    in_charge = [
        create_person(full_name=name, username=f"phutrach{n}", phone=f"0207 000 2{n:02d}", by=cast.admin)
        for n, name in enumerate(data.COMMITTEE_MEMBERS, start=1)
    ]
    for code, kind, name, short_name, members, exempt, day, cluster in data.DIRECT_UNITS:
        cast.units[code] = create_unit(
            parent=cast.ward,
            kind=kind,
            code=code,
            name=name,
            short_name=short_name,
            member_count=members,
            exempt_count=exempt,
            usual_meeting_day=day,
            in_charge=in_charge[cluster],
            figures_withheld=kind in {UnitKind.POLICE, UnitKind.MILITARY},
            active_from=start,
            by=cast.admin,
        )
        _add_secretary(cast, code, start)
    for parent, code, name, members in data.CHILD_UNITS:
        cast.units[code] = create_unit(
            parent=cast.units[parent],
            kind=UnitKind.SUBORDINATE_CELL,
            code=code,
            name=name,
            short_name=name,
            member_count=members,
            active_from=start,
            by=cast.admin,
        )


def _add_secretary(cast, code, start):
    unit = cast.units[code]
    own = code == data.OWN_SECRETARY[1]
    person = create_person(
        full_name=f"Bí thư {unit.short_name}",
        username=data.OWN_SECRETARY[0] if own else f"bt-{code.lower()}",
        phone=f"0900 000 {len(cast.secretaries):03d}",
        by=cast.admin,
    )
    cast.secretaries[code] = give_role(
        person=person, unit=unit, role=Role.SECRETARY, starts_on=start, by=cast.admin, position="Bí thư"
    )


def _add_staff(cast, start):
    def person(username, full_name, phone=""):
        return create_person(full_name=full_name, username=username, phone=phone, by=cast.admin)

    for username, full_name, phone, roles, position in data.STAFF:
        cast.staff[username] = cast.admin if username == "quantri" else person(username, full_name, phone)
        for role in roles:
            give_role(person=cast.staff[username], unit=cast.ward, role=role, starts_on=start, by=cast.admin, position=position)
    for username, full_name, code in data.CONTACTS:
        give_role(
            person=person(username, full_name), unit=cast.bodies[code], role=Role.CONTACT, starts_on=start, by=cast.admin, position="Đầu mối"
        )
    username, full_name = data.VIEWER
    give_role(person=person(username, full_name), unit=cast.province, role=Role.VIEWER, starts_on=start, by=cast.admin)
    username, code = data.OWN_HELPER
    give_role(
        person=person(username, "Người nhập giúp Chi bộ"), unit=cast.units[code], role=Role.HELPER, starts_on=start, by=cast.admin
    )
