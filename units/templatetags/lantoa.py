"""What every page shares: status chips, icons, and dates and numbers as the office writes them."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

NBSP = "\u00a0"
MISSING = "chưa có số liệu"
COLUMN_STEP, COLUMN_HEIGHT, COLUMN_BASE = 40, 96, 120  # drawing units of _svg_columns.html
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True)
class State:
    """The fixed word of a state and the icon that says the same in grey."""

    word: str
    icon: str


STATES = {
    # Units and assignments: the words are fixed, the icons differ so that a print in grey reads.
    "todo": State("Chưa thực hiện", "circle"),
    "doing": State("Đang thực hiện", "circle-half"),
    "waiting": State("Chờ", "hourglass-split"),
    "studied": State("Đã học", "journal-check"),
    "submitted": State("Đã nộp", "arrow-up"),
    "returned": State("Trả lại", "arrow-return-left"),
    "accepted": State("Đã tiếp nhận", "check-lg"),
    "appraised": State("Đã thẩm định", "check-all"),
    "done": State("Đã xong", "check-lg"),
    "overdue": State("Quá hạn", "exclamation-lg"),
    "extended": State("Gia hạn", "arrow-clockwise"),
    "exempt": State("Miễn", "dash-lg"),
    "cancelled": State("Dừng", "x-lg"),
    # Plans and reports.
    "draft": State("Bản thảo", "pencil"),
    "approved": State("Đã duyệt", "check-lg"),
    "issued": State("Đã ban hành", "patch-check"),
    "paused": State("Tạm dừng", "hourglass-split"),
    "closed": State("Đã kết thúc", "lock"),
    "withdrawn": State("Đã thu hồi", "x-circle"),
    "frozen": State("Đã chốt", "lock"),
}
# A plan is handed up for approval, not handed in: the same key, another word.
PLAN_WORDS = {"submitted": "Chờ duyệt", "returned": "Trả lại để sửa"}
UNKNOWN = State("Chưa rõ", "three-dots")


# What is written from the same few words on every page is written once a process: a page holds thirty icons and sixty
# chips, and putting them together anew took a fifth of its time. The number kept is bounded, since a label may be a name;
# `typed` keeps text that is already markup apart from the same letters to be escaped.
_KEPT = 2_000


@register.simple_tag
@lru_cache(maxsize=_KEPT, typed=True)
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon of the sprite; with `label` it speaks, without it a screen reader passes over it."""
    href = f"{static('icons/sprite.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon {}" role="img" aria-label="{}"><use href="{}"></use></svg>', css, label, href
        )
    return format_html('<svg class="icon {}" aria-hidden="true"><use href="{}"></use></svg>', css, href)


@register.filter
def state_word(state: str) -> str:
    """The fixed Vietnamese word of a state key."""
    return STATES.get(str(state), UNKNOWN).word


@register.filter
def state_icon(state: str) -> str:
    """The icon name of a state key."""
    return STATES.get(str(state), UNKNOWN).icon


@register.simple_tag
@lru_cache(maxsize=_KEPT, typed=True)
def chip(state: str, word: str = "", note: str = "", of: str = "") -> SafeString:
    """Status chip; `word` replaces the fixed word (the secretary's "Đề nghị bổ sung"), `note` follows it; of="plan" speaks of papers."""
    if of == "plan":
        word = word or PLAN_WORDS.get(str(state), "")
    return render_to_string("_chip.html", {"state": str(state), "word": word, "note": note})


@register.simple_tag
def cell(state: str, label: str, url: str) -> SafeString:
    """Cell of the progress matrix: the icon of a state, leading to `url`; `label` says unit and state in full words.

    Written here and not in a template: a page holds up to two thousand of them.
    """
    return format_html(
        '<a class="cell s-{}" href="{}" title="{}">{}<span class="visually-hidden">{}</span></a>',
        state,
        url,
        label,
        icon(state_icon(state)),
        label,
    )


@register.simple_tag
def nav(items: list | None) -> SafeString:
    """The menu: objects with label, url, active, icon and, if wanted, count; a page shows it twice."""
    return _nav(tuple(items or ()))


@lru_cache(maxsize=_KEPT, typed=True)
def _nav(items: tuple) -> SafeString:
    return render_to_string("_nav.html", {"nav_items": items})


def _local_day(value: dt.date | dt.datetime) -> dt.date:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def vn_day(value: dt.date | None) -> str:
    """`04/6/2026`: two figures for the day and for months 1 and 2, as on official papers."""
    if not value:
        return ""
    day = _local_day(value)
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


@register.filter
def vn_short(value: dt.date | None) -> str:
    """`04/6`, for tables where the year is plain."""
    return vn_day(value).rpartition("/")[0]


@register.filter
def vn_date(value: dt.date | None) -> str:
    """`thứ Năm, 04/6/2026`."""
    if not value:
        return ""
    return f"{WEEKDAYS[_local_day(value).weekday()]}, {vn_day(value)}"


@register.filter
def vn_time(value: dt.datetime | dt.time | None) -> str:
    """`19 giờ 30`."""
    if value is None or value == "":
        return ""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value.hour:02d} giờ {value.minute:02d}"


@register.filter
def vn_datetime(value: dt.datetime | None) -> str:
    """`19 giờ 30, thứ Năm, 04/6/2026`."""
    return f"{vn_time(value)}, {vn_date(value)}" if value else ""


@register.filter
def vn_number(value: Decimal | float | int | None, places: int = 0) -> str:
    """`1.234` or, with places, `1.234,5`; a missing figure says so and is never 0."""
    if value is None or value == "":
        return MISSING
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-int(places)), rounding=ROUND_HALF_UP)
    return f"{rounded:,.{int(places)}f}".translate(str.maketrans(",.", ".,"))


@register.filter
def vn_percent(value: Decimal | float | None, places: int = 1) -> str:
    """`95,6 %` of a value already in per cent."""
    return MISSING if value is None or value == "" else f"{vn_number(value, places)}{NBSP}%"


@register.simple_tag
def ratio(part: int | None, whole: int | None, places: int = 1) -> str:
    """`70,7 %` of part and whole; nothing to divide is missing, not 0."""
    if part is None or not whole:
        return MISSING
    return vn_percent(Decimal(part) * 100 / Decimal(whole), places)


@register.simple_tag
def days_left(due: dt.date | None, today: dt.date) -> str:
    """`còn 3 ngày`, `hạn hôm nay` or `trễ 2 ngày`, in calendar days."""
    if due is None:
        return "chưa có hạn"
    days = (_local_day(due) - _local_day(today)).days
    if days == 0:
        return "hạn hôm nay"
    return f"còn {days} ngày" if days > 0 else f"trễ {-days} ngày"


def _share(value: float | int | None, top: float | int | None, width: int = 100) -> str:
    """A length for an SVG attribute: always a point, never the Vietnamese comma."""
    if not value or not top:
        return "0"
    return f"{min(float(value) / float(top), 1.0) * width:.2f}"


@register.inclusion_tag("_bar.html")
def bar(value: float | int | None, top: float | int | None, label: str = "", state: str = "") -> dict[str, object]:
    """Progress bar drawn by SVG attributes, since inline style is not allowed."""
    return {"value": value, "top": top, "label": label, "state": state, "width": _share(value, top)}


@register.inclusion_tag("_steps_bar.html")
def steps_bar(step: int, steps: int) -> dict[str, str]:
    """The thin bar under "Bước 2/4"."""
    return {"width": _share(step, steps)}


@register.inclusion_tag("_svg_bars.html")
def bars(rows: list[dict], title: str, unit: str = "", top: float | None = None) -> dict[str, object]:
    """Rows of {label, value, text?, url?, state?} as a table with a bar in each row."""
    highest = top or max((row["value"] or 0 for row in rows), default=0)
    drawn = [row | {"width": _share(row["value"], highest)} for row in rows]
    return {"rows": drawn, "title": title, "unit": unit}


def _column(index: int, value: float | int | None, highest: float) -> dict[str, object]:
    """Where one upright column stands: x from the left, y down from the top, in units of the drawing."""
    height = float(_share(value, highest, COLUMN_HEIGHT))
    top = COLUMN_BASE - height
    left = index * COLUMN_STEP + 6
    return {"x": left, "mid": left + 14, "y": f"{top:.2f}", "over": f"{top - 6:.2f}", "height": f"{height:.2f}"}


@register.inclusion_tag("_svg_columns.html")
def columns(rows: list[dict], title: str, unit: str = "") -> dict[str, object]:
    """Rows of {label, value, state?} as upright columns over days, with their table behind."""
    highest = max((row["value"] or 0 for row in rows), default=0)
    drawn = [row | _column(index, row["value"], highest) for index, row in enumerate(rows)]
    return {"rows": drawn, "title": title, "unit": unit, "width": max(len(rows), 1) * COLUMN_STEP}
