"""Changes to the list of annexes of a plan, as values; saving is that of the whole plan (services/plans.py)."""

import hashlib
import json
from dataclasses import replace

from campaigns.plan_content import AnnexText, PlanContent
from campaigns.plan_content_json import to_json


def fingerprint(annex: AnnexText | None) -> str:
    """Return what is equal for equal annexes: the editor sends it along to tell whether somebody changed this one."""
    text = json.dumps(to_json(annex), sort_keys=True, ensure_ascii=False) if annex else ""
    return hashlib.sha256(text.encode()).hexdigest()


def with_annex(content: PlanContent, number: int, annex: AnnexText) -> PlanContent:
    """Return `content` with its annex `number` (from 1) replaced; added at the end when there is none of that number."""
    annexes = list(content.annexes or ())
    annexes[number - 1 : number] = [annex]
    return replace(content, annexes=tuple(annexes))


def changed_annexes(
    annexes: tuple[AnnexText, ...] | None, *, act: str, added: AnnexText | None = None
) -> tuple[AnnexText, ...]:
    """Return the list after a button: "add" puts `added` at the end, "0-remove" takes one out, "1-up" moves it."""
    rows = list(annexes or ())
    if act == "add" and added is not None:
        return (*rows, added)
    number, _, move = act.partition("-")
    if not number.isdecimal() or len(number) > 3 or int(number) >= len(rows):
        return tuple(rows)
    place = int(number)
    if move == "remove":
        del rows[place]
    elif move == "up" and place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    return tuple(rows)
