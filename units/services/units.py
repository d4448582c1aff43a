"""Making, changing, moving and closing units, with effective dates (domain.md 4.1: units keep changing rank)."""

from datetime import date
from secrets import token_hex

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from units.choices import UnitKind
from units.folding import fold, natural_sort_key
from units.models import Unit, UnitRevision, User
from units.paths import step, subtree
from units.selectors.wards import ward_of
from units.services.audit import record_event
from units.services.people import end_role

# Facts that are told apart by day; the others are what they are today.
DATED_FACTS = ("parent", "kind", "name", "short_name", "member_count", "exempt_count")
PLAIN_FACTS = (
    "code",
    "sign_code",
    "is_party_org",
    "must_report",
    "reports_to_ward",
    "must_self_score",
    "figures_withheld",
    "usual_meeting_day",
    "in_charge",
)
_NOT_REPORTING = {UnitKind.PROVINCE, UnitKind.WARD, UnitKind.BODY}


@transaction.atomic
def create_unit(
    *, parent: Unit | None, kind: str, code: str, name: str, short_name: str, active_from: date, by: User, **facts
) -> Unit:
    """Add a unit below `parent` (None for the province or a ward without one) and write its first revision.

    `facts` are any of member_count, exempt_count and PLAIN_FACTS; a body does not study or report unless told so.

    Raises:
        ValidationError: the code is taken under this parent, or a value is out of range.
    """
    _refuse_unknown(facts, (*PLAIN_FACTS, "member_count", "exempt_count"))
    if kind in _NOT_REPORTING:
        facts = {"must_report": False, "must_self_score": False, "is_party_org": kind != UnitKind.BODY} | facts
    unit = Unit(
        parent=parent, kind=kind, code=code, name=name, short_name=short_name, active_from=active_from,
        depth=parent.depth + 1 if parent else 0, **facts,
    )  # fmt: skip
    _set_search(unit)
    unit.path = f"~{token_hex(16)}"  # the real path needs the primary key
    unit.full_clean(exclude=["in_charge", "path"])
    unit.save(force_insert=True)
    unit.path = (parent.path if parent else "") + step(unit.pk)
    unit.save(update_fields=["path"])
    _write_revision(unit, {fact: getattr(unit, fact) for fact in DATED_FACTS}, active_from, by, "Lập đơn vị")
    record_event(by=by, verb="unit.create", target=unit, ward=ward_of(unit), details={"code": code})
    return unit


@transaction.atomic
def revise_unit(
    *, unit: Unit, effective_from: date, by: User, basis: str = "", on: date | None = None, **facts
) -> UnitRevision:
    """Record that `facts` (of DATED_FACTS) hold from `effective_from`, by the paper named in `basis`.

    A change from today or earlier is shown at once; a later one waits for apply_due_revisions. A second change of
    the same day replaces the first (a correction), and the audit trail keeps both.
    """
    _refuse_unknown(facts, DATED_FACTS)
    if effective_from < unit.active_from:
        raise ValidationError(
            {
                "effective_from": ValidationError(
                    "Ngày có hiệu lực không thể trước ngày đơn vị bắt đầu hoạt động.", code="too_early"
                )
            }
        )
    _refuse_cycle(unit, facts.get("parent"))
    base = _facts_on(unit, effective_from)
    revision = _write_revision(unit, base | facts, effective_from, by, basis)
    record_event(
        by=by, verb="unit.revise", target=unit, ward=ward_of(unit),
        details={"from": effective_from.isoformat(), "basis": basis} | {key: _plain(value) for key, value in facts.items()},
    )  # fmt: skip
    if effective_from <= (on or timezone.localdate()):
        _show_newest(unit, on=on or timezone.localdate())
    return revision


@transaction.atomic
def set_unit_facts(*, unit: Unit, by: User, **facts) -> Unit:
    """Change facts that carry no date (PLAIN_FACTS: flags, meeting day, who is in charge)."""
    _refuse_unknown(facts, PLAIN_FACTS)
    changed = {key: value for key, value in facts.items() if getattr(unit, key) != value}
    if not changed:
        return unit
    for key, value in changed.items():
        setattr(unit, key, value)
    _set_search(unit)
    unit.full_clean(exclude=["in_charge", "path"])
    unit.save(update_fields=[*changed, "search", "sort_key"])
    details = {key: _plain(value) for key, value in changed.items()}
    record_event(by=by, verb="unit.facts", target=unit, ward=ward_of(unit), details=details)
    return unit


@transaction.atomic
def close_unit(*, unit: Unit, on: date, by: User, reason: str) -> Unit:
    """End a unit on its last day `on`: merged or dissolved; its people's roles end the same day, its history stays."""
    if not reason.strip():
        raise ValidationError(
            {"reason": ValidationError("Cần ghi lý do, ví dụ số quyết định sáp nhập.", code="required")}
        )
    if on < unit.active_from:
        raise ValidationError(
            {
                "on": ValidationError(
                    "Ngày thôi hoạt động không thể trước ngày đơn vị bắt đầu hoạt động.", code="too_early"
                )
            }
        )
    if Unit.objects.below(unit).active(on=on).exclude(active_to=on).exists():
        raise ValidationError(
            "Đơn vị còn đơn vị trực thuộc đang hoạt động. Chưa có gì thay đổi; "
            "hãy chuyển hoặc cho thôi hoạt động các đơn vị trực thuộc trước.",
            code="has_children",
        )
    if not Unit.objects.filter(pk=unit.pk, active_to__isnull=True).update(active_to=on):
        raise ValidationError("Đơn vị này đã được ghi thôi hoạt động từ trước.", code="closed")
    unit.active_to = on
    for membership in unit.memberships.filter(ends_on__isnull=True):
        end_role(membership=membership, on=max(on, membership.starts_on), by=by)
    record_event(
        by=by, verb="unit.close", target=unit, ward=ward_of(unit), details={"on": on.isoformat(), "reason": reason}
    )
    return unit


@transaction.atomic
def apply_due_revisions(*, on: date) -> int:
    """Show the revisions that begin by `on` (called by the clock every day); returns how many units changed."""
    due = Unit.objects.filter(revisions__effective_from__lte=on).distinct().prefetch_related("revisions")
    return sum(_show_newest(unit, on=on) for unit in due)


def _set_search(unit: Unit) -> None:
    unit.search = fold(f"{unit.code} {unit.short_name} {unit.name}")[:320]
    unit.sort_key = natural_sort_key(unit.short_name or unit.name)[:320]


def _write_revision(unit: Unit, facts: dict, effective_from: date, by: User, basis: str) -> UnitRevision:
    facts = {key: facts[key] for key in DATED_FACTS}
    revision = UnitRevision.objects.filter(unit=unit, effective_from=effective_from).first()
    revision = revision or UnitRevision(unit=unit, effective_from=effective_from)
    for key, value in facts.items():
        setattr(revision, key, value)
    revision.basis, revision.recorded_at, revision.recorded_by = basis, timezone.now(), by
    revision.full_clean(exclude=["unit", "parent", "recorded_by"])
    revision.save()
    return revision


def _facts_on(unit: Unit, day: date) -> dict:
    revision = unit.revisions.filter(effective_from__lte=day).order_by("-effective_from").first() or unit
    return {fact: getattr(revision, fact) for fact in DATED_FACTS}


def _show_newest(unit: Unit, *, on: date) -> bool:
    begun = [revision for revision in unit.revisions.all() if revision.effective_from <= on]
    newest = max(begun, key=lambda revision: revision.effective_from)
    new_parent_id = newest.parent_id
    changed = [fact for fact in DATED_FACTS if fact != "parent" and getattr(unit, fact) != getattr(newest, fact)]
    if not changed and new_parent_id == unit.parent_id:
        return False
    for fact in changed:
        setattr(unit, fact, getattr(newest, fact))
    _set_search(unit)
    try:
        with transaction.atomic():
            if new_parent_id != unit.parent_id:
                _move(unit, newest.parent)
            unit.save(update_fields=[*changed, "search", "sort_key"])
    except IntegrityError:
        raise ValidationError(
            "Mã đơn vị này đã dùng cho một đơn vị khác của cấp trên mới. Hãy đổi mã trước khi chuyển.", code="unique"
        ) from None
    return True


def _move(unit: Unit, parent: Unit | None) -> None:
    """Hang `unit` below `parent` and rewrite the paths of all that hangs below it, in one statement."""
    old_path, new_path = unit.path, (parent.path if parent else "") + step(unit.pk)
    shift = (parent.depth + 1 if parent else 0) - unit.depth
    Unit.objects.filter(**subtree(old_path)).update(
        path=Concat(Value(new_path), Substr("path", len(old_path) + 1)), depth=F("depth") + shift
    )
    unit.path, unit.depth, unit.parent = new_path, unit.depth + shift, parent
    unit.save(update_fields=["parent"])


def _refuse_cycle(unit: Unit, parent: Unit | None) -> None:
    if parent is not None and parent.path.startswith(unit.path):
        raise ValidationError(
            {"parent": ValidationError("Một đơn vị không thể trực thuộc chính nó hoặc đơn vị dưới nó.", code="cycle")}
        )


def _refuse_unknown(facts: dict, known: tuple[str, ...]) -> None:
    if unknown := facts.keys() - set(known):
        raise TypeError(f"Not facts of a unit: {sorted(unknown)}.")


def _plain(value):
    return getattr(value, "code", None) or str(value) if hasattr(value, "pk") else value
