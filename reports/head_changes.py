"""Head-counts that a unit changed after it had seen suggested points: a hint to whoever appraises, never a penalty.

The counts are confirmed step by step before any score or gate is shown; what they were at that moment stays with the
form, as typed, and is compared with what was sent.
"""

from reports.places import COUNT_FIGURES, COUNTS, label_of

SHOWN = "counts_when_scored"
HEADS = (*COUNT_FIGURES, "present", "speakers")
OTHER_SESSIONS = "present_elsewhere"


def heads_of(content):
    """The head-counts in the content of a filing, as typed, with those present at further sessions."""
    typed = content.get(COUNTS, {})
    elsewhere = [str(one.get("present") or "").strip() for one in content.get("extra", [])]
    return {name: str(typed.get(name) or "").strip() for name in HEADS} | {OTHER_SESSIONS: " + ".join(elsewhere)}


def changed_heads(content):
    """[(what, was, is)] of head-counts that differ from those under which the points were first shown."""
    before = content.get(SHOWN)
    if not before:
        return []
    now = heads_of(content)
    return [
        (_words(name), before[name], now[name]) for name in now if name in before and not _same(before[name], now[name])
    ]


def _same(one, other):
    # a count left empty and a typed 0 are two things, "07" and "7" are one
    return int(one) == int(other) if one.isdecimal() and other.isdecimal() else one == other


def _words(name):
    return "Có mặt ở buổi khác" if name == OTHER_SESSIONS else label_of(name)
