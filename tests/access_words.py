"""The words of the access table: what one line holds."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

# Roles of the matrix: names of tests/factories.py: Cast, and nobody at all.
SIGNED_IN = (
    "drafter",
    "reviewer",
    "clerk",
    "compiler",
    "leader",
    "admin",
    "secretary",
    "helper",
    "other_secretary",
    "contact",
    "viewer",
    "foreign_clerk",
    "foreign_admin",
)
STRANGERS = ("anonymous", "disabled")
ALL = set(SIGNED_IN)
FOREIGN = {"foreign_clerk", "foreign_admin"}


@dataclass(frozen=True)
class Line:
    """One address: who may GET it, who may POST to it, which object it is about."""

    get: frozenset[str] | None = None
    post: frozenset[str] | None = None
    sees: frozenset[str] = frozenset()
    kind: str = ""
    open: bool = False
    one_click: bool = False
    gives: int = 200
    anonymous: int = 302
    csp: str = "page"
    marks: frozenset[str] = field(default_factory=frozenset)
    data: Callable[[dict], dict] = lambda own: {}
    args: Callable[[dict], dict] | None = None


def page(*, get=None, post=None, **options) -> Line:
    """An address without an object."""
    return _line(get=get, post=post, **options)


def on(kind, *, get=None, post=None, sees=frozenset(), **options) -> Line:
    """An address of one object of `kind` (a key of tests/world.py: KINDS)."""
    return _line(get=get, post=post, sees=sees, kind=kind, **options)


def open_page(*, get=False, post=False, **options) -> Line:
    """An address that needs no log-in."""
    return _line(get=ALL if get else None, post=ALL if post else None, open=True, **options)


def redirect(*, get=None, post=None, **options) -> Line:
    """An address that only leads on."""
    return _line(get=get, post=post, **{"gives": 302} | options)


def _line(*, get, post, sees=frozenset(), marks=frozenset(), **options) -> Line:
    unknown = (set(get or ()) | set(post or ()) | set(sees)) - ALL
    if unknown:
        raise ValueError(f"Not roles of the cast: {sorted(unknown)}.")
    line = Line(sees=frozenset(sees) | frozenset(get or ()) | frozenset(post or ()), marks=frozenset(marks), **options)
    return replace(line, get=None if get is None else frozenset(get), post=None if post is None else frozenset(post))
