"""Secrets that lie in the database: locked with a key made from SECRET_KEY, so that a stolen backup does not hold them."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def lock(secret: str) -> str:
    """What is stored."""
    return _cipher().encrypt(secret.encode()).decode()


def unlock(locked: str) -> str | None:
    """The secret; None when it was locked under another SECRET_KEY and has to be given anew."""
    try:
        return _cipher().decrypt(locked.encode()).decode()
    except InvalidToken:
        return None


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"lantoa.channels:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
