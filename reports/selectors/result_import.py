"""What the ward has already when its Excel sheet of results is read: units by name and code, reports that stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from campaigns.choices import Product
from campaigns.models import Assignment, Plan
from reports.choices import SubmissionState
from reports.models import Submission
from reports.places import COUNT_FIGURES
from units.folding import fold
from units.models import Unit
from units.permissions import Permission
from units.selectors.access import Access


def plans_open_to_import(access: Access):
    """Running plans of the ward for whose units the person may enter results."""
    reach = access.reach(Permission.ENTER_ON_BEHALF, prefix="ward__")
    return Plan.objects.filter(reach, state="issued").select_related("paper", "ward").order_by("-issued_at", "-pk")


@dataclass
class KnownUnits:
    """Units asked by the plans, found by code, full or short name; without tone marks and without "Chi bộ" in front."""

    by_word: dict[str, list[Unit]]

    def find(self, code: str, name: str) -> tuple[Unit | None, str]:
        """(unit, "") or (None, why not): the code speaks first, then the name."""
        for text in (code, name):
            found = self.by_word.get(_word(text), []) if text else []
            if len(found) == 1:
                return found[0], ""
            if found:
                return None, f"Có {len(found)} đơn vị tên “{text}”. Đồng chí ghi thêm cột Mã đơn vị."
        text = name or code
        near = get_close_matches(_word(text), self.by_word, n=1, cutoff=0.75)
        guess = f" Có phải “{self.by_word[near[0]][0].short_name}” không?" if near else ""
        return None, f"Không có đơn vị “{text}” trong các đơn vị được giao báo cáo.{guess}"


def known_units(plans: Iterable[Plan]) -> KnownUnits:
    """The units that the plans ask for a report, by every word they go by: one query."""
    asked = (
        Assignment.objects.filter(plan__in=list(plans), product=Product.REPORT)
        .exclude(state="cancelled")
        .values("unit")
    )
    by_word: dict[str, list[Unit]] = {}
    for unit in Unit.objects.filter(pk__in=asked).order_by("sort_key", "pk"):
        for word in {_word(unit.code), _word(unit.name), _word(unit.short_name)}:
            by_word.setdefault(word, []).append(unit)
    return KnownUnits(by_word)


def _word(text: str) -> str:
    plain = fold(text).replace("to dan pho", "tdp")
    for front in ("chi bo ", "dang bo ", "tdp "):
        plain = plain.removeprefix(front)
    return plain.strip(" .")


def reports_of(plans: Iterable[Plan]) -> dict[tuple[int, int], Submission]:
    """Reports that stand (sent, not returned), by (unit, plan), with their sessions: two queries."""
    rows = Submission.objects.filter(plan__in=list(plans)).exclude(state__in=SubmissionState.EDITABLE)
    return {(row.unit_id, row.plan_id): row for row in rows.prefetch_related("sessions")}


def says_the_same(submission: Submission, *, session: dict, figures: dict) -> bool:
    """Whether a report that stands holds the counts and the day of a row: reading the sheet again then changes nothing."""
    if any(getattr(submission, name) != figures.get(name) for name in COUNT_FIGURES):
        return False
    held = [(one.held_on, one.present) for one in submission.sessions.all()]
    return (session.get("held_on"), session.get("present")) in held
