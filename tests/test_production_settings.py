"""Production refuses to start half configured, and what it starts with is tight (H-02, H-06)."""

import subprocess
import sys

import pytest

from scripts.lint import production
from tests.processes import ROOT, clean_environment

pytestmark = pytest.mark.once


def check(folder, **changes):
    """Exit code and words of `check --deploy` under production settings with some of them changed."""
    environment = clean_environment(**production(folder)) | changes
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.proves("H-06")
def test_complete_production_settings_pass(tmp_path):
    code, words = check(tmp_path)
    assert code == 0, words


@pytest.mark.proves("H-06")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "ngan-qua"),
        ("ALLOWED_HOSTS", ""),
        ("SITE_URL", ""),
        ("DATABASE_URL", "sqlite:///lantoa.sqlite3"),
        ("REDIS_URL", ""),
        ("LANTOA_ENV", "thu"),
    ],
)
def test_incomplete_production_settings_are_refused(name, value, tmp_path):
    code, words = check(tmp_path, **{name: value})
    assert (code != 0, name in words) == (True, True), words


@pytest.mark.proves("H-02")
def test_cookies_are_bound_to_host_and_tls(tmp_path):
    code = (
        "from django.conf import settings as s\n"
        "print([s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.DEBUG])"
    )
    environment = clean_environment(**production(tmp_path))
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip().splitlines()[-1] == (
        "['__Host-lantoa', '__Host-lantoa-csrf', True, True, True, True, 'Lax', False]"
    )
