"""Web push with our own keys: the text locked for one browser (RFC 8291), the call signed (RFC 8292)."""

import base64
import hashlib
import json
import os
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError

from campaigns.outgoing.addresses import LONGEST, check_url
from campaigns.outgoing.calls import DEADLINE, Answer, post

RECORD = 4096  # bytes of one record (RFC 8188); a push service takes no more than one
LONGEST_TEXT = 3_000
TTL = 86_400  # seconds a push service keeps the message for a telephone that is off: reminders are of one day
JWT_LIFE = 12 * 3600
_UNCOMPRESSED = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def new_key() -> tuple[str, str]:
    """(private, public) of this installation, base64url: the public one names the sender to browsers and services."""
    key = ec.generate_private_key(ec.SECP256R1())
    secret = key.private_numbers().private_value.to_bytes(32, "big")
    return encode(secret), encode(key.public_key().public_bytes(*_UNCOMPRESSED))


def check_subscription(*, endpoint: str, p256dh: str, auth: str) -> None:
    """Raise ValidationError unless a browser could have made this: a known push service, a point of the curve.

    The address comes from a page, so it is not believed: only the services listed in PUSH_SERVICES are ever called.
    """
    wrong = ValidationError(
        "Trình duyệt này chưa nhận được thông báo. Đồng chí thử trình duyệt khác.", code="push_service"
    )
    try:
        check_url(endpoint)
    except ValidationError:
        raise wrong from None
    if not is_known_service(endpoint) or len(endpoint) > LONGEST:
        raise wrong
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decode(p256dh))
        if len(decode(auth)) != 16:
            raise wrong
    except ValueError:
        raise wrong from None


def is_known_service(endpoint: str) -> bool:
    """Whether the host is one of PUSH_SERVICES ("host", "*.host" for any name below it, "host:port"), over TLS."""
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    if parts.scheme != "https":
        return False
    place = host if (parts.port or 443) == 443 else f"{host}:{parts.port}"
    return any(place == one or (one.startswith("*.") and place.endswith(one[1:])) for one in settings.PUSH_SERVICES)


def send(
    *, endpoint: str, p256dh: str, auth: str, text: dict, topic: str, key: tuple[str, str], at: int,
    seconds: float = DEADLINE,
) -> Answer:  # fmt: skip
    """Push `text` to one browser. `topic`: a later message of the same topic takes the place of one not yet fetched;
    `key`: (private, public) of the installation; `at`: Unix seconds; `seconds`: the longest it may take. Errors as of
    calls.post."""
    check_subscription(endpoint=endpoint, p256dh=p256dh, auth=auth)
    body = encrypt(json.dumps(text, ensure_ascii=False).encode(), p256dh=decode(p256dh), auth=decode(auth))
    headers = {
        "Authorization": f"vapid t={token(endpoint, private=key[0], at=at)}, k={key[1]}",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TTL),
        "Urgency": "normal",
        "Topic": topic,
    }
    return post(endpoint, body, headers, seconds=seconds)


def encrypt(
    text: bytes, *, p256dh: bytes, auth: bytes, salt: bytes | None = None, own: ec.EllipticCurvePrivateKey | None = None
) -> bytes:
    """The body of a push (RFC 8291 section 3.4, RFC 8188 section 2); `salt` and `own` are drawn anew but for the vector."""
    if len(text) > LONGEST_TEXT:
        raise ValueError("a push message is one record")
    salt, own = salt or os.urandom(16), own or ec.generate_private_key(ec.SECP256R1())
    reader = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), p256dh)
    public = own.public_key().public_bytes(*_UNCOMPRESSED)
    shared = own.exchange(ec.ECDH(), reader)
    secret = _hkdf(shared, salt=auth, info=b"WebPush: info\0" + p256dh + public, length=32)
    key = _hkdf(secret, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _hkdf(secret, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
    head = salt + RECORD.to_bytes(4, "big") + bytes([len(public)]) + public
    return head + AESGCM(key).encrypt(nonce, text + b"\x02", None)


def token(endpoint: str, *, private: str, at: int) -> str:
    """The signed word that says who calls (RFC 8292 section 2): for this service alone, and for half a day."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": at + JWT_LIFE, "sub": settings.SITE_URL}
    head = [{"typ": "JWT", "alg": "ES256"}, claims]
    signed = ".".join(encode(json.dumps(part, separators=(",", ":")).encode()) for part in head)
    key = ec.derive_private_key(int.from_bytes(decode(private), "big"), ec.SECP256R1())
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{signed}.{encode(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def fingerprint(endpoint: str) -> str:
    """By which one browser is found again: addresses are too long for a unique index."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


def encode(raw: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The reverse; ValueError on anything else."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _hkdf(secret: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)
