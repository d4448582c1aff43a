"""Where in the content of a plan each printed block comes from, so that an edited paper finds its way back.

The plan is printed once more with a sign in the place of every text; what is then read on a block names its source.
"""

import re
from dataclasses import replace
from itertools import groupby

from campaigns.choices import ConferenceLevel
from campaigns.paper import plan_blocks
from campaigns.plan_content import PlanContent
from documents.content import Heading

Source = tuple[str | int, ...]  # ("section", 3), ("line", 3, 0), ("opening", 1), ("lead", 4), ("duty", 4), ("conference", 0)
_SIGN = re.compile(r"x(\d+)x", re.IGNORECASE)
_FIELDS = ("time_phrase", "form", "place", "participants", "speaker")


def block_sources(content: PlanContent) -> list[Source]:
    """Return the source of every block that ``plan_blocks`` yields for `content`, in the same order.

    A block that holds no text of the content (the name of a level of conferences) has ("conference", its place).
    """
    table: list[Source] = []

    def sign(*source: str | int) -> str:
        table.append(source)
        return f"x{len(table) - 1}x"

    signed = replace(
        content,
        opening=_signed_lines(content.opening, sign, "opening"),
        sections=tuple(
            replace(
                one,
                title=sign("section", index) if one.title else "",
                body=_signed_lines(one.body, sign, "line", index),
            )
            for index, one in enumerate(content.sections)
        ),
        duties=_signed_duties(content, sign),
        conferences=tuple(
            replace(
                one,
                tentative=False,
                **{name: sign("conference", index, name) if getattr(one, name).strip() else "" for name in _FIELDS},
            )
            for index, one in enumerate(content.conferences)
        ),
    )
    places = {ConferenceLevel(one.level).label: index for index, one in enumerate(content.conferences)}
    found: list[Source] = []
    for block in plan_blocks(signed):
        text = f"{block.title} {block.text}" if isinstance(block, Heading) else block.text
        numbers = _SIGN.findall(text)
        found.append(table[int(numbers[0])] if numbers else ("conference", places.get(block.title, 0)))
    return found


def _signed_lines(text: str, sign, *source: str | int) -> str:
    """Return the lines of a text with signs for their words, the dash of an item and the empty lines kept."""
    lines = []
    for number, line in enumerate(text.splitlines()):
        bare = line.strip()
        mark = bare[:2] if bare[:2] in {"- ", "+ "} else ""
        lines.append(f"{mark}{sign(*source, number)}" if bare else "")
    return "\n".join(lines)


def _signed_duties(content: PlanContent, sign) -> tuple:
    """Return the duties with signs; neighbours under one printed name stay under one."""
    signed = []
    for _, group in groupby(enumerate(content.duties), key=lambda pair: pair[1].lead_text):
        members = list(group)
        lead = sign("lead", members[0][0])
        signed += [
            replace(duty, lead_text=lead, text=sign("duty", index), deadline_phrase="") for index, duty in members
        ]
    return tuple(signed)
