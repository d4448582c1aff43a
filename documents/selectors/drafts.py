"""Papers being written beside plans and reports."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from documents.choices import PaperKind
from documents.content import Paper, Table
from documents.models import NumberBook, PaperDraft
from documents.selectors.numbers import gaps, suggest_number
from units.models import Unit, WardSettings
from units.permissions import Permission
from units.selectors.access import Access


def visible_drafts(access: Access) -> QuerySet[PaperDraft]:
    """Drafts of the wards the person reads."""
    return PaperDraft.objects.filter(access.reach(Permission.READ_WARD, prefix="ward__"))


def draft_book(draft: PaperDraft) -> dict:
    """The book a draft will take its number from, the next number, the gaps; no book before its first number."""
    facts = WardSettings.objects.get(ward=draft.ward)
    sign = PaperKind(draft.kind).sign
    book = NumberBook.objects.filter(body=draft.ward, kind_sign=sign, term_name=facts.term_name).first()
    return {
        "book": book,
        "next_number": suggest_number(book) if book else 1,
        "gaps": gaps(book) if book else [],
        "sign": f"{sign}/{facts.sign_code}",
    }


_IN_ANNEX = "có tên trong phụ lục"  # an addressee line whose units are those that the annex still names


def units_named(draft: PaperDraft, paper: Paper) -> list[Unit]:
    """The units the paper is sent to one by one; of a paper to those named in its annex, whoever was struck off it is left out."""
    units = list(draft.sent_to.order_by("sort_key", "pk"))
    tables = [block for annex in paper.annexes for block in annex.blocks if isinstance(block, Table)]
    if not tables or not any(_IN_ANNEX in one.casefold() for one in paper.addressees):
        return units
    named = {_plain(cell) for table in tables for row in table.rows for cell in row}
    return [unit for unit in units if named & {_plain(unit.name), _plain(unit.short_name)}]


def _plain(name: str) -> str:
    return " ".join(name.replace("|", "/").casefold().split())


@dataclass(frozen=True, slots=True)
class DraftWarning:
    """What the ward's figures say against a paper that is being written: a sentence, units by name, where to mend it."""

    words: str
    units: list[Unit] = field(default_factory=list)
    url: str = ""
    action: str = ""


def warning_of(draft: PaperDraft, *, on: date) -> DraftWarning | None:
    """What should be seen before the number is recorded on the day `on` (settings.DRAFT_WARNING_BY); None when all is as written."""
    return import_string(settings.DRAFT_WARNING_BY)(draft, on=on)
