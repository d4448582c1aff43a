"""The materialised path of a unit: "1.3f.a2." - a subtree is one index range on both engines."""

from django.db import models

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class PathField(models.CharField):
    """A path in byte order: PostgreSQL needs collation "C" for a range to use the index; SQLite compares bytes anyway."""

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


def step(pk):
    """One step of a path: the primary key in base 36 and a full stop."""
    digits = ""
    while pk:
        pk, rest = divmod(pk, 36)
        digits = _DIGITS[rest] + digits
    return f"{digits or '0'}."


def subtree(path, *, prefix=""):
    """Filter keywords for `path` and everything below it; `prefix` is a relation such as "unit__"."""
    first, after = ends(path)
    return {f"{prefix}path__gte": first, f"{prefix}path__lt": after}


def ends(path):
    """(first path of the subtree, first path after it): what `subtree` compares with."""
    return path, path[:-1] + "/"  # "/" follows "." in ASCII


def within(froms, untils, *, prefix=""):
    """A Q over several subtrees given by their `ends`."""
    condition = models.Q(pk__in=[])
    for first, after in zip(froms, untils, strict=True):
        condition |= models.Q(**{f"{prefix}path__gte": first, f"{prefix}path__lt": after})
    return condition


def ancestors(path):
    """Paths of all units above `path`, the highest first, without `path` itself."""
    steps = path.split(".")[:-1]
    return [".".join(steps[:count]) + "." for count in range(1, len(steps))]
