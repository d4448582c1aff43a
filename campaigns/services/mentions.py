"""What the placeholders of the wording stand for, from the directives themselves."""

from collections.abc import Sequence

from campaigns.citing import first_mention, full_citation, joined, joined_long, kind_words
from campaigns.models import Directive


def mention_values(directives: Sequence[Directive], *, issuer: str, phrases=None, superior: str = "") -> dict[str, str]:
    """Return the value of every placeholder; `phrases` is a DraftPhrases or None when deadlines play no part."""
    study = phrases.study if phrases else ""
    return {
        "van_ban": joined_long(full_citation(one) for one in directives),
        "van_ban_viet_tat": joined_long(first_mention(one) for one in directives),
        "ten_goi": joined(one.short_form for one in directives),
        "loai": kind_words(directives),
        "co_quan": issuer,
        "noi_nhan_bao_cao": superior,
        "thang": phrases.conference.removeprefix("Dự kiến trong tháng ") if phrases else "",
        "han_hoc": study,
        "han_bao_cao": phrases.report if phrases else "",
    }
