"""The source of the program as the rule tests read it: files, syntax trees, imports."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("units", "documents", "campaigns", "reports")
PACKAGES = (*APPS, "config")


def python_files(*folders):
    """All Python files of the folders, migrations left out: those are written by Django."""
    return [
        path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts
    ]


def template_files():
    return [path for path in sorted((ROOT / "templates").rglob("*")) if path.suffix in {".html", ".txt"}]


@cache
def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path):
    """units/services/cards.py -> units.services.cards"""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules():
    """Dotted name -> file of every module of the program."""
    return {name_of(path): path for path in python_files(*PACKAGES)}


def imports_of(path):
    """Dotted names of all modules a file imports, also inside functions; as precise as the names allow."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in modules() else node.module)
    return found


def where(path, node=None):
    place = str(path.relative_to(ROOT))
    return f"{place}:{node.lineno}" if node is not None else place


def calls(path, name):
    """Calls of a function or method by its last name."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and last_name(node.func) == name:
            yield node


def last_name(node):
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
