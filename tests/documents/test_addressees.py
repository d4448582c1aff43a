"""Nơi nhận as printed becomes the units and bodies it means, and no more."""

import datetime as dt

import pytest

from documents.content import Recipient
from documents.services.addressees import WardRoll, actual_addressees, without_repeats
from tests import factories
from units.choices import UnitKind


@pytest.fixture
def ward(db):
    ward = factories.make_ward(name="Đảng bộ phường Nông Tiến", short_name="Nông Tiến")
    for kind, name in (
        (UnitKind.RESIDENTIAL, "Chi bộ Tổ dân phố 1"),
        (UnitKind.RESIDENTIAL, "Chi bộ Tổ dân phố 2"),
        (UnitKind.SCHOOL, "Chi bộ Trường Tiểu học"),
        (UnitKind.POLICE, "Đảng bộ Công an phường"),
        (UnitKind.BODY, "Ban Xây dựng Đảng"),
        (UnitKind.BODY, "Văn phòng Đảng ủy"),
        (UnitKind.BODY, "Ủy ban nhân dân phường"),
    ):
        factories.make_unit(ward, kind=kind, name=name)
    return ward


def reached(ward, *names, addressees=(), on=factories.TODAY):
    lines = actual_addressees(WardRoll.on(ward, on), [Recipient(name) for name in names], addressees=addressees)
    return [(line.addressee, line.unit is not None) for line in without_repeats(lines)]


CELLS = [
    ("Đảng bộ Công an phường", True),
    ("Chi bộ Tổ dân phố 1", True),
    ("Chi bộ Tổ dân phố 2", True),
    ("Chi bộ Trường Tiểu học", True),
]  # by short name


@pytest.mark.parametrize(
    "name",
    [
        "Các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc",
        "Các chi bộ, đảng bộ trực thuộc;",
        "Các tổ chức cơ sở đảng trực thuộc Đảng bộ phường",
        "CÁC CHI BỘ TRỰC THUỘC ĐẢNG ỦY PHƯỜNG NÔNG TIẾN.",
    ],
)
def test_all_cells_in_many_words(ward, name):
    assert reached(ward, name) == CELLS


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Các chi bộ tổ dân phố", CELLS[1:3]),
        ("Các chi bộ trường học, tổ dân phố trực thuộc", CELLS[1:]),
        ("Các cơ quan tham mưu, giúp việc Đảng ủy", [("Ban Xây dựng Đảng", True), ("Văn phòng Đảng ủy", True)]),
        ("Chi bộ tổ dân phố 2", [CELLS[2]]),
        ("UBND phường", [("UBND phường", False)]),
        ("Các chi bộ có tên trong danh sách", [("Các chi bộ có tên trong danh sách", False)]),
        ("Các chi bộ liên quan", [("Các chi bộ liên quan", False)]),
        (
            "Các đồng chí Ủy viên Ban Chấp hành Đảng bộ phường",
            [("Các đồng chí Ủy viên Ban Chấp hành Đảng bộ phường", False)],
        ),
        ("Bí thư các chi bộ", [("Bí thư các chi bộ", False)]),
        ("Lưu Văn phòng Đảng ủy", [("Lưu Văn phòng Đảng ủy", False)]),
        ("Ủy ban nhân dân phường", [("Ủy ban nhân dân phường", True)]),
    ],
)
def test_words_are_taken_at_their_face_value(ward, name, found):
    assert reached(ward, name) == found


def test_nobody_stands_twice_and_as_above_is_kinh_gui(ward):
    assert reached(ward, "Như trên", "Các chi bộ trực thuộc", "Lưu", addressees=("- Chi bộ Trường Tiểu học;", "Tỉnh ủy")) == [
        CELLS[3], ("Tỉnh ủy", False), CELLS[0], CELLS[1], CELLS[2], ("Lưu", False),
    ]  # fmt: skip


def test_a_unit_that_has_ended_gets_nothing(ward):
    ended = factories.make_unit(ward, name="Chi bộ Chợ", active_to=factories.TODAY - dt.timedelta(days=1))
    assert (ended.name, True) not in reached(ward, "Các chi bộ trực thuộc")
    assert (ended.name, True) in reached(ward, "Các chi bộ trực thuộc", on=factories.TODAY - dt.timedelta(days=1))


def test_a_ward_of_three_hundred_units_is_read_at_once(ward, django_assert_num_queries):
    for number in range(30):
        factories.make_unit(ward, name=f"Chi bộ số {number}")
    with django_assert_num_queries(1):
        assert len(reached(ward, "Các chi bộ trực thuộc", "Các cơ quan tham mưu, giúp việc Đảng ủy")) == 36
