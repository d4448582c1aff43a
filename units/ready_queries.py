"""Questions asked at every request: their SQL is worked out once a process, only the values differ.

Building a query and turning it into SQL costs several times what the database needs to answer it; the minute before a
deadline is made of the same twenty questions asked by many units.
"""

import copy
import datetime as dt
from dataclasses import dataclass
from functools import update_wrapper
from itertools import count
from types import SimpleNamespace

from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from units.ready_statements import Statement

MOST = 60  # values in one list: longer ones are rare, and each length has an SQL of its own
FIRST_KEY = 2_000_000_000  # stands for a key or a number while the SQL is made: no query names it, a column of four bytes holds it
_FIRST_DAY = dt.date(9990, 1, 1)
_FIRST_MOMENT = dt.datetime(9990, 1, 1, tzinfo=dt.UTC)
_LARGEST_KEY = 2**63 - 1
_VALUES = int | str | dt.date


@dataclass(frozen=True)
class Place:
    """A value among those that an update writes: number `number` of the field `name`."""

    name: str
    number: int


class ReadyQuery:
    """`build` makes a queryset from keyword values (keys, words, days, moments, or lists of them); calling this gives its
    rows as a list.

    `build` sees stand-ins for the values: it must put each of them into a filter and may not look at them. Nothing is
    prefetched. Used as a decorator.
    """

    def __init__(self, build):
        update_wrapper(self, build)
        self.build, self._made = build, {}

    def __call__(self, **values) -> list:
        lists = {name: list(value) for name, value in values.items() if isinstance(value, list | tuple | set | dict)}
        values |= lists
        if not all(lists.values()):
            return []  # nothing is in an empty list
        if any(len(value) > MOST for value in lists.values()) or any(map(_is_no_key, values.values())):
            return list(self.build(**values))
        shape = tuple((name, len(value)) for name, value in lists.items())
        if shape not in self._made:
            self._made[shape] = _make(self.build, values)
        return self._made[shape].rows(values)


@dataclass(frozen=True)
class _Made:
    """A statement with the compiler that reads its rows."""

    queryset: QuerySet
    compiler: SQLCompiler
    statement: Statement
    converters: dict

    def rows(self, values):
        using = self.queryset.db
        known = dict(flat(values, connections[using]))
        sql, parameters = self.statement.ready(connections[using], known)
        compiler = copy.copy(self.compiler)  # it belongs to the thread that made it
        compiler.connection = connections[using]
        compiler.as_sql = lambda: (sql, parameters)
        compiler.get_converters = lambda _fields: self.converters
        query = SimpleNamespace(get_compiler=lambda using: compiler)
        source = SimpleNamespace(db=using, query=query, _known_related_objects={}, _fields=self.queryset._fields)
        return list(self.queryset._iterable_class(source))


def _is_no_key(value):
    """A number that no column holds, as only a typed address has it: the plain query knows that nothing is found."""
    return isinstance(value, int) and abs(value) > _LARGEST_KEY


def put_related(row: Model, relation: str, found: list) -> None:
    """Leave `found` in `row` as prefetch_related would: `row.relation.all()` asks nothing."""
    rows = getattr(row, relation).get_queryset()  # what is filtered from it later is still of this row alone
    rows._result_cache, rows._prefetch_done = found, True
    row.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = rows


def _make(build, values):
    given = stand_ins(values)
    queryset = build(**given)
    compiler = queryset.query.get_compiler(queryset.db)
    sql, parameters = compiler.as_sql()
    statement = make_statement(sql, parameters, dict(flat(given, compiler.connection)), title=build.__name__)
    converters = compiler.get_converters([one for one, *_ in compiler.select[: compiler.col_count]])
    return _Made(queryset, compiler, statement, converters)


def make_statement(sql, parameters, given: dict, *, title: str) -> Statement:
    """`given`: {place: what stood in for its value while `sql` was made}; a Place stands in for itself. Raises TypeError
    when one of `given` is nowhere in it."""
    named = {stand_in: place for place, stand_in in given.items()}
    places = tuple(_placed(one, named) for one in parameters)
    if missing := set(given) - {place for of_caller, place in places if of_caller}:
        raise TypeError(f"{title} does not ask by {sorted(missing)}")
    return Statement(sql, places, title)


def _placed(parameter, named):
    if isinstance(parameter, Place):
        return True, parameter
    return (True, named[parameter]) if isinstance(parameter, _VALUES) and parameter in named else (False, parameter)


def stand_ins(values):
    """Values of the same kinds that are found again in the SQL."""
    numbers = count()
    return {
        name: [_stand_in(one, next(numbers)) for one in value]
        if isinstance(value, list)
        else _stand_in(value, next(numbers))
        for name, value in values.items()
    }


def _stand_in(value, number):
    if isinstance(value, str):
        return f"{FIRST_KEY + number}"
    if isinstance(value, dt.datetime):
        return _FIRST_MOMENT + dt.timedelta(days=number)
    return _FIRST_DAY + dt.timedelta(days=number) if isinstance(value, dt.date) else FIRST_KEY + number


def flat(values, connection):
    """((name, place), what the database is given) for every value."""
    for name, value in values.items():
        for place, one in enumerate(value if isinstance(value, list) else [value]):
            yield (name, place), _given(one, connection.ops)


def _given(one, operations):
    if isinstance(one, dt.datetime):
        return operations.adapt_datetimefield_value(one)
    return operations.adapt_datefield_value(one) if isinstance(one, dt.date) else one
