"""Contrast of the colours on the pages (WCAG 2.2: text 4.5, parts of controls 3)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR, "static/css")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tokens() -> dict[str, str]:
    text = (CSS / "app.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--lt-([a-z0-9-]+): (#[0-9A-F]{6});", text))


def states() -> list[tuple[str, str, str]]:
    text = (CSS / "parts.css").read_text(encoding="utf-8")
    return re.findall(r"([^\n{]*\.s-[^\n{]*) { --c: (#[0-9A-F]{6}); --t: (#[0-9A-F]{6}); }", text)


@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("ink", "page", 15), ("ink-2", "page", 6), ("ink-2", "soft", 4.5), ("red", "sheet", 7), ("gold-ink", "sheet", 6),
        ("blue", "sheet", 8), ("blue", "soft", 7), ("blue", "blue-soft", 7), ("blue-dark", "blue-soft", 8),
        ("danger", "sheet", 7), ("danger", "soft", 7), ("input-line", "page", 3), ("focus", "page", 4.5),
    ],
)  # fmt: skip
def test_tokens_hold_the_contrast_they_promise(ink, ground, least):
    colours = tokens()
    assert contrast(colours[ink], colours[ground]) >= least


def test_every_state_can_be_read_on_its_tint():
    weak = [(name, contrast(ink, tint)) for name, ink, tint in states() if contrast(ink, tint) < 4.5]
    assert len(states()) == 12
    assert weak == []


def test_notices_can_be_read():
    text = (CSS / "app.css").read_text(encoding="utf-8")
    pairs = re.findall(
        r"\.notice-[a-z, .-]+ { background: (#[0-9A-F]{6}); border-color: [^;]+; color: (#[0-9A-F]{6}); }", text
    )
    assert len(pairs) == 2
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []
    assert contrast(tokens()["danger"], "#FBE5E5") >= 4.5
