"""Start Lan Tỏa on this machine: the web process and the clock, together or not at all.

`make run` calls this after scripts/setup.py. The order: secret key, port check, database and static files
(scripts/prepare.py), then the two processes. When one of them dies the other is stopped and its exit code is
handed on, so that a half-running program (pages without reminders) cannot go unnoticed.
"""

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
STOP_SECONDS = 20
PR_SET_PDEATHSIG = 1


def main() -> int:
    port = read_arguments().port
    os.chdir(ROOT)
    environment = read_environment(port)
    check_port(port)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    children: dict[str, subprocess.Popen] = {}
    try:
        subprocess.run([sys.executable, "scripts/prepare.py"], env=environment, check=True)
        children["máy chủ web"] = start(web_command(port), environment)
        children["đồng hồ nhắc việc"] = start([sys.executable, "manage.py", "run_clock"], environment)
        # Written while the web process starts, shown when it answers.
        welcome = subprocess.Popen(
            [sys.executable, "scripts/welcome.py", str(port)], env=environment, stdout=subprocess.PIPE
        )
        code = wait_until_ready(port, children)
        if code is None:
            print(welcome.communicate()[0].decode(), flush=True)
            code = watch(children)
    except KeyboardInterrupt:
        say("Đang dừng Lan Tỏa.")
        code = 0
    except subprocess.CalledProcessError as failure:
        say("Chưa chuẩn bị xong dữ liệu nên chương trình không khởi động (lý do ở ngay trên).")
        code = failure.returncode
    finally:
        stop(children)
    return code


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Khởi động Lan Tỏa trên máy này.")
    parser.add_argument("--port", type=int, default=8000, help="cổng trên 127.0.0.1 (mặc định 8000)")
    return parser.parse_args()


def read_environment(port: int) -> dict[str, str]:
    """The environment of the children: the demonstration mode unless .env or the shell says otherwise."""
    environment = dict(os.environ)
    environment.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    environment.setdefault("LOG_LEVEL", "WARNING")  # the terminal is for the person, not for every request
    environment["PYTHONUNBUFFERED"] = "1"
    return environment


def check_port(port: int) -> None:
    """Stop with a sentence before anything is started when somebody else has the port."""
    with socket.socket() as probe:
        # As gunicorn binds it: a port just left by the previous run (TIME_WAIT) is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise SystemExit(
                f"Cổng {port} trên máy này đang có chương trình khác dùng, nên Lan Tỏa chưa khởi động.\n"
                f"Dừng chương trình đó, hoặc chạy ở cổng khác: make run PORT={port + 1}"
            ) from None


def web_command(port: int) -> list[str]:
    """gunicorn with threads: on an office PC one slow page (a long PDF) must not hold up the others."""
    return [
        *(sys.executable, "-m", "gunicorn", "config.wsgi:application", "--config", "python:config.gunicorn"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
        *("--bind", f"127.0.0.1:{port}", "--log-level", "warning", "--graceful-timeout", "15"),
        # No control socket: a second installation on the same machine would collide on its path.
        "--no-control-socket",
    ]


def start(command: list[str], environment: dict[str, str]) -> subprocess.Popen:
    """Start a child in a group of its own, so that Ctrl-C reaches it once and through this process."""
    return subprocess.Popen(command, env=environment, start_new_session=True, preexec_fn=die_with_parent)


def die_with_parent() -> None:
    """Ask Linux to end the child when this process is killed outright; elsewhere nothing is lost."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    except (OSError, AttributeError):
        return


def wait_until_ready(port: int, children: dict[str, subprocess.Popen]) -> int | None:
    """Wait for the first healthy answer; an exit code when a child died or nothing answered in time."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        code = first_exit(children)
        if code is not None:
            return code
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return None
        except urllib.error.HTTPError as answer:
            if answer.code == 503:  # it is up and says itself that something is amiss; the page tells what
                return None
            say(f"Máy chủ web trả lời lỗi {answer.code} khi khởi động.")
            return 1
        except OSError:
            time.sleep(0.1)
    say(f"Máy chủ web không trả lời sau {START_SECONDS} giây.")
    return 1


def watch(children: dict[str, subprocess.Popen]) -> int:
    """Wait until one of the children ends and return its exit code, never 0: neither ends by itself in health."""
    while True:
        code = first_exit(children)
        if code is not None:
            return code
        time.sleep(0.5)


def first_exit(children: dict[str, subprocess.Popen]) -> int | None:
    for name, child in children.items():
        code = child.poll()
        if code is not None:
            say(f"Tiến trình {name} đã dừng (mã {code}), nên dừng cả chương trình.")
            # A child killed by a signal has a negative code; a shell shows that as 128 + signal.
            return 128 - code if code < 0 else code or 1
    return None


def stop(children: dict[str, subprocess.Popen]) -> None:
    """Ask the children to end, give them time to finish what they hold, then end them."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children.values():
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def say(sentence: str) -> None:
    print(f"· {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
