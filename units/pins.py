"""PIN codes of six figures: which are too easy to guess, and how long a card rests after wrong tries."""

import datetime as dt
import re

from django.core.exceptions import ValidationError

PIN_LENGTH = 6
TRIES = 5  # wrong tries in a row before a card rests
_RESTS = (15, 60, 240, 1440)  # minutes; the last one repeats
_YEAR = re.compile(r"19[3-9]\d|20[0-4]\d")


def check_pin(pin: str) -> str:
    """`pin` unchanged. Raises ValidationError "shape" or "weak" with the sentence for the form."""
    if not re.fullmatch(rf"[0-9]{{{PIN_LENGTH}}}", pin):
        raise ValidationError("Mã PIN gồm đúng 6 chữ số.", code="shape")
    if _is_weak(pin):
        raise ValidationError(
            "Mã PIN này dễ đoán (số lặp lại, số liền nhau hoặc năm sinh). Đồng chí hãy chọn 6 chữ số khác.", code="weak"
        )
    return pin


def _is_weak(pin: str) -> bool:
    steps = {(int(after) - int(before)) % 10 for before, after in zip(pin, pin[1:], strict=False)}
    repeated = len(set(pin)) <= 2 or pin[:2] * 3 == pin or pin[:3] * 2 == pin
    year = _YEAR.fullmatch(pin[:4]) or _YEAR.fullmatch(pin[2:])
    return steps in ({1}, {9}) or repeated or bool(year)


def rest_after(wrong_tries: int) -> dt.timedelta | None:
    """How long a card rests once `wrong_tries` have been counted; None when it may be tried again at once."""
    if wrong_tries == 0 or wrong_tries % TRIES:
        return None
    return dt.timedelta(minutes=_RESTS[min(wrong_tries // TRIES, len(_RESTS)) - 1])
