"""A draft that takes another directive in: the places that named the old ones name the new set."""

from dataclasses import replace

from campaigns.models import Directive, Plan
from campaigns.plan_content import PlanContent, map_texts
from campaigns.selectors.plans import plan_content
from campaigns.services.mentions import mention_values

# The longest form first: the citation in full holds the short form.
_ORDER = ("van_ban_viet_tat", "van_ban", "ten_goi")


def take_in(*, plan: Plan, directive: Directive) -> PlanContent:
    """Return the content of `plan` with `directive` added at the end; words a person changed by hand stay theirs."""
    content = plan_content(plan)
    links = plan.directive_links.select_related("directive").order_by("position", "pk")
    old = [link.directive for link in links]
    before = mention_values(old, issuer=content.issuer)
    after = mention_values([*old, directive], issuer=content.issuer)

    def swap(text):
        # Marked first and filled in at the end, so that what was just put in is not replaced again.
        for number, name in enumerate(_ORDER):
            if before[name]:
                text = text.replace(before[name], f"\x00{number}\x00")
        for number, name in enumerate(_ORDER):
            text = text.replace(f"\x00{number}\x00", after[name])
        return text

    return replace(map_texts(content, swap), directive_ids=(*content.directive_ids, directive.pk))
