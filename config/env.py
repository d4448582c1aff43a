"""Readers of the environment: typed, and failing with a sentence that says how to fix it."""

import os
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

DEMO = "demo"
PRODUCTION = "production"
TEST = "test"


def read_mode():
    """`demo` (the trial and the office PC, the default), `production` or `test`."""
    mode = env.str("LANTOA_ENV", default=DEMO)
    if mode not in {DEMO, PRODUCTION, TEST}:
        raise ImproperlyConfigured(f"LANTOA_ENV must be demo, production or test, not {mode!r}.")
    return mode


def read_secret(name, *, fallback_file=None):
    """A secret from NAME, from the file named by NAME_FILE, or from `fallback_file` when it exists."""
    value = env.str(name, default="")
    if value:
        return value
    path = env.str(f"{name}_FILE", default=str(fallback_file or ""))
    if path and Path(path).is_file():
        return Path(path).read_text(encoding="utf-8").strip()
    raise ImproperlyConfigured(f"Set {name}, or {name}_FILE to the file that holds it.")


def make_secret(path):
    """Make the key of an office PC on its first start; only its owner may read it.

    A key that is there is never replaced, or everybody would be signed out and the second factors would die.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(64))


def read_database(var_dir):
    """The embedded SQLite database, or what DATABASE_URL names, with the options each engine needs."""
    database = env.db_url("DATABASE_URL", default=f"sqlite:///{var_dir / 'lantoa.sqlite3'}")
    database["ATOMIC_REQUESTS"] = False
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",  # a reader that turns writer in mid-transaction would fail at once
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
    else:
        database["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=600)
        database["CONN_HEALTH_CHECKS"] = True
        # Off behind a pooler that gives every transaction another connection (pgbouncer in transaction mode).
        database["PREPARE_STATEMENTS"] = env.bool("DATABASE_PREPARE", default=True)
        database["OPTIONS"] = {"connect_timeout": 2, "options": "-c lock_timeout=3000"}
    return database
