"""The upload of the ward's Excel sheet of results, and each of its rows checked by the same rules as the form."""

import io
import re
from dataclasses import dataclass, field

from django import forms
from django.utils import timezone

from documents.choices import FilePurpose
from documents.spreadsheets import read_rows
from documents.uploads import check_upload
from reports.asked import TESTED, WORK_FIELDS
from reports.choices import AttendingWay, ResultGroup, SessionForm, SessionKind
from reports.forms.fields import MOST_WORDS
from reports.forms.office import PlanChoice
from reports.forms.one_page import OnePageForm
from reports.forms.results import ResultsStepForm
from reports.forms.sheet_scores import read_points
from reports.heads import required_heads
from reports.places import COUNT_FIGURES, RESULT_FIGURES, SESSION_COUNTS
from reports.result_columns import BY_KEY, COLUMNS, Heading, score_columns, title_of
from reports.selectors.branches import confirmed_lines
from reports.selectors.filings import fresh_content
from reports.selectors.result_import import KnownUnits, says_the_same
from reports.selectors.sessions import directives_of
from reports.services.result_import import ImportedResult
from units.folding import fold
from units.selectors.wards import counted_at_conference
from units.templatetags.lantoa import vn_day

MOST_ROWS = 1_000
MOST_COLUMNS = 120
# the sheet's "Ý kiến" are words; the count of the same name is on the page of heads
_TEXTS = {"said": "opinions", "concrete_work": WORK_FIELDS[0][0]}
_ASKED = [group for group in ResultGroup if group not in TESTED]
# with its tones: "Cộng" is a sum, "Công an" is a unit
_TOTAL = re.compile(r"(?:tổng|cộng|toàn (?:phường|xã|đảng bộ))\b")
_CHOICES = {"form": SessionForm, "way": AttendingWay}


class PlansChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple
    label_from_instance = PlanChoice.label_from_instance


class ResultImportForm(forms.Form):
    """For which plans, and the sheet; `table` holds its cleaned rows when it is valid."""

    plans = PlansChoice(
        queryset=None, label="Kế hoạch", error_messages={"required": "Đồng chí chọn kế hoạch mà bảng này báo cáo."}
    )
    upload = forms.FileField(
        label="Tệp Excel (.xlsx)",
        help_text="Bảng phường đang dùng hoặc tệp mẫu; tên cột viết khác đôi chút và thứ tự cột tùy ý.",
        error_messages={"required": "Đồng chí chọn tệp Excel."},
    )

    def __init__(self, *args, plans, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plans"].queryset = plans
        found = list(plans[:2])
        if len(found) == 1:
            self.fields["plans"].initial = found

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        checked = check_upload(upload, purpose=FilePurpose.EVIDENCE)
        # the table waits in the session until it is confirmed: no cell longer than what can be told of it
        self.table = read_rows(
            io.BytesIO(checked.data), row_limit=MOST_ROWS, column_limit=MOST_COLUMNS, cell_limit=MOST_WORDS + 1
        )
        return upload


class ColumnsForm(forms.Form):
    """Which column of the sheet is what; starts with what the headings say."""

    def __init__(self, *args, heading: Heading, codes=(), **kwargs):
        super().__init__(*args, **kwargs)
        known = [*COLUMNS, *score_columns(codes)]
        choices = [("", "Không dùng"), *((column.key, column.title) for column in known)]
        for index, words in enumerate(heading.words):
            if words:
                self.fields[f"cot_{index}"] = forms.ChoiceField(
                    label=words[:80], choices=choices, required=False, initial=heading.keys.get(index, "")
                )

    def clean(self):
        data = super().clean()
        chosen = [key for key in data.values() if key]
        twice = sorted({title_of(key) for key in chosen if chosen.count(key) > 1})
        if twice:
            raise forms.ValidationError(
                f"Hai cột cùng được chọn là “{twice[0]}”. Đồng chí giữ lại một cột.", code="twice"
            )
        return data

    def keys(self):
        """Column index -> key (valid form only)."""
        return {int(name.removeprefix("cot_")): key for name, key in self.cleaned_data.items() if key}


@dataclass
class ReadRow:
    """One row of the sheet: its number as Excel shows it, the unit, what would be written, what is wrong with it.

    `state`: "new", "same" (reported already, equal), "kept" (reported already, different: the report stands), "empty"
    (no figures yet), "wrong".
    """

    number: int
    name: str
    state: str = "wrong"
    result: ImportedResult | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_results(table, *, heading: Heading, plans, units: KnownUnits, standing, at):
    """A ReadRow per row below the heading; nothing is written."""
    rows, seen = [], {}
    for offset, cells in enumerate(table[heading.first_row :]):
        typed = {key: cells[index] if index < len(cells) else "" for index, key in heading.keys.items()}
        name = typed.get("name") or typed.get("code") or ""
        if not name:
            continue
        unit, why = units.find(typed.get("code", ""), typed.get("name", ""))
        if unit is None and _TOTAL.match(name.lower()):
            continue
        row = ReadRow(heading.first_row + offset + 1, name)
        rows.append(row)
        if unit is None:
            row.problems.append(("Đơn vị", why))
        elif unit.pk in seen:
            row.problems.append(("Đơn vị", f"Đơn vị này đã có ở dòng {seen[unit.pk]}."))
        else:
            seen[unit.pk] = row.number
            _read_row(row, unit, typed, plans=plans, standing=standing, at=at)
    return rows


def _read_row(row, unit, typed, *, plans, standing, at):
    row.name = unit.short_name
    if not any(typed.get(key) for key in ("present", "held_on")):
        row.state = "empty"
        return
    directives = directives_of(plans)
    heads = not unit.figures_withheld
    if cells := confirmed_lines(unit, plans[0]):
        why = (
            f"{len(cells)} chi bộ trực thuộc đã có số liệu trong chương trình; đồng chí lập báo cáo của đảng bộ từ đó."
        )
        row.problems.append(("Đơn vị", why))
        return
    known = fresh_content(unit=unit, plans=plans, today=timezone.localdate(at))
    data = _data_of(known["session"], _completed(row, typed), problems=row.problems)
    page = OnePageForm(
        data, plans=plans, directives=directives, heads=heads, at_conference=counted_at_conference(unit)
    )
    words = ResultsStepForm({_TEXTS.get(key, key): typed[key] for key in typed}, asked=_ASKED)
    for form in (page, words):
        for name, errors in form.errors.items():
            row.problems.append((_title(name), errors[0]))
    if row.problems:
        return
    figures = page.figures() if heads else dict.fromkeys(COUNT_FIGURES)
    figures |= {name: value for name in RESULT_FIGURES if (value := words.cleaned_data.get(name)) not in (None, "", [])}
    session = page.session() | {"kind": SessionKind.MAIN}
    if "session_pk" in known and vn_day(session["held_on"]) == known["session"]["held_on"]:
        session["pk"] = known["session_pk"]  # recorded by the unit before: the same meeting, not a second one
    session = session if heads else session | dict.fromkeys(SESSION_COUNTS)
    about = {"unit": unit, "plans": plans, "session": session, "figures": figures}
    points, notes, row.problems = read_points(typed, at=at, **about)
    if row.problems:
        return
    row.notes += notes
    row.result = ImportedResult(unit, session, figures, points)
    row.state = _state_of(row.result, plans=plans, standing=standing)


def _state_of(result, *, plans, standing):
    """ "new" while a plan has no report of the unit, else whether what stands says the same."""
    reported = [standing[result.unit.pk, plan.pk] for plan in plans if (result.unit.pk, plan.pk) in standing]
    if len(reported) < len(plans):
        return "new"
    same = all(says_the_same(one, session=result.session, figures=result.figures) for one in reported)
    return "same" if same else "kept"


def _completed(row, typed):
    """The cells with what follows from them by arithmetic; everything so filled in is told."""
    typed = dict(typed)
    if not typed.get("members") and typed.get("required"):
        typed["members"] = typed["required"]
        typed |= dict.fromkeys(("exempt", "away", "received"), "")
        row.notes.append("tổng số đảng viên lấy bằng số phải dự")
    if not typed.get("excused") and not typed.get("unexcused"):
        absent = typed.get("absent") or _difference(typed)
        if absent == "0":
            typed["excused"] = typed["unexcused"] = "0"
    elif typed.get("excused") and not typed.get("unexcused"):
        typed["unexcused"] = "0"
    elif typed.get("unexcused") and not typed.get("excused"):
        typed["excused"] = "0"
    return typed


def _difference(typed):
    """Số phải dự − có mặt as text; "" when one of them is no number."""
    names = ("members", "exempt", "away", "received", "present")
    texts = [typed.get(name) or "0" for name in names]
    if not all(text.isdecimal() and len(text) < 7 for text in texts):
        return ""
    *heads, present = map(int, texts)
    return str(required_heads(*heads) - present)


def _data_of(known, typed, *, problems):
    """What a person would have typed on the form; `known` is what it starts with."""
    data = {name: known[name] for name in ("form", "way", "directives")} | {"speaker": "", "minutes": ""}
    data |= {key: text for key, text in typed.items() if text and key not in _CHOICES}
    for key, choices in _CHOICES.items():
        if typed.get(key):
            value = _choice(typed[key], choices)
            if value:
                data[key] = value
            else:
                names = ", ".join(str(label).lower() for label in choices.labels)
                problems.append((BY_KEY[key].title, f"Không hiểu “{typed[key][:40]}”. Dùng một trong: {names}."))
    return data


def _choice(text, choices):
    """The value of the choice that `text` names, wholly or by a part of its words."""
    wanted = fold(text)
    for value, label in choices.choices:
        if wanted == fold(label):
            return value
    found = [value for value, label in choices.choices if wanted in fold(label) or fold(label) in wanted]
    return found[0] if found else ""


def _title(name):
    back = {field: key for key, field in _TEXTS.items()}
    column = BY_KEY.get(back.get(name, name))
    return column.title if column else "Dòng"
