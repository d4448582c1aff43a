"""Bodies that no form needs: refused by their announced length before a byte is read, in the program itself (U-01)."""

import base64
import io
import re
import socket
import tracemalloc
from pathlib import Path

import pytest
from django.core.files.uploadhandler import load_handler
from django.http.multipartparser import MultiPartParser
from django.test import Client

from scripts.private_servers import free_port
from tests.processes import Site, clean_environment, start, stop_all, wait_until

MEGABYTE = 1024 * 1024
FORM = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n'


class Unread(io.RawIOBase):
    """A body that may not be touched."""

    def read(self, *_):
        raise AssertionError("the body was read")


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.proves("U-01")
@pytest.mark.parametrize("length", [str(100 * MEGABYTE), str(1024 * MEGABYTE), "9" * 5000, "0" * 12 + "9" * 9, "-1", "1e3"])
def test_a_body_too_long_is_refused_unread(cast, length):
    answer = Client(enforce_csrf_checks=True).generic(
        "POST",
        "/dang-nhap/",
        CONTENT_TYPE="multipart/form-data; boundary=x",
        CONTENT_LENGTH=length,
        **{"wsgi.input": Unread()},
    )
    assert (answer.status_code, "vượt quá 12 MB nên máy chủ chưa nhận" in answer.content.decode()) == (413, True)
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.once
@pytest.mark.django_db
def test_a_body_within_the_limit_is_read(cast, settings):
    """Control of the test above."""
    settings.UPLOAD_MAX_BYTES = 200 * MEGABYTE
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    with pytest.raises(AssertionError, match="the body was read"):
        client.generic(
            "POST", "/dang-nhap/", CONTENT_TYPE="multipart/form-data; boundary=x", CONTENT_LENGTH=str(100 * MEGABYTE),
            **{"wsgi.input": Unread()},
        )  # fmt: skip


@pytest.mark.once
@pytest.mark.proves("U-01")
@pytest.mark.parametrize(
    "content", [base64.encodebytes(bytes(8 * MEGABYTE)), b" " * 11 * MEGABYTE, b"\n" * 11 * MEGABYTE]
)
def test_a_file_in_base64_is_read_in_pieces(settings, content):
    """CVE-2026-108147: a part in base64, of blanks alone, was gathered whole in memory."""
    body = FORM + b"Content-Transfer-Encoding: base64\r\n\r\n" + content + b"\r\n--x--\r\n"
    head = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": len(body)}
    handlers = [load_handler(name, None) for name in settings.FILE_UPLOAD_HANDLERS]
    parser = MultiPartParser(head, io.BytesIO(body), handlers)
    tracemalloc.start()
    _, files = parser.parse()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (files["file"].size in {8 * MEGABYTE, 0}, peak < 2 * MEGABYTE) == (True, True)
    files["file"].close()


@pytest.fixture
def server(tmp_path):
    """gunicorn as on an office PC, without nginx; its temporary files go to `tmp`."""
    port, temporary = free_port(), tmp_path / "tmp"
    temporary.mkdir()
    environment = clean_environment(LANTOA_ENV="demo", LANTOA_VAR_DIR=str(tmp_path / "var"), TMPDIR=str(temporary))
    site = Site(f"http://127.0.0.1:{port}", environment, tmp_path)
    site.manage("collectstatic", "-v", "0", "--noinput")
    start(
        site, "web", "-m", "gunicorn", "config.wsgi:application", "-b", f"127.0.0.1:{port}", "-k", "gthread", "-w", "1"
    )
    wait_until(
        lambda: b"HTTP/1.1" in _ask(port, 10 * MEGABYTE * 1000), site, seconds=90
    )  # loaded: it has answered once
    yield site, port
    stop_all(site)


@pytest.mark.once
@pytest.mark.proves("U-01")
@pytest.mark.parametrize("announced", [100 * MEGABYTE, 1024 * MEGABYTE])
def test_a_real_server_answers_before_it_reads_and_does_not_grow(server, announced):
    site, port = server
    before = _memory(site)
    for _ in range(5):
        said = _ask(port, announced, then=100 * MEGABYTE)
        assert said.startswith(b"HTTP/1.1 413")
    assert _memory(site) - before <= 20 * MEGABYTE
    assert [path for path in (site.folder / "tmp").rglob("*") if path.stat().st_size] == []


def _ask(port, announced, then=0):
    """The first of the answer to a form of `announced` bytes of which nothing is sent before it; then `then` bytes follow
    for as long as the server holds the line."""
    head = f"POST /dang-nhap/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: {announced}\r\n\r\n"
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
            line.sendall(head.encode() + FORM + b"\r\n")
            said = line.recv(4096)
            block, sent = b"\0" * 65536, 0
            try:
                while sent < then:
                    line.sendall(block)
                    sent += len(block)
            except OSError:
                pass  # hung up: nothing of it was wanted
            return said
    except ConnectionRefusedError:
        return b""


def _memory(site):
    """Resident bytes of the server and its workers."""
    parent = site.processes["web"].pid
    return sum(_resident(pid) for pid in [parent, *_children(parent)])


def _children(parent):
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(path.read_text().rpartition(")")[2].split()[1]) == parent:
                yield int(path.parent.name)
        except OSError:  # ended meanwhile
            continue


def _resident(pid):
    return int(re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())[1]) * 1024
