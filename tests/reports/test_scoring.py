"""The arithmetic of the score sheet."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import rubric_default as default
from reports.scoring import Facts, Level, Line, Total, applies, level, suggest, to_step, total

GOOD = Facts(
    documents_before=True,
    head_speaks=True,
    days_after_window=0,
    form="cell_meeting",
    minutes=60,
    minutes_kept=True,
    required=42,
    present=40,
    unexcused=0,
    speakers=12,
    concrete_work=True,
    propaganda_channels=3,
    opinions=True,
    days_late=0,
)
LEVELS = [SimpleNamespace(**one) for one in default.LEVELS]
points_up_to = st.integers(min_value=0, max_value=24).map(lambda halves: Decimal(halves) / 2)


def criterion(code):
    for group in default.GROUPS:
        for one, text, points, source, bands in group["criteria"]:
            if one == code:
                return SimpleNamespace(
                    code=one, text=text, max_points=Decimal(points), suggestion=source, bands=bands, needs_essay=code == "II.5", unit_kinds=[], may_skip=False, kind="points"
                )
    raise KeyError(code)


def test_default_sheet_has_three_groups_and_a_hundred_points():
    sums = [sum(line[2] for line in group["criteria"]) for group in default.GROUPS]
    assert sums == [30, 40, 30]


@pytest.mark.parametrize(
    ("code", "facts", "points", "why"),
    [
        ("I.2", GOOD, "6", "Người đứng đầu cấp ủy trực tiếp truyền đạt."),
        ("I.3", Facts(days_after_window=5), "3", "Học sau thời hạn 5 ngày."),
        ("I.3", Facts(days_after_window=6), "0", "Học sau thời hạn 6 ngày."),
        ("I.4", Facts(form="conference", minutes=45), "2.5", "Buổi học 45 phút, dưới mức 60 phút."),
        ("II.1", GOOD, "12", "40/42 đồng chí dự, đạt 95,2 %."),
        ("II.1", Facts(required=1000, present=949), "10", "949/1000 đồng chí dự, đạt 94,9 %."),
        ("II.1", Facts(required=10000, present=9499), "10", "9499/10000 đồng chí dự, đạt 95,0 %."),
        ("II.2", Facts(unexcused=1), "0", "Có 1 đồng chí vắng không lý do."),
        ("II.3", Facts(present=40, speakers=1), "2", "1/40 đồng chí phát biểu, 2,5 %."),
        ("II.3", Facts(present=40, speakers=0), "0", "0/40 đồng chí phát biểu, 0,0 %."),
        ("III.2", Facts(propaganda_channels=1), "4", "Đã tuyên truyền qua 1 hình thức."),
        ("III.4", Facts(days_late=2), "4", "Báo cáo muộn 2 ngày."),
    ],
)
def test_suggest_gives_points_and_why(code, facts, points, why):
    assert suggest(criterion(code), facts) == (Decimal(points), why)


@pytest.mark.parametrize("code", ["I.1", "I.2", "I.4", "I.5", "II.1", "II.2", "II.3", "II.4", "II.5"])
def test_suggest_says_nothing_where_the_figure_is_not_given(code):
    assert suggest(criterion(code), Facts())[0] is None


def test_essay_line_applies_only_when_the_plan_asks():
    assert (applies(criterion("II.5"), Facts()), applies(criterion("II.5"), Facts(essay_required=True))) == (False, True)


def test_total_shares_out_what_does_not_apply():
    lines = [Line(Decimal(92), Decimal(82)), Line(Decimal(8), None, applies=False)]
    assert total(lines) == Total(Decimal("89.1"), Decimal(100), 0, Decimal(82), Decimal(92))


def test_total_of_an_unscored_line_is_missing_not_zero():
    assert total([Line(Decimal(92), Decimal(82)), Line(Decimal(8), None)]) == Total(None, Decimal(100), 1, Decimal(82), Decimal(100))


def test_level_names_the_gate_that_holds_back():
    facts = Facts(required=42, present=40, unexcused=1, days_late=0)
    assert level(Total(Decimal(96), Decimal(100), 0), LEVELS, facts) == Level(
        "Khá", "Thiếu 1 điều kiện để đạt Tốt: có 1 đồng chí vắng không lý do."
    )


def test_level_lists_every_gate():
    facts = Facts(required=42, present=30, unexcused=2, days_late=1)
    assert level(Total(Decimal(90), Decimal(100), 0), LEVELS, facts).why_not_better == (
        "Thiếu 3 điều kiện để đạt Tốt: tỷ lệ dự học 71,4 %, dưới 85 %; có 2 đồng chí vắng không lý do; báo cáo muộn 1 ngày."
    )


@pytest.mark.parametrize(("points", "name"), [("90", "Tốt"), ("89.9", "Khá"), ("70", "Khá"), ("69.9", "Trung bình"), ("50", "Trung bình"), ("49.9", "Yếu"), ("0", "Yếu")])
def test_level_bounds(points, name):
    assert level(Total(Decimal(points), Decimal(100), 0), LEVELS, GOOD) == Level(name)


def test_full_marks_gate_names_the_lines_that_fall_short():
    best = SimpleNamespace(name="Tốt", from_percent=90, gates=[{"source": "full_marks", "codes": ["1", "2", "3"]}])
    lines = [Line(Decimal(60), Decimal(60), code="1"), Line(Decimal(40), Decimal(35), code="2"), Line(Decimal(8), None, False, "3")]
    assert level(total(lines), [best, SimpleNamespace(name="Khá", from_percent=0, gates=[])], Facts(), lines) == Level(
        "Khá", "Thiếu 1 điều kiện để đạt Tốt: mục 2 chưa đạt điểm tối đa."
    )


def test_yes_no_line_is_suggested_whole_or_nothing():
    line = criterion("III.2")
    line.kind = "yes_no"
    assert [suggest(line, Facts(propaganda_channels=count))[0] for count in (1, 2, 3)] == [0, 0, 8]


def test_line_for_other_kinds_of_units_does_not_apply():
    line = criterion("III.2")
    line.unit_kinds = ["th", "yt"]
    assert [applies(line, Facts(unit_kind=kind)) for kind in ("th", "tdp")] == [True, False]


@given(st.lists(st.tuples(points_up_to, st.booleans()), min_size=1, max_size=14))
def test_total_does_not_hang_on_the_order_of_the_lines(lines):
    rows = [Line(Decimal(12), points if counts else None, counts) for points, counts in lines]
    assert total(rows[::-1]) == total(rows[1:] + rows[:1]) == total(rows)


def test_level_of_an_unfinished_sheet_is_none():
    assert level(Total(None, Decimal(100), 1), LEVELS, GOOD) is None


@given(st.lists(points_up_to, min_size=1, max_size=14), st.integers(min_value=0, max_value=5))
def test_total_stays_on_the_scale_and_grows_with_points(points, left_out):
    lines = [Line(Decimal(12), one) for one in points] + [Line(Decimal(8), None, applies=False)] * left_out
    result = total(lines)
    assert Decimal(0) <= result.points <= result.scale == 12 * len(points) + 8 * left_out
    better = [Line(Decimal(12), Decimal(12)), *lines[1:]]
    assert total(better).points >= result.points


@given(st.lists(points_up_to, min_size=1, max_size=14))
def test_full_marks_are_always_the_whole_scale(points):
    lines = [Line(Decimal(12), Decimal(12)) for _ in points] + [Line(Decimal(8), None, applies=False)]
    assert total(lines).points == 12 * len(points) + 8


@given(st.integers(min_value=0, max_value=500), st.integers(min_value=1, max_value=500))
def test_suggestions_are_half_steps_within_the_line(present, required):
    facts = Facts(required=required, present=min(present, required), speakers=min(present, required) // 3)
    for code in ("II.1", "II.3"):
        points, _ = suggest(criterion(code), facts)
        if points is not None:
            assert points == to_step(points)
            assert 0 <= points <= criterion(code).max_points
