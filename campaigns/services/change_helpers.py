"""Who helps with a clause after a paper changed it: the body in charge and its day stay as they are."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db.models import Q

from campaigns.change_effects import Wanted
from campaigns.models import Assignment, Duty
from units.models import Unit


def refuse_helpers(clause: Duty, *, joining: Sequence[Unit], leaving: Sequence[Unit]) -> None:
    """Raise ValidationError "already" (it helps or leads), "stranger" (it does not help), "nothing" (nobody was chosen)."""
    helping = set(clause.helpers.values_list("pk", flat=True))
    if known := [unit.name for unit in joining if unit.pk in helping | {clause.lead_id}]:
        raise beside(
            "joining", f"Đã chủ trì hoặc phối hợp việc này: {'; '.join(known)}. Chưa có gì thay đổi.", "already"
        )
    if strange := [unit.name for unit in leaving if unit.pk not in helping]:
        raise beside("leaving", f"Không phối hợp việc này: {'; '.join(strange)}. Chưa có gì thay đổi.", "stranger")
    if not joining and not leaving:
        words = "Đồng chí chọn ít nhất một cơ quan cùng phối hợp hoặc thôi phối hợp. Chưa có gì thay đổi."
        raise ValidationError(words, code="nothing")


def helpers_of(clause: Duty, wanted: Wanted) -> tuple[str, str]:
    """(names of those who help now, names of those who will), "" for nobody."""
    before, gone = list(clause.helpers.order_by("sort_key", "pk")), {unit.pk for unit in wanted.leaving}
    after = [unit for unit in before if unit.pk not in gone] + list(wanted.joining)
    after.sort(key=lambda unit: (unit.sort_key, unit.pk))
    return tuple("; ".join(unit.name for unit in units) for units in (before, after))


def name_helpers(clause: Duty, *, joining: Sequence[Unit], leaving: Sequence[Unit]) -> None:
    """From now on: the printed clause, from which later turns take them, and every turn of it that is not done."""
    owed = Assignment.objects.open() | Assignment.objects.let_off_for_now()
    turns = Q(origin=clause, turn_on__isnull=False, pk__in=owed.values("duty"))
    duties = list(Duty.objects.filter(Q(pk=clause.pk) | turns).values_list("pk", flat=True))
    links = Duty.helpers.through.objects
    links.filter(duty__in=duties, unit__in=leaving).delete()
    rows = [Duty.helpers.through(duty_id=duty, unit=unit) for duty in duties for unit in joining]
    links.bulk_create(rows, ignore_conflicts=True)  # a turn may have had one of them already


def beside(field: str, words: str, code: str) -> ValidationError:
    """A refusal that stands beside the `field` it is about."""
    return ValidationError({field: ValidationError(words, code=code)})
