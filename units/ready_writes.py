"""Rows written at every request: the SQL is worked out once a process, as in ready_queries, only the values differ."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, partial, update_wrapper
from itertools import chain, count

from django.db import connections, router, transaction
from django.db.models import Case, CharField, Expression, F, Model, Value, When
from django.db.models.functions import Cast
from django.db.models.sql import UpdateQuery

from units.ready_queries import FIRST_KEY, MOST, Place, flat, make_statement, stand_ins
from units.ready_statements import Statement

FEW = 20  # rows of one update: longer ones come from the office, and every length has an SQL of its own
_FIRST_ROW = FIRST_KEY + 1_000_000  # stands for a row of ByRow; below it are the values of the condition


def insert_rows(rows: Iterable[Model]) -> None:
    """Write new rows of one model by one statement, as bulk_create does: afterwards they have their keys, and no signal
    is sent."""
    rows = list(rows)
    if not rows:
        return
    model, using = type(rows[0]), router.db_for_write(type(rows[0]))
    if len(rows) > MOST:  # rare, and each length has a statement of its own
        model._default_manager.bulk_create(rows)
        return
    columns = _columns(model)
    values = [_values(row, columns, connections[using]) for row in rows]
    with transaction.mark_for_rollback_on_error(using), connections[using].cursor() as cursor:
        # not before: a statement is planned over an open connection
        cursor.execute(*_insert(model, len(rows), using).ready(connections[using], [*chain(*values)]))
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, using


@cache
def _columns(model: type[Model]) -> list:
    """The fields whose values are written; the database gives the key."""
    return [one for one in model._meta.concrete_fields if not one.generated and one is not model._meta.pk]


def _values(row: Model, columns: Sequence, connection) -> list:
    if row.pk is not None:
        raise ValueError(f"{row!r} is not new.")
    row._prepare_related_fields_for_save(operation_name="insert_rows")  # the keys of what was itself written just now
    return [one.get_db_prep_save(one.pre_save(row, add=True), connection) for one in columns]


@cache
def _insert(model: type[Model], number: int, using: str) -> Statement:
    quote, columns = connections[using].ops.quote_name, _columns(model)
    line = f"({', '.join(['%s'] * len(columns))})"
    named, lines = f"({', '.join(quote(one.column) for one in columns)})", ", ".join([line] * number)
    words = (
        "INSERT INTO",
        quote(model._meta.db_table),
        named,
        "VALUES",
        lines,
        "RETURNING",
        quote(model._meta.pk.column),
    )
    places = tuple((True, place) for place in range(number * len(columns)))
    return Statement(" ".join(words), places, f"insert {number} of {model._meta.model_name}")


class _Hole(Expression):
    """Stands for a value that is written."""

    def __init__(self, place):
        super().__init__()
        self.place = place

    def as_sql(self, compiler, connection):
        return "%s", [self.place]


class ByRow:
    """Of the changes of a ReadyUpdate: the value of each row by its `key`, or what is `added` to the number it has.

    Every row that the update finds is named in `values`.
    """

    def __init__(self, values: dict, *, key: str = "pk", added: bool = False):
        groups = defaultdict(list)
        for row, value in values.items():
            groups[value].append(row)
        (self.most, _), *self.others = sorted(groups.items(), key=lambda group: -len(group[1]))
        self.key, self.added = key, added

    @property
    def shape(self) -> tuple:
        """Equal for what the same SQL writes."""
        return self.key, self.added, tuple(len(rows) for _, rows in self.others)

    @property
    def is_long(self) -> bool:
        """Too long to have an SQL of its own."""
        return sum(len(rows) for _, rows in self.others) > FEW

    def flat(self, prepared=lambda value: value) -> list:
        """Its values (`prepared` for the database) and keys, in the order in which `expression` takes them."""
        return [prepared(self.most), *chain(*((prepared(value), *rows) for value, rows in self.others))]

    def expression(self, field, value, row):
        """Its SQL; `value()` is what stands for the next value, `row()` for the next key."""
        typed = value if isinstance(field, CharField) else lambda: Cast(value(), field)
        most = typed()
        whens = [(typed(), [row() for _ in rows]) for _, rows in self.others]
        cases = [When(**{f"{self.key}__in": rows}, then=one) for one, rows in whens]
        chosen = Case(*cases, default=most, output_field=field) if cases else most
        return F(field.name) + chosen if self.added else chosen

    def plain(self, field):
        """The expression with the values themselves."""
        given = iter(self.flat())
        return self.expression(field, lambda: Value(next(given), field), lambda: next(given))


class ReadyUpdate:
    """`build` makes a queryset from keyword values, as for a ReadyQuery; calling this with `changes` ({field: value or ByRow})
    updates its rows and says how many. Used as a decorator.
    """

    def __init__(self, build):
        update_wrapper(self, build)
        self.build, self._made = build, {}

    def __call__(self, *, changes: dict, **values) -> int:
        lists = {name: list(value) for name, value in values.items() if isinstance(value, list | tuple | set | dict)}
        values |= lists
        if not all(lists.values()):
            return 0  # nothing is in an empty list
        if any(len(one) > FEW for one in lists.values()) or any(map(_is_plain, changes.values())):
            queryset = self.build(**values)
            return queryset.update(**{name: _plain(queryset.model, name, one) for name, one in changes.items()})
        written = tuple((name, one.shape if isinstance(one, ByRow) else None) for name, one in changes.items())
        shape = written, tuple((name, len(value)) for name, value in lists.items())
        if shape not in self._made:
            self._made[shape] = _make_update(self.build, values, changes)
        using, fields, statement = self._made[shape]
        known = dict(flat(values, connections[using])) | _written(fields, changes, connections[using])
        with transaction.mark_for_rollback_on_error(using), connections[using].cursor() as cursor:
            cursor.execute(*statement.ready(connections[using], known))
            return cursor.rowcount


def _is_plain(change) -> bool:
    """Whether no SQL is kept for it: an expression of the caller's, or a long list."""
    return change.is_long if isinstance(change, ByRow) else hasattr(change, "resolve_expression")


def _plain(model, name, change):
    return change.plain(model._meta.get_field(name)) if isinstance(change, ByRow) else change


def _written(fields, changes, connection) -> dict:
    """{place: value for the database} of what is written."""
    known = {}
    for name, change in changes.items():
        prepared = partial(_prepared, fields[name], connection)
        given = change.flat(prepared) if isinstance(change, ByRow) else [prepared(change)]
        known |= {Place(name, place): one for place, one in enumerate(given)}
    return known


def _prepared(field, connection, value):
    if hasattr(value, "prepare_database_save"):
        value = value.prepare_database_save(field)  # an object stands for its key
    return field.get_db_prep_save(value, connection)


def _make_update(build, values, changes):
    given, rows = stand_ins(values), {}
    queryset = build(**given)
    fields = {name: queryset.model._meta.get_field(name) for name in changes}
    query = queryset.query.chain(UpdateQuery)
    query.add_update_values({name: _change(name, fields[name], one, rows) for name, one in changes.items()})
    query.annotations = {}
    compiler = query.get_compiler(queryset.db)
    sql, parameters = compiler.as_sql()
    named = dict(flat(given, compiler.connection)) | rows
    statement = make_statement(sql, parameters, named, title=f"update {build.__name__}")
    return queryset.db, fields, statement


def _change(name, field, change, rows: dict):
    """The expression that writes `change`, with stand-ins for all that differs; those of keys are added to `rows`."""
    places = (Place(name, number) for number in count())
    if not isinstance(change, ByRow):
        return _Hole(next(places))

    def row():
        place = next(places)
        rows[place] = _FIRST_ROW + len(rows)
        return rows[place]

    return change.expression(field, lambda: _Hole(next(places)), row)
