"""A browser window on pages drawn in the test's own process: no server program, every row at hand, any state rolled back."""

import mimetypes
import threading
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from django.contrib.staticfiles import finders


class Shelf(ThreadingHTTPServer):
    """Hands out the one page laid on it, and the static files; what a page asks for beside itself is empty."""

    daemon_threads = True
    shown = ("", 200, {}, b"")

    @property
    def origin(self):
        return f"http://127.0.0.1:{self.server_port}"

    def lay(self, url, response):
        """Put `response` on the shelf as the page at `url`; its bytes."""
        body = b"".join(response) if response.streaming else response.content
        kept = {key: value for key, value in response.items() if key not in {"Content-Length", "Location"}}
        self.shown = (url, response.status_code, kept, body)
        return body


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        url, status, headers, body = self.server.shown
        if self.path.startswith("/static/"):
            status, headers, body = static(self.path.partition("?")[0])
        elif self.path != url:
            status, headers, body = 204, {}, b""
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_args):
        """Nobody reads it."""


@cache
def static(path):
    """(status, headers, body) of a static file; the browser keeps it for all pages."""
    found = finders.find(path.removeprefix("/static/"))
    if not found:
        return 404, {}, b""
    kind = mimetypes.guess_type(found)[0] or "font/woff2"
    return 200, {"Content-Type": kind, "Cache-Control": "max-age=3600"}, Path(found).read_bytes()


@contextmanager
def shelf():
    server = Shelf(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
