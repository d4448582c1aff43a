"""Every figure that a compiled report prints, by name: its words, and what each unit adds to it.

A printed number is the sum of what its rows add, so "which units make up this 52?" has one answer: `rows_behind`. Rows are
those of the report's snapshot (UnitRow as plain JSON), so the answer of an issued report never changes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from reports.figures import COUNTS, IN_TIME, OUTSIDE, rate
from units.templatetags.lantoa import vn_number, vn_percent

MISSING = "chưa có số liệu"


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: `words` head its column, `of` gives what a row adds, None where the row has no part in it."""

    words: str
    of: Callable[[dict], object]


def _asked(row):
    return 1 if row["standing"] != "exempt" else None


def _standing(*standings):
    return lambda row: 1 if row["standing"] in standings else None


def _flag(name, *standings):
    return lambda row: 1 if row["standing"] in standings and row[name] else None


def _count(name):
    return lambda row: row["counts"].get(name) if row["standing"] == "accepted" and not row["withheld"] else None


def _outside(row):
    known = [value for name in OUTSIDE if (value := _count(name)(row)) is not None]
    return sum(known) if known else None


def _points(row):
    points = row["appraised_total"] if row["appraised_total"] is not None else row["self_total"]
    return Decimal(points) if row["standing"] == "accepted" and points is not None else None


def _scored(row):
    return None if _points(row) is None else 1


def _differing(row):
    both = (row["self_total"], row["appraised_total"])
    return 1 if row["standing"] == "accepted" and None not in both and Decimal(both[0]) != Decimal(both[1]) else None


_RECEIVED = ("accepted", "sent")
_WORDS = {
    "required": "Phải dự",
    "present": "Có mặt",
    "excused": "Vắng có lý do",
    "unexcused": "Vắng không lý do",
    "exempt_present": "Được miễn vẫn dự",
    "outside_officials": "Cán bộ, công chức, viên chức, người lao động",
    "outside_youth": "Đoàn viên",
    "outside_members": "Hội viên",
    "outside_people": "Nhân dân",
    "sessions": "Số buổi",
    "online_points": "Điểm cầu",
    "opinions": "Ý kiến phát biểu",
    "essays_due": "Bài thu hoạch phải nộp",
    "essays_handed": "Bài thu hoạch đã nộp",
    "essays_done": "Bài thu hoạch đạt",
    "quiz_taken": "Người dự kiểm tra nhận thức",
    "quiz_passed": "Người đạt kiểm tra nhận thức",
    "oral_sessions": "Buổi tuyên truyền miệng",
    "oral_listeners": "Lượt người nghe",
    "broadcast_items": "Tin, bài truyền thanh",
    "broadcasts": "Lượt phát thanh",
    "online_posts": "Tin, bài trên mạng",
    "online_reach": "Lượt tiếp cận trên mạng",
    "visual_items": "Băng rôn, pa nô, áp phích",
    "leaflets": "Bản tài liệu đã phát",
    "group_meetings": "Buổi lồng ghép sinh hoạt đoàn thể",
    "group_listeners": "Lượt người dự sinh hoạt đoàn thể",
    "works": "Việc làm đăng ký",
}
MEASURES = {
    "asked": Measure("Đơn vị được giao", _asked),
    "studied": Measure("Đã học", lambda row: 1 if _asked(row) and row["studied"] else None),
    "accepted": Measure("Đã tiếp nhận báo cáo", _standing("accepted")),
    "sent": Measure("Chờ tiếp nhận", _standing("sent")),
    "returned": Measure("Đang bổ sung", _standing("returned")),
    "missing": Measure("Chưa báo cáo", _standing("missing")),
    "withheld": Measure("Không nêu số liệu", _flag("withheld", "accepted")),
    "received": Measure("Đã nộp báo cáo", _standing(*_RECEIVED)),
    "timed": Measure("Có thời hạn", lambda row: 1 if _asked(row) and row.get("timed") else None),
    "in_time": Measure(
        "Nộp đúng hạn",
        lambda row: 1 if row["standing"] in _RECEIVED and row.get("timed") and row["verdict"] in IN_TIME else None,
    ),
    "late": Measure("Nộp muộn", lambda row: 1 if row["standing"] in _RECEIVED and row["verdict"] == "late" else None),
    "concrete": Measure(
        "Đăng ký việc làm cụ thể", lambda row: 1 if row["standing"] == "accepted" and row.get("concrete") else None
    ),
    "own_text": Measure(
        "Có văn bản cụ thể hóa", lambda row: 1 if row["standing"] == "accepted" and row.get("own_text") else None
    ),
    "outside": Measure("Người ngoài Đảng cùng dự", _outside),
    "scored": Measure("Được chấm điểm", _scored),
    "points": Measure("Điểm", _points),
    "differing": Measure("Điểm thẩm định khác tự chấm", _differing),
} | {name: Measure(_WORDS[name], _count(name)) for name in COUNTS if name in _WORDS}

# what one unit is told by, never added up over units
_OF_UNIT = {
    "self_total": Measure("Điểm tự chấm", lambda row: _decimal(row["self_total"])),
    "appraised_total": Measure("Điểm thẩm định", lambda row: _decimal(row["appraised_total"])),
    "level_name": Measure("Xếp loại", lambda row: row["level"] or None),
}
BEFORE = "before:"  # the figure as the report said it to which a báo cáo bổ sung adds


def _decimal(text):
    return None if text is None else Decimal(text)


# what is not a sum itself: a part over a whole, printed in per cent or as a mean
QUOTIENTS = {
    "attendance": ("present", "required"),
    "completeness": ("received", "asked"),
    "timeliness": ("in_time", "timed"),
    "turnout": ("present", "convened"),
}
MEAN = "score_mean"


def measure(name):
    """The Measure called `name`; "level:Tốt", "kind:Chi bộ Quân sự:accepted", "directive:7:studied", "conference:3:present" and "unit:5,8:accepted" carry their own part.

    Raises KeyError for a name that no figure has.
    """
    name = name.removeprefix(BEFORE)
    if name.startswith("unit:"):
        _, pks, inner = name.split(":")
        units, one = set(pks.split(",")), _OF_UNIT.get(inner) or MEASURES[inner]
        return Measure(one.words, lambda row: one.of(row) if str(row["unit_id"]) in units else None)
    if name.startswith("level:"):
        level = name.removeprefix("level:")
        return Measure(
            f"Xếp loại {level}", lambda row: 1 if row["standing"] == "accepted" and row["level"] == level else None
        )
    if name.startswith("kind:"):
        kind, _, inner = name.removeprefix("kind:").rpartition(":")
        base = measure(inner)
        return Measure(f"{kind}: {base.words}", lambda row: base.of(row) if row["kind"] == kind else None)
    if name.startswith("directive:"):
        _, pk, inner = name.split(":")
        return _DIRECTIVE[inner](pk)
    if name.startswith("conference:"):
        inner = name.rpartition(":")[2]
        return Measure(_CONFERENCE[inner], lambda row: row[inner])
    return MEASURES[name]


# heads at a ward conference, by class of participants
_CONFERENCE = {"convened": "Triệu tập", "present": "Có mặt", "excused": "Vắng có lý do", "absent": "Vắng không lý do"}


def rows_of(plan, names):
    """The rows of the snapshot `plan` that the figures `names` add up: classes of one conference, or the units."""
    for name in names:
        if name.removeprefix(BEFORE).startswith("conference:"):
            pk = name.removeprefix(BEFORE).split(":")[1]
            return next((one["rows"] for one in plan.get("conferences", ()) if str(one["id"]) == pk), [])
    return plan["rows"]


def _of_directive(row, pk):
    return row["standing"] == "accepted" and pk in row.get("by_directive", {})


_DIRECTIVE = {
    "studied": lambda pk: Measure("Đã học văn bản này", lambda row: 1 if _of_directive(row, pk) else None),
    "present": lambda pk: Measure(
        "Có mặt", lambda row: row["by_directive"][pk] if _of_directive(row, pk) and not row["withheld"] else None
    ),
}


def parts_of(name):
    """The sums that the figure `name` is made of: itself, or the two of a quotient."""
    prefix, _, last = name.rpartition(":")
    if last in QUOTIENTS:
        return [f"{prefix}:{part}" if prefix else part for part in QUOTIENTS[last]]
    return ["points", "scored"] if name == MEAN else [name]


def total(rows, name):
    """The sum of `name` over `rows`; None when no row tells it, except where rows are only counted (then 0)."""
    added = [value for row in rows if (value := measure(name).of(row)) is not None]
    if added:
        return added[0] if isinstance(added[0], str) else sum(added)
    inner = name.rpartition(":")[2]
    return None if inner in COUNTS or inner in {"outside", "points", *_OF_UNIT} else 0


def said(rows, name):
    """The figure `name` over `rows` as it is printed: "1.234", "95,6 %", "87,5", or "chưa có số liệu"."""
    inner = name.rpartition(":")[2]
    if inner in QUOTIENTS:
        part, whole = (total(rows, one) for one in parts_of(name))
        return vn_percent(rate(part, whole))
    if name == MEAN:
        points, units = total(rows, "points"), total(rows, "scored")
        return vn_number(points / units, 1) if units else MISSING
    if inner in _OF_UNIT:
        told = total(rows, name)
        return told if isinstance(told, str) else vn_number(told, 1)
    return vn_number(total(rows, name))


def rows_behind(rows, names):
    """[(row, [what it adds to each of `names`])]: only units that have a part in some of them, in the snapshot's order."""
    found = []
    for row in rows:
        adds = [measure(name).of(row) for name in names]
        if any(value is not None for value in adds):
            found.append((row, adds))
    return found
