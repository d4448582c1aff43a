"""Calls to the outside: nothing inside is reached, nobody waits for a server that drips, every call is signed."""

import ipaddress
import socket
import threading
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import override_settings

from campaigns.outgoing import calls, webhook
from campaigns.outgoing.addresses import check_url, is_public, target_of
from campaigns.outgoing.calls import post
from campaigns.outgoing.locking import lock, unlock
from tests.campaigns.gateway import gateway, make_certificate

pytestmark = pytest.mark.once


@pytest.fixture
def server(settings):
    with gateway() as server:
        settings.OUTGOING_INSIDE = [f"127.0.0.1:{server.port}"]
        yield server


def url(server):
    return f"http://127.0.0.1:{server.port}/tin"


def call(server, number="1"):
    return webhook.send(url=url(server), secret="s", message={"id": "1", "to": number}, at=1)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.vn/",
        "https://user:pass@example.vn/",
        "https://example.vn/#x",
        "https:///khong-co-ten",
        "https://example.vn:99999/",
        "https://exa mple.vn/",
        "https://example.vn/\r\nX: y",
        "https://phường.vn/",
        "file:///etc/passwd",
        "https://example.vn/" + "a" * 600,
    ],
)
def test_what_is_no_plain_https_address_is_refused_when_it_is_typed(address):
    with pytest.raises(ValidationError):
        check_url(address)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "224.0.0.1", "100.64.0.1",
        "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1",
    ],
)  # fmt: skip
def test_addresses_inside_are_not_public(ip):
    assert not is_public(ipaddress.ip_address(ip))


@pytest.mark.parametrize("ip", ["1.1.1.1", "14.225.0.1", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_addresses_outside_are(ip):
    """The control."""
    assert is_public(ipaddress.ip_address(ip))


@pytest.mark.parametrize("answer", [["10.0.0.1"], ["1.1.1.1", "127.0.0.1"]])
def test_a_name_that_leads_inside_is_never_called(monkeypatch, answer):
    """One public answer beside an inner one is not enough."""
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in answer]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: rows)
    monkeypatch.setattr(socket, "create_connection", lambda *args, **kwargs: pytest.fail("it was called"))
    with pytest.raises(ValidationError, match="mạng nội bộ"):
        post("https://gateway.example.vn/", b"", {})


def test_the_address_that_was_looked_at_is_the_one_that_is_called(monkeypatch):
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("1.1.1.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: rows)
    target = target_of("https://gateway.example.vn/a?b=c")
    assert (target.ip, target.host, target.port, target.path, target.tls) == (
        "1.1.1.1",
        "gateway.example.vn",
        443,
        "/a?b=c",
        True,
    )


def test_a_name_with_an_endless_label_is_an_address_error():
    with pytest.raises(ValidationError):
        target_of(f"https://{'a' * 70}.vn/")


def test_without_the_operators_word_the_office_network_is_not_called(server):
    with override_settings(OUTGOING_INSIDE=[]), pytest.raises(ValidationError):
        post(url(server), b"", {})
    assert server.calls == []


def test_a_call_is_signed_over_time_and_body(server):
    assert call(server).taken
    (arrived,) = server.calls
    assert arrived.is_signed_with("s")
    assert not arrived.is_signed_with("t")
    assert (arrived.headers["X-LanToa-Timestamp"], arrived.headers["X-LanToa-Id"]) == ("1", "1")
    assert webhook.signature(secret="s", at=2, body=arrived.body) != arrived.headers["X-LanToa-Signature"]


@pytest.mark.parametrize(
    ("mood", "taken", "passing"),
    [("204", True, False), ("429", False, True), ("503", False, True), ("400", False, False)],
)
def test_an_answer_says_whether_to_try_again(server, mood, taken, passing):
    server.moods["1"] = mood
    answer = call(server)
    assert (answer.taken, answer.passing) == (taken, passing)


def test_a_redirect_is_not_followed(server):
    server.moods["1"] = "302"
    assert (call(server).status, len(server.calls)) == (302, 1)


@pytest.mark.parametrize(
    ("mood", "told"),
    [("silent", "timed out|đứt"), ("drip", "đứt|timed out"), ("half", "đứt giữa chừng"), ("noise", "không đọc được")],
)
def test_no_whole_answer_in_time_is_no_answer(server, mood, told, monkeypatch):
    if mood in {"silent", "drip"}:
        monkeypatch.setattr(calls, "DEADLINE", 0.5)
    server.moods["1"] = mood
    with pytest.raises(OSError, match=told):
        call(server)


def test_one_deadline_covers_looking_up_connecting_and_answering(server, monkeypatch):
    clock, given = [0.0], {}

    def look_up(address):
        clock[0] += 4
        return target_of(address)

    def connect(place, timeout):
        given["connect"] = timeout
        clock[0] += 5
        return socket.socket()

    def watch(seconds, *args):
        given["answer"] = seconds
        raise OSError("đủ")

    monkeypatch.setattr(calls, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    monkeypatch.setattr(calls, "target_of", look_up)
    monkeypatch.setattr(calls.socket, "create_connection", connect)
    monkeypatch.setattr(calls.threading, "Timer", watch)
    with pytest.raises(OSError, match="đủ"):
        post(url(server), b"", {})
    assert given == {"connect": 6.0, "answer": 1.0}


def test_a_name_nobody_answers_for_ends_with_the_deadline(monkeypatch):
    over = threading.Event()
    monkeypatch.setattr(calls, "target_of", lambda address: over.wait())
    with pytest.raises(TimeoutError):
        post("https://cong.example.vn/", b"", {}, seconds=0.05)
    over.set()


def test_an_announcement_is_no_answer_yet(server):
    server.moods["1"] = "early"
    assert call(server).status == 202


def test_of_an_endless_answer_only_the_head_is_read(server):
    server.moods["1"] = "endless"
    assert call(server).taken


@pytest.mark.parametrize(
    ("said", "pause"),
    [
        ("7", 7),
        ("999999", 7200),
        ("-5", 0),
        ("sớm", 0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", 0),
    ],
)
def test_a_pause_is_bounded(said, pause):
    assert calls._pause(said) == pause


def test_tls_is_checked_against_name_and_authority(settings, tmp_path, monkeypatch):
    own, foreign = make_certificate(tmp_path / "own.pem"), make_certificate(tmp_path / "foreign.pem")
    with gateway(certificate=own) as server:
        settings.OUTGOING_INSIDE = [f"127.0.0.1:{server.port}"]
        address = f"https://127.0.0.1:{server.port}/"
        settings.OUTGOING_CA_FILE = str(own)
        assert post(address, b'{"to": "1"}', {"Content-Type": "application/json"}).taken
        settings.OUTGOING_CA_FILE = str(foreign)
        with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
            post(address, b'{"to": "1"}', {"Content-Type": "application/json"})
    assert len(server.calls) == 1


def test_a_secret_of_another_installation_cannot_be_read():
    locked = lock("bí mật")
    assert ("bí mật" in locked, unlock(locked)) == (False, "bí mật")
    with override_settings(SECRET_KEY="khác"):
        assert unlock(locked) is None
