"""The tags and filters that every page shares."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils.safestring import SafeString

from units.templatetags import lantoa

DAY = dt.date(2026, 6, 4)


def render(source: str, **context) -> str:
    return Template("{% load lantoa %}" + source).render(Context(context)).strip()


def test_dates_read_as_the_office_writes_them():
    assert lantoa.vn_date(DAY) == "thứ Năm, 04/6/2026"
    assert lantoa.vn_date(dt.date(2026, 2, 1)) == "Chủ nhật, 01/02/2026"
    assert lantoa.vn_day(dt.date(2026, 12, 24)) == "24/12/2026"
    assert lantoa.vn_short(DAY) == "04/6"
    assert [lantoa.vn_date(None), lantoa.vn_day(None), lantoa.vn_short(None), lantoa.vn_datetime(None)] == [""] * 4


def test_moments_are_shown_in_local_time():
    moment = dt.datetime(2026, 6, 3, 17, 30, tzinfo=dt.UTC)
    assert lantoa.vn_datetime(moment) == "00 giờ 30, thứ Năm, 04/6/2026"
    assert lantoa.vn_time(dt.time(19, 30)) == "19 giờ 30"


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (1234, 0, "1.234"),
        (1234567, 0, "1.234.567"),
        (Decimal("1234.5"), 1, "1.234,5"),
        (2.5, 0, "3"),
        (0, 0, "0"),
        (None, 0, "chưa có số liệu"),
        ("", 0, "chưa có số liệu"),
    ],
)
def test_numbers_use_the_vietnamese_marks_and_missing_is_never_zero(value, places, text):
    assert lantoa.vn_number(value, places) == text


def test_percent_and_ratio_keep_their_sign_on_the_line():
    assert lantoa.vn_percent(Decimal("95.61")) == "95,6\u00a0%"
    assert lantoa.ratio(41, 58) == "70,7\u00a0%"
    assert lantoa.ratio(0, 58) == "0,0\u00a0%"
    assert lantoa.ratio(None, 58) == lantoa.ratio(3, 0) == "chưa có số liệu"


def test_days_left_counts_calendar_days():
    spoken = [lantoa.days_left(DAY, DAY + dt.timedelta(days=days)) for days in (-3, 0, 2)]
    assert spoken == ["còn 3 ngày", "hạn hôm nay", "trễ 2 ngày"]
    assert lantoa.days_left(None, DAY) == "chưa có hạn"


def test_every_state_has_a_word_and_an_icon_of_the_sprite():
    sprite = Path(settings.BASE_DIR, "static/icons/sprite.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    assert {state.icon for state in lantoa.STATES.values()} - drawn == set()


def test_every_icon_named_in_a_template_is_drawn():
    sprite = Path(settings.BASE_DIR, "static/icons/sprite.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    named = {
        name
        for page in Path(settings.BASE_DIR, "templates").rglob("*.html")
        for name in re.findall(r'{% icon "([^"]+)"', page.read_text(encoding="utf-8"))
    }
    assert named - drawn == set()


def test_chip_shows_icon_and_word():
    html = render('{% chip "overdue" %}')
    assert html == (
        '<span class="chip s-overdue"><svg class="icon " aria-hidden="true"><use href="/static/icons/sprite.svg'
        '#exclamation-lg"></use></svg><span>Quá hạn</span></span>'
    )


def test_chip_takes_the_words_of_its_reader():
    assert "<span>Đề nghị bổ sung 1 chỗ</span>" in render('{% chip "returned" word="Đề nghị bổ sung 1 chỗ" %}')
    assert "<span>Chờ duyệt</span>" in render('{% chip "submitted" of="plan" %}')
    assert "<span>Đã nộp</span>" in render('{% chip "submitted" %}')
    assert "<span>Chưa rõ</span>" in render('{% chip "no-such-state" %}')


def test_a_word_kept_as_markup_does_not_open_the_way_for_the_same_letters_from_outside():
    letters = "<i>Miễn</i>"
    assert "<i>Miễn</i>" in render('{% chip "exempt" word=word %}', word=SafeString(letters))
    assert "&lt;i&gt;Miễn&lt;/i&gt;" in render('{% chip "exempt" word=word %}', word=letters)
    assert 'aria-label="<i>Miễn</i>"' in render('{% icon "x-lg" label=word %}', word=SafeString(letters))
    assert 'aria-label="&lt;i&gt;Miễn&lt;/i&gt;"' in render('{% icon "x-lg" label=word %}', word=letters)


def test_bar_draws_by_attributes_with_a_point():
    html = render('{% bar 41 58 "Đã báo cáo" %}')
    assert '<rect width="70.69" height="6"/>' in html
    assert 'aria-label="Đã báo cáo: 41/58"' in html
    assert "style=" not in html


def test_bars_and_columns_say_what_is_missing():
    rows = [{"label": "Tổ 1", "value": 4}, {"label": "Tổ 2", "value": None}]
    bars = render('{% bars rows "Đã nộp" "báo cáo" %}', rows=rows)
    columns = render('{% columns rows "Đã nộp" "báo cáo" %}', rows=rows)
    assert re.findall(r'<rect width="([^"]+)"', bars) == ["100.00", "0"]
    assert "chưa có số liệu" in bars
    assert re.findall(r'height="([\d.]+)"/>', columns) == ["96.00", "0.00"]
    assert "chưa có số liệu" in columns


def test_names_from_outside_are_printed_never_run():
    hostile = "<b>{{ request }}{% load x %}</b>"
    html = render('{% include "_tile.html" with label=name value=name %}{% chip "done" word=name %}', name=hostile)
    assert "<b>" not in html
    assert "{{ request }}" in html
