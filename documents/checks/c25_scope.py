"""C25: several tasks in one paragraph, one deadline at its very end."""

import re
from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.spots import deadline_spot, is_plan

# A full stop between two sentences, not the one of "05.2026" or "v.v.".
_STOP = re.compile(r"(?<=[^\W\d_]{2})\.(?= [A-ZĐÀ-Ỹ])")


def find(text: CheckedText) -> Iterator[Found]:
    """A deadline that is a sentence of its own behind two sentences or more governs nobody knows what."""
    if not is_plan(text):
        return
    for duty in text.facts.duties:
        if duty.deadline is None:
            continue
        place = duty.text.rfind(duty.deadline.phrase)
        before = duty.text[:place].rstrip()
        if place <= 0 or not before.endswith(".") or len(duty.text) - place - len(duty.deadline.phrase) > 2:
            continue
        tasks = len(_STOP.findall(before[:-1])) + 1
        if tasks >= 2 and (spot := deadline_spot(text, duty.line, duty.deadline)):
            message = f"Đoạn này có {tasks} câu nêu nhiều việc nhưng chỉ một thời hạn ở cuối; cần ghi rõ thời hạn áp dụng cho việc nào."
            yield at("one_for_many", *spot, message)


CHECK = Check(
    id="C25",
    title="Phạm vi của thời hạn chưa rõ",
    variants={"one_for_many": "Nhiều việc trong một đoạn, một thời hạn ở cuối đoạn."},
    find=find,
)
