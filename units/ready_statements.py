"""SQL made once a process, run with other values each time; PostgreSQL plans it once a connection."""

from dataclasses import dataclass, field
from itertools import count
from weakref import WeakKeyDictionary

_numbers = count(1)
_uses = WeakKeyDictionary()  # connection of the driver -> {name: times used}: a new connection knows no statement


@dataclass(frozen=True)
class Statement:
    """`places`: for each parameter (whether its value comes from the caller, which value of the caller's or the value itself)."""

    sql: str
    places: tuple
    title: str
    name: str = field(default_factory=lambda: f"ready_{next(_numbers)}")

    def ready(self, connection, known) -> tuple[str, tuple]:
        """(SQL, parameters) for this connection; `known[place]` is the caller's value.

        From its second use on PostgreSQL has the statement planned: planning costs it several times what answering does.
        """
        sql, places = self._form(connection)
        return sql, tuple(known[place] if of_caller else place for of_caller, place in places)

    def _form(self, connection):
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
