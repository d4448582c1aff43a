"""The word processor that stands beside the program in the long tests: it opens, saves and prints our Word files."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
needs_libreoffice = pytest.mark.skipif(
    PROGRAM is None, reason="LibreOffice is not installed (package libreoffice-writer-nogui; `make test-long` installs it)"
)
# The office's machines have Times New Roman; here its place is taken by Tinos, which has the same widths.
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>{fonts}</dir><cachedir>{cache}</cachedir>
<match target="pattern"><test name="family"><string>Times New Roman</string></test>
<edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit></match></fontconfig>"""


class LibreOffice:
    """A word processor with a profile of its own in a folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        fonts = folder / "fonts.conf"
        fonts.write_text(_FONTS.format(fonts=ROOT / "static/fonts/tinos", cache=folder / "fonts"), encoding="utf-8")
        self.environment = os.environ | {"FONTCONFIG_FILE": str(fonts), "HOME": str(folder)}

    def convert(self, files: dict[str, bytes], *, source: str, target: str, form: str = "") -> dict[str, bytes]:
        """Open every file (bytes by name) as `source` and save it as `target` ("pdf", "odt", "docx")."""
        inward, outward = self.folder / f"in-{source}-{target}", self.folder / f"out-{source}-{target}"
        for folder in (inward, outward):
            folder.mkdir(exist_ok=True)
        for name, data in files.items():
            (inward / f"{name}.{source}").write_bytes(data)
        command = [PROGRAM, f"-env:UserInstallation=file://{self.folder}/profile", "--headless"]
        command += ["--convert-to", form or target, "--outdir", str(outward), *map(str, sorted(inward.iterdir()))]
        subprocess.run(command, env=self.environment, check=True, capture_output=True, timeout=300)
        return {name: (outward / f"{name}.{target}").read_bytes() for name in files}
