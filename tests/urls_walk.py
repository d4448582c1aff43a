"""Every address of the program, read from the URLconf."""

from dataclasses import dataclass

from django.urls import URLPattern, get_resolver, reverse

from tests.access_words import Line

MISSING = {"int": 987_654_321, "str": "khong-co", "slug": "khong-co", "path": "khong-co"}


@dataclass(frozen=True)
class Address:
    """One pattern: its full name and its variable parts with their converters."""

    name: str
    route: str
    parts: tuple[tuple[str, str], ...]

    def url(self, line: Line, rows: dict) -> str:
        """The address about the rows of one side."""
        if not self.parts:
            return reverse(self.name)
        return reverse(self.name, kwargs=self._arguments(line, rows))

    def missing_url(self) -> str:
        """The address about something that does not exist."""
        arguments = {name: MISSING.get(kind, "00000000-0000-4000-8000-000000000000") for name, kind in self.parts}
        return reverse(self.name, kwargs=arguments)

    def _arguments(self, line: Line, rows: dict) -> dict:
        if line.args:
            return line.args(rows)
        if not line.kind or len(self.parts) != 1:
            raise LookupError(f"{self.name}: say in tests/access_table.py what its parts {self.parts} stand for.")
        return {self.parts[0][0]: rows[line.kind].pk}


def walk(patterns=None, namespaces=(), route="", parts=()) -> list[Address]:
    """All addresses, the nested ones included."""
    found = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = route + str(pattern.pattern)
        own_parts = parts + tuple(
            (name, type(converter).__name__.removesuffix("Converter").lower().replace("string", "str"))
            for name, converter in pattern.pattern.converters.items()
        )
        if isinstance(pattern, URLPattern):
            name = ":".join([*namespaces, pattern.name]) if pattern.name else f"unnamed {here}"
            found.append(Address(name=name, route=here, parts=own_parts))
        else:
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            found += walk(pattern.url_patterns, inner, here, own_parts)
    return found
