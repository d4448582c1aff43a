"""What differs between two snapshots of figures: totals in sentences, and unit by unit."""

from dataclasses import dataclass
from decimal import Decimal

from reports.measures import MEASURES, total
from units.templatetags.lantoa import vn_number

TOTALS = {
    "accepted": "đơn vị đã tiếp nhận báo cáo",
    "studied": "đơn vị đã học",
    "missing": "đơn vị chưa báo cáo",
    "required": "đảng viên phải dự",
    "present": "đảng viên có mặt",
    "excused": "đảng viên vắng có lý do",
    "unexcused": "đảng viên vắng không lý do",
    "outside": "người ngoài Đảng cùng dự",
    "sessions": "buổi học",
    "scored": "đơn vị được chấm điểm",
}
_HEADS = ("required", "present", "excused", "unexcused", "outside", "sessions")


@dataclass(frozen=True, slots=True)
class TotalChange:
    """One sum of one plan that is not what it was; None is "chưa có"."""

    plan_id: int
    plan: str
    name: str
    was: int | None
    now: int | None

    @property
    def text(self):
        return f"{self.plan}: {TOTALS[self.name]} {shown(self.was)} → {shown(self.now)}"


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One unit of one plan: it arrived, is no longer counted, or some of its facts changed (words, before, after)."""

    plan_id: int
    plan: str
    unit: str
    kind: str
    facts: tuple[tuple[str, str, str], ...] = ()


def total_changes(before, after):
    """TotalChanges between two snapshots, plan by plan; a plan that is only in one of them is passed over."""
    return [
        TotalChange(plan["id"], plan["name"], name, was, now)
        for old, plan in _pairs(before, after)
        for name in TOTALS
        if (was := total(old["rows"], name)) != (now := total(plan["rows"], name))
    ]


def unit_changes(before, after):
    """UnitChanges between two snapshots: "arrived" first, then "left", then "changed", each in the ward's order."""
    found = []
    for old, plan in _pairs(before, after):
        earlier = {row["unit_id"]: row for row in old["rows"]}
        for row in plan["rows"]:
            if change := _unit_change(plan, earlier.get(row["unit_id"]), row):
                found.append(change)
    order = ("arrived", "left", "changed")
    return sorted(found, key=lambda change: order.index(change.kind))


def _pairs(before, after):
    old = {plan["id"]: plan for plan in before.get("plans", [])}
    return [(old[plan["id"]], plan) for plan in after["plans"] if plan["id"] in old]


def _unit_change(plan, was, now):
    counted = [bool(row and row["standing"] == "accepted") for row in (was, now)]
    if counted == [False, True]:
        return UnitChange(plan["id"], plan["name"], now["name"], "arrived")
    if counted == [True, False]:
        return UnitChange(plan["id"], plan["name"], now["name"], "left")
    facts = tuple(_facts(was, now)) if all(counted) else ()
    return UnitChange(plan["id"], plan["name"], now["name"], "changed", facts) if facts else None


def _facts(was, now):
    """(words, before, after) of what a counted unit now tells otherwise; a withheld unit has no counts to tell."""
    for name in _HEADS:
        before, after = (MEASURES[name].of(row) for row in (was, now))
        if before != after:
            yield MEASURES[name].words.lower(), shown(before), shown(after)
    for name, words in (("self_total", "điểm tự chấm"), ("appraised_total", "điểm thẩm định")):
        if was[name] != now[name]:
            yield words, _points(was[name]), _points(now[name])
    if was["level"] != now["level"]:
        yield "xếp loại", was["level"] or "chưa có", now["level"] or "chưa có"


def shown(value):
    return "chưa có" if value is None else vn_number(value)


def _points(text):
    return "chưa có" if text is None else vn_number(Decimal(text), 1)
