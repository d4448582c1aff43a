"""The static gate: ruff, templates, migrations in step with the models, production checks at WARNING.

Everything is run even after a failure, so that one run shows all there is to mend. The import contract and the
other rules that read the source are tests (tests/test_architecture.py) and run here as well.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON_FOLDERS = ["config", "units", "documents", "campaigns", "reports", "tests", "scripts", "bench", "manage.py"]


def main() -> int:
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory(prefix="lantoa-lint-") as folder:
        failed = [title for title, command, extra in checks(Path(folder)) if not passes(title, command, extra)]
    if failed:
        print(f"\nStatic gate: {len(failed)} failed: {', '.join(failed)}.")
        return 1
    print("\nStatic gate: clean.")
    return 0


def checks(folder: Path) -> list[tuple[str, list[str], dict[str, str]]]:
    """Title, command and extra environment of every check."""
    python = [sys.executable]
    trial = {"LANTOA_ENV": "test", "LANTOA_VAR_DIR": str(folder), "DATABASE_URL": "sqlite:///:memory:"}
    folders = [name for name in PYTHON_FOLDERS if Path(name).exists()]
    return [
        ("ruff", [*python, "-m", "ruff", "check", "--quiet", *folders], {}),
        ("templates", [*python, "-m", "djlint", "templates", "--lint", "--quiet"], {}),
        ("migrations", [*python, "manage.py", "makemigrations", "--check", "--dry-run", "-v", "0"], trial),
        ("deploy", [*python, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], production(folder)),
        ("rules", [*python, "-m", "pytest", "-q", "tests/test_architecture.py", "-p", "no:cacheprovider"], {}),
    ]


def production(folder: Path) -> dict[str, str]:
    """A complete production environment, with nothing behind it: the checks only read settings."""
    return {
        "LANTOA_ENV": "production",
        "LANTOA_VAR_DIR": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "lantoa.example.vn",
        "SITE_URL": "https://lantoa.example.vn",
        "DATABASE_URL": "postgres://lantoa:matkhau@127.0.0.1:5432/lantoa",
        "REDIS_URL": "redis://:matkhau@127.0.0.1:6379/0",
        "EMAIL_HOST": "smtp.example.vn",
        "DEFAULT_FROM_EMAIL": "Lan Tỏa <lantoa@example.vn>",
        "BEHIND_PROXY": "true",
    }


def passes(title: str, command: list[str], extra: dict[str, str]) -> bool:
    done = subprocess.run(command, env={**os.environ, **extra}, capture_output=True, text=True, check=False)
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {title}", flush=True)
    if done.returncode != 0:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
