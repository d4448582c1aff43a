"""Which lines of a printed paper are its head, its text, its signatures and its annexes."""

import re
from dataclasses import dataclass
from functools import cached_property

from documents.choices import PaperKind
from documents.inspection.sheets import MM, Line, Sheet, lines_of
from documents.profiles import Profile

AUTHORITY = re.compile(r"^(?:T/M|K/T|T/L) |^Q\. ")
_ADDRESS = re.compile(r"^Kính (?:gửi|trình):")
_TITLES = {kind.label.upper(): kind for kind in PaperKind}
_MIDDLE = 110 * MM


@dataclass(frozen=True)
class Passage:
    """A paragraph of the body: its lines, over a page break too."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Return the text with one space where a line ends."""
        return " ".join(line.text for line in self.lines)


@dataclass
class Layout:
    """A paper as found on its pages; every part may be missing."""

    sheets: list[Sheet]
    profile: Profile

    @property
    def left(self) -> float:
        """Return where the text block should begin on a front page, in points."""
        return self.profile.margins_mm[3] * MM

    @property
    def right(self) -> float:
        """Return where the text block should end on a front page, in points."""
        return 210 * MM - self.profile.margins_mm[1] * MM

    @cached_property
    def duplex(self) -> bool:
        """Return whether even pages carry mirrored margins."""
        evens = [sheet for sheet in self.sheets[1::2] if sheet.portrait and sheet.chars]
        return bool(evens) and all(min(char["x0"] for char in sheet.chars) < 25 * MM for sheet in evens)

    def shift(self, page: int) -> float:
        """Return by how much an even page is moved to the left when margins are mirrored, in points."""
        return 15 * MM if self.duplex and page % 2 == 0 else 0

    @cached_property
    def kind_line(self) -> Line | None:
        """Return the line in capitals that names the kind."""
        return next((line for line in self.sheets[0].lines if line.text.strip() in _TITLES), None)

    @property
    def kind(self) -> PaperKind | None:
        """Return the kind, CV for a paper with an addressee and no title, None when unknown."""
        if self.kind_line:
            return _TITLES[self.kind_line.text.strip()]
        return PaperKind.LETTER if any(_ADDRESS.match(line.text) for line in self.sheets[0].lines) else None

    @cached_property
    def head(self) -> list[Line]:
        """Return the lines above the title, parted into columns."""
        end = self.kind_line.baseline if self.kind_line else self._address_baseline
        chars = [char for char in self.sheets[0].chars if char["baseline"] < end - 1]
        return lines_of(1, chars, part_columns=True)

    @property
    def _address_baseline(self) -> float:
        lines = self.sheets[0].lines
        return next((line.baseline for line in lines if _ADDRESS.match(line.text)), 90 * MM)

    @property
    def head_left(self) -> list[Line]:
        """Return the left column of the head."""
        return [line for line in self.head if line.centre < _MIDDLE]

    @property
    def head_right(self) -> list[Line]:
        """Return the right column of the head."""
        return [line for line in self.head if line.centre >= _MIDDLE]

    @cached_property
    def hyphens(self) -> Line | None:
        """Return the line of hyphens under the subject."""
        if not self.kind_line:
            return None
        below = (line for line in self.sheets[0].lines if line.baseline > self.kind_line.baseline)
        return next((line for line in below if set(line.text) <= set("-–—_")), None)

    @cached_property
    def subject(self) -> list[Line]:
        """Return the bold lines between the kind and the hyphens."""
        if not self.kind_line:
            return []
        end = self.hyphens.baseline if self.hyphens else self.kind_line.baseline + 120
        start = self.kind_line.baseline
        return [line for line in self.sheets[0].lines if start < line.baseline < end and line.bold]

    @cached_property
    def signing_sheet(self) -> Sheet | None:
        """Return the page that carries the signature, the first one that looks like it."""
        return next((sheet for sheet in self.sheets if self._signing_top(sheet) is not None), None)

    @cached_property
    def signing(self) -> list[Line]:
        """Return the lines of Nơi nhận and the signature, parted into columns."""
        sheet = self.signing_sheet
        if sheet is None:
            return []
        start = self._signing_top(sheet)
        return lines_of(sheet.number, [c for c in sheet.chars if c["baseline"] > start - 1], part_columns=True)

    @property
    def signing_left(self) -> list[Line]:
        """Return the column of Nơi nhận."""
        return [line for line in self.signing if line.x0 + self.shift(line.page) < self.left + 40 * MM]

    @property
    def signing_right(self) -> list[Line]:
        """Return the column of the signature."""
        return [line for line in self.signing if line.x0 + self.shift(line.page) >= self.left + 40 * MM]

    @cached_property
    def annexes(self) -> list[Sheet]:
        """Return the pages after the signature."""
        return self.sheets[self.signing_sheet.number :] if self.signing_sheet else []

    @cached_property
    def body(self) -> list[Line]:
        """Return the lines of the text between head and signatures, without page numbers and tables."""
        last = self.signing_sheet.number if self.signing_sheet else len(self.sheets)
        found = []
        for sheet in self.sheets[:last]:
            if not sheet.portrait:
                continue
            start, end = self._body_top(sheet), self._signing_top(sheet) or sheet.height
            found += [line for line in sheet.lines if start < line.baseline < end - 1]
        return [line for line in found if not self._is_caption(line)]

    @cached_property
    def passages(self) -> list[Passage]:
        """Return the paragraphs of the body; a line set in from the left margin begins one."""
        groups: list[list[Line]] = []
        for line in self.body:
            if not groups or line.x0 + self.shift(line.page) > self.left + 5 * MM:
                groups.append([])
            groups[-1].append(line)
        return [Passage(tuple(group)) for group in groups]

    def _body_top(self, sheet: Sheet) -> float:
        if sheet.number > 1:
            return 19 * MM
        if self.hyphens:
            return self.hyphens.baseline
        if self.subject:
            return self.subject[-1].baseline
        return self.kind_line.baseline if self.kind_line else self._address_baseline

    def _signing_top(self, sheet: Sheet) -> float | None:
        lines = lines_of(sheet.number, sheet.chars, part_columns=True)
        tops = [
            line.baseline
            for line in lines
            if line.text.startswith("Nơi nhận") or (AUTHORITY.match(line.text) and line.text.isupper())
        ]
        return min(tops) if tops else None

    def _is_caption(self, line: Line) -> bool:
        """Return whether a line is the centred bold title of a table."""
        centre = (self.left + self.right) / 2 - self.shift(line.page)
        return line.bold and abs(line.centre - centre) < MM and line.x0 > self.left + 12 * MM
