"""A ward with the bodies that a plan gives work to, and the three directives of May 2026."""

import datetime as dt
from dataclasses import dataclass

from documents.choices import PaperKind
from tests import factories
from units.choices import UnitKind
from units.models import Unit, User

START = dt.datetime(2026, 5, 13, 8, 0, tzinfo=factories.HANOI)
SUBJECT_05 = "về đẩy mạnh xây dựng hệ sinh thái khởi nghiệp đổi mới sáng tạo trên địa bàn tỉnh Tuyên Quang"


@dataclass(frozen=True)
class Office:
    """The ward of plan 000 with three units, and one person who does everything."""

    ward: Unit
    party_building: Unit
    committee: Unit
    office: Unit
    units: tuple[Unit, ...]
    clerk: User


def make_office():
    ward = factories.make_ward(name="Đảng bộ phường Nông Tiến", short_name="Nông Tiến")
    body = UnitKind.BODY
    return Office(
        ward=ward,
        party_building=factories.make_unit(ward, kind=body, name="Ban Xây dựng Đảng"),
        committee=factories.make_unit(ward, kind=body, name="Ủy ban nhân dân phường"),
        office=factories.make_unit(ward, kind=body, name="Văn phòng Đảng ủy"),
        units=tuple(factories.make_unit(ward) for _ in range(3)),
        clerk=factories.make_user(full_name="Đồng chí Văn phòng"),
    )


def directive_facts(**changes):
    """Chỉ thị 05-CT/TU as it is typed into the form."""
    return {
        "kind": PaperKind.DIRECTIVE,
        "number": "05",
        "sign": "CT/TU",
        "dated_on": dt.date(2026, 5, 5),
        "issuer": "Ban Thường vụ Tỉnh ủy",
        "subject": SUBJECT_05,
    } | changes
