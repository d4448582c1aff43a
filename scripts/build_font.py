"""Cut the vendored Inter down to Latin and Vietnamese, with tabular figures that leave "05-CT/TU" alone."""

import sys

from fontTools.subset import Options, Subsetter, save_font
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

RANGES = (
    "20-7E A0-FF 102-103 110-111 128-129 168-169 1A0-1A1 1AF-1B0 2C6 2DA 2DC 300-303 306 309 31B 323 1EA0-1EF9 "
    "2010-2015 2018-201E 2020-2022 2026 202F 2030 2032-2033 2039-203A 20AB 20AC 2116 2122 2190-2193 2212 2260 2264-2265"
)
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "calt", "tnum", "case", "frac", "sups"]


def code_points() -> set[int]:
    """Every character the pages may show."""
    points = set()
    for part in RANGES.split():
        first, _, last = part.partition("-")
        points |= set(range(int(first, 16), int(last or first, 16) + 1))
    return points


def keep_figures_only(font: TTFont) -> None:
    """Tabular forms for digits alone: Inter also widens the hyphen, which tears numbers of papers apart."""
    cmap = font.getBestCmap()
    digits = {cmap[ord(digit)] for digit in "0123456789"}
    table = font["GSUB"].table
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag != "tnum":
            continue
        for index in record.Feature.LookupListIndex:
            for subtable in table.LookupList.Lookup[index].SubTable:
                substitution = getattr(subtable, "ExtSubTable", subtable)
                substitution.mapping = {a: b for a, b in substitution.mapping.items() if a in digits}


def main(source: str, target: str) -> None:
    """Write the web font: optical size fixed, weight variable from 400 to 700."""
    font = instantiateVariableFont(TTFont(source, recalcTimestamp=False), {"opsz": 14, "wght": (400, 700)})
    keep_figures_only(font)
    options = Options(layout_features=FEATURES, flavor="woff2", recalc_timestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=code_points())
    subsetter.subset(font)
    save_font(font, target, options)


if __name__ == "__main__":
    main(*sys.argv[1:3])
