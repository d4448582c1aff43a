"""Web push: the vector of RFC 8291, a signature that others can check (RFC 8292), known services only (R-09)."""

import base64
import datetime as dt
import json
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.exceptions import ValidationError

from campaigns.models import Delivery, PushBrowser, PushKey, WardChannel
from campaigns.outgoing import push
from campaigns.selectors.push import current_key
from campaigns.services import messages
from campaigns.services.clock import tick
from campaigns.services.push_browsers import MOST, ensure_key, remember_browser
from campaigns.services.reminders import plan_reminders
from tests import factories
from tests.campaigns.gateway import gateway, make_certificate
from tests.campaigns.owed import at

ISSUED_AT = at(dt.date(2026, 5, 20))
FIRST = at(dt.date(2026, 5, 28), dt.time(7, 30))
MINUTE = dt.timedelta(minutes=1)
PAGE = "/tai-khoan/cach-nhan/"
# RFC 8291, appendix A
VECTOR = {
    "text": b"When I grow up, I want to be a watermelon",
    "own": "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
    "reader": "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    "salt": "DGv6ra1nlYgDCS1FRnbzlw",
    "body": (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
        "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    ),
}


def raw(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def key_of(text):
    return ec.derive_private_key(int.from_bytes(raw(text), "big"), ec.SECP256R1())


class Browser:
    """What a browser keeps: its own keys; it opens what was pushed to it without the product's code."""

    def __init__(self, server, name="1"):
        self.key = ec.generate_private_key(ec.SECP256R1())
        numbers = self.key.public_key().public_numbers()
        self.public = b"\x04" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")
        self.auth = b"sixteen bytes ok"
        self.path = f"/day/{name}"
        self.endpoint = f"https://127.0.0.1:{server.port}{self.path}"

    @property
    def facts(self):
        return {"endpoint": self.endpoint, "p256dh": push.encode(self.public), "auth": push.encode(self.auth)}

    def read(self, body):
        """RFC 8188 and 8291 from the reader's side."""
        salt, length = body[:16], body[20]
        sender, locked = body[21 : 21 + length], body[21 + length :]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        secret = _expand(shared, self.auth, b"WebPush: info\0" + self.public + sender, 32)
        key = _expand(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        text = AESGCM(key).decrypt(_expand(secret, salt, b"Content-Encoding: nonce\0", 12), locked, None)
        assert text[-1:] == b"\x02"
        return json.loads(text[:-1])


def _expand(secret, salt, info, length):
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


@pytest.fixture
def server(settings, tmp_path):
    """A push service over TLS, listed as a known one."""
    certificate = make_certificate(tmp_path / "own.pem")
    with gateway(certificate=certificate) as server:
        place = f"127.0.0.1:{server.port}"
        settings.OUTGOING_INSIDE, settings.PUSH_SERVICES, settings.OUTGOING_CA_FILE = [place], [place], str(certificate)
        yield server


@pytest.fixture
def plan(cast):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit], issued_at=ISSUED_AT)
    plan_reminders(assignments=list(plan.assignments.all()), now=ISSUED_AT)
    WardChannel.objects.create(ward=cast.ward, channel="push", is_on=True)
    ensure_key(at=ISSUED_AT)
    return plan


def subscribe(person, server, name="1"):
    browser = Browser(server, name)
    remember_browser(person=person, label="Chrome, Android", at=ISSUED_AT, **browser.facts)
    return browser


def delivery(person):
    return Delivery.objects.get(person=person, channel="push")


def test_the_vector_of_the_standard():
    body = push.encrypt(
        VECTOR["text"],
        p256dh=raw(VECTOR["p256dh"]),
        auth=raw(VECTOR["auth"]),
        salt=raw(VECTOR["salt"]),
        own=key_of(VECTOR["own"]),
    )
    assert body == raw(VECTOR["body"])


def test_no_two_messages_are_locked_alike():
    bodies = {push.encrypt(b"x", p256dh=raw(VECTOR["p256dh"]), auth=raw(VECTOR["auth"])) for _ in range(3)}
    assert len(bodies) == 3


def test_the_signature_is_checked_by_others_means():
    private, public = push.new_key()
    word = push.token("https://fcm.googleapis.com/fcm/send/abc", private=private, at=1_000)
    head, claims, signature = word.split(".")
    assert json.loads(raw(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(raw(claims)) == {
        "aud": "https://fcm.googleapis.com", "exp": 1_000 + 12 * 3600, "sub": "http://127.0.0.1:8000",
    }  # fmt: skip
    r, s = int.from_bytes(raw(signature)[:32], "big"), int.from_bytes(raw(signature)[32:], "big")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(public))
    key.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/x",
        "https://web.push.apple.com/x",
        "https://sg2p.notify.windows.com/w/?token=x",
    ],
)
def test_the_services_of_common_browsers_are_known(endpoint):
    push.check_subscription(endpoint=endpoint, p256dh=VECTOR["p256dh"], auth=VECTOR["auth"])


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": "https://169.254.169.254/latest/"},
        {"endpoint": "http://fcm.googleapis.com/x"},
        {"endpoint": "https://fcm.googleapis.com.example.vn/x"},
        {"endpoint": "https://evilfcm.googleapis.com/x"},
        {"endpoint": "https://fcm.googleapis.com:8443/x"},
        {"endpoint": "https://fcm.googleapis.com@127.0.0.1/x"},
        {"endpoint": "https://notify.windows.com.evil.vn/x"},
        {"endpoint": ""},
        {"p256dh": ""},
        {"p256dh": "BAAA"},
        {"p256dh": push.encode(b"\x04" + b"\x01" * 64)},  # no point of the curve
        {"auth": "AAAA"},
        {"auth": "không phải"},
    ],
)
def test_what_no_browser_could_have_made_is_refused(change):
    facts = {"endpoint": "https://fcm.googleapis.com/x", "p256dh": VECTOR["p256dh"], "auth": VECTOR["auth"]} | change
    with pytest.raises(ValidationError):
        push.check_subscription(**facts)


def test_a_notice_says_the_count_and_where_to_go_and_nothing_of_units(plan, cast, server):
    browser = subscribe(cast.secretary, server)
    assert tick(now=FIRST).messages == 1
    (call,) = server.calls
    told = browser.read(call.body)
    assert told["title"] == "Đồng chí có 2 việc cần thực hiện"
    assert (told["url"], cast.own_unit.short_name in json.dumps(told, ensure_ascii=False)) == (
        "/bao-cao-buoi-hoc/",
        False,
    )
    assert (call.headers["Content-Encoding"], call.headers["TTL"]) == ("aes128gcm", "86400")
    assert call.headers["Authorization"].endswith(f", k={PushKey.objects.get().public}")
    assert delivery(cast.secretary).state == "sent"


def test_who_subscribed_nothing_gets_nothing_opened(plan, cast, server):
    tick(now=FIRST)
    assert not Delivery.objects.filter(channel="push").exists()


@pytest.mark.parametrize("mood", ["404", "410"])
def test_a_browser_that_is_gone_is_forgotten(plan, cast, server, mood):
    gone, there = subscribe(cast.secretary, server, "1"), subscribe(cast.secretary, server, "2")
    server.moods[gone.path] = mood
    tick(now=FIRST)
    assert [row.endpoint for row in PushBrowser.objects.all()] == [there.endpoint]
    assert delivery(cast.secretary).state == "sent"


def test_the_last_browser_gone_ends_the_delivery(plan, cast, server):
    server.moods[subscribe(cast.secretary, server).path] = "410"
    tick(now=FIRST)
    assert (delivery(cast.secretary).state, PushBrowser.objects.count()) == ("cancelled", 0)


@pytest.mark.proves("R-09")
@pytest.mark.parametrize("mood", ["429", "503", "half"])
def test_a_push_service_that_fails_is_tried_again_after_1_5_30_120_minutes(plan, cast, server, mood):
    server.moods[subscribe(cast.secretary, server).path] = mood
    now, pauses = FIRST, []
    for _ in range(5):
        tick(now=now)
        row = delivery(cast.secretary)
        if row.next_try_at:
            pauses.append(round((row.next_try_at - now) / MINUTE))
            now = row.next_try_at + dt.timedelta(seconds=1)
    assert (pauses, row.state, row.tries) == ([1, 5, 30, 120], "failed", 5)


def test_silent_browsers_share_one_bound(plan, cast, server, monkeypatch):
    """Each gets its turn, and all of them together end before the tick must."""
    clock, asked = [0.0], []

    def silent(browser, text, *, seconds, **kwargs):
        asked.append(seconds)
        clock[0] += seconds
        raise TimeoutError

    for number in range(MOST):
        subscribe(cast.secretary, server, str(number))
    monkeypatch.setattr(messages, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    monkeypatch.setattr(messages, "push_to", silent)
    tick(now=FIRST)
    assert (len(asked), min(asked) > 0, sum(asked)) == (MOST, True, pytest.approx(messages.TOGETHER))


def test_a_browser_belongs_to_who_used_it_last(plan, cast, server):
    browser = subscribe(cast.secretary, server)
    remember_browser(person=cast.helper, label="Chrome", at=FIRST, **browser.facts)
    assert [row.person for row in PushBrowser.objects.all()] == [cast.helper]


def test_a_person_keeps_a_handful_of_browsers(plan, cast, server):
    for number in range(MOST + 2):
        subscribe(cast.secretary, server, str(number))
    assert PushBrowser.objects.count() == MOST


def test_a_key_that_cannot_be_opened_is_replaced(plan, cast, server, settings):
    first = ensure_key(at=ISSUED_AT)
    settings.SECRET_KEY = "khác " * 12
    assert current_key() is None
    assert ensure_key(at=ISSUED_AT).public != first.public


def test_the_page_offers_this_browser_and_lists_the_others(plan, cast, server, sign_in):
    browser = Browser(server)
    client = sign_in(cast.secretary)
    assert 'name="p256dh"' in client.get(PAGE).content.decode()
    answer = client.post(f"{PAGE}may/", browser.facts, follow=True)
    assert "Máy này nhận thông báo nhắc việc từ bây giờ." in answer.content.decode()
    row = PushBrowser.objects.get()
    assert row.person == cast.secretary
    client.post(f"{PAGE}may/{row.pk}/ngung/")
    assert not PushBrowser.objects.exists()


def test_an_address_a_page_made_up_is_not_kept(plan, cast, server, sign_in):
    facts = Browser(server).facts | {"endpoint": "https://169.254.169.254/latest/"}
    answer = sign_in(cast.secretary).post(f"{PAGE}may/", facts, follow=True)
    assert "Trình duyệt này chưa nhận được thông báo" in answer.content.decode()
    assert not PushBrowser.objects.exists()


def test_a_ward_that_did_not_switch_it_on_offers_nothing(cast, sign_in):
    client = sign_in(cast.secretary)
    assert 'name="p256dh"' not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}may/", {}).status_code == 403
