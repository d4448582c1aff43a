"""Join single bootstrap-icons into one SVG sprite, so that a page fetches one small file."""

import re
import sys
from pathlib import Path

SVG = re.compile(r"<svg[^>]*viewBox=\"([^\"]+)\"[^>]*>(.*)</svg>", re.DOTALL)


def icon_names(listing: Path) -> list[str]:
    """Names in the order of the list; lines that start with # are remarks."""
    lines = listing.read_text(encoding="utf-8").splitlines()
    return [name for line in lines if not line.startswith("#") for name in line.split()]


def symbol(name: str, source: Path) -> str:
    """One icon as a symbol; an icon that is missing stops the build."""
    match = SVG.search((source / f"{name}.svg").read_text(encoding="utf-8"))
    if match is None:
        raise SystemExit(f"{name}.svg is not an icon of the expected shape")
    drawing = " ".join(match.group(2).split())
    return f'<symbol id="{name}" viewBox="{match.group(1)}" fill="currentColor">{drawing}</symbol>'


def main(listing: str, source: str, target: str) -> None:
    """Write the sprite that holds the listed icons."""
    symbols = "\n".join(symbol(name, Path(source)) for name in icon_names(Path(listing)))
    Path(target).write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n', encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:4])
