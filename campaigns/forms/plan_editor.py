"""The editor of a plan: all parts on one page, one save; buttons that add, move and remove rows keep all that was typed."""

import datetime as dt
from dataclasses import dataclass

from campaigns.choices import LeadGroup
from campaigns.forms.plan_rows import ROW_FORMS, ROW_SETS, GeneralForm
from campaigns.forms.row_moves import rearrange
from campaigns.forms.unit_names import SEPARATOR, UnitNames
from campaigns.plan_content import PLAIN_FIELDS, PlanContent
from units.workdays import WorkCalendar

PARTS = tuple(ROW_SETS)


@dataclass(frozen=True)
class EditorContext:
    """What every row may need, loaded once: units by name, signers, directives by id, the calendar and the day."""

    names: UnitNames
    signers: tuple[tuple[int, str], ...]
    directives: dict[int, str]
    calendar: WorkCalendar
    today: dt.date


class PlanEditor:
    """The general form and the five lists, bound to what was posted or filled with `initial`."""

    def __init__(self, context: EditorContext, *, data=None, initial=None):
        initial = initial or {}
        self.context = context
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
        """The editor after a button such as "duties-3-up": the rows moved, every typed character still there."""
        initial = {part: raw_rows(data, part) for part in PARTS}
        initial["general"] = {name: data.get(f"general-{name}", "") for name in GeneralForm.base_fields}
        rearrange(initial, act, added_directive=data.get("add_directive", ""))
        return cls(context, initial=initial)

    def is_valid(self) -> bool:
        """Whether every part can be saved; all parts are looked at, so that all faults show at once."""
        return all([self.general.is_valid(), *(rows.is_valid() for rows in self.lists.values())])

    def content(self) -> PlanContent:
        """What was typed, as content; only after is_valid()."""
        rows = {part: tuple(form.value() for form in rows.forms) for part, rows in self.lists.items()}
        return PlanContent(directive_ids=tuple(dict.fromkeys(rows.pop("directives"))), **self.general.cleaned_data, **rows)

    def faults(self) -> int:
        """How many fields have to be looked at."""
        count = len(self.general.errors)
        for rows in self.lists.values():
            count += sum(len(form.errors) for form in rows.forms) + len(rows.non_form_errors())
        return count


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
