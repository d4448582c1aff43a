"""Prepare a machine for Lan Tỏa: system libraries, virtual environment, pinned packages.

Runs on the bare Python of a fresh Debian 12, so only the standard library is used.
Each step looks first and acts only on what is missing: the second call takes no noticeable time.

    python3 scripts/setup.py run             what the program needs
    python3 scripts/setup.py dev             what the static gate needs on top
    python3 scripts/setup.py dev services    PostgreSQL, Redis and Chromium for the tests as well
    python3 scripts/setup.py dev services office   and LibreOffice, for the long suites and the bench
"""

import contextlib
import ctypes
import fcntl
import glob
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
LOCK_FILES = {"run": "requirements.txt", "dev": "requirements-dev.txt"}

# Debian package -> the shared library that WeasyPrint opens from it. libharfbuzz-subset0 is not
# optional: without it two runs of the same plan give different bytes.
LIBRARIES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}


def main(wanted: list[str]) -> None:
    """Bring the machine up to what is wanted, or stop with a sentence that says what to do."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file meets whatever python3 the machine has
        stop(f"Cần Python 3.11 trở lên; máy này đang dùng Python {sys.version.split()[0]}.")
    kind = "dev" if "dev" in wanted else "run"
    os.chdir(ROOT)
    with single_run():
        install_system_packages(missing_packages(services="services" in wanted, office="office" in wanted))
        make_environment()
        install_requirements(kind)


@contextlib.contextmanager
def single_run():
    """Hold a lock on the project folder for the time of the set-up.

    `make run` and `make test` started side by side would otherwise install into one environment at once.
    """
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def missing_packages(*, services: bool, office: bool) -> list[str]:
    """Debian packages this machine lacks, found by looking for the thing itself, not for the package."""
    missing = [package for package, library in LIBRARIES.items() if not loads(library)]
    if importlib.util.find_spec("ensurepip") is None and not VENV_PYTHON.exists():
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if services:
        if not glob.glob("/usr/lib/postgresql/*/bin/initdb"):
            missing.append("postgresql")
        if not shutil.which("redis-server"):
            missing.append("redis-server")
        if not shutil.which("chromium"):
            missing.append("chromium")
    if office and not (shutil.which("soffice") or shutil.which("libreoffice")):
        missing.append("libreoffice-writer-nogui")
    return missing


def loads(library: str) -> bool:
    """Whether the dynamic linker finds the library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_system_packages(packages: list[str]) -> None:
    """Install with apt, as root or through sudo; when neither is possible, print the line for the administrator."""
    if not packages:
        return
    command = f"sudo apt-get install --no-install-recommends {' '.join(packages)}"
    ask = f"Đề nghị người quản trị máy chạy:\n    {command}\nrồi chạy lại lệnh này."
    if not shutil.which("apt-get"):
        stop(f"Máy này không có apt. Đề nghị cài các gói tương đương rồi chạy lại: {' '.join(packages)}.")
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    if prefix and not may_use_sudo():
        stop(f"Thiếu thư viện hệ thống và tài khoản này không được dùng apt. {ask}")
    say(f"Cài thư viện hệ thống còn thiếu: {', '.join(packages)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "Dpkg::Use-Pty=0"]
    # A fresh machine has no package lists; a stale list names versions that are gone from the mirror.
    subprocess.run([*apt, "update"], stdout=subprocess.DEVNULL, check=False)
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    done = subprocess.run(install, stdout=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        stop(f"apt không cài được thư viện hệ thống (lý do ở ngay trên). {ask}")


def may_use_sudo() -> bool:
    """Whether sudo exists and either needs no password or can ask for it on this terminal."""
    if not shutil.which("sudo"):
        return False
    if sys.stdin.isatty():
        return True
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


def make_environment() -> None:
    """Create .venv; one whose interpreter no longer starts (system upgrade, copied folder) is made anew."""
    if VENV_PYTHON.exists():
        probe = subprocess.run([VENV_PYTHON, "-c", "import pip"], capture_output=True, check=False)
        if probe.returncode == 0:
            return
        say("Môi trường .venv không dùng được nữa, tạo lại.")
    else:
        say("Tạo môi trường Python riêng trong .venv")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False).returncode != 0:
        stop("Không tạo được môi trường Python trong .venv (lý do ở ngay trên).")


def install_requirements(kind: str) -> None:
    """Install the pinned packages, every file checked against its hash, when the lock file has changed."""
    lock_file = ROOT / LOCK_FILES[kind]
    if is_installed(kind):
        return
    say(f"Cài các gói Python theo {lock_file.name} (khoảng nửa phút)")
    pip = [VENV_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    # Compiled while it is installed, so that the program starts in seconds whatever the machine's own setting is.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [*pip, "--compile", "--require-hashes", "-r", lock_file]
    if subprocess.run(command, env=environment, check=False).returncode != 0:
        stop("Không cài được các gói Python (lý do ở ngay trên). Kiểm tra kết nối mạng rồi chạy lại lệnh này.")
    stamp_of(kind).write_text(fingerprint(kind))
    if kind == "dev":
        # The development lock is made under the constraint of the other, so it contains it whole.
        stamp_of("run").write_text(fingerprint("run"))


def is_installed(kind: str) -> bool:
    """Whether the environment already holds exactly this lock file."""
    stamp = stamp_of(kind)
    return stamp.exists() and stamp.read_text() == fingerprint(kind)


def stamp_of(kind: str) -> Path:
    return VENV / f".installed-{kind}"


def fingerprint(kind: str) -> str:
    """Hash of the lock file and of the interpreter's version, for either may change under a kept folder."""
    content = (ROOT / LOCK_FILES[kind]).read_bytes() + sys.version.encode()
    return hashlib.sha256(content).hexdigest()


def say(sentence: str) -> None:
    print(f"· {sentence}", flush=True)


def stop(sentence: str) -> None:
    raise SystemExit(f"\n{sentence}")


if __name__ == "__main__":
    main(sys.argv[1:])
