"""The documents that an imported plan names, matched to those already registered."""

from campaigns.models import Directive
from campaigns.selectors.directives import same_directive
from documents import citations
from documents.choices import PaperKind
from documents.reading.facts import Cited, PlanFacts

SUBJECT, BASIS = "subject", "basis"


def named_directives(facts: PlanFacts) -> list[tuple[Cited, str, Directive | None]]:
    """Return what is carried out, then what it rests on: the document, its kind as a value, the registered one or None."""
    found = [one for role in (SUBJECT, BASIS) for one in facts.directives if one.role == role]
    return [(one, kind_value(one.kind), registered(one)) for one in found]


def registered(cited: Cited) -> Directive | None:
    """Return the registered document that is meant, of any day the paper gives for it; None when nobody registered it."""
    kind = kind_value(cited.kind)
    for day in cited.dates if kind else ():
        same = same_directive(kind=kind, number=cited.number, sign=cited.sign, dated_on=day, issuer=cited.issuer)
        if same is not None:
            return same
    key = citations.key(f"{cited.number}-{cited.sign}")
    near = Directive.objects.filter(number_key=key)
    if cited.dates:
        near = near.filter(dated_on__in=cited.dates)
    return near.order_by("-dated_on", "-pk").first() if cited.number else None


def kind_value(name: str) -> str:
    """Return the value of PaperKind for "Chỉ thị", "" for a kind that is not kept."""
    return next((value for value, label in PaperKind.choices if label.lower() == name.lower()), "")
