"""What is installed, and how it is pinned (reliability S-01, S-02)."""

import re
from importlib.metadata import version

import pytest
from packaging.version import Version

from tests.source import ROOT

pytestmark = pytest.mark.once

# Below these a hole is known; the reasons are in docs/van-hanh.md.
FLOORS = {
    "Django": "5.2.19",
    "weasyprint": "70.0",
    "pillow": "13.0.0",
    "celery": "5.6",
    "kombu": "5.6",
    "gunicorn": "25",
    "openpyxl": "3.1.5",
    "defusedxml": "0.7.1",
}
PIN = re.compile(r"^([A-Za-z0-9][\w.\-]*)(?:\[[^\]]*\])?==([^\s;\\]+)", re.M)


def pins(name):
    return {found[0].lower().replace("_", "-"): found[1] for found in PIN.findall((ROOT / name).read_text())}


@pytest.mark.proves("S-01")
def test_installed_versions_are_not_below_the_floors():
    installed = {name: Version(version(name)) for name in FLOORS}
    assert {name: str(found) for name, found in installed.items() if found < Version(FLOORS[name])} == {}


@pytest.mark.proves("S-02")
@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_carries_hashes(name):
    blocks = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / name).read_text())
    bare = [block.splitlines()[0] for block in blocks if PIN.match(block) and "--hash=sha256:" not in block]
    assert (len(pins(name)) > 20, bare) == (True, [])


@pytest.mark.proves("S-02")
def test_development_holds_the_runtime_pins():
    """`make test` then `make run` must not swap packages under each other."""
    runtime, development = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: pin for name, pin in runtime.items() if development.get(name) != pin} == {}


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_lock_is_in_step_with_what_is_asked_for(name):
    """Whoever edits an .in file runs `make lock`."""
    asked = [line.split("#")[0].strip() for line in (ROOT / f"{name}.in").read_text().splitlines()]
    names = [
        re.match(r"[\w.\-]+", line)[0].lower().replace("_", "-") for line in asked if line and not line.startswith("-")
    ]
    assert [package for package in names if package not in pins(f"{name}.txt")] == []
