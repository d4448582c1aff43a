"""Excel of a compiled report's annexes, with stable codes so that a province can stack its wards.

The first eighteen columns keep their order for good; what came later stands to their right. The last sheet says the code
of each column, which is that of the field dictionary (domain.md 2.2) or the name of the measure.
"""

from documents.spreadsheets import Sheet, write_workbook
from reports.figures import COUNTS, outside, rate
from reports.measures import MEASURES, total
from reports.papers.compiled_tables import STANDINGS, sums

# (heading, stable code)
COLUMNS = [
    ("Mã đơn vị", "unit"), ("Đơn vị", "unit_name"), ("Loại hình", "kind"), ("Tình trạng", "standing"),
    ("Phải dự", "A8"), ("Có mặt", "A9"), ("Vắng có lý do", "A10"), ("Vắng không lý do", "A11"), ("Tỷ lệ dự (%)", "A12"),
    ("Người ngoài Đảng", "A13"), ("Số buổi", "A1"), ("Hình thức", "A2"), ("Số ý kiến", "A14"),
    ("Điểm tự chấm", "D1"), ("Điểm thẩm định", "D2"), ("Xếp loại", "D3"), ("Ngày nộp", "F1"), ("Muộn (ngày)", "F2"),
]  # fmt: skip
_MORE = (
    "exempt_present", "essays_due", "essays_done", "oral_sessions", "oral_listeners", "broadcasts", "online_posts",
    "visual_items", "leaflets",
)  # fmt: skip
_PLACE = [("Mã xã, phường", "ward"), ("Kế hoạch", "plan"), ("Văn bản (số, ngày)", "directive")]
# every other figure that the text of a report can print, so that each can be found again in its file
_NAMED = {"required", "present", "excused", "unexcused", "sessions", "opinions"}
_LATER = tuple(name for name in COUNTS if name in MEASURES and name not in _NAMED.union(_MORE))
_SUMS = ("asked", "studied", "accepted", "required", "present", "received", "in_time", "timed", "late")
HEADINGS = (
    [heading for heading, _code in COLUMNS]
    + [MEASURES[name].words for name in _MORE]
    + [heading for heading, _code in _PLACE]
    + [MEASURES[name].words for name in _LATER]
)


def annex_workbook(figures):
    """A sheet of units per plan, one by kind, one by directive, one of codes; missing figures are empty cells, never 0."""
    plans = figures["plans"]
    return write_workbook(
        [
            *(
                Sheet(
                    title=f"KH {plan['number_text'] or index}".replace("/", "-"),
                    header=HEADINGS,
                    rows=[_row(plan, row) for row in plan["rows"]],
                )
                for index, plan in enumerate(plans, start=1)
            ),
            _sums_sheet("Theo loại hình", ["Loại hình"], [line for plan in plans for line in _kinds(plan)]),
            _sums_sheet("Theo văn bản", ["Văn bản"], [(plan, plan["name"], plan["rows"]) for plan in plans], split=True),
            Sheet(title="Mã cột", header=["Cột", "Mã"], rows=_codes()),
        ]
    )


def _kinds(plan):
    kinds = dict.fromkeys(row["kind"] for row in plan["rows"])
    return [(plan, kind, [row for row in plan["rows"] if row["kind"] == kind]) for kind in kinds]


def _sums_sheet(title, first, groups, *, split=False):
    """With `split`, directives of one plan that differ have a row "Riêng …" each under that of the plan."""
    header = [
        "Mã xã, phường",
        "Kế hoạch",
        *first,
        *[MEASURES[name].words for name in _SUMS],
        "Tỷ lệ dự (%)",
        "Nộp đủ (%)",
        "Đúng hạn (%)",
    ]
    rows = []
    for plan, words, units in groups:
        rows.append(_sums_row(plan, words, units))
        if split:
            rows.extend(_split_row(plan, one) for one in plan.get("split", ()))
    return Sheet(title=title, header=header, rows=rows)


def _split_row(plan, directive):
    """What differs between the directives of one plan: who studied this one, and how many were there."""
    told = {name: total(plan["rows"], f"directive:{directive['id']}:{name}") for name in ("studied", "present")}
    cells = [told.get(name) for name in _SUMS]
    return [plan.get("ward_code", ""), plan["number_text"], f"Riêng {directive['name']}", *cells, None, None, None]


def _sums_row(plan, words, rows):
    values = sums(rows, _SUMS)
    told = dict(zip(_SUMS, values, strict=True))
    rates = [("present", "required"), ("received", "asked"), ("in_time", "timed")]
    return [
        plan.get("ward_code", ""),
        plan["number_text"],
        words,
        *values,
        *(_percent(told[part], told[whole]) for part, whole in rates),
    ]


def _codes():
    more = [(MEASURES[name].words, name) for name in _MORE]
    later = [(MEASURES[name].words, name) for name in _LATER]
    return [list(pair) for pair in (*COLUMNS, *more, *_PLACE, *later)]


def _percent(part, whole):
    share = rate(part, whole)
    return None if share is None else float(share)


def _row(plan, row):
    counts = row["counts"]
    return [
        row["code"],
        row["name"],
        row["kind"],
        STANDINGS[row["standing"]],
        counts.get("required"),
        counts.get("present"),
        counts.get("excused"),
        counts.get("unexcused"),
        _percent(counts.get("present"), counts.get("required")),
        outside(counts),
        counts.get("sessions"),
        ", ".join(row["forms"]),
        counts.get("opinions"),
        _points(row["self_total"]),
        _points(row["appraised_total"]),
        row["level"],
        row["received_on"] or "",
        row["days_late"] or None,
        *(counts.get(name) for name in _MORE),
        plan.get("ward_code", ""),
        plan["number_text"],
        "; ".join(plan.get("keys", ())),
        *(counts.get(name) for name in _LATER),
    ]


def _points(text):
    """A score of 0 is a score; only what was not scored is an empty cell."""
    return None if text is None else float(text)
