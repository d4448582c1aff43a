"""The parts of a plan a person can point at: for remarks beside a row, for the list of a plan's versions.

A part is named like the fields of the editor ("subject", "duties-3"), so page, remark and finding speak of the same
place. Nothing here touches the database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from campaigns.choices import ConferenceLevel
from campaigns.plan_content import LABELS, PlanContent

# Below this likeness a remark's words and a row are held to be about different things.
ALIKE = 0.6
ABOUT = 300


@dataclass(frozen=True)
class PlanBlock:
    """One part: its key, what a person calls it, its text, and the field of the editor that holds the text."""

    key: str
    label: str
    text: str
    field: str

    @property
    def part(self) -> str:
        """The list the part belongs to ("duties"), or its own key."""
        return self.key.partition("-")[0]


def plan_blocks_of(content: PlanContent) -> list[PlanBlock]:
    """Return the parts of `content` in the order of the paper; empty ones are left out."""
    blocks = [_plain(content, "subject"), _plain(content, "opening")]
    blocks += [
        PlanBlock(f"sections-{row}", f"Mục “{one.title}”", f"{one.title}\n{one.body}".strip(), f"sections-{row}-body")
        for row, one in enumerate(content.sections)
    ]
    blocks += [
        PlanBlock(f"conferences-{row}", f"Hội nghị {ConferenceLevel(one.level).label.lower()}", _conference(one), f"conferences-{row}-time_phrase")
        for row, one in enumerate(content.conferences)
    ]
    blocks += [
        PlanBlock(f"duties-{row}", f"Nhiệm vụ {row + 1}, {one.lead_text}", _duty(one), f"duties-{row}-text")
        for row, one in enumerate(content.duties)
    ]
    blocks.append(_plain(content, "closing"))
    names = "\n".join(f"{one.name} ({one.note})" if one.note else one.name for one in content.recipients)
    blocks.append(PlanBlock("recipients", "Nơi nhận", names, "recipients-0-name"))
    return [block for block in blocks if block.text.strip()]


def place_remarks(blocks: Sequence[PlanBlock], remarks: Iterable) -> dict[str, list]:
    """Return the remarks (with `block` and `about`) under the key of the part they speak of today.

    Rows are moved, added and removed after a remark was made: it goes with its words. The key "" gathers those whose
    words are gone.
    """
    placed: dict[str, list] = {}
    for remark in remarks:
        placed.setdefault(_place(blocks, remark), []).append(remark)
    return placed


def _place(blocks, remark) -> str:
    part = remark.block.partition("-")[0]
    same = [block for block in blocks if block.part == part]
    exact = [block.key for block in same if block.text[:ABOUT] == remark.about]
    if exact:
        return remark.block if remark.block in exact else exact[0]
    if part == remark.block:
        return part if same else ""
    likeness = {block.key: SequenceMatcher(None, block.text[:ABOUT], remark.about, autojunk=False).ratio() for block in same}
    best = max(likeness, key=likeness.get, default="")
    return best if likeness.get(best, 0) >= ALIKE else ""


def _plain(content, name):
    return PlanBlock(name, LABELS[name], getattr(content, name), f"general-{name}")


def _duty(duty):
    return f"{duty.text}\nThời hạn: {duty.deadline_phrase}" if duty.deadline_phrase else duty.text


def _conference(one):
    return "\n".join(filter(None, (one.time_phrase, one.form, one.place, one.participants, one.speaker)))
