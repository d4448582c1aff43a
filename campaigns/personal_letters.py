"""Copies of one issued giấy mời or thông báo with the name of each addressee, all under its one number."""

from collections.abc import Iterable
from dataclasses import replace

from campaigns.conference_words import invitee_words
from campaigns.letter_texts import LISTED, WITH_LIST
from campaigns.models import Invitee
from documents.content import Heading, Paper, Paragraph


def can_be_personal(paper: Paper) -> bool:
    """Whether the paper still says "the people of the list", so that a name can stand in its place."""
    return any(LISTED in _text(block) for block in paper.blocks) or _is_addressed(paper)


def personal_papers(paper: Paper, invitees: Iterable[Invitee], *, address) -> Iterable[tuple[Paper, str]]:
    """Yield for each of `invitees` a copy and the link to print on it: the name instead of the list, and no list.

    Args:
        paper: the frozen content of the issued letter.
        invitees: with unit and conference.
        address: gives the own link of an invitee, or "" for none.
    """
    for one in invitees:
        name = invitee_words(one)
        blocks = tuple(_named(block, name) for block in paper.blocks)
        addressees = (name[:1].upper() + name[1:],) if paper.addressees else ()
        copy = replace(paper, blocks=blocks, annexes=(), addressees=addressees, recipients=_without_list(paper.recipients))
        yield copy, address(one)


def _without_list(recipients):
    return tuple(replace(one, name="Như trên") if one.name == WITH_LIST else one for one in recipients)


def _is_addressed(paper: Paper) -> bool:
    return any(LISTED in one.lower() for one in paper.addressees)


def _text(block) -> str:
    return block.text if isinstance(block, Heading | Paragraph) else ""


def _named(block, name: str):
    return replace(block, text=block.text.replace(LISTED, name)) if LISTED in _text(block) else block
