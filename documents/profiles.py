"""The two sets of rules for the look of Party papers, as data.

HD36_2018 is Hướng dẫn 36-HD/VPTW of 03/4/2018; HD05_2026 is Hướng dẫn
05-HD/VPTW of 27/5/2026 under Quy định 399-QĐ/TW. Sizes and margins are the same
in both; the wording differs. The figures are also what ``documents.inspection``
expects of a finished PDF, and ``static/css/paper.css`` is what makes them true.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Profile:
    """One set of format rules.

    Attributes:
        name: stored with every paper.
        label: what the office calls it.
        valid_from: first day on which a paper is dated under these rules.
        separator: what ends each line of Nơi nhận but the last.
        last_separator: what ends the last line.
        address_words: word before the addressee by sign of the kind; "CV" gives "Kính gửi".
        margins_mm: top, right, bottom, left of a front page, in millimetres.
        title_pt, kind_pt, head_pt, body_pt, recipients_pt: allowed sizes in points, smallest and largest.
        leading_pt: allowed distance between lines of the body, in points.
        indent_mm: first-line indent in millimetres.
        paragraph_gap_pt: least extra distance between paragraphs in points.
        signature_gap_pt: distance from position to name in points.
    """

    name: str
    label: str
    valid_from: date
    separator: str
    last_separator: str = "."
    address_words: dict[str, str] = field(default_factory=lambda: {"CV": "Kính gửi", "TTr": "Kính gửi"})
    margins_mm: tuple[float, float, float, float] = (20, 15, 20, 30)
    title_pt: tuple[float, float] = (15, 15)
    kind_pt: tuple[float, float] = (15, 16)
    head_pt: tuple[float, float] = (14, 14)
    body_pt: tuple[float, float] = (14, 15)
    recipients_pt: tuple[float, float] = (12, 12)
    leading_pt: tuple[float, float] = (18, 22)
    indent_mm: float = 10
    paragraph_gap_pt: float = 6
    signature_gap_pt: tuple[float, float] = (60, 100)


HD36_2018 = Profile(
    name="HD36_2018",
    label="Hướng dẫn số 36-HD/VPTW, ngày 03/4/2018",
    valid_from=date(2018, 4, 3),
    separator=",",
)
HD05_2026 = Profile(
    name="HD05_2026",
    label="Hướng dẫn số 05-HD/VPTW, ngày 27/5/2026",
    valid_from=date(2026, 5, 27),
    separator=";",
    address_words={"CV": "Kính gửi", "TTr": "Kính trình"},
)
PROFILES = {profile.name: profile for profile in (HD36_2018, HD05_2026)}


def profile_for(day: date | None) -> Profile:
    """Return the rules for a paper dated ``day``; without a date, the rules in force now (HD05_2026)."""
    return HD36_2018 if day is not None and day < HD05_2026.valid_from else HD05_2026


def profile_named(name: str) -> Profile:
    """Return the profile stored under ``name``; an unknown name raises KeyError."""
    return PROFILES[name]
