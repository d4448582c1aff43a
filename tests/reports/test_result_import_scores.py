"""The self-score in the ward's Excel sheet: a column per line of the plan's sheet, by its code."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from reports.forms.sheet_scores import FROM_SHEET
from reports.models import Submission
from reports.result_columns import key_of
from tests import factories
from tests.reports import steps
from tests.reports.test_result_import import confirm, states, upload

pytestmark = pytest.mark.django_db
HEAD = [
    "Mã đơn vị",
    "Đơn vị",
    "Ngày học",
    "Tổng số đảng viên",
    "Được miễn",
    "Có mặt",
    "Vắng có lý do",
    "Vắng không lý do",
    "Thời lượng (phút)",
    "Số đảng viên phát biểu",
]
# the lines of the default sheet that no figure speaks for
JUDGED = {"II.4": "6", "I.1": "7,5"}


@pytest.fixture
def asked(cast, clock):
    units = [factories.make_unit(cast.ward, code=f"TDP-{n:02d}") for n in (1, 2)]
    plan = factories.make_issued_plan(cast.ward, units=units)
    factories.pin_rubric(plan, steps.load_default_rubric())
    return units, plan


def row(unit, *points):
    return [unit.code, unit.name, "02/6/2026", "30", "4", "24", "2", "0", "90", "8", *points]


def scores_of(unit):
    found = Submission.objects.get(unit=unit).scores.select_related("criterion")
    return {one.criterion.code: (one.self_points, one.suggested, one.self_note) for one in found}


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("I.1", "points:I.1"),
        ("Điểm I.1", "points:I.1"),
        ("Tự chấm mục II.4", "points:II.4"),
        ("Điểm 3", "points:3"),
        ("3", ""),
        ("Căn cứ I.1", "note:I.1"),
        ("Ghi chú", ""),
        ("Điểm tự chấm", ""),
        ("Đơn vị", "name"),
    ],
)
def test_a_line_of_the_sheet_is_known_by_its_code(heading, key):
    assert key_of(heading, ["I.1", "II.4", "3"]) == key


def test_the_template_has_a_column_per_line_and_says_what_each_is(cast, asked, sign_in):
    file = sign_in(cast.compiler).get(reverse("reports:result-import-template")).content
    book = load_workbook(io.BytesIO(file))
    heads = [cell.value for cell in book["Kết quả"][1]]
    codes = [cell.value for cell in book["Tiêu chí"]["A"]][1:]
    assert codes[0] == "I.1"
    assert heads[-len(codes) :] == [f"Điểm {code}" for code in codes]


def test_points_are_taken_in_with_total_and_level_computed(cast, asked, sign_in):
    [unit, other], plan = asked
    client = sign_in(cast.compiler)
    heads = [*HEAD, *(f"Điểm {code}" for code in JUDGED), "Điểm II.1", "Tổng điểm"]
    page = upload(client, [plan], [heads, row(unit, *JUDGED.values(), "3", "999"), row(other)])
    assert states(page) == [(2, unit.short_name, "new"), (3, other.short_name, "new")]
    [read, unscored] = page.context["rows"]
    assert read.notes[0].startswith("tự chấm ")
    assert "lấy theo điểm gợi ý" in read.notes[1]
    assert unscored.notes == []
    assert confirm(client).status_code == 302
    held = scores_of(unit)
    assert (held["I.1"][0], held["II.4"][0]) == (7.5, 6)
    assert (held["II.1"][0], held["II.1"][2]) == (3, FROM_SHEET)
    taken = [code for code, (points, hint, note) in held.items() if hint is not None and points == hint and not note]
    assert len(taken) >= 5
    submission = Submission.objects.get(unit=unit)
    assert submission.self_total < 100
    assert submission.self_level
    assert Submission.objects.get(unit=other).self_total is None


def test_a_wrong_point_is_told_by_its_column_and_nothing_of_the_row_is_written(cast, asked, sign_in):
    [unit, other], plan = asked
    client = sign_in(cast.compiler)
    heads = [*HEAD, *(f"Điểm {code}" for code in JUDGED)]
    page = upload(client, [plan], [heads, row(unit, "9", "abc"), row(other, "6", "")])
    [wrong, lacking] = page.context["rows"]
    assert wrong.problems == [
        ("Điểm I.1", "Chỉ ghi số điểm. Thí dụ: 7,5."),
        ("Điểm II.4", "Điểm của dòng này từ 0 đến 8."),
    ]
    assert lacking.state == "wrong" or lacking.notes
    assert not Submission.objects.filter(unit=unit).exists()


def test_grounds_of_a_ward_are_kept_as_it_wrote_them(cast, asked, sign_in):
    [unit, _other], plan = asked
    client = sign_in(cast.compiler)
    heads = [*HEAD, *(f"Điểm {code}" for code in JUDGED), "Điểm II.1", "Căn cứ II.1"]
    upload(client, [plan], [heads, row(unit, *JUDGED.values(), "3", "Hai đồng chí về sớm.")])
    assert confirm(client).status_code == 302
    assert scores_of(unit)["II.1"][2] == "Hai đồng chí về sớm."
