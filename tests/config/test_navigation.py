"""The menu draws only icons that the sprite holds."""

import re
from pathlib import Path

from django.conf import settings

from config.navigation import MENU


def test_every_entry_has_an_icon_of_the_sprite():
    sprite = Path(settings.BASE_DIR, "static/icons/sprite.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    assert {icon for _label, _name, icon, _permissions in MENU} - drawn == set()
