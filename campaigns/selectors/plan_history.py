"""The versions of a plan for the pages that list and compare them, and the remarks beside its parts."""

from campaigns.models import Directive, Plan, PlanVersion
from campaigns.plan_blocks import PlanBlock, place_remarks, plan_blocks_of
from campaigns.plan_changes import Change, plan_changes
from campaigns.plan_content_json import from_json
from campaigns.plan_words import in_words
from campaigns.selectors.plans import plan_content
from units.models import Signer


def plan_versions(plan: Plan) -> list[PlanVersion]:
    """All versions, newest first, without their texts."""
    return list(plan.versions.defer("content").select_related("made_by").order_by("-number"))


def changes_between(old: PlanVersion, new: PlanVersion) -> list[Change]:
    """What the second version changed in the first, in words."""
    before, after = from_json(old.content), from_json(new.content)
    known = Directive.objects.filter(pk__in=[*before.directive_ids, *after.directive_ids])
    directives = {one.pk: f"{one.short_form} {one.subject}" for one in known}
    signers = {one.pk: str(one) for one in Signer.objects.filter(pk__in=[before.signer_id, after.signer_id])}

    def read(value, name):
        if name == "directive_ids":
            return directives.get(value, f"Văn bản số hiệu {value}, nay không còn")
        return in_words(value, key=name, signers=signers, directives=directives)

    return plan_changes(before, after, read)


def blocks_with_comments(plan: Plan) -> list[tuple[PlanBlock, list]]:
    """Every part of the plan with the remarks on it; remarks whose words are gone come last, under no part."""
    blocks = plan_blocks_of(plan_content(plan))
    placed = place_remarks(blocks, plan.comments.select_related("made_by", "resolved_by").order_by("made_at", "pk"))
    rows = [(block, placed.get(block.key, [])) for block in blocks]
    if lost := placed.get(""):
        rows.append((PlanBlock("", "Chỗ nay đã bỏ hoặc viết lại", "", ""), lost))
    return rows
