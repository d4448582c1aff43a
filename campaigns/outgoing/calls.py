"""One POST to the outside: the address that was looked at, no redirects, no proxies, a deadline, a bounded answer."""

import contextlib
import email.utils
import http.client
import re
import socket
import ssl
import threading
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError

from campaigns.outgoing.addresses import Target, target_of

DEADLINE = 10.0  # seconds for the whole call: a server that answers one byte a second is no answer
LONGEST_HEAD = 16_000  # bytes of an answer that are read; its body is never needed
LONGEST_PAUSE = 7_200  # seconds a server may ask us to wait
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})(?: |\r|$)")
_RETRY_AFTER = re.compile(rb"(?im)^retry-after:([^\r\n]{1,100})")


@dataclass(frozen=True)
class Answer:
    """What came back: `status` of HTTP, the pause the server asked for in seconds (0: none)."""

    status: int
    pause: int = 0

    @property
    def taken(self) -> bool:
        return 200 <= self.status < 300

    @property
    def passing(self) -> bool:
        """A refusal that may end by itself: too much at once, or the server's own trouble."""
        return self.status in {408, 425, 429} or self.status >= 500


def post(url: str, body: bytes, headers: dict[str, str], *, seconds: float | None = None) -> Answer:
    """Send `body`; OSError when no whole answer came in time, ValidationError when the address must not be called.

    `seconds` (DEADLINE) holds for all of it together: looking the name up, connecting, locking the line and the answer.
    """
    ends = time.monotonic() + (DEADLINE if seconds is None else seconds)
    target = _looked_up(url, ends=ends)
    line = [socket.create_connection((target.ip, target.port), timeout=_left(ends))]
    try:
        with _watched(line, ends=ends):
            return _ask(_connection(target, line, ends=ends), target.path, body, {"User-Agent": "LanToa", **headers})
    except OSError:  # a doubtful certificate is a ValueError too, but says more by itself
        raise
    except (http.client.HTTPException, ValueError) as failure:
        raise ConnectionError(f"câu trả lời không đọc được ({type(failure).__name__})") from failure
    finally:
        line[0].close()


@contextlib.contextmanager
def _watched(line: list[socket.socket], *, ends: float):
    """Shut the line at `ends`: a socket's own timeout starts anew with every byte."""
    watchman = threading.Timer(_left(ends), _shut, [line])
    watchman.daemon = True
    watchman.start()
    try:
        yield
    finally:
        watchman.cancel()


def _left(ends: float) -> float:
    """Seconds until `ends`; TimeoutError when they are over."""
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError("hết thời gian chờ")
    return left


def _looked_up(url: str, *, ends: float) -> Target:
    """As target_of; the system's own look-up knows no deadline, so it is waited for from outside."""
    found = []

    def look():
        try:
            found.append(target_of(url))
        except (OSError, ValueError, ValidationError) as failure:  # for the thread that waits
            found.append(failure)

    seeker = threading.Thread(target=look, daemon=True)
    seeker.start()
    seeker.join(_left(ends))
    if not found:
        raise TimeoutError("không tra được tên máy chủ trong thời gian chờ")
    if isinstance(found[0], Exception):
        raise found[0]
    return found[0]


def _ask(connection: http.client.HTTPConnection, path: str, body: bytes, headers: dict[str, str]) -> Answer:
    connection.request("POST", path, body=body, headers=headers)
    head = _read_head(connection.sock)
    status = int(_STATUS.match(head)[1])
    asked = _RETRY_AFTER.search(head)
    return Answer(status, _pause(asked[1].decode("latin-1").strip()) if asked else 0)


def _read_head(sock: socket.socket) -> bytes:
    """The whole head of the final answer; ConnectionError when the line breaks before its end.

    http.client takes what broke off after "HTTP/1.1 200 O" for an answer; for us it is none.
    """
    read = b""
    while len(read) < LONGEST_HEAD:
        head, end, rest = read.partition(b"\r\n\r\n")
        if end and not _STATUS.match(head):
            break
        if end and head.split(b" ", 2)[1][:1] != b"1":
            return head
        if end:  # 1xx only announces the answer
            read = rest
            continue
        more = sock.recv(4096)
        if not more:
            raise ConnectionError("câu trả lời bị đứt giữa chừng")
        read += more
    raise ConnectionError("câu trả lời không đọc được")


def _connection(target: Target, line: list[socket.socket], *, ends: float) -> http.client.HTTPConnection:
    """HTTP over the open `line`, in TLS when the address asks for it; the certificate must name the host."""
    if target.tls:
        line[0] = _trust().wrap_socket(line[0], server_hostname=target.host, do_handshake_on_connect=False)
        line[0].do_handshake()
    name = target.host if target.port in {80, 443} else f"{target.host}:{target.port}"
    connection = http.client.HTTPConnection(name, timeout=_left(ends))
    connection.sock = line[0]
    return connection


def _trust() -> ssl.SSLContext:
    """The authorities of this machine; OUTGOING_CA_FILE adds the one of the office's own network."""
    context = ssl.create_default_context()
    if settings.OUTGOING_CA_FILE:
        context.load_verify_locations(settings.OUTGOING_CA_FILE)
    return context


def _shut(line: list[socket.socket]) -> None:
    with contextlib.suppress(OSError):
        line[0].shutdown(socket.SHUT_RDWR)


def _seconds_until(date: str) -> int:
    when = email.utils.parsedate_tz(date)
    try:
        return int(email.utils.mktime_tz(when) - time.time()) if when else 0
    except (OverflowError, ValueError):  # the year 99999999999999999999
        return 0


def _pause(text: str) -> int:
    """Seconds of a Retry-After, given as a number or as a date; 0 when it says nothing usable."""
    if text.isascii() and text.isdigit():
        seconds = int(text[:9])
    else:
        seconds = _seconds_until(text)
    return max(0, min(seconds, LONGEST_PAUSE))
