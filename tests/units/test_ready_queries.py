"""Queries whose SQL is made once a process: the same rows as the plain query gives, whatever the values."""

import datetime as dt
import threading
from contextlib import suppress

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from tests import factories
from units.models import AuditEvent, Membership, Unit
from units.ready_queries import MOST, ReadyQuery, put_related


def ready(build):
    """The decorated function and how often it was asked to build a query."""
    built = []

    def counted(**values):
        built.append(values)
        return build(**values)

    counted.__name__ = build.__name__
    return ReadyQuery(counted), built


def in_force(user, on):
    return Membership.objects.current(on=on).filter(user=user).select_related("unit")


def by_path(paths, parent):
    return Unit.objects.filter(path__in=paths, parent=parent).order_by("-pk").values_list("pk", "name", "active_from")


@pytest.mark.django_db
def test_the_rows_are_those_of_the_plain_query_each_time(cast):
    query, built = ready(in_force)
    for person in (cast.secretary, cast.clerk, cast.leader, cast.secretary):
        for on in (factories.TODAY, factories.TODAY - dt.timedelta(days=4000)):
            rows = query(user=person.pk, on=on)
            assert rows == list(in_force(person.pk, on))
            assert [row.unit for row in rows] == [row.unit for row in in_force(person.pk, on)]
    assert len(built) == 1
    assert query(user=cast.secretary.pk, on=factories.TODAY), "the comparison was not of nothing with nothing"


@pytest.mark.django_db
def test_what_is_related_is_at_hand(cast):
    query, _ = ready(in_force)
    query(user=cast.clerk.pk, on=factories.TODAY)
    with CaptureQueriesContext(connection) as asked:
        [row] = query(user=cast.secretary.pk, on=factories.TODAY)
        assert row.unit.name == cast.own_unit.name
    assert len(asked) == 1


def by_key(pk):
    return Unit.objects.filter(pk=pk)


def seen_since(person, at):
    rows = AuditEvent.objects.filter(actor_id=person, at__lte=at)
    return rows.order_by().values_list("actor_id").annotate(number=Count("pk"))


@pytest.mark.django_db
def test_moments_are_asked_to_the_second(cast):
    query, built = ready(seen_since)
    for minute in (1, 2, 3):
        AuditEvent.objects.create(
            actor_id=cast.clerk.pk, actor_label="A", verb="x", at=factories.NOW + dt.timedelta(minutes=minute)
        )
    for seconds, number in ((59, 0), (60, 1), (121, 2), (600, 3)):
        at = factories.NOW + dt.timedelta(seconds=seconds)
        found = query(person=cast.clerk.pk, at=at)
        assert found == list(seen_since(cast.clerk.pk, at))
        assert sum(count for _, count in found) == number
    assert len(built) == 1


@pytest.mark.django_db
def test_a_number_beyond_every_key_finds_nothing(cast):
    query, _ = ready(by_key)
    assert query(pk=10**30) == []
    assert query(pk=cast.ward.pk) == [cast.ward]


@pytest.mark.django_db
def test_lists_of_words_and_keys_of_any_length(cast):
    query, built = ready(by_path)
    units = list(Unit.objects.filter(parent=cast.ward).order_by("pk"))
    assert len(units) >= 2
    for wanted in (units[:1], units[1:2], units):
        paths = [unit.path for unit in wanted]
        assert query(paths=paths, parent=cast.ward.pk) == list(by_path(paths, cast.ward.pk))
    assert len(built) == 2, "one SQL for each length"
    assert query(paths=[], parent=cast.ward.pk) == []
    long = [unit.path for unit in units] + [f"no-{number}" for number in range(MOST)]
    assert query(paths=long, parent=cast.ward.pk) == list(by_path(long, cast.ward.pk))


@pytest.mark.django_db
def test_a_value_that_is_no_condition_is_refused(cast):
    query, _ = ready(lambda pk, on: Unit.objects.filter(pk=pk))
    with pytest.raises(TypeError, match="on"):
        query(pk=cast.ward.pk, on=factories.TODAY)


@pytest.mark.django_db(transaction=True)
def test_another_thread_asks_over_its_own_connection():
    ward = factories.make_ward(factories.make_province())
    query, built = ready(lambda pk: Unit.objects.filter(pk=pk))
    assert query(pk=ward.pk) == [ward]
    found = []

    def ask():
        found.append(query(pk=ward.pk))
        connection.close()

    for _ in range(3):  # a new connection knows no statement of another
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    assert found == [[ward]] * 3
    assert len(built) == 1


@pytest.mark.django_db
@pytest.mark.postgres
def test_postgresql_plans_a_statement_once_a_connection(cast):
    """From its second use on; what never changes is written out in it, a per cent sign among it."""
    query, _ = ready(lambda pk, on: Membership.objects.current(on=on).filter(user=pk).exclude(position="100 %s"))
    for person in (cast.secretary, cast.clerk, cast.leader, cast.secretary):
        with CaptureQueriesContext(connection) as asked:
            rows = query(pk=person.pk, on=factories.TODAY)
        assert rows == list(Membership.objects.current(on=factories.TODAY).filter(user=person))
        assert len(asked) == 1
    assert asked[0]["sql"].startswith("EXECUTE ")


@pytest.mark.django_db
@pytest.mark.postgres
def test_a_statement_that_could_not_be_planned_is_planned_later(cast):
    query, _ = ready(lambda pk: Unit.objects.filter(pk=pk))
    assert query(pk=cast.ward.pk) == [cast.ward]
    with pytest.raises(DatabaseError):
        ask_in_a_broken_transaction(query, cast.ward.pk)  # the second use: it cannot plan
    assert query(pk=cast.ward.pk) == query(pk=cast.ward.pk) == [cast.ward]


@transaction.atomic
def ask_in_a_broken_transaction(query, pk):
    with suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column")
    query(pk=pk)


@pytest.mark.django_db
def test_what_was_put_beside_a_row_is_not_asked_for_again(cast):
    ward, rows = cast.ward, list(cast.ward.children.order_by("pk"))
    other = rows[0].children
    put_related(ward, "children", rows[:1])
    with CaptureQueriesContext(connection) as asked:
        assert list(ward.children.all()) == rows[:1]
    assert len(asked) == 0
    assert list(ward.children.order_by("pk")) == rows, (
        "what is filtered anew is asked of the database, of this row alone"
    )
    assert not other.filter(pk__in=[row.pk for row in rows]).exists()
