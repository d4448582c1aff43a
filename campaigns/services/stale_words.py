"""What may still speak of the old directive after its facts were replaced: places a person has to read."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from campaigns.directive_swap import old_patterns
from campaigns.plan_content import PlanContent
from campaigns.services.draft_notes import Note, review_note
from documents import citations
from documents.search import fold

_SENTENCE = re.compile(r"[^.;\n]{1,600}[.;]?")
_PLAN_NUMBER = re.compile(r"Kế hoạch số \d{1,4}-KH/\S{1,12}")
_YEAR = re.compile(r"(?<![\d/])năm (\d{4})(?!\d)")
_STOP = frozenset(
    ["ve", "va", "cua", "tren", "dia", "ban", "tinh", "phuong", "cac", "nhung", "trong", "nam", "den", "cho", "voi", "cong", "tac", "tang", "cuong", "day", "manh", "nang", "cao", "thuc", "hien", "xay", "dung", "viec"]
)  # fmt: skip
_MOST = 60


def doubtful_places(content: PlanContent, *, old: Sequence, new: Sequence, start: dt.date) -> list[Note]:
    """Return a note for each sentence that may be about the old directives: facts left, its subject's own words, others.

    `old`, `new`: directives; `start`: the day of the old plan.
    """
    gone = [(name, pattern) for one in old for name, pattern in old_patterns(one) if not _shared(pattern, new)]
    words = _own_words(old) - _own_words(new)
    keys = {citations.key(one.number_text) for one in new}
    notes = []
    for place, text in places(content):
        for sentence in _SENTENCE.findall(text):
            reason = _reason(sentence, gone, words, keys, new=new, start=start)
            if reason:
                notes.append(review_note(place, reason, before=sentence.strip()))
    return notes[:_MOST]


def places(content: PlanContent) -> Iterator[tuple[str, str]]:
    """Yield (where, text) for every text of the plan that a person reads."""
    yield "Trích yếu", content.subject
    yield "Đoạn mở đầu", content.opening
    for section in content.sections:
        yield f"Mục “{section.title}”", f"{section.title}\n{section.body}"
    for one in content.conferences:
        yield "Hội nghị", "\n".join((one.time_phrase, one.form, one.place, one.participants, one.speaker))
    for duty in content.duties:
        yield f"Nhiệm vụ của {duty.lead_text}", f"{duty.text}\n{duty.deadline_phrase}"
    yield "Nơi nhận", "\n".join(f"{one.name} {one.note}" for one in content.recipients)
    yield "Đoạn kết", content.closing
    for annex in content.annexes or ():
        heads = (f"{one.title}\n{one.guidance}" for one in annex.headings)
        forms = (f"{one.title}\n{one.groups}\n" + "\n".join(f"{c.group} {c.title}" for c in one.columns) for one in annex.forms)
        yield f"Phụ lục “{annex.title}”", "\n".join((annex.title, annex.subject, *heads, *forms))


def _reason(sentence, gone, words, keys, *, new, start):
    for name, pattern in gone:
        if pattern.search(sentence):
            return f"câu này còn nêu {name} của văn bản cũ (có thể thuộc một văn bản khác); đồng chí kiểm tra."
    if others := [one for one in citations.parse(sentence) if one.key not in keys and not _in_subject(one, new)]:
        return f"câu này viện dẫn {others[0].number_text}; đồng chí kiểm tra còn phù hợp với văn bản mới."
    if _PLAN_NUMBER.search(sentence):
        return "câu này nêu số của một kế hoạch; đồng chí kiểm tra."
    folded = f" {' '.join(fold(sentence).split())} "
    if found := next((one for one in sorted(words) if f" {one} " in folded), None):
        return f"câu này có cụm từ riêng của văn bản cũ (“{_as_written(sentence, found)}”); đồng chí sửa theo nội dung văn bản mới."
    if str(start.year) in _YEAR.findall(sentence) and all(one.dated_on.year != start.year for one in new):
        return f"câu này nêu năm {start.year}; đồng chí kiểm tra."
    return ""


def _shared(pattern, new) -> bool:
    """Whether the new directives hold the very same words, which are then right where they stand."""
    texts = [" ".join((one.number_text, f"{one.dated_on.day}/{one.dated_on.month}/{one.dated_on.year}", one.issuer, one.subject)) for one in new]
    return any(pattern.search(text) for text in texts)


def _in_subject(citation, new) -> bool:
    return any(citation.key == found.key for one in new for found in citations.parse(one.subject))


def _own_words(directives) -> set[str]:
    """Return the pairs of neighbouring words, without marks, that make up the subjects."""
    pairs = set()
    for one in directives:
        words = re.findall(r"\w+", fold(one.subject))
        pairs |= {f"{a} {b}" for a, b in zip(words, words[1:], strict=False) if a not in _STOP and b not in _STOP}
    return pairs


def _as_written(sentence, folded_pair):
    """Return the words of the sentence that fold to the pair."""
    words = re.findall(r"\w+", sentence)
    return next((f"{a} {b}" for a, b in zip(words, words[1:], strict=False) if fold(f"{a} {b}") == folded_pair), folded_pair)
