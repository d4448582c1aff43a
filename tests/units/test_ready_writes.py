"""Writes whose SQL is made once a process: the same rows as the plain insert and update write."""

import datetime as dt
import itertools

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from tests import factories
from units.models import AuditEvent, Unit
from units.ready_queries import MOST
from units.ready_writes import ByRow, ReadyUpdate, insert_rows


def lines(number, *, first=0):
    """New lines of the audit trail with values of every kind that rows have, None among them."""
    return [
        AuditEvent(
            at=factories.NOW + dt.timedelta(minutes=one),
            actor_label=f"Đồng chí {one} '%s' 100 %",
            verb="test.write",
            object_type="units.unit",
            object_id=str(one),
            object_label="",
            details={"number": one, "words": ["ă", None]},
        )
        for one in range(first, first + number)
    ]


def kept(rows):
    """What the database holds of `rows`, in their order."""
    names = [one.attname for one in AuditEvent._meta.concrete_fields if not one.primary_key]
    found = {row.pk: row for row in AuditEvent.objects.filter(pk__in=[row.pk for row in rows])}
    return [{name: getattr(found[row.pk], name) for name in names} for row in rows]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 2, MOST + 1])
def test_inserted_rows_are_those_of_a_bulk_create(number):
    for turn in range(4):  # from the second on PostgreSQL has the statement planned
        ours, theirs = lines(number, first=turn), lines(number, first=turn)
        with CaptureQueriesContext(connection) as asked:
            insert_rows(ours)
        AuditEvent.objects.bulk_create(theirs)
        assert len(asked) == 1
        assert kept(ours) == kept(theirs)
        assert not any(row._state.adding for row in ours)
    assert len({row.pk for row in [*ours, *theirs]}) == 2 * number


@pytest.mark.django_db
def test_nothing_is_inserted_without_a_question():
    with CaptureQueriesContext(connection) as asked:
        insert_rows([])
    assert len(asked) == 0


@pytest.mark.django_db
def test_a_row_written_before_is_refused():
    [row] = lines(1)
    insert_rows([row])
    with pytest.raises(ValueError, match="not new"):
        insert_rows([row])


@pytest.mark.django_db
def test_a_rule_of_the_database_still_refuses(cast):
    link = AuditEvent(at=None, actor_label="x", verb="test.write", object_type="units.unit", object_id="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows([link])
    insert_rows(lines(1))  # the control


def chosen(pks, kind):
    return Unit.objects.filter(pk__in=pks, kind=kind)


@pytest.mark.django_db
def test_an_update_writes_what_the_plain_one_writes(cast):
    update = ReadyUpdate(chosen)
    units = list(Unit.objects.order_by("pk"))
    for number, unit in enumerate([*units[:3], *units[:3]]):
        changes = {"name": f"Chi bộ '{number}' 100 %s", "active_to": factories.TODAY if number % 2 else None, "parent": unit.parent}
        with CaptureQueriesContext(connection) as asked:
            assert update(pks=[unit.pk], kind=unit.kind, changes=changes) == 1
        assert len(asked) == 1
        unit.refresh_from_db()
        assert {name: getattr(unit, name) for name in changes} == changes
    assert len(update._made) == 1
    assert update(pks=[units[0].pk], kind="none", changes={"name": "khác"}) == 0
    assert update(pks=[], kind=units[0].kind, changes={"name": "khác"}) == 0
    assert not Unit.objects.filter(name="khác").exists()


@pytest.mark.django_db
def test_a_field_may_be_asked_for_and_written(cast):
    update = ReadyUpdate(lambda pk, name: Unit.objects.filter(pk=pk, name=name))
    names = [cast.own_unit.name, "lần một", "lần hai", "lần ba"]
    for was, name in itertools.pairwise(names):
        assert update(pk=cast.own_unit.pk, name=was, changes={"name": name}) == 1
        assert update(pk=cast.own_unit.pk, name=was, changes={"name": "không"}) == 0
    cast.own_unit.refresh_from_db()
    assert cast.own_unit.name == names[-1]


def of_keys(pks):
    return Unit.objects.filter(pk__in=pks)


@pytest.mark.django_db
@pytest.mark.parametrize("long", [0, MOST])
def test_each_row_gets_its_own_value(cast, long):
    update = ReadyUpdate(of_keys)
    units = list(Unit.objects.order_by("pk"))[:4]
    Unit.objects.update(depth=F("pk") + 100)
    no_rows = list(range(900_000, 900_000 + long))
    for words in (["một", "hai", "hai", "hai"], ["bốn", "bốn", "năm", "bốn"], ["sáu"] * 4):
        names = {unit.pk: word for unit, word in zip(units, words, strict=True)}
        added = {unit.pk: number for number, unit in enumerate(units, start=-1)}
        before = dict(Unit.objects.values_list("pk", "depth"))
        assert update(pks=[*names, *no_rows], changes={"name": ByRow(names), "depth": ByRow(added, added=True)}) == 4
        found = {pk: (name, depth) for pk, name, depth in Unit.objects.filter(pk__in=names).values_list("pk", "name", "depth")}
        assert found == {pk: (names[pk], before[pk] + added[pk]) for pk in names}
    assert Unit.objects.exclude(pk__in=names).filter(name__in=["một", "hai", "bốn", "năm", "sáu"]).count() == 0


@pytest.mark.django_db
def test_rows_are_told_apart_by_another_key(cast):
    update = ReadyUpdate(lambda parents: Unit.objects.filter(parent__in=parents))
    parents = list(Unit.objects.filter(children__isnull=False).distinct().order_by("pk"))[:2]
    assert len(parents) == 2
    names = {parents[0].pk: "dưới một", parents[1].pk: "dưới hai"}
    assert update(parents=names, changes={"name": ByRow(names, key="parent")})
    for parent in parents:
        assert set(parent.children.values_list("name", flat=True)) == {names[parent.pk]}
