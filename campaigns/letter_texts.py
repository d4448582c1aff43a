"""The words of the papers of a conference (format.md 5.4): giấy mời, thông báo and công văn triệu tập, notices of change."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from campaigns.choices import ConferenceWay, LetterPurpose
from campaigns.conference_words import invitee_words, place_words, time_words
from campaigns.models import Conference, Invitee
from documents.choices import PaperKind
from documents.correction_texts import KEPT, name_of
from documents.draft_text import lines_of
from documents.models import IssuedPaper
from documents.paper_text import ended

WITH_LIST = "Như danh sách kèm theo"  # the first line of Nơi nhận of a paper that is no letter
LISTED = "các đồng chí, đơn vị có tên trong danh sách kèm theo"
_MOST_NAMED = 8  # addressees printed above the text; more stand in the annex
_ROMAN = (
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
    "XVIII",
)


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter is made of.

    Args:
        conference: with its venue.
        invitees: the lines it is for, in the order of the roll, with group and unit.
        plans: papers of the plans the conference is held for ("Kế hoạch số 25-KH/ĐU, ngày 03/6/2026").
        committee: who convenes, as in "Đảng ủy phường Nông Tiến".
        phone: of the office, or "".
        earlier: letters that went out before for the same conference.
        reason: why it moved or is called off, or "".
        instead_of: of one that moved, the time and place it had before ("07 giờ 30, 22/5/2026, Hội trường phường"), or "".
        into: the conference it was merged into, with its venue.
    """

    conference: Conference
    invitees: Sequence[Invitee]
    plans: Sequence[IssuedPaper]
    committee: str
    phone: str
    earlier: Sequence[IssuedPaper]
    reason: str
    into: Conference | None = None
    instead_of: str = ""


def letter_texts(facts: LetterFacts, *, kind: PaperKind, purpose: LetterPurpose) -> dict[str, str]:
    """The fields of the draft; the office edits them like any paper."""
    convenes = purpose == LetterPurpose.CONVENE
    named = facts.invitees if len(facts.invitees) <= _MOST_NAMED else ()
    body = _invitation(facts) if kind == PaperKind.INVITATION and convenes else _numbered(facts, purpose)
    letter = kind == PaperKind.LETTER
    calls = "dự" if kind == PaperKind.INVITATION else "triệu tập"
    subject = _SUBJECTS[purpose].format(calls=calls, title=_lower(facts.conference.title))
    addressees = "\n".join(_upper(invitee_words(one)) for one in named) or _upper(LISTED)
    return {
        "subject": f"về việc {subject}" if letter else subject,
        "addressees": addressees if letter else "",
        "body": "\n".join(body),
        "closing": _CLOSINGS[purpose] if kind != PaperKind.INVITATION else "Trân trọng kính mời.",
        "recipients": f"{'Như trên' if letter else WITH_LIST}\n{KEPT}",
        "annex_title": "Danh sách kèm theo",
        "annex_body": "\n".join(_list_lines(facts.invitees)),
    }


def _invitation(facts: LetterFacts) -> list[str]:
    conference = facts.conference
    lines = [f"{facts.committee} trân trọng kính mời: {LISTED}.", f"Tới dự: {conference.title}."]
    lines += [f"{label}: {said}" for label, said in _when_and_where(conference)]
    if programme := lines_of(conference.programme):
        lines += ["Nội dung:", *ended([f"- {_bare(line)}" for line in programme], ";", ".")]
    if materials := lines_of(conference.materials):
        lines.append(f"Tài liệu: {'; '.join(_bare(line) for line in materials)}.")
    return [*lines, _answer_line(facts)]


def _numbered(facts: LetterFacts, purpose: LetterPurpose) -> list[str]:
    conference = facts.conference
    told = {LetterPurpose.CANCELLED: None, LetterPurpose.POSTPONED: None, LetterPurpose.MERGED: facts.into}
    shown = told.get(purpose, conference)
    parts = _when_and_where(shown) if shown else []
    if purpose == LetterPurpose.CONVENE:
        parts.append(("Thành phần", f"{LISTED}."))
        if programme := lines_of(conference.programme):
            parts.append(("Nội dung", "; ".join(_bare(line) for line in programme) + "."))
        if materials := lines_of(conference.materials):
            parts.append(("Tài liệu", "; ".join(_bare(line) for line in materials) + "."))
        parts.append(("Báo dự, báo vắng", _answer_line(facts)))
    numbered = [f"{number}. {label}: {said}" for number, (label, said) in enumerate(parts, start=1)]
    return [_opening(facts, purpose), *numbered]


def _opening(facts: LetterFacts, purpose: LetterPurpose) -> str:
    title = facts.conference.title
    plans = "; ".join(name_of(paper) for paper in facts.plans)
    if purpose == LetterPurpose.CONVENE:
        basis = f"Thực hiện {plans}, " if plans else ""
        return f"{basis}{facts.committee} triệu tập {_lower(title)}, cụ thể như sau:"
    earlier = "; ".join(name_of(paper) for paper in facts.earlier)
    before = f"Tại {earlier}, {facts.committee} đã mời, triệu tập dự {_lower(title)}. " if earlier else ""
    reason = f"Lý do: {facts.reason.rstrip('. ')}. " if facts.reason else ""
    instead = f", thay cho {facts.instead_of}" if facts.instead_of else ""
    if purpose == LetterPurpose.CANCELLED:
        return f"{before}{facts.committee} thông báo không tổ chức {_lower(title)}. {reason}".rstrip()
    if purpose == LetterPurpose.POSTPONED:
        month = f"dự kiến tổ chức {time_words(facts.conference)}; ngày, giờ cụ thể sẽ được thông báo sau"
        return f"{before}{reason}{facts.committee} thông báo hoãn {_lower(title)}, {month}."
    if purpose == LetterPurpose.MERGED:
        later = "" if facts.into.held_on else " (ngày, giờ cụ thể sẽ được thông báo sau)"
        return f"{before}{facts.committee} thông báo gộp {_lower(title)} vào {_lower(facts.into.title)}{later}, cụ thể như sau:"
    return f"{before}{reason}{facts.committee} thông báo {_lower(title)} đổi thời gian, địa điểm như sau{instead}:"


def _when_and_where(conference: Conference) -> list[tuple[str, str]]:
    place = place_words(conference)
    way = conference.get_way_display() if conference.way != ConferenceWay.IN_PERSON else ""
    if way and conference.online_points:
        way = f"{way}, {conference.online_points} điểm cầu"
    told = [
        ("Thời gian", time_words(conference)),
        ("Địa điểm", place),
        ("Hình thức", way),
        ("Chủ trì", conference.chair),
    ]
    return [(label, f"{said.rstrip('. ')}.") for label, said in told if said]


def _answer_line(facts: LetterFacts) -> str:
    phone = f", điện thoại {facts.phone}" if facts.phone else ""
    return (
        "Đề nghị báo dự, xin vắng (nêu lý do) hoặc người dự thay qua đường dẫn riêng đã gửi, "
        f"hoặc với Văn phòng Đảng ủy{phone}, trước giờ họp."
    )


def _list_lines(invitees: Sequence[Invitee]) -> list[str]:
    """The annex: each class with its lines, numbered like the roll."""
    lines, places = [], iter(_ROMAN)
    for _, found in groupby(invitees, key=lambda one: one.group_id):
        members = list(found)
        lines += [f"{next(places)}. {members[0].group}", *ended([f"- {_upper(invitee_words(one))}" for one in members], ";", ".")]
    return lines


def _bare(line: str) -> str:
    return line.lstrip("-+ ").rstrip(" ;.")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    word = text.split(" ", 1)[0]
    return text if len(word) > 1 and word.isupper() else text[:1].lower() + text[1:]


_SUBJECTS = {
    LetterPurpose.CONVENE: "{calls} {title}",
    LetterPurpose.MOVED: "đổi thời gian, địa điểm {title}",
    LetterPurpose.CANCELLED: "không tổ chức {title}",
    LetterPurpose.MERGED: "gộp {title} vào hội nghị khác",
    LetterPurpose.POSTPONED: "hoãn {title}",
}
_CLOSINGS = {
    LetterPurpose.CONVENE: "Đề nghị các đồng chí dự đúng thành phần, đúng giờ.",
    LetterPurpose.MOVED: "Các nội dung khác không thay đổi. Đề nghị các đồng chí biết, thực hiện.",
    LetterPurpose.CANCELLED: "Đề nghị các đồng chí biết.",
    LetterPurpose.MERGED: "Đề nghị các đồng chí dự hội nghị theo thời gian, địa điểm trên.",
    LetterPurpose.POSTPONED: "Đề nghị các đồng chí biết.",
}
