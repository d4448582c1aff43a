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
from weakref import WeakKeyDictionary

from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

MOST = 60  # values in one list: longer ones are rare, and each length has an SQL of its own
_FIRST_KEY = 9_000_000_000_000_000_000  # stands for a key while the SQL is made; no table has so many rows
_FIRST_DAY = dt.date(9990, 1, 1)
_FIRST_MOMENT = dt.datetime(9990, 1, 1, tzinfo=dt.UTC)
_LARGEST_KEY = 2**63 - 1
_VALUES = int | str | dt.date
_numbers = count(1)
_uses = WeakKeyDictionary()  # connection of the driver -> {name: times used}: a new connection knows no statement


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
    """SQL with the compiler that reads its rows; `places`: for each parameter a value of its own, or whose it takes."""

    queryset: QuerySet
    compiler: SQLCompiler
    sql: str
    places: tuple
    converters: dict
    name: str
    title: str

    def rows(self, values):
        using = self.queryset.db
        known = dict(_flat(values, connections[using]))
        sql, places = self._statement(connections[using])
        parameters = tuple(known[place] if of_caller else place for of_caller, place in places)
        compiler = copy.copy(self.compiler)  # it belongs to the thread that made it
        compiler.connection = connections[using]
        compiler.as_sql = lambda: (sql, parameters)
        compiler.get_converters = lambda _fields: self.converters
        query = SimpleNamespace(get_compiler=lambda using: compiler)
        source = SimpleNamespace(db=using, query=query, _known_related_objects={}, _fields=self.queryset._fields)
        return list(self.queryset._iterable_class(source))

    def _statement(self, connection):
        """(SQL, places) for this connection. From its second use on PostgreSQL has the statement planned: planning costs
        it several times what answering does."""
        if not connection.settings_dict.get("PREPARE_STATEMENTS") or connection.connection is None:
            return self.sql, self.places
        uses = _uses.setdefault(connection.connection, {})
        used = uses.get(self.name, 0)
        if used == 0:
            uses[self.name] = 1
            return self.sql, self.places
        if used == 1:
            with connection.wrap_database_errors, connection.connection.cursor() as cursor:
                cursor.execute(self._prepare(cursor))
            uses[self.name] = 2  # not before: a broken transaction or a lock refuses it, and the next use tries again
        own = tuple(one for one in self.places if one[0])
        given = f"({', '.join(['%s'] * len(own))})" if own else ""
        return f"EXECUTE {self.name} {given} /* {self.title} */", own

    def _prepare(self, cursor):
        """PREPARE with the caller's values as $1, $2; what is always the same is written out, so that indexes over a part
        of a table serve."""
        numbers, pieces = count(1), self.sql.split("%s")
        written = [
            f"${next(numbers)}" if of_caller else cursor.mogrify("%s", (one,)).decode()
            for of_caller, one in self.places
        ]
        text = "".join(piece.replace("%%", "%") + value for piece, value in zip(pieces, [*written, ""], strict=True))
        return f"PREPARE {self.name} AS {text}"


def _is_no_key(value):
    """A number that no column holds, as only a typed address has it: the plain query knows that nothing is found."""
    return isinstance(value, int) and abs(value) > _LARGEST_KEY


def _make(build, values):
    stand_ins = _stand_ins(values)
    queryset = build(**stand_ins)
    compiler = queryset.query.get_compiler(queryset.db)
    sql, parameters = compiler.as_sql()
    names = {stand_in: name for name, stand_in in _flat(stand_ins, compiler.connection)}
    places = tuple(
        (True, names[one]) if isinstance(one, _VALUES) and one in names else (False, one) for one in parameters
    )
    if missing := set(names.values()) - {place for of_caller, place in places if of_caller}:
        raise TypeError(f"{build.__name__} does not ask by {sorted(missing)}")
    converters = compiler.get_converters([one for one, *_ in compiler.select[: compiler.col_count]])
    return _Made(queryset, compiler, sql, places, converters, f"ready_{next(_numbers)}", build.__name__)


def _stand_ins(values):
    numbers = count()
    return {
        name: [_stand_in(one, next(numbers)) for one in value]
        if isinstance(value, list)
        else _stand_in(value, next(numbers))
        for name, value in values.items()
    }


def _stand_in(value, number):
    if isinstance(value, str):
        return f"{_FIRST_KEY + number}"
    if isinstance(value, dt.datetime):
        return _FIRST_MOMENT + dt.timedelta(days=number)
    return _FIRST_DAY + dt.timedelta(days=number) if isinstance(value, dt.date) else _FIRST_KEY + number


def _flat(values, connection):
    """((name, place), what the database is given) for every value."""
    for name, value in values.items():
        for place, one in enumerate(value if isinstance(value, list) else [value]):
            yield (name, place), _given(one, connection.ops)


def _given(one, operations):
    if isinstance(one, dt.datetime):
        return operations.adapt_datetimefield_value(one)
    return operations.adapt_datefield_value(one) if isinstance(one, dt.date) else one
