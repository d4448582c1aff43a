"""A PostgreSQL and a Redis of our own for one test run: loopback, free ports, data in a temporary folder.

Nothing of the machine's own servers is touched. PostgreSQL refuses to run as root, so root starts it as the
account `postgres` (made by Debian's package) or `nobody`.
"""

import contextlib
import glob
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

START_SECONDS = 30
# A test database is thrown away: no reason to wait for the disk.
POSTGRES_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "autovacuum": "off",
}


class ServerStartError(Exception):
    """A private server did not start; the text holds what it said itself."""


def free_port() -> int:
    """A loopback port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def private_postgres() -> Iterator[str]:
    """Run a PostgreSQL; yields the URL of its empty database `lantoa`."""
    binaries = postgres_binaries()
    account = unprivileged_account()
    with temporary_folder(account) as folder:
        password = secrets.token_hex(16)
        port = free_port()
        make_cluster(binaries, folder, password, account)
        options = [f"-c{name}={value}" for name, value in POSTGRES_OPTIONS.items()]
        options += [f"-cport={port}", f"-cunix_socket_directories={folder}"]
        with running(
            [binaries / "postgres", "-D", folder / "data", *options], folder, account, signal.SIGINT
        ) as process:
            wait_for(process, folder, lambda: accepts(port) and can_query(binaries, port, password))
            yield f"postgres://lantoa:{password}@127.0.0.1:{port}/lantoa"


@contextlib.contextmanager
def private_redis() -> Iterator[str]:
    """Run a Redis that keeps nothing on disk; yields its URL with the password in it."""
    binary = shutil.which("redis-server")
    if binary is None:
        raise ServerStartError("redis-server is not installed; `make test` installs it.")
    with temporary_folder(None) as folder:
        password = secrets.token_hex(16)
        port = free_port()
        settings = folder / "redis.conf"
        settings.write_text(
            f'bind 127.0.0.1\nport {port}\nrequirepass {password}\nsave ""\nappendonly no\ndaemonize no\ndir "{folder}"\n'
        )
        settings.chmod(0o600)
        with running([binary, settings], folder, None, signal.SIGTERM) as process:
            wait_for(process, folder, lambda: accepts(port))
            yield f"redis://:{password}@127.0.0.1:{port}/0"


def postgres_binaries() -> Path:
    """The newest PostgreSQL on this machine; Debian keeps its server programs off the PATH."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: float(path.split("/")[4]))
    if found:
        return Path(found[-1]).parent
    anywhere = shutil.which("initdb")
    if anywhere:
        return Path(anywhere).resolve().parent
    raise ServerStartError("PostgreSQL is not installed; `make test` installs it.")


def unprivileged_account() -> pwd.struct_passwd | None:
    """The account to run PostgreSQL as, None when we are not root and may run it ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ServerStartError("There is neither an account `postgres` nor `nobody` to run PostgreSQL as.")


@contextlib.contextmanager
def temporary_folder(account: pwd.struct_passwd | None) -> Iterator[Path]:
    """A folder under /tmp: short, for the path of a Unix socket is limited to 107 bytes."""
    folder = Path(tempfile.mkdtemp(prefix="lantoa-", dir="/tmp"))
    try:
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_cluster(binaries: Path, folder: Path, password: str, account: pwd.struct_passwd | None) -> None:
    """initdb with a password: other accounts of this machine may reach loopback as well."""
    password_file = folder / "password"
    password_file.write_text(password)
    if account:
        os.chown(password_file, account.pw_uid, account.pw_gid)
    command = [binaries / "initdb", "-D", folder / "data", "-U", "lantoa", "-A", "scram-sha-256"]
    command += ["--pwfile", password_file, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False, **as_account(account))
    if done.returncode != 0:
        raise ServerStartError(f"initdb failed:\n{done.stdout}{done.stderr}")


def as_account(account: pwd.struct_passwd | None) -> dict:
    """Arguments of subprocess that drop root for the account."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def can_query(binaries: Path, port: int, password: str) -> bool:
    """Whether the database `lantoa` exists; the first answer makes it."""
    command = [binaries / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "lantoa", "lantoa"]
    done = subprocess.run(command, capture_output=True, text=True, env={"PGPASSWORD": password}, check=False)
    return done.returncode == 0 or "already exists" in done.stderr


@contextlib.contextmanager
def running(
    command: list, folder: Path, account: pwd.struct_passwd | None, stop_signal: int
) -> Iterator[subprocess.Popen]:
    """Run a server with its words in `folder`/log; stop it whatever happens."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=True,  # Ctrl-C on the terminal is for pytest; the servers end after it
            **as_account(account),
        )
    try:
        yield process
    finally:
        process.send_signal(stop_signal)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(process: subprocess.Popen, folder: Path, ready) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if ready():
            return
        time.sleep(0.05)
    raise ServerStartError(f"{process.args[0]} did not start:\n{(folder / 'log').read_text(errors='replace')}")
