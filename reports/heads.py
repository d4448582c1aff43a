"""Heads of one unit: who was to attend."""


def required_heads(members: int | None, exempt: int | None, away: int | None, received: int | None) -> int | None:
    """Return số phải dự in heads: members, less the exempt (miễn sinh hoạt) and those who attend elsewhere, and those received.

    None until the members are given; a count that was left empty is nobody (decisions 5).
    """
    if members is None:
        return None
    return members - (exempt or 0) - (away or 0) + (received or 0)
