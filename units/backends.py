"""Loads the person of a session that a card and PIN opened; it authenticates nobody by itself."""

from django.contrib.auth.backends import ModelBackend

CARD_BACKEND = "units.backends.CardBackend"
PHONE_BACKEND = "units.backends.PhoneBackend"


class CardBackend(ModelBackend):
    """Sessions made by views/cards.py name this backend; `get_user` refuses an account that was shut."""

    def authenticate(self, request, **credentials):
        return None


class PhoneBackend(CardBackend):
    """Sessions that a leader's remembered phone opened with its PIN (views/phones.py)."""
