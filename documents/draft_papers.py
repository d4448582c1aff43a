"""What a draft of a letter, notice, proposal, invitation, biên bản or copy prints."""

from dataclasses import replace
from datetime import date

from documents.choices import CopyKind, PaperKind, Urgency
from documents.content import Annex, Copy, Letterhead, NumberLine, Paper, PlaceDate, Signature
from documents.dates import short
from documents.draft_text import addressees_of, blocks_of, recipients_of
from documents.models import PaperDraft
from documents.paper_json import from_dict
from documents.profiles import profile_for
from units.models import Signer, WardSettings

# Kinds that are written on these pages, in the order of the office's use.
WRITTEN = (PaperKind.LETTER, PaperKind.NOTICE, PaperKind.PROPOSAL, PaperKind.INVITATION, PaperKind.MINUTES)
ADDRESSED = (PaperKind.LETTER, PaperKind.PROPOSAL)


def draft_paper(
    draft: PaperDraft, *, today: date, number: int | None = None, dated_on: date | None = None, marked: bool = False
) -> Paper:
    """Return what `draft` prints.

    Args:
        draft: not issued yet; an issued one is read from its frozen paper.
        today: its month and year stand in the blank date of a bản trình ký.
        number: the number in the book; None leaves the blank of a bản trình ký.
        dated_on: the day of signature; None leaves the day blank.
        marked: print "DỰ THẢO" across the pages and no number; a copy is never marked.
    """
    if draft.kind == PaperKind.COPY:
        return _copied(draft, today=today, number=number, dated_on=dated_on)
    paper = _written(draft, today=today, number=number, dated_on=dated_on)
    return replace(paper, draft=marked, draft_label="Dự thảo" if marked else "", duplex=draft.duplex)


def _written(draft: PaperDraft, *, today: date, number: int | None, dated_on: date | None) -> Paper:
    settings, kind = WardSettings.objects.get(ward=draft.ward), PaperKind(draft.kind)
    minutes = kind == PaperKind.MINUTES
    return Paper(
        kind=kind,
        letterhead=Letterhead(settings.superior_heading, settings.committee_heading),
        number_line=None if minutes else NumberLine(f"{kind.sign}/{settings.sign_code}", number),
        place_date=_place(settings, today=today, dated_on=dated_on),
        subject=draft.subject if kind == PaperKind.LETTER else _lower_first(draft.subject),
        blocks=tuple(blocks_of(draft.body)),
        closing=draft.closing.strip(),
        addressees=addressees_of(draft.addressees) if kind in ADDRESSED else (),
        recipients=recipients_of(draft.recipients),
        signature=Signature("", "Chủ trì", draft.chair_name) if minutes else signature_of(draft.signer),
        second_signature=Signature("", "Người ghi biên bản", draft.recorder_name) if minutes else None,
        annexes=_annexes(draft, kind, settings, number=number, dated_on=dated_on),
        urgency=Urgency(draft.urgency) if draft.urgency else None,
        circulation=draft.circulation,
        profile=profile_for(dated_on or today).name,
    )


def _copied(draft: PaperDraft, *, today: date, number: int | None, dated_on: date | None) -> Paper:
    settings = WardSettings.objects.get(ward=draft.ward)
    original = from_dict(draft.copy_of.content)
    kind = CopyKind(draft.copy_kind)
    if kind == CopyKind.EXTRACT:
        chosen = {int(place) for place in draft.extract}
        blocks = tuple(block for place, block in enumerate(original.blocks) if place in chosen)
        original = replace(original, blocks=blocks, annexes=())
    copy = Copy(
        kind=kind,
        letterhead=Letterhead(settings.superior_heading, settings.committee_heading),
        number_line=NumberLine(f"{PaperKind.COPY.sign}/{settings.sign_code}", number),
        place_date=_place(settings, today=today, dated_on=dated_on),
        signature=signature_of(draft.signer),
        recipients=recipients_of(draft.recipients),
    )
    return replace(original, copy=copy)


def signature_of(signer: Signer | None) -> Signature:
    """Return the three lines of a signer, empty ones while nobody is chosen."""
    return Signature(signer.authority, signer.position, signer.name) if signer else Signature("", "", "")


def _place(settings: WardSettings, *, today: date, dated_on: date | None) -> PlaceDate:
    return PlaceDate(settings.place_name, day=dated_on, expected=None if dated_on else today)


def _annexes(draft, kind, settings, *, number, dated_on) -> tuple[Annex, ...]:
    if not draft.annex_body.strip():
        return ()
    line = f" số {number:02d}-{kind.sign}/{settings.sign_code}" if number else f" số {'.' * 6}-{kind.sign}/{settings.sign_code}"
    day = f", ngày {short(dated_on)}" if dated_on else ", ngày ......"
    numbered = "" if kind == PaperKind.MINUTES else line
    accompanies = f"kèm theo {kind.label}{numbered}{day} của {settings.committee_heading}"
    return (Annex(draft.annex_title, tuple(blocks_of(draft.annex_body)), accompanies=accompanies),)


def _lower_first(text: str) -> str:
    """A trích yếu begins with a small letter, unless its first word is an abbreviation or a name in capitals."""
    word = text.split(" ", 1)[0]
    return text if len(word) > 1 and word.isupper() else text[:1].lower() + text[1:]
