"""The papers of a conference, and whom no paper has reached yet."""

from django.db.models import Count, QuerySet

from campaigns.choices import ConferenceMoveKind, ConferenceState, LetterPurpose
from campaigns.letter_texts import LetterFacts
from campaigns.models import Conference, ConferenceLetter, Invitee
from documents.models import IssuedPaper
from units.models import WardSettings

_MOVES = {
    LetterPurpose.MOVED: ConferenceMoveKind.MOVED,
    LetterPurpose.POSTPONED: ConferenceMoveKind.POSTPONED,
    LetterPurpose.CANCELLED: ConferenceMoveKind.CANCELLED,
}
_MOST_MERGED = 12  # conferences merged one into the next: a month has a few


def letters_of(conference: Conference) -> QuerySet[ConferenceLetter]:
    """Every paper of the conference with its draft or issued paper, oldest first, and for how many lines it is."""
    rows = conference.letters.select_related("draft__paper", "draft__edited_by")
    return rows.annotate(lines=Count("invitees")).order_by("pk")


def without_letter(conference: Conference) -> QuerySet[Invitee]:
    """Lines of the list that no convening letter is for: not even a draft."""
    reached = Invitee.objects.filter(letters__conference=conference, letters__purpose=LetterPurpose.CONVENE)
    return conference.invitees.exclude(pk__in=reached.values("pk"))


def purposes_for(conference: Conference) -> list[LetterPurpose]:
    """What a paper may be written for as the conference stands."""
    if conference.state == ConferenceState.CANCELLED:
        return [LetterPurpose.MERGED if merged_into(conference) else LetterPurpose.CANCELLED]
    if conference.state == ConferenceState.PLANNED:
        postponed = conference.moves.filter(kind=ConferenceMoveKind.POSTPONED).exists()
        return [LetterPurpose.POSTPONED] if postponed else []
    if conference.state != ConferenceState.FIXED:
        return []
    moved = conference.moves.filter(kind=ConferenceMoveKind.MOVED).exists()
    return [LetterPurpose.CONVENE, LetterPurpose.MOVED] if moved else [LetterPurpose.CONVENE]


def merged_into(conference: Conference) -> Conference | None:
    """The conference that is held instead of one that was merged, also over several mergers; None when it is off too."""
    for _ in range(_MOST_MERGED):
        if conference.merged_into_id is None:
            return None
        conference = Conference.objects.select_related("venue").get(pk=conference.merged_into_id)
        if conference.state != ConferenceState.CANCELLED:
            return conference
    return None


def letter_invitees(conference: Conference, *, groups) -> list[Invitee]:
    """The lines of the classes `groups` in the order of the roll."""
    rows = Invitee.objects.filter(conference=conference, group__in=groups).select_related("group", "unit")
    return list(rows.order_by("group__position", "group_id", "position", "pk"))


def letter_facts(conference: Conference, *, invitees: list[Invitee], purpose: LetterPurpose) -> LetterFacts:
    """What the words of a letter are made of; a fixed number of queries whatever the length of the list."""
    settings = WardSettings.objects.get(ward=conference.ward)
    move = conference.moves.filter(kind=_MOVES[purpose]).order_by("-pk").first() if purpose in _MOVES else None
    return LetterFacts(
        conference=conference,
        invitees=invitees,
        plans=list(IssuedPaper.objects.filter(plan__conferences=conference).order_by("dated_on", "pk")),
        committee=settings.committee_heading,
        phone=settings.office_phone,
        earlier=list(
            IssuedPaper.objects.filter(
                draft__conference_letter__conference=conference, withdrawn_at__isnull=True
            ).order_by("pk")
        ),
        reason=move.reason if move else "",
        instead_of=move.before if move and purpose == LetterPurpose.MOVED else "",
        into=merged_into(conference) if purpose == LetterPurpose.MERGED else None,
    )
