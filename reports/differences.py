"""What differs between two snapshots of figures: totals in sentences, and unit by unit."""

from dataclasses import dataclass
from decimal import Decimal

from reports.measures import BEFORE, MEASURES, measure, total
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
    """One unit of one plan, or one conference: it arrived, is no longer counted, or some of its facts changed (words, before,
    after); `names` are the measures of those facts, in their order."""

    plan_id: int
    plan: str
    unit: str
    kind: str
    facts: tuple[tuple[str, str, str], ...] = ()
    names: tuple[str, ...] = ()
    unit_id: int | None = None

    @property
    def figures(self):
        """[(measure, as printed)] of its facts: what the earlier report said, then what stands now."""
        return tuple(
            figure
            for name, (_words, was, now) in zip(self.names, self.facts, strict=True)
            for figure in ((f"{BEFORE}{name}", was), (name, now))
        )


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


def conference_changes(before, after):
    """Changes of ward conferences between two snapshots, each once however many plans it was held for: its heads by the
    closed roll; one whose roll was closed since, or is open again, has "chưa có" on one side."""
    found = {}
    for old, plan in _pairs(before, after):
        earlier, now = ({one["id"]: one for one in entry.get("conferences", ())} for entry in (old, plan))
        for pk in sorted({*earlier, *now}):
            facts = [(f"conference:{pk}:{inner}", *_heads(earlier.get(pk), now.get(pk), inner)) for inner in _HEADS_HELD]
            changed = [fact for fact in facts if fact[2] != fact[3]]
            if changed and pk not in found:
                held = now.get(pk) or earlier[pk]
                told = tuple((words, shown(was), shown(is_)) for _name, words, was, is_ in changed)
                names = tuple(name for name, *_rest in changed)
                words = f"Hội nghị cấp phường ngày {held['held_on']}"
                found[pk] = UnitChange(plan["id"], plan["name"], words, "changed", told, names)
    return list(found.values())


_HEADS_HELD = ("convened", "present", "excused", "absent")


def _heads(was, now, inner):
    """(words, before, after) of one head-count of a conference; None where no closed roll tells it."""
    name = f"conference:0:{inner}"
    told = [total(one["rows"], name) if one and one["rows"] else None for one in (was, now)]
    return measure(name).words.lower(), *told


def _pairs(before, after):
    old = {plan["id"]: plan for plan in before.get("plans", [])}
    return [(old[plan["id"]], plan) for plan in after["plans"] if plan["id"] in old]


def _unit_change(plan, was, now):
    counted = [bool(row and row["standing"] == "accepted") for row in (was, now)]
    about = {"plan_id": plan["id"], "plan": plan["name"], "unit": now["name"], "unit_id": now["unit_id"]}
    if counted == [False, True]:
        return UnitChange(kind="arrived", **about)
    if counted == [True, False]:
        return UnitChange(kind="left", **about)
    found = list(_facts(was, now)) if all(counted) else []
    names = tuple(f"unit:{now['unit_id']}:{name}" for name, *_fact in found)
    return UnitChange(kind="changed", facts=tuple(tuple(fact) for _name, *fact in found), names=names, **about) if found else None


def _facts(was, now):
    """(measure, words, before, after) of what a counted unit now tells otherwise; a withheld unit has no counts to tell."""
    for name in _HEADS:
        before, after = (MEASURES[name].of(row) for row in (was, now))
        if before != after:
            yield name, MEASURES[name].words.lower(), shown(before), shown(after)
    for name, words in (("self_total", "điểm tự chấm"), ("appraised_total", "điểm thẩm định")):
        if was[name] != now[name]:
            yield name, words, _points(was[name]), _points(now[name])
    if was["level"] != now["level"]:
        yield "level_name", "xếp loại", was["level"] or "chưa có", now["level"] or "chưa có"


def shown(value):
    return "chưa có" if value is None else vn_number(value)


def _points(text):
    return "chưa có" if text is None else vn_number(Decimal(text), 1)
