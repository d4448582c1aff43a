"""Papers being written beside plans and reports."""

from django.db.models import QuerySet

from documents.choices import PaperKind
from documents.models import NumberBook, PaperDraft
from documents.selectors.numbers import gaps, suggest_number
from units.models import WardSettings
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
