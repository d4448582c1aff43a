"""The signed call to the ward's own SMS or Zalo gateway; how a gateway checks it is told in docs/van-hanh.md."""

import hashlib
import hmac
import json

from campaigns.outgoing.calls import Answer, post

VERSION = "v1"


def send(*, url: str, secret: str, message: dict[str, str], at: int) -> Answer:
    """Hand one message over. `at`: Unix seconds of this try; `message["id"]` is the same in every try, so a gateway that
    took it before a lost answer can leave the second one out."""
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "X-LanToa-Id": message["id"],
        "X-LanToa-Timestamp": str(at),
        "X-LanToa-Signature": signature(secret=secret, at=at, body=body),
    }
    return post(url, body, headers)


def signature(*, secret: str, at: int, body: bytes) -> str:
    """HMAC-SHA256 over "<seconds>.<body>": neither an old call sent again nor a changed text passes for a new one."""
    return f"{VERSION}={hmac.new(secret.encode(), f'{at}.'.encode() + body, hashlib.sha256).hexdigest()}"
