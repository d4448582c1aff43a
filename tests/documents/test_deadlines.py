"""Reliability ids: D-01 to D-07."""

import itertools
import unicodedata
from datetime import date, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from documents.deadlines import Deadline, Rule, impossible, parse, wording

TODAY = date(2026, 5, 11)  # a Monday


def read(text):
    return [(one.phrase, one.rule.value, one.last_day, one.tentative) for one in parse(text, today=TODAY)]


@pytest.mark.proves("D-06")
@pytest.mark.parametrize(
    ("text", "rule", "last_day"),
    [
        ("trước ngày 05/6/2026", "before", date(2026, 6, 4)),
        ("trước ngày 5/6/2026", "before", date(2026, 6, 4)),
        ("trước ngày 05 tháng 6 năm 2026", "before", date(2026, 6, 4)),
        ("trước ngày 15/6", "before", date(2026, 6, 14)),
        ("**trước ngày 10/8/2021.**", "before", date(2021, 8, 9)),
        ("Hoàn thành trước ngày **05/6/2026**.", "before", date(2026, 6, 4)),
        ("chậm nhất ngày 05/6/2026", "by", date(2026, 6, 5)),
        ("chậm nhất là ngày 05/6/2026", "by", date(2026, 6, 5)),
        ("đến hết ngày 05/6/2026", "by", date(2026, 6, 5)),
        ("xong trong ngày 05/6/2026", "by", date(2026, 6, 5)),
        ("hạn cuối 05/6/2026", "by", date(2026, 6, 5)),
        ("Hoàn thành ngày 05/6/2026", "by", date(2026, 6, 5)),
        ("từ ngày 20/5/2026 đến ngày 05/6/2026", "by", date(2026, 6, 5)),
        ("trong tháng 5/2026", "within_month", date(2026, 5, 31)),
        ("trong tháng 02/2028", "within_month", date(2028, 2, 29)),
        ("tổ chức sinh hoạt chi bộ tháng 5/2026", "within_month", date(2026, 5, 31)),
        ("quán triệt trong kỳ họp chi bộ tháng 6/2026; phân công", "within_month", date(2026, 6, 30)),
        ("trong tháng 5 năm 2026", "within_month", date(2026, 5, 31)),
        ("trong tháng 6", "within_month", date(2026, 6, 30)),
        ("đầu tháng 6/2026", "within_month", date(2026, 6, 1)),
        ("giữa tháng 6/2026", "within_month", date(2026, 6, 15)),
        ("cuối tháng 6/2026", "within_month", date(2026, 6, 30)),
        ("trong quý II/2026", "within_quarter", date(2026, 6, 30)),
        ("quý II/2026", "within_quarter", date(2026, 6, 30)),
        ("trong quý IV năm 2026", "within_quarter", date(2026, 12, 31)),
        ("trong quý I", "within_quarter", date(2026, 3, 31)),
        ("trong 6 tháng đầu năm 2026", "within_half_year", date(2026, 6, 30)),
        ("6 tháng đầu năm", "within_half_year", date(2026, 6, 30)),
        ("trong nửa đầu năm", "within_half_year", date(2026, 6, 30)),
        ("trong năm 2026", "within_year", date(2026, 12, 31)),
        ("giữa năm 2026", "within_year", date(2026, 6, 30)),
        ("trong tuần", "within_week", date(2026, 5, 17)),
        ("tuần thứ 2 tháng 6/2026", "within_week", date(2026, 6, 14)),
        ("trong thời hạn 10 ngày kể từ ngày 05/6/2026", "after_event", date(2026, 6, 15)),
        ("trong vòng 5 ngày làm việc kể từ ngày 05/6/2026", "after_event", date(2026, 6, 12)),
        ("trong 10 ngày kể từ ngày ban hành", "after_event", None),
        ("sau hội nghị 05 ngày", "after_event", None),
        ("sau hội nghị 05 ngày làm việc", "after_event", None),
        ("định kỳ trước ngày 15 hằng tháng", "recurring", date(2026, 5, 14)),
        ("ngày 10 hằng tháng", "recurring", date(2026, 6, 10)),
        ("chậm nhất ngày 15 hàng tháng", "recurring", date(2026, 5, 15)),
        ("hằng quý, trước ngày 15 của tháng cuối quý", "recurring", date(2026, 6, 14)),
        ("năm trước ngày 15/12", "recurring", date(2026, 12, 14)),
        ("kịp thời", "open", None),
        ("theo quy định", "open", None),
        ("theo thông báo của tỉnh", "on_notice", None),
        ("có văn bản triệu tập riêng", "on_notice", None),
        ("sẽ có thông báo sau", "on_notice", None),
        ("thường xuyên, liên tục", "open", None),
        ("08 giờ 00, ngày 10/9/2026", "by", date(2026, 9, 10)),
        ("từ 07h30', thứ Hai, ngày 15/6/2026", "by", date(2026, 6, 15)),
        ("hoàn thành chậm nhất trong tháng 6/2026", "within_month", date(2026, 6, 30)),
        ("từ tháng 8/2026 đến tháng 12/2030", "within_month", date(2030, 12, 31)),
        ("từ ngày 15/6 đến 20/6/2026", "by", date(2026, 6, 20)),
        ("trước ngày: 05-6-2026", "before", date(2026, 6, 4)),
        ("trước tháng 7/2026", "before", date(2026, 6, 30)),
        ("đến hết tháng 6 năm 2026", "within_month", date(2026, 6, 30)),
        ("định kỳ hằng quý", "recurring", None),
        ("định kỳ 6 tháng, hằng năm", "recurring", None),
        ("hằng tháng (trước ngày 25)", "recurring", date(2026, 5, 24)),
        ("trước ngày 15/12 hằng năm", "recurring", date(2026, 12, 14)),
        ("chậm nhất 05 ngày sau khi kết thúc hội nghị", "after_event", None),
        ("ngay sau hội nghị cấp xã", "after_event", None),
    ],
)
def test_each_phrase_means_its_day(text, rule, last_day):
    assert [(one.rule.value, one.last_day) for one in parse(text, today=TODAY)] == [(rule, last_day)]


def test_an_hour_makes_the_day_itself_count():
    (found,) = parse("trước 17 giờ 00 ngày 05/6/2026", today=TODAY)
    assert (found.rule, found.last_day, found.time) == (Rule.BY, date(2026, 6, 5), time(17, 0))


def test_two_halves_of_a_year_are_two_deadlines():
    assert [one[2] for one in read("6 tháng trước ngày 15/6, năm trước ngày 15/12")] == [
        date(2026, 6, 14),
        date(2026, 12, 14),
    ]


def test_foreseen_days_are_tentative():
    assert read("- Dự kiến trong tháng **5/2026** (có văn bản triệu tập riêng).") == [
        ("Dự kiến trong tháng 5/2026", "within_month", date(2026, 5, 31), True)
    ]
    assert parse("ngay sau hội nghị", today=TODAY)[0].tentative


def test_behind_a_label_a_bare_day_is_a_deadline():
    assert parse("01 buổi, sáng 12/6/2026, tại hội trường", today=TODAY) == []
    (found,) = parse("01 buổi, sáng 12/6/2026, tại hội trường", today=TODAY, labelled=True)
    assert (found.phrase, found.last_day) == ("12/6/2026", date(2026, 6, 12))
    assert [one.rule.value for one in parse("Hằng quý", today=TODAY, labelled=True)] == ["recurring"]


def test_a_label_is_no_part_of_the_phrase():
    assert [one[0] for one in read("Thời gian: trước ngày 09/9/2026; thời hạn hoàn thành: chậm nhất ngày 10/9/2026")] == [
        "trước ngày 09/9/2026",
        "chậm nhất ngày 10/9/2026",
    ]


def test_phrase_and_span_lead_back_to_the_text():
    text = "- Thời gian: Hoàn thành trong tháng **5/2026**."
    (found,) = parse(text, today=TODAY)
    assert found == Deadline(
        "Hoàn thành trong tháng 5/2026", Rule.WITHIN_MONTH, date(2026, 5, 31), False, (13, text.index("2026") + 4)
    )


@pytest.mark.proves("D-04", "D-07")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy về khởi nghiệp", []),
        ("ngày 12/5/2026 của Ban Thường vụ. Hoàn thành trước ngày 05/6/2026", [date(2026, 6, 4)]),
        ("Theo Kế hoạch ngày 12/5/2026, báo cáo trước ngày 05/6/2026 và gửi lại trong tháng 7/2026", [date(2026, 6, 4), date(2026, 7, 31)]),
        ("giai đoạn 2026 - 2030, đến năm 2030, tầm nhìn 2045", []),
        ("kết quả 6 tháng đầu năm 2026 của chi bộ", []),
        ("báo cáo kịp thời về Thường trực Đảng ủy theo quy định", []),
        ("định kỳ sơ kết, tổng kết theo quy định", []),
        ("đạt 85/100 điểm, 15/TTr-UBND, mục 1.2.3", []),
        ("công nhận (từ năm 2017 đến hết năm 2020)", []),
        ("số liệu tính đến hết ngày 31/5/2026; thời gian 1/2 ngày", []),
        ("báo cáo kết quả sinh hoạt chi bộ tháng 5/2026; đánh giá tình hình tháng 5/2026", []),
        ("chuẩn bị nội dung họp chi bộ tháng 5/2026; Hội nghị ngày 05 tháng 5/2026", []),
        ("quý vị đại biểu; đánh giá hằng năm; trong năm qua", []),
    ],
)  # fmt: skip
def test_only_deadlines_are_taken_for_deadlines(text, found):
    assert [one.last_day for one in parse(text, today=TODAY)] == found


@pytest.mark.proves("D-03")
@pytest.mark.parametrize(
    "text",
    ["trước ngày 31/6/2026", "trước ngày 29/02/2025", "chậm nhất ngày 00/13/2026", "trong tháng 13/2026", "trước 25 giờ ngày 05/6/2026", "trước ngày 01/01/9999"],
)  # fmt: skip
def test_impossible_days_give_no_deadline_and_are_named(text):
    assert parse(f"Hoàn thành {text}.", today=TODAY) == []
    assert impossible(f"Hoàn thành {text}.", today=TODAY) == [f"Hoàn thành {text}"]


DAYS = st.dates(date(2000, 1, 2), date(2099, 12, 30))


def disguised(phrase, *, form, space, bold, padded, lead=""):
    """Return a phrase with other white space, marks, zeros or composition than we write."""
    if not padded:
        phrase = phrase.replace(" 0", " ").replace("/0", "/")
    if bold:
        head, _, tail = phrase.rpartition(" ")
        phrase = f"{head} **{tail}**"
    return unicodedata.normalize(form, f"{lead}{phrase}.".replace(" ", space))


@st.composite
def disguises(draw):
    """Ways in which one phrase comes out of a scanner, a phone or a word processor."""
    form = draw(st.sampled_from(["NFC", "NFD"]))
    space = draw(st.sampled_from([" ", "\u00a0", "  ", "\n"]))
    bold = draw(st.booleans())
    padded = draw(st.booleans())
    lead = draw(
        st.sampled_from(
            ["", "Hoàn thành ", "xong ", "Báo cáo Ban Thường vụ Đảng ủy ", "(qua Ban Xây dựng Đảng tổng hợp) "]
        )
    )

    return lambda phrase: disguised(phrase, form=form, space=space, bold=bold, padded=padded, lead=lead)


@pytest.mark.proves("D-01")
def test_every_tenth_day_of_a_century_is_read_as_it_was_written():
    """10,950 cases: 3,650 days in three of the thirty-two disguises each, so that every disguise meets every kind of day."""
    ways = itertools.cycle(itertools.product(("NFC", "NFD"), (" ", "\u00a0", "  ", "\n"), (False, True), (False, True)))
    wrong = []
    for step in range(10_950):
        day = date(2000, 1, 2) + timedelta(days=step // 3 * 10)
        rule = (Rule.BEFORE, Rule.BY)[step % 2]
        form, space, bold, padded = next(ways)
        written = disguised(wording(rule, day), form=form, space=space, bold=bold, padded=padded)
        if [(one.rule, one.last_day) for one in parse(written, today=TODAY)] != [(rule, day)]:
            wrong.append(written)
    assert wrong == []


@pytest.mark.proves("D-01")
@settings(max_examples=400, deadline=None)
@given(day=DAYS, rule=st.sampled_from([Rule.BEFORE, Rule.BY]), disguise=disguises())
def test_writing_and_reading_a_day_agree(day, rule, disguise):
    assert [(one.rule, one.last_day) for one in parse(disguise(wording(rule, day)), today=TODAY)] == [(rule, day)]


@pytest.mark.proves("D-01")
@settings(max_examples=200, deadline=None)
@given(
    day=DAYS,
    rule=st.sampled_from([Rule.WITHIN_MONTH, Rule.WITHIN_QUARTER, Rule.WITHIN_HALF_YEAR, Rule.WITHIN_YEAR]),
    disguise=disguises(),
)
def test_writing_and_reading_a_period_agree(day, rule, disguise):
    months = {Rule.WITHIN_MONTH: 1, Rule.WITHIN_QUARTER: 3, Rule.WITHIN_HALF_YEAR: 6, Rule.WITHIN_YEAR: 12}[rule]
    month = -(-day.month // months) * months
    last = (date(day.year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)
    assert [(one.rule, one.last_day) for one in parse(disguise(wording(rule, last)), today=TODAY)] == [(rule, last)]


@pytest.mark.proves("D-02")
@settings(max_examples=200, deadline=None)
@given(day=DAYS)
def test_before_is_one_day_earlier_than_until_the_end_of(day):
    written = f"{day:%d/%m/%Y}"
    before, until = (parse(f"{words} ngày {written}", today=TODAY)[0].last_day for words in ("trước", "đến hết"))
    assert until - before == timedelta(days=1)


@pytest.mark.proves("D-05")
@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=300), year=st.integers(1, 9999))
@example(text="trước ngày 1/1/0001 trong tháng 99/9999 quý 9", year=1)
def test_no_text_is_too_strange(text, year):
    for one in parse(text, today=date(year, 1, 1)):
        assert text[slice(*one.span)]


@pytest.mark.proves("D-05")
@pytest.mark.parametrize(
    "piece", ["trước ngày 05/6/2026 ", "trước ", "1/", "trong tháng ", "xong ", "\u0301", " ", "ngày 1", "từ ngày 1/1"]
)
def test_hostile_strings_are_read_without_trouble(piece):
    assert isinstance(parse(piece * (100_000 // len(piece)), today=TODAY), list)


def test_wording_refuses_what_it_cannot_say():
    for rule, day in ((Rule.WITHIN_MONTH, date(2026, 5, 30)), (Rule.OPEN, date(2026, 5, 31)), (Rule.RECURRING, TODAY)):
        with pytest.raises(ValueError, match="No wording"):
            wording(rule, day)
