"""The versions of a draft: kept at every save, put back as a new one."""

import datetime as dt
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction

from campaigns.models import Directive, Plan, PlanVersion
from campaigns.plan_content import LIST_FIELDS, PlanContent
from campaigns.plan_content_json import from_json, to_json
from units.models import Signer, Unit, User

# Savings of the editor by one person within this time are one version: nobody looks for a text of half a minute ago,
# and "Hoàn tác" of the editor reaches those.
FOLD = dt.timedelta(minutes=10)


@transaction.atomic
def keep_version(
    *, plan: Plan, before: PlanContent, content: PlanContent, by: User, now: dt.datetime, automatic: bool = False, note: str = ""
) -> bool:
    """Keep `content`, which `plan` is being saved with; `before` is what the save replaces.

    The first call also keeps `before`, in the name of who had saved it: nothing is ever written over without a copy.
    `plan` is as it was read before the save and its row is held by the caller. Returns whether a version was begun (False: the running one was carried on).
    """
    last = plan.versions.select_for_update().order_by("-number").first()
    if last is None:
        facts = {"started_at": plan.edited_at, "made_at": plan.edited_at, "made_by_id": plan.edited_by_id}
        last = PlanVersion.objects.create(plan=plan, number=1, content=to_json(before), note="Bản đầu", **facts)
    values = {"content": to_json(content), "made_at": now}
    if automatic and last.automatic and last.made_by_id == by.pk and last.started_at > now - FOLD:
        PlanVersion.objects.filter(pk=last.pk).update(**values)
        return False
    facts = {"number": last.number + 1, "automatic": automatic, "note": note, "started_at": now, "made_by": by}
    PlanVersion.objects.create(plan=plan, **facts, **values)
    return True


def completed(content: PlanContent, before: PlanContent) -> PlanContent:
    """Return `content` with the lists that it says nothing of (None) as they were."""
    return replace(content, **{name: getattr(before, name) for name in LIST_FIELDS if getattr(content, name) is None})


def restorable(version: PlanVersion) -> PlanContent:
    """Return the content of a version without what no longer exists: a person, unit or directive deleted since."""
    content = from_json(version.content)
    directives = _existing(Directive, content.directive_ids)
    units = _existing(
        Unit,
        [pk for duty in content.duties for pk in (*duty.helper_ids, duty.lead_id)] + [one.unit_id for one in content.recipients],
    )
    return replace(
        content,
        signer_id=content.signer_id if content.signer_id in _existing(Signer, [content.signer_id]) else None,
        directive_ids=tuple(pk for pk in content.directive_ids if pk in directives),
        duties=tuple(
            replace(
                duty,
                lead_id=duty.lead_id if duty.lead_id in units else None,
                helper_ids=tuple(pk for pk in duty.helper_ids if pk in units),
            )
            for duty in content.duties
        ),
        recipients=tuple(replace(one, unit_id=one.unit_id if one.unit_id in units else None) for one in content.recipients),
    )


def version_of(plan: Plan, number: int) -> PlanVersion:
    """Return a version by its number; raises ValidationError "unknown"."""
    version = plan.versions.filter(number=number).first()
    if version is None:
        raise ValidationError("Không có bản lưu này. Đồng chí chọn trong danh sách.", code="unknown")
    return version


def _existing(model, pks) -> set[int]:
    return set(model.objects.filter(pk__in={pk for pk in pks if pk}).values_list("pk", flat=True))
