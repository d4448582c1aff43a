"""The editor of a plan: all parts on one page, one save; buttons that add, move and remove rows keep all that was typed."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.forms import CharField, Form, RegexField

from campaigns.choices import LeadGroup
from campaigns.forms.fields import CleanLineField
from campaigns.forms.plan_rows import ROW_FORMS, ROW_SETS, GeneralForm, RowForm
from campaigns.forms.row_moves import put_back, rearrange
from campaigns.forms.unit_names import SEPARATOR, UnitNames
from campaigns.plan_content import PLAIN_FIELDS, PlanContent
from units.choices import DeadlineReading
from units.workdays import WorkCalendar

PARTS = tuple(ROW_SETS)
PUT_BACK = "put-back"
# Which unit a row stands for is not printed: the name on the paper has a field of its own.
_NOT_PRINTED = {"helpers", "unit"}
_ROW_WORDS = {"directives": "văn bản", "sections": "mục", "duties": "nhiệm vụ", "conferences": "hội nghị", "recipients": "nơi nhận"}


@dataclass(frozen=True)
class EditorContext:
    """What every row may need, loaded once: units by name, signers, directives by id, the calendar, the day, and how the
    ward reads "trước ngày" (decisions 17)."""

    names: UnitNames
    signers: tuple[tuple[int, str], ...]
    directives: dict[int, str]
    calendar: WorkCalendar
    today: dt.date
    reading: str = DeadlineReading.TOLERANT.value


@dataclass(frozen=True)
class FieldText:
    """A text field of the editor as it stands: name of the field, what people call it, its text."""

    name: str
    label: str
    text: str


class PhraseForm(Form):
    """A deadline phrase while it is typed, and the name of its field."""

    phrase = CleanLineField(required=False, max_length=200)
    field = RegexField(r"^(?:duties|conferences)-\d{1,3}-(?:time_)?phrase$")


class PlanEditor:
    """The general form and the five lists, bound to what was posted or filled with `initial`."""

    def __init__(self, context: EditorContext, *, data=None, initial=None):
        initial = initial or {}
        self.context = context
        self.removed = ""
        self.general = GeneralForm(data, prefix="general", initial=initial.get("general"), context=context)
        self.lists = {
            part: rows(data, prefix=part, initial=initial.get(part), form_kwargs={"context": context})
            for part, rows in ROW_SETS.items()
        }

    @classmethod
    def of_content(cls, context: EditorContext, content: PlanContent) -> "PlanEditor":
        """The editor as it opens."""
        names = context.names
        initial = {
            "general": {name: getattr(content, name) for name in PLAIN_FIELDS},
            "directives": [{"pk": pk} for pk in content.directive_ids],
            "sections": [vars(one) for one in content.sections],
            "duties": [_duty_row(duty, names) for duty in content.duties],
            "conferences": [vars(one) for one in content.conferences],
            "recipients": [vars(one) | {"unit": names.name_of(one.unit_id)} for one in content.recipients],
        }
        return cls(context, initial=initial)

    @classmethod
    def rearranged(cls, context: EditorContext, data, act: str) -> "PlanEditor":
        """The editor after a button such as "duties-3-up": the rows moved, every typed character still there.

        "put-back" undoes a removal; `removed` of the editor then says what was taken out by this one.
        """
        initial = {part: raw_rows(data, part) for part in PARTS}
        initial["general"] = {name: data.get(f"general-{name}", "") for name in GeneralForm.base_fields}
        removed = rearrange(initial, act, added_directive=data.get("add_directive", ""))
        if act == PUT_BACK:
            put_back(initial, _json(data.get("removed", "")))
        editor = cls(context, initial=initial)
        editor.removed = json.dumps(removed, ensure_ascii=False) if removed else ""
        return editor

    def is_valid(self) -> bool:
        """Whether every part can be saved; all parts are looked at, so that all faults show at once."""
        return all([self.general.is_valid(), *(rows.is_valid() for rows in self.lists.values())])

    def content(self) -> PlanContent:
        """What was typed, as content; only after is_valid()."""
        rows = {part: tuple(form.value() for form in rows.forms) for part, rows in self.lists.items()}
        return PlanContent(directive_ids=tuple(dict.fromkeys(rows.pop("directives"))), **self.general.cleaned_data, **rows)

    def texts(self) -> list[FieldText]:
        """Every field that holds words of the paper, in the order of the page."""
        forms = [("", self.general)]
        forms += [(f"{_ROW_WORDS[part]} {row + 1}", form) for part, rows in self.lists.items() for row, form in enumerate(rows.forms)]
        return [
            FieldText(bound.html_name, ", ".join(filter(None, (str(bound.label), place))), _plain_text(bound.value()))
            for place, form in forms
            for bound in form
            if isinstance(bound.field, CharField) and not bound.is_hidden and bound.name not in _NOT_PRINTED
        ]

    def deadlines(self) -> Iterator[tuple[str, RowForm]]:
        """The field of every deadline phrase with the row it stands in."""
        for part in ("duties", "conferences"):
            for form in self.lists[part].forms:
                yield form[form.phrase_field].html_name, form

    def fault_list(self) -> dict[str, list[str]]:
        """The faults by name of the field, for the page that is told while a person types."""
        forms = [self.general, *(form for rows in self.lists.values() for form in rows.forms)]
        found = {form[name].html_name: list(errors) for form in forms for name, errors in form.errors.items() if name in form.fields}
        found |= {part: list(rows.non_form_errors()) for part, rows in self.lists.items() if rows.non_form_errors()}
        return found

    def faults(self) -> int:
        """How many fields have to be looked at."""
        count = len(self.general.errors)
        for rows in self.lists.values():
            count += sum(len(form.errors) for form in rows.forms) + len(rows.non_form_errors())
        return count


def _json(text: str):
    try:
        return json.loads(text)
    except ValueError:
        return None


def _plain_text(value) -> str:
    return str(value or "").replace("\r\n", "\n")


def raw_rows(data, part: str) -> list[dict]:
    """The rows of a list exactly as posted, valid or not."""
    total = data.get(f"{part}-TOTAL_FORMS", "0")
    count = min(int(total), ROW_SETS[part].absolute_max) if total.isdecimal() and len(total) < 10 else 0
    fields = ROW_FORMS[part].base_fields
    return [{name: data.get(f"{part}-{row}-{name}", "") for name in fields} for row in range(count)]


def _duty_row(duty, names):
    lead = LeadGroup.ALL_UNITS.label if duty.lead_group == LeadGroup.ALL_UNITS else names.name_of(duty.lead_id)
    return {
        "lead": lead,
        "lead_text": "" if duty.lead_text == lead else duty.lead_text,
        "helpers": f"{SEPARATOR} ".join(filter(None, map(names.name_of, duty.helper_ids))),
        "text": duty.text,
        "product": duty.product,
        "phrase": duty.deadline_phrase,
    }
