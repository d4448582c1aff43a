"""Names of things as sentences of this app say them."""

from decimal import Decimal


def plan_name(plan):
    """ "Kế hoạch số 12-KH/ĐU", or the subject while it has no number."""
    return f"Kế hoạch số {plan.paper.number_text}" if plan.paper_id else f"Kế hoạch “{plan.subject[:80]}”"


def joined(names):
    """ "a, b và c" """
    names = [str(name) for name in names]
    return f"{', '.join(names[:-1])} và {names[-1]}" if len(names) > 1 else "".join(names)


def points_words(points):
    """ "7,5" or "8"; "" for what is not scored."""
    if points is None:
        return ""
    return f"{Decimal(points):f}".rstrip("0").rstrip(".").replace(".", ",") if points % 1 else f"{int(points)}"
