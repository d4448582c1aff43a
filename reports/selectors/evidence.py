"""What stands behind a printed number: the units of the snapshot and what each of them adds."""

from dataclasses import dataclass, replace

from reports.measures import BEFORE, MEAN, QUOTIENTS, measure, parts_of, rows_behind, rows_of, said, total
from units.templatetags.lantoa import vn_number


@dataclass(frozen=True, slots=True)
class PlanEvidence:
    """The rows of one plan behind a sentence: a column per sum, a line per unit, the sums below; `rates` are worked out of them."""

    number_text: str
    name: str
    headings: list
    lines: list
    totals: list
    rates: list
    of: str = "Đơn vị"


def numbered_sentence(report, section_pk, index):
    """(section, sentence) of `report`, or None when there is none of that place."""
    section = report.sections.filter(pk=section_pk).first()
    if section is None or index >= len(section.sentences):
        return None
    return section, section.sentences[index]


def evidence_of(report, sentence):
    """A PlanEvidence per plan of which `sentence` (as kept with the section) speaks; what a báo cáo bổ sung tells of the
    report before it leads to the rows of that one."""
    names = [name for name, _text in sentence["figures"]]
    earlier = [name for name in names if name.startswith(BEFORE)]
    found = _of_plans(report, [name for name in names if name not in earlier], sentence["plans"])
    if earlier:
        before = report.supplements
        number = before.paper.number_text
        found += [replace(one, of=f"{one.of}, theo Báo cáo số {number}") for one in _of_plans(before, earlier, sentence["plans"])]
    return found


def _of_plans(report, names, plans):
    return [_of_plan(plan, names) for plan in report.figures["plans"] if names and plan["id"] in plans]


def _of_plan(plan, names):
    rows, sums = rows_of(plan, names), list(dict.fromkeys(part for name in names for part in parts_of(name)))
    worked_out = dict.fromkeys(name for name in names if name == MEAN or name.rpartition(":")[2] in QUOTIENTS)
    return PlanEvidence(
        number_text=plan["number_text"],
        name=plan["name"],
        headings=[measure(name).words for name in sums],
        lines=[(row, [_cell(value) for value in adds]) for row, adds in rows_behind(rows, sums)],
        totals=[said(rows, name) if name != "points" else _cell(total(rows, name)) for name in sums],
        rates=[(_rate_words(name), said(rows, name)) for name in worked_out],
        of="Đơn vị" if rows is plan["rows"] else "Thành phần dự hội nghị",
    )


def _cell(value):
    """What one unit adds: points with their half, heads whole, its level in words, a dash where it has no part."""
    if isinstance(value, str):
        return value
    return "–" if value is None else vn_number(value, 1 if value % 1 else 0)


_RATES = {
    "attendance": "Tỷ lệ dự",
    "completeness": "Tỷ lệ nộp đủ",
    "timeliness": "Tỷ lệ nộp đúng hạn",
    "turnout": "Tỷ lệ dự hội nghị",
    MEAN: "Điểm bình quân",
}


def _rate_words(name):
    prefix, _, last = name.rpartition(":")
    if prefix.startswith("conference:"):
        return _RATES[last]
    return f"{_RATES[last]}, {prefix.removeprefix('kind:')}" if prefix else _RATES[last]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph; `index` is the place of the sentence that it is, None for words without rows of their own."""

    text: str
    index: int | None = None


def linked_paragraphs(section):
    """The paragraphs of `section` as lists of Run: each drafted sentence that is still there word for word leads to its rows."""
    return [_runs(text.strip(), section.sentences) for text in section.body.split("\n\n") if text.strip()]


def _runs(text, sentences):
    runs, at = [], 0
    for index, sentence in enumerate(sentences):
        found = text.find(sentence["text"], at)
        if found < 0:
            continue
        if text[at:found].strip():
            runs.append(Run(text[at:found]))
        at = found + len(sentence["text"])
        runs.append(Run(sentence["text"], index))
    return [*runs, Run(text[at:])] if text[at:].strip() else runs
