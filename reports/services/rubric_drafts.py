"""The ward's own score sheet: copied into a draft, edited part by part, put into use from a day, never edited after."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone

from reports.models import Criterion, PinnedRubric, Rubric, RubricGroup, RubricLevel
from reports.selectors.rubrics import problems_of
from units.models import Unit, User
from units.services.audit import record_event

IN_USE = "Bộ tiêu chí này đã đưa vào áp dụng nên không sửa được. Đồng chí lập phiên bản mới rồi sửa trên phiên bản đó."
CODE = "phuong"
PART_NAMES = {RubricGroup: "nhóm", Criterion: "tiêu chí", RubricLevel: "mức xếp loại"}


@transaction.atomic
def copy_rubric(*, rubric: Rubric, ward: Unit, by: User, at: dt.datetime) -> Rubric:
    """A draft of `ward` with the groups, lines and levels of `rubric`, as its next version; the original stays as it is."""
    Unit.objects.select_for_update().get(pk=ward.pk)  # two copies at once would take one version number
    code = rubric.code if rubric.ward_id else CODE
    last = Rubric.objects.filter(ward=ward, code=code).aggregate(last=Max("version"))["last"] or 0
    copy = Rubric.objects.create(
        ward=ward,
        code=code,
        version=last + 1,
        name=rubric.name if rubric.ward_id else "Bộ tiêu chí của phường",
        basis=rubric.basis,
        basis_text=rubric.basis_text,
        effective_from=timezone.localdate(at),
    )
    for group in rubric.groups.prefetch_related("criteria"):
        lines = list(group.criteria.all())
        group.pk, group.rubric = None, copy
        group._state.adding = True
        group.save()
        for line in lines:
            line.pk, line.group = None, group
            line._state.adding = True
        Criterion.objects.bulk_create(lines)
    levels = list(rubric.levels.all())
    for level in levels:
        level.pk, level.rubric = None, copy
        level._state.adding = True
    RubricLevel.objects.bulk_create(levels)
    record_event(by=by, verb="rubric.copy", target=copy, ward=ward, details={"from": str(rubric)}, at=at)
    return copy


@transaction.atomic
def edit_rubric(*, rubric: Rubric, name: str, basis: str, basis_text: str, by: User, at: dt.datetime) -> Rubric:
    """Name and ground of a draft. Raises ValidationError "in_use"."""
    _hold_draft(rubric)
    rubric.name, rubric.basis, rubric.basis_text = name, basis, basis_text
    rubric.save(update_fields=["name", "basis", "basis_text"])
    _log(rubric, "rubric.edit", by, at, {"what": "tên, căn cứ"})
    return rubric


@transaction.atomic
def save_part(*, rubric: Rubric, part: Model, by: User, at: dt.datetime) -> Model:
    """Write one group, line or level of a draft, new or changed. Raises ValidationError "in_use", "code" (used twice)."""
    _hold_draft(rubric)
    if isinstance(part, Criterion) and _twin(rubric, part):
        raise ValidationError(f"Mã {part.code} đã có ở tiêu chí khác của bộ này.", code="code")
    part.save()
    _log(rubric, "rubric.edit", by, at, {"what": f"{PART_NAMES[type(part)]} {part}"[:300]})
    return part


def _twin(rubric: Rubric, part: Criterion) -> bool:
    return Criterion.objects.filter(group__rubric=rubric, code=part.code).exclude(pk=part.pk).exists()


@transaction.atomic
def delete_part(*, rubric: Rubric, part: Model, by: User, at: dt.datetime) -> None:
    """Take one group (with its lines), line or level out of a draft. Raises ValidationError "in_use"."""
    _hold_draft(rubric)
    _log(rubric, "rubric.edit", by, at, {"what": f"bỏ {PART_NAMES[type(part)]} {part}"[:300]})
    part.delete()


@transaction.atomic
def delete_draft(*, rubric: Rubric, by: User, at: dt.datetime) -> None:
    """Throw a draft away. Raises ValidationError "in_use"."""
    _hold_draft(rubric)
    record_event(by=by, verb="rubric.delete", target=rubric, ward=rubric.ward, at=at)
    rubric.delete()


@transaction.atomic
def activate_rubric(*, rubric: Rubric, effective_from: dt.date, by: User, at: dt.datetime) -> Rubric:
    """Plans issued on `effective_from` or later are scored by this version; plans issued before keep theirs.

    Raises ValidationError "in_use", and "incomplete" with everything that is still wrong.
    """
    _hold_draft(rubric)
    if problems := problems_of(rubric):
        raise ValidationError(" ".join(problems), code="incomplete")
    rubric.effective_from, rubric.activated_at, rubric.activated_by = effective_from, at, by
    rubric.save(update_fields=["effective_from", "activated_at", "activated_by"])
    details = {"from": effective_from.isoformat()}
    record_event(by=by, verb="rubric.activate", target=rubric, ward=rubric.ward, details=details, at=at)
    return rubric


@transaction.atomic
def withdraw_rubric(*, rubric: Rubric, by: User, at: dt.datetime) -> Rubric:
    """A version that no plan is scored by goes back to being a draft. Raises ValidationError "pinned"."""
    rubric = Rubric.objects.select_for_update().get(pk=rubric.pk)
    if PinnedRubric.objects.filter(rubric=rubric).exists():
        raise ValidationError("Đã có kế hoạch chấm điểm theo bộ tiêu chí này nên không thu lại được.", code="pinned")
    rubric.activated_at = rubric.activated_by = None
    rubric.save(update_fields=["activated_at", "activated_by"])
    record_event(by=by, verb="rubric.withdraw", target=rubric, ward=rubric.ward, at=at)
    return rubric


@transaction.atomic
def confirm_official(*, rubric: Rubric, by: User, at: dt.datetime) -> Rubric:
    """The sheet is that of the regulation it names: compared with the loaded text. From now on pages say "theo …".

    Raises ValidationError "no_text" while the regulation is not named or its text is not loaded (domain.md 3.1).
    """
    rubric = Rubric.objects.select_for_update().get(pk=rubric.pk)
    if not rubric.basis or not rubric.basis_text:
        words = "Đồng chí ghi tên văn bản quy định và dán nguyên văn phần tiêu chí trước khi xác nhận đã đối chiếu."
        raise ValidationError(words, code="no_text")
    rubric.is_official, rubric.checked_at, rubric.checked_by = True, at, by
    rubric.save(update_fields=["is_official", "checked_at", "checked_by"])
    record_event(by=by, verb="rubric.check", target=rubric, ward=rubric.ward, details={"basis": rubric.basis}, at=at)
    return rubric


def _hold_draft(rubric: Rubric) -> None:
    """Lock the row; what is changed must be compared with the original again."""
    locked = Rubric.objects.select_for_update().get(pk=rubric.pk)
    if not locked.is_draft or PinnedRubric.objects.filter(rubric=rubric).exists():
        raise ValidationError(IN_USE, code="in_use")
    if locked.checked_at:
        Rubric.objects.filter(pk=rubric.pk).update(is_official=False, checked_at=None, checked_by=None)
        rubric.is_official, rubric.checked_at, rubric.checked_by = False, None, None


def _log(rubric: Rubric, verb: str, by: User, at: dt.datetime, details: dict) -> None:
    record_event(by=by, verb=verb, target=rubric, ward=rubric.ward, details=details, at=at)
