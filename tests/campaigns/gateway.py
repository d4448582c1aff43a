"""A gateway in a thread that behaves as badly as it is told, by telephone number; it checks signatures by itself."""

import contextlib
import datetime as dt
import hashlib
import hmac
import ipaddress
import json
import ssl
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone


@dataclass(frozen=True)
class Call:
    """One POST as it arrived."""

    path: str
    headers: dict
    body: bytes

    @property
    def message(self):
        return json.loads(self.body)

    def is_signed_with(self, secret):
        """As docs/van-hanh.md tells the maker of a gateway to check it."""
        signed = self.headers["X-LanToa-Timestamp"].encode() + b"." + self.body
        return (
            self.headers["X-LanToa-Signature"] == "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
        )


class Gateway(ThreadingHTTPServer):
    """Keeps `calls`; `moods` maps what a call is about (the number it goes to, else its path) to a mood.

    Moods: a status ("200", "429", "500", "302"...), "silent" (never answers), "drip" (a byte at a time),
    "half" (breaks off in the middle), "noise" (no HTTP at all), "endless" (a body without end), "early" (an announcement first).
    """

    daemon_threads = False  # the end of the server waits for its sessions: none is left with an open socket

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.calls, self.moods, self.retry_after = [], {}, ""
        self.over = threading.Event()

    @property
    def port(self):
        return self.server_address[1]

    def handle_error(self, request, client_address):
        """A caller that hung up is no fault of the gateway."""


class Session(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        call = Call(self.path, dict(self.headers), body)
        self.server.calls.append(call)
        about = call.message["to"] if self.headers["Content-Type"].startswith("application/json") else self.path
        mood = self.server.moods.get(about, "200")
        getattr(self, f"_{mood}", lambda: self._status(int(mood)))()

    def _status(self, status):
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/noi-khac")
        if self.server.retry_after:
            self.send_header("Retry-After", self.server.retry_after)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def _silent(self):
        self.server.over.wait(5)

    def _drip(self):
        for byte in b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200:
            self.wfile.write(bytes([byte]))
            if self.server.over.wait(0.05):
                return

    def _half(self):
        self.wfile.write(b"HTTP/1.1 200 O")

    def _early(self):
        self.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 202 Accepted\r\n\r\n")

    def _noise(self):
        self.wfile.write(b"\x00\x01 not HTTP\r\n\r\n")

    def _endless(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        end = time.monotonic() + 5
        while time.monotonic() < end:
            self.wfile.write(b"x" * 65_536)

    def log_message(self, *args):
        """Nothing: the test looks at `calls`."""


@contextlib.contextmanager
def gateway(*, certificate=None):
    """The server; with `certificate` (key and certificate in one file) it speaks TLS."""
    server = Gateway()
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def make_certificate(path, *, host="localhost", address="127.0.0.1"):
    """A self-signed certificate for `host` and `address`, in `path`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = timezone.now()
    names = x509.SubjectAlternativeName([x509.DNSName(host), x509.IPAddress(ipaddress.ip_address(address))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path
