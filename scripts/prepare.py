"""Bring the data of an installation up to date before it starts: database, static files, demonstration ward.

Everything looks first and acts only on what has changed, so that a second start takes a second or two.
"""

import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402 - the path and the settings module are named first

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.staticfiles.finders import get_finders  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402


def main() -> None:
    os.umask(0o077)  # the database and the papers belong to the account that runs the program, to nobody else
    migrate()
    collect_static()
    load_demonstration()


def migrate() -> None:
    """Apply the migrations that the database lacks."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Cập nhật cấu trúc cơ sở dữ liệu")
        call_command("migrate", interactive=False, verbosity=0)


def collect_static() -> None:
    """Gather the static files again when one was added, removed or changed."""
    stamp = settings.VAR_DIR / "static.stamp"
    fingerprint = fingerprint_of_static_files()
    if stamp.exists() and stamp.read_text() == fingerprint and Path(settings.STATIC_ROOT).is_dir():
        return
    say("Chuẩn bị giao diện")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(fingerprint)


def fingerprint_of_static_files() -> str:
    """Hash over path, size and time of every static file of the project and of its packages."""
    lines = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            lines.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def load_demonstration() -> None:
    """Load the demonstration ward, once in the life of an installation and only where nobody is registered.

    The mark outlives the ward: a real ward that removed the demonstration must not find it again
    on the next morning because its own first administrator was not registered yet.
    """
    mark = settings.VAR_DIR / "demonstration.loaded"
    if not settings.DEMO_MODE or mark.exists() or get_user_model().objects.exists():
        return
    say("Nạp phường trình diễn")
    call_command("load_demo", verbosity=0)
    mark.touch()


def say(sentence: str) -> None:
    print(f"· {sentence}", flush=True)


if __name__ == "__main__":
    main()
