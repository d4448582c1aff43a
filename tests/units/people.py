"""A named cast for the tests of units: a ward with its office, two chi bộ with their secretaries."""

import datetime as dt

from units.choices import Role, UnitKind
from units.models import User
from units.services.people import create_person, give_role
from units.services.units import create_unit

START = dt.date(2026, 1, 1)
PASSWORD = "bông lúa vàng tháng mười"


def make_ward():
    """The province and the ward Nông Tiến below it."""
    maker = User.objects.filter(username="khoitao").first() or create_person(
        full_name="Người khởi tạo", username="khoitao", by=None
    )
    province = create_unit(
        parent=None, kind=UnitKind.PROVINCE, code="TQ", name="Đảng bộ tỉnh Tuyên Quang", short_name="Tỉnh Tuyên Quang",
        active_from=START, by=maker,
    )  # fmt: skip
    return create_unit(
        parent=province, kind=UnitKind.WARD, code="NT", name="Đảng bộ phường Nông Tiến", short_name="Phường Nông Tiến",
        active_from=START, by=maker,
    )  # fmt: skip


def make_cell(ward, number):
    """Chi bộ tổ dân phố `number` of the ward."""
    return create_unit(
        parent=ward, kind=UnitKind.RESIDENTIAL, code=f"TDP{number:02d}", name=f"Chi bộ tổ dân phố {number}",
        short_name=f"TDP {number}", active_from=START, by=User.objects.get(username="khoitao"),
    )  # fmt: skip


def make_person(unit, role, username, *, password=PASSWORD):
    """A person with one role at `unit`; the membership is what is returned."""
    person = create_person(full_name=f"Đồng chí {username}", username=username, password=password, by=None)
    return give_role(person=person, unit=unit, role=role, starts_on=START, by=None)


def make_cast():
    """(ward, two cells, admin, clerk, first secretary, second secretary), people as memberships."""
    ward = make_ward()
    cells = [make_cell(ward, 1), make_cell(ward, 2)]
    return (
        ward,
        cells,
        make_person(ward, Role.ADMIN, "quantri"),
        make_person(ward, Role.CLERK, "vanthu"),
        make_person(cells[0], Role.SECRETARY, "bithu1", password=None),
        make_person(cells[1], Role.SECRETARY, "bithu2", password=None),
    )
