"""What the placeholders of the wording stand for, from the directives themselves."""

import re
from collections.abc import Sequence

from campaigns.citing import first_mention, full_citation, joined, joined_long, kind_words
from campaigns.models import Directive, Plan


def mention_values(
    directives: Sequence[Directive], *, issuer: str, phrases=None, superior: str = "", joint: Plan | None = None
) -> dict[str, str]:
    """Return the value of every placeholder; `phrases` is a DraftPhrases or None when deadlines play no part.

    `joint` is the plan whose directives are studied together with these.
    """
    study = phrases.study if phrases else ""
    together = Directive.objects.filter(plan_links__plan=joint).order_by("plan_links__position") if joint else ()
    return {
        "van_ban": joined_long(full_citation(one) for one in directives),
        "van_ban_viet_tat": joined_long(first_mention(one) for one in directives),
        "ten_goi": joined(one.short_form for one in directives),
        "loai": kind_words(directives),
        "co_quan": issuer,
        "noi_nhan_bao_cao": superior,
        "thang": _month(phrases.conference) if phrases else "",
        "han_hoc": study,
        "han_bao_cao": phrases.report if phrases else "",
        "han_hoan_thanh": _without_lead(phrases.final or phrases.compiled) if phrases else "",
        "hoc_chung": joined_long(full_citation(one) for one in together),
    }


def _without_lead(phrase: str) -> str:
    """Return "trước ngày **20/8/2026**" of "Hoàn thành trước ngày 20/8/2026": a deadline's day is bold (format.md 8)."""
    return re.sub(r"\d{1,2}(?:/\d{1,2})?/\d{4}", r"**\g<0>**", phrase.removeprefix("Hoàn thành ").removeprefix("Dự kiến "))


def _month(phrase: str) -> str:
    """Return the month that a phrase names: "5/2026"."""
    found = re.search(r"(\d{1,2}/\d{4})\s*$", phrase.strip())
    return found[1] if found else ""
