"""What a công văn đôn đốc is about: the plans of one due day, who is silent, what was written before."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils.text import Truncator

from campaigns.choices import Product
from campaigns.digest_words import duty_words
from campaigns.models import Assignment, ChasedUnit, ChaseLetter, Plan
from campaigns.selectors.figures import PlanCounts, plan_counts
from documents.draft_papers import draft_paper
from documents.models import Dispatch, PaperDraft
from documents.selectors.drafts import DraftWarning, units_named
from units.choices import UnitKind
from units.models import Unit
from units.templatetags.lantoa import vn_datetime, vn_number

_NOT_DONE = {Product.STUDY: "chưa học", Product.REPORT: "chưa báo cáo"}
_LONGEST_CONTENT = 160
# The letter as it was signed: its send list holds the units that its annex still named (documents/services/drafts.py).
_NAMED = Exists(Dispatch.objects.filter(paper=OuterRef("letter__draft__paper"), unit=OuterRef("unit")))


@dataclass
class DueGroup:
    """Everything overdue of one due day: plans with their counts, silent units with what each owes, letters so far."""

    due_on: dt.date
    plans: list[Plan]
    counts: dict[int, PlanCounts]
    silent: dict[Unit, dict[int, list[str]]]
    letters: list[ChaseLetter] = field(default_factory=list)
    reporting: frozenset[int] = frozenset()  # plans whose own study or report was due that day
    arrived: dict[int, list[str]] = field(default_factory=dict)  # {plan: what was issued since and was to be studied by it}
    tasks: frozenset[int] = frozenset()  # plans of which other duties were due that day

    @property
    def units(self) -> list[Unit]:
        """The silent Party units."""
        return [unit for unit in self.silent if unit.kind != UnitKind.BODY]

    @property
    def bodies(self) -> list[Unit]:
        """The silent bodies: a group of their own in the annex."""
        return [unit for unit in self.silent if unit.kind == UnitKind.BODY]

    def plans_in(self, keys: Collection[int]) -> list[Plan]:
        """Those of the plans whose key is in `keys`, in order."""
        return [plan for plan in self.plans if plan.pk in keys]

    @property
    def key(self) -> int:
        """The due day in the address of the page."""
        return int(f"{self.due_on:%Y%m%d}")

    @property
    def open_draft(self) -> ChaseLetter | None:
        """The letter that is still being written."""
        return next((letter for letter in self.letters if not letter.draft.paper_id), None)

    @property
    def settled_since(self) -> int:
        """How many units of the letter that is being written owe nothing of that day any more."""
        return sum(one.unit not in self.silent for one in self.open_draft.units.all()) if self.open_draft else 0

    @property
    def issued(self) -> list[ChaseLetter]:
        """The letters that went out, in order."""
        return [letter for letter in self.letters if letter.draft.paper_id]

    @property
    def next_ordinal(self) -> int:
        """Which letter would be written now."""
        return max((letter.ordinal for letter in self.letters), default=0) + 1


def due_groups(ward: Unit, *, on: dt.date, due_on: dt.date | None = None) -> list[DueGroup]:
    """The due days before `on` with silent units, latest first (or one of them); the same few queries for any ward."""
    rows = (
        Assignment.objects.running()
        .overdue(on=on)
        .filter(plan__ward=ward)
        .exclude(unit__kind__in=(UnitKind.WARD, UnitKind.PROVINCE))
        .select_related("unit", "duty__awaited_content")
        .order_by("-due_on", "unit__sort_key", "unit_id", "plan__issued_at", "plan_id", "product")
    )
    if due_on:
        rows = rows.filter(due_on=due_on)
    silent = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    reporting, arrived, tasks = defaultdict(set), defaultdict(lambda: defaultdict(dict)), defaultdict(set)
    for row in rows:
        silent[row.due_on][row.unit][row.plan_id].append(_not_done(row))
        if row.product == Product.CONTENT:
            arrived[row.due_on][row.plan_id][_content(row)] = True
        else:
            (reporting if row.product in Product.BY_UNITS else tasks)[row.due_on].add(row.plan_id)
    plan_ids = {plan_id for units in silent.values() for owed in units.values() for plan_id in owed}
    plans = {plan.pk: plan for plan in _plans(plan_ids)}
    counts = plan_counts(plan_ids, on=on)
    letters = _letters(ward, list(silent))
    return [
        DueGroup(
            due_on=day,
            plans=[plan for pk, plan in plans.items() if any(pk in owed for owed in units.values())],
            counts=counts,
            silent=units,
            letters=letters[day],
            reporting=frozenset(reporting[day]),
            arrived={pk: list(names) for pk, names in arrived[day].items()},
            tasks=frozenset(tasks[day]),
        )
        for day, units in silent.items()
    ]


def stale_annex(draft: PaperDraft, *, on: dt.date) -> DraftWarning | None:
    """Units that the annex of a công văn đôn đốc still names and that owe nothing of its day any more; None for other papers."""
    letter = ChaseLetter.objects.filter(draft=draft).select_related("ward").first()
    if letter is None:
        return None
    group = next(iter(due_groups(letter.ward, on=on, due_on=letter.due_on)), None)
    silent = group.silent if group else {}
    named = units_named(draft, draft_paper(draft, today=on))
    settled = [unit for unit in named if unit not in silent]
    if not settled:
        return None
    counted = vn_datetime(letter.counted_at)
    if group is None:
        words = f"Từ lúc lấy số liệu ({counted}), mọi đơn vị trong phụ lục đã xong hoặc được thêm ngày: không còn ai để đôn đốc. Chưa gửi thì đồng chí bỏ dự thảo này."
        return DraftWarning(words, settled)
    words = (
        f"Từ lúc lấy số liệu ({counted}), {vn_number(len(settled))} đơn vị trong phụ lục đã xong hoặc được thêm ngày. "
        "Chưa ký thì đồng chí cập nhật số liệu rồi in lại; đã ký thì ghi số đúng như bản đã ký."
    )
    return DraftWarning(words, settled, f"{reverse('campaigns:chase-letter-list')}#han-{group.key}", "Cập nhật số liệu")


def letters_to(unit: Unit) -> list[ChasedUnit]:
    """The issued letters that named the unit when they were signed, newest first."""
    rows = ChasedUnit.objects.filter(_NAMED, unit=unit, letter__draft__paper__isnull=False)
    return list(rows.select_related("letter__draft__paper").order_by("-letter__draft__paper__issued_at", "pk"))


def letters_about(plan: Plan) -> list[ChaseLetter]:
    """The issued letters about a plan, in order, each with the `units` it named when it was signed."""
    rows = plan.chase_letters.filter(draft__paper__isnull=False)
    return list(rows.select_related("draft__paper").prefetch_related(Prefetch("units", ChasedUnit.objects.filter(_NAMED))).order_by("due_on", "ordinal"))


def _not_done(row: Assignment) -> str:
    """What the annex says of one overdue duty; of content that was awaited and has arrived, by its name."""
    if row.product == Product.CONTENT:
        return f"chưa học {_content(row)}"
    return _NOT_DONE.get(row.product) or f"chưa xong việc “{duty_words(row)}”"


def _content(row: Assignment) -> str:
    return Truncator(row.duty.awaited_content.text).chars(_LONGEST_CONTENT, truncate="…")


def _plans(plan_ids: set[int]) -> list[Plan]:
    plans = Plan.objects.filter(pk__in=plan_ids).select_related("paper", "signer")
    return list(plans.prefetch_related("directive_links__directive").order_by("issued_at", "pk"))


def _letters(ward: Unit, days: list[dt.date]) -> dict[dt.date, list[ChaseLetter]]:
    found = defaultdict(list)
    rows = ChaseLetter.objects.filter(ward=ward, due_on__in=days).select_related("draft__paper").order_by("ordinal")
    for letter in rows.prefetch_related("units__unit"):
        found[letter.due_on].append(letter)
    return found
