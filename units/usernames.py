"""User names: small letters and figures without tone marks, easy to say over the telephone."""

import re

from django.core.exceptions import ValidationError

from units.folding import fold
from units.models import User

_SHAPE = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


def check_username(value: str) -> str:
    """`value` in small letters. Raises ValidationError "username" unless it is 3-60 plain letters, figures, . _ -"""
    name = value.strip().lower()
    if not _SHAPE.fullmatch(name):
        raise ValidationError(
            "Tên đăng nhập gồm ít nhất 3 ký tự: chữ thường không dấu, chữ số, dấu chấm, gạch nối hoặc gạch dưới.",
            code="username",
        )
    return name


def free_username(full_name: str) -> str:
    """A user name that nobody has, from a person's name: "nguyenvanan", then "nguyenvanan2"."""
    stem = re.sub(r"[^a-z0-9]", "", fold(full_name))[:50] or "nguoidung"
    stem = stem if len(stem) >= 3 else f"{stem}dung"
    taken = set(User.objects.filter(username__istartswith=stem).values_list("username", flat=True))
    taken = {name.lower() for name in taken}
    number, name = 1, stem
    while name in taken:
        number += 1
        name = f"{stem}{number}"
    return name
