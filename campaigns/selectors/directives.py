"""What people may see of the papers from above."""

from django.db.models import Count, Q, QuerySet

from campaigns.choices import DirectiveScope, PlanState
from campaigns.models import Directive, DirectiveFile, Plan
from campaigns.selectors.plans import visible_plans
from documents import citations
from documents.search import fold
from units.permissions import Permission

MAX_CHAIN = 8


def visible_directives(access) -> QuerySet[Directive]:
    """The office sees every directive of the installation; a unit those of the plans it sees."""
    if access.can(Permission.READ_WARD):
        return Directive.objects.all()
    return Directive.objects.filter(pk__in=visible_plans(access).values("directives"))


def search_directives(queryset, *, words="", kind="", scope="", year=None) -> QuerySet[Directive]:
    """Narrow the list; `words` find whatever their tone marks, and a number in any spelling."""
    for word in fold(words).split():
        queryset = queryset.filter(Q(search__contains=word) | Q(number_key__contains=citations.key(word) or word))
    if kind:
        queryset = queryset.filter(kind=kind)
    if scope:
        queryset = queryset.filter(scope=scope)
    if year:
        queryset = queryset.filter(dated_on__year=year)
    return queryset.annotate(plan_count=Count("plan_links", distinct=True))


def same_directive(*, kind, number, sign, dated_on, issuer, excluding=None) -> Directive | None:
    """The registered directive this one is, first of the same day, then of another day of the same year."""
    found = Directive.objects.filter(
        kind=kind, number_key=citations.key(f"{number}-{sign}"), issuer_key=fold(issuer)[:160], dated_on__year=dated_on.year
    ).exclude(pk=excluding)
    same = list(found)
    return next((one for one in same if one.dated_on == dated_on), same[0] if same else None)


def visible_directive_files(access) -> QuerySet[DirectiveFile]:
    """Files as the person's own ward received them; papers for key officials are not linked to units (decisions 9)."""
    files = DirectiveFile.objects.filter(directive__in=visible_directives(access), file__ward=access.ward)
    if access.can(Permission.READ_WARD):
        return files
    return files.exclude(directive__scope=DirectiveScope.KEY_OFFICIALS)


def chain_above(directive) -> list[tuple[int, Directive]]:
    """What the directive carries out, and what that carries out, with its depth; bounded, each paper once."""
    return _chain(directive, "child_links__directive__in")


def chain_below(directive) -> list[tuple[int, Directive]]:
    """What carries the directive out, and what carries that out, with its depth; bounded, each paper once."""
    return _chain(directive, "parent_links__parent__in")


def _chain(directive, link):
    chain, seen, layer = [], {directive.pk}, [directive]
    for depth in range(1, MAX_CHAIN + 1):
        links = Directive.objects.filter(**{link: layer}).exclude(pk__in=seen).distinct()
        layer = list(links.order_by("dated_on", "pk"))
        if not layer:
            break
        chain.extend((depth, one) for one in layer)
        seen.update(one.pk for one in layer)
    return chain


def plans_carrying_out(directive, access) -> QuerySet[Plan]:
    """Plans the person may see that cover the directive."""
    return visible_plans(access).filter(directive_links__directive=directive)


def drafts_to_join(directive, access) -> QuerySet[Plan]:
    """Drafts of the ward into which the directive may still be taken (decisions 1)."""
    drafts = visible_plans(access).filter(state__in=PlanState.EDITABLE)
    return drafts.exclude(directive_links__directive=directive)
