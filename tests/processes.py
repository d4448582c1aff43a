"""The program as real processes: the embedded default as `make run` starts it, and the production set.

Everything listens on loopback with a free port, keeps its files in the folder it is given, and ends with the test,
also when the test fails.
"""

import contextlib
import os
import secrets
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scripts.private_servers import free_port

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 90
CELERY = ("-m", "celery", "-A", "config.celery")


@dataclass
class Site:
    """A running program: where it answers, and the environment of its commands."""

    url: str
    environment: dict[str, str]
    folder: Path
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)

    def manage(self, *arguments: str) -> str:
        """Run a management command of this installation; its output."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise AssertionError(f"manage.py {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def python(self, code: str) -> str:
        """Run lines of Python with the models at hand; what they print."""
        return self.manage("shell", "-v", "0", "-c", code).strip()

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")


def clean_environment(**values: str) -> dict[str, str]:
    """The environment of the tests without what points at their own database and mode."""
    ours = {
        "DJANGO_ALLOW_ASYNC_UNSAFE",  # set for whole runs by tests that must mix Playwright and the ORM
        "LANTOA_ENV",
        "LANTOA_VAR_DIR",
        "DATABASE_URL",
        "REDIS_URL",
        "DJANGO_SETTINGS_MODULE",
        "SECRET_KEY",
        "SITE_URL",
    }
    kept = {name: value for name, value in os.environ.items() if name not in ours and not name.startswith("PYTEST_")}
    return kept | values


def sender_environment(url: str, port: int, **more: str) -> dict[str, str]:
    """The environment of a process that works on the tests' database at `url` and hands letters to the mail server at `port`."""
    values = {
        "LANTOA_ENV": "test",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LANTOA_VAR_DIR": os.environ["LANTOA_VAR_DIR"],
        "DATABASE_URL": url,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(port),
        "LOG_LEVEL": "CRITICAL",
    }
    return clean_environment(**values | more)


@contextlib.contextmanager
def embedded_site(folder: Path):
    """The program as `make run` starts it, with the demonstration ward, in a folder of its own."""
    port = free_port()
    environment = clean_environment(LANTOA_ENV="demo", LANTOA_VAR_DIR=str(folder / "var"))
    site = Site(f"http://127.0.0.1:{port}", environment, folder)
    with contextlib.ExitStack() as stack:
        stack.callback(stop_all, site)
        start(site, "run", "scripts/run.py", "--port", str(port))
        wait_until(lambda: "đang chạy tại" in site.log("run"), site, seconds=300)  # the demonstration is loaded first
        yield site


def prepare_production(folder: Path, *, database_url: str) -> None:
    """What is done once before production starts: the tables, and the static files in `folder`/var/static."""
    environment = production_environment(0, folder) | {"DATABASE_URL": database_url, "REDIS_URL": "redis://127.0.0.1/0"}
    site = Site("", environment, folder)
    site.manage("migrate", "-v", "0", "--noinput")
    site.manage("collectstatic", "-v", "0", "--noinput")


@contextlib.contextmanager
def production_site(folder: Path, *, database_url: str, redis_url: str, static: Path, **settings: str):
    """gunicorn with TLS, a Celery worker and beat in production mode, on a prepared PostgreSQL and on Redis."""
    port = free_port()
    (folder / "var").mkdir()
    (folder / "var" / "static").symlink_to(static)
    services = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
    site = Site(f"https://127.0.0.1:{port}", production_environment(port, folder) | services | settings, folder)
    certificate, key = make_certificate(folder)
    with contextlib.ExitStack() as stack:
        stack.callback(stop_all, site)
        web = ("-m", "gunicorn", "config.wsgi", "-w", "2", "-b", f"127.0.0.1:{port}", "--no-control-socket")
        start(site, "web", *web, "--certfile", certificate, "--keyfile", key)
        start_celery(site)
        wait_until(lambda: healthy(site.url), site)
        yield site


def start_celery(site: Site) -> None:
    """A worker and beat; returns when the worker takes work."""
    known = site.log("worker").count("ready.") if (site.folder / "worker.log").exists() else 0
    start(site, "worker", *CELERY, "worker", "-c", "1", "-l", "INFO", "--without-gossip", "--without-mingle")
    start(site, "beat", *CELERY, "beat", "-l", "INFO")
    wait_until(lambda: site.log("worker").count("ready.") > known, site)


def production_environment(port: int, folder: Path) -> dict[str, str]:
    return clean_environment(
        LANTOA_ENV="production",
        LANTOA_VAR_DIR=str(folder / "var"),
        SECRET_KEY=secrets.token_urlsafe(64),
        ALLOWED_HOSTS="127.0.0.1,localhost",
        SITE_URL=f"https://127.0.0.1:{port}",
        CLOCK_TICK_SECONDS="2",
        REMIND_AT_ANY_HOUR="yes",  # these tests run at whatever hour it is
    )


def start(site: Site, name: str, *arguments: str) -> subprocess.Popen:
    """Start a process of the site; its words go to `name`.log in the site's folder."""
    with (site.folder / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=site.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    site.processes[name] = process
    return process


def stop_all(site: Site) -> None:
    """Ask every process to end; what does not end in time is killed with its children."""
    for process in site.processes.values():
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + 25
    for process in site.processes.values():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            kill_tree(process)


def kill_tree(process: subprocess.Popen) -> None:
    """SIGKILL to a process and its children, as a power cut would."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def healthy(url: str) -> bool:
    """Whether /healthz answers 200."""
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=5, context=trusting()) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def trusting() -> ssl.SSLContext:
    """Takes the certificate that the test itself has made."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def make_certificate(folder: Path) -> tuple[str, str]:
    """A self-signed certificate for 127.0.0.1; (certificate, key) as paths."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)  # noqa: TID251 - a certificate, not the program's today
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return str(paths[0]), str(paths[1])


def wait_until(condition, site: Site, *, seconds: float = START_SECONDS) -> None:
    """Wait for something to become true; a process that died meanwhile ends the wait with its log."""
    deadline = time.monotonic() + seconds
    while not condition():
        dead = [name for name, process in site.processes.items() if process.poll() is not None]
        if dead or time.monotonic() > deadline:
            logs = "\n".join(f"--- {name}\n{site.log(name)[-4000:]}" for name in site.processes)
            raise AssertionError(f"Waited {seconds} s in vain; ended by themselves: {dead}\n{logs}")
        time.sleep(0.1)
