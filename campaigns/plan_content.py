"""What a person writes of a plan, as plain values: read from the rows, typed in the editor, compared, merged, saved.

One form of the content serves the editor, the service that saves it, the page that shows two people's texts side by
side, and the paper. Nothing here touches the database.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date

from campaigns.choices import ColumnFill, ColumnKind, ConferenceLevel, DeadlineRule, HeadingFill, LeadGroup, Product

CONFERENCES = "conferences"
DUTIES = "duties"


@dataclass(frozen=True)
class SectionText:
    """A heading with its paragraphs; `level` 1 to 3, each below the nearest shallower one before it.

    Below level 1 the title may be empty: the text then stands on the line of its number. `slot` names what the program prints under the heading by itself: "conferences" or "duties"; else it only says
    which wording the text came from.
    """

    title: str
    body: str = ""
    level: int = 1
    slot: str = ""


@dataclass(frozen=True)
class DutyText:
    """One clause of "Tổ chức thực hiện"; `lead_id` is the leading unit when the group is "one"."""

    lead_text: str
    text: str
    lead_group: str = LeadGroup.ONE.value
    lead_id: int | None = None
    helper_ids: tuple[int, ...] = ()
    product: str = Product.ACTION.value
    deadline_phrase: str = ""
    rule: str = DeadlineRule.OPEN.value
    last_day: date | None = None
    tentative: bool = False


@dataclass(frozen=True)
class ConferenceText:
    """What the paper says of one level of conferences."""

    level: str = ConferenceLevel.WARD.value
    time_phrase: str = ""
    last_day: date | None = None
    tentative: bool = False
    form: str = ""
    place: str = ""
    participants: str = ""
    speaker: str = ""


@dataclass(frozen=True)
class RecipientText:
    """One line of Nơi nhận and the unit it stands for, if it stands for one."""

    name: str
    note: str = ""
    all_units: bool = False
    unit_id: int | None = None
    copies: int = 1


@dataclass(frozen=True)
class OutlineText:
    """A heading of an outline with what is to be written under it; `level` 1 to 3, `fill` a HeadingFill."""

    title: str
    level: int = 1
    guidance: str = ""
    fill: str = HeadingFill.NONE.value


@dataclass(frozen=True)
class ColumnText:
    """A column of a form; neighbours with the same `group` share the header above them, `width` is a share.

    `options` are what may be chosen, one a line; `fill` is a ColumnFill.
    """

    title: str
    group: str = ""
    kind: str = ColumnKind.TEXT.value
    width: int = 10
    options: str = ""
    fill: str = ColumnFill.NONE.value


@dataclass(frozen=True)
class FormText:
    """A table to be filled in: `groups` are the parts of its rows, one a line, each with `blank_rows` empty rows."""

    title: str
    columns: tuple[ColumnText, ...] = ()
    groups: str = ""
    blank_rows: int = 3
    repeating: bool = True
    landscape: bool = False
    period_from: date | None = None
    period_to: date | None = None


@dataclass(frozen=True)
class AnnexText:
    """A phụ lục or đề cương: an outline, then forms."""

    title: str = "Đề cương"
    label: str = ""
    subject: str = ""
    headings: tuple[OutlineText, ...] = ()
    forms: tuple[FormText, ...] = ()


@dataclass(frozen=True)
class PlanContent:
    """Everything of a plan that may be edited before issue.

    `annexes` None means that this text says nothing of them: what is stored stays.
    """

    subject: str
    opening: str = ""
    closing: str = ""
    issuer: str = ""
    signer_id: int | None = None
    scored: bool = True
    essay_required: bool = False
    window_starts_on: date | None = None
    directive_ids: tuple[int, ...] = ()
    sections: tuple[SectionText, ...] = ()
    duties: tuple[DutyText, ...] = ()
    conferences: tuple[ConferenceText, ...] = ()
    recipients: tuple[RecipientText, ...] = ()
    annexes: tuple[AnnexText, ...] | None = None


PLAIN_FIELDS = ("subject", "opening", "closing", "issuer", "signer_id", "scored", "essay_required", "window_starts_on")
LIST_FIELDS = ("directive_ids", "sections", "duties", "conferences", "recipients", "annexes")
LABELS = {
    "subject": "Trích yếu",
    "opening": "Đoạn mở đầu",
    "closing": "Đoạn kết",
    "issuer": "Cơ quan ban hành",
    "signer_id": "Người ký",
    "scored": "Các đơn vị tự chấm điểm",
    "essay_required": "Có viết thu hoạch",
    "window_starts_on": "Học tập từ ngày",
    "directive_ids": "Văn bản của kế hoạch",
    "sections": "Các mục",
    "duties": "Nhiệm vụ",
    "conferences": "Hội nghị",
    "recipients": "Nơi nhận",
    "annexes": "Phụ lục",
}


@dataclass(frozen=True)
class Difference:
    """One place where two texts of a plan differ; `key` is "subject" or "duties-3"."""

    key: str
    label: str
    mine: object
    theirs: object


def differences(mine: PlanContent, theirs: PlanContent) -> list[Difference]:
    """Return where two contents differ: a list of equal length row by row, else as a whole."""
    found = []
    for name in PLAIN_FIELDS:
        if getattr(mine, name) != getattr(theirs, name):
            found.append(Difference(name, LABELS[name], getattr(mine, name), getattr(theirs, name)))
    for name in LIST_FIELDS:
        found.extend(_list_differences(name, getattr(mine, name), getattr(theirs, name)))
    return found


def merged(mine: PlanContent, theirs: PlanContent, keep: dict[str, str]) -> PlanContent:
    """Return `mine` with every difference whose key is kept as "theirs" taken from `theirs`."""
    changes: dict[str, object] = {}
    for difference in differences(mine, theirs):
        if keep.get(difference.key, "mine") != "theirs":
            continue
        name, _, row = difference.key.partition("-")
        if not row:
            changes[name] = getattr(theirs, name)
            continue
        rows = list(changes.get(name, getattr(mine, name)))
        rows[int(row)] = getattr(theirs, name)[int(row)]
        changes[name] = tuple(rows)
    return replace(mine, **changes)


def map_texts(content: PlanContent, change: Callable[[str], str]) -> PlanContent:
    """Return the content with `change` applied to every text in it, codes left alone."""
    codes = {"level", "slot", "kind", "lead_group", "product", "rule", "deadline_phrase", "time_phrase", "fill"}

    def apply(value, name=""):
        if isinstance(value, str):
            return value if name in codes else change(value)
        if isinstance(value, tuple):
            return tuple(apply(one) for one in value)
        if is_dataclass(value):
            return replace(value, **{field.name: apply(getattr(value, field.name), field.name) for field in fields(value)})
        return value

    return apply(content)


def _list_differences(name, mine, theirs):
    if mine == theirs or mine is None or theirs is None:
        return []
    if len(mine) != len(theirs) or name == "directive_ids":
        return [Difference(name, LABELS[name], mine, theirs)]
    return [
        Difference(f"{name}-{row}", f"{LABELS[name]}, dòng {row + 1}", one, other)
        for row, (one, other) in enumerate(zip(mine, theirs, strict=True))
        if one != other
    ]
