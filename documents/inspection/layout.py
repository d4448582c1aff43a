"""Which lines of a printed paper are its head, its text, its signatures and its annexes."""

import re
from dataclasses import dataclass
from functools import cached_property

from documents.choices import PaperKind
from documents.inspection.sheets import MM, Line, Sheet, lines_of
from documents.profiles import Profile

AUTHORITY = re.compile(r"^(?:T/M|K/T|T/L) |^Q\. ")
_ADDRESS = re.compile(r"^Kính (?:gửi|trình):")
_TITLES: dict[str, PaperKind | None] = {kind.label.upper(): kind for kind in PaperKind}
# Forms of the office are no kind of paper: they carry neither number nor Nơi nhận.
_FORMS = {"PHIẾU TRÌNH", "PHIẾU CHUYỂN", "PHIẾU GỬI"}
_MIDDLE = 110 * MM
# Position lines by which a signature is found where neither Nơi nhận nor an authority stands beside it.
POSITIONS = (
    "BÍ THƯ", "PHÓ BÍ THƯ", "CHỦ NHIỆM", "PHÓ CHỦ NHIỆM", "TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "CHÁNH VĂN PHÒNG",
    "PHÓ CHÁNH VĂN PHÒNG", "CHỦ TRÌ", "CHỦ TỌA", "CHỦ TỊCH", "NGƯỜI TRÌNH", "NGƯỜI GHI BIÊN BẢN", "THƯ KÝ",
)  # fmt: skip
_COPY_NUMBER = re.compile(r"^Số[\s:].{0,12}-BS/")


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
        known = _TITLES.keys() | _FORMS
        return next((line for line in self.sheets[0].lines if line.text.strip() in known), None)

    @property
    def is_form(self) -> bool:
        """Return whether this is a form of the office, such as a phiếu trình, and no kind of paper."""
        return self.kind_line is not None and self.kind_line.text.strip() in _FORMS

    @property
    def kind(self) -> PaperKind | None:
        """Return the kind, CV for a paper with an addressee and no title, None when unknown."""
        if self.kind_line:
            return _TITLES.get(self.kind_line.text.strip())
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
    def copy_rules(self) -> dict[int, tuple[float, float, float]]:
        """Return by page the rule above the block of a bản sao: x0, x1, y in points."""
        found = {}
        for sheet in self.sheets:
            numbers = [line.baseline for line in lines_of(sheet.number, sheet.chars, part_columns=True)
                       if _COPY_NUMBER.match(line.text)]  # fmt: skip
            above = [rule for rule in sheet.rules if numbers and rule[2] < numbers[0] and rule[1] - rule[0] > 80 * MM]
            if above:
                found[sheet.number] = max(above, key=lambda rule: rule[2])
        return found

    @cached_property
    def signing(self) -> list[Line]:
        """Return the lines of Nơi nhận and the signature, parted into columns."""
        sheet = self.signing_sheet
        if sheet is None:
            return []
        start, end = self._signing_top(sheet), self._copy_top(sheet) or sheet.height
        chars = [char for char in sheet.chars if start - 1 < char["baseline"] < end]
        return lines_of(sheet.number, chars, part_columns=True)

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
        """Return the pages after the signature; a page with nothing but the block of a copy is none of them."""
        after = self.sheets[self.signing_sheet.number :] if self.signing_sheet else []
        only_copy = len(after) == 1 and after[0].number in self.copy_rules
        return [] if only_copy else after

    @cached_property
    def body(self) -> list[Line]:
        """Return the lines of the text between head and signatures, without page numbers and tables."""
        last = self.signing_sheet.number if self.signing_sheet else len(self.sheets)
        found = []
        for sheet in self.sheets[:last]:
            if not sheet.portrait:
                continue
            start, end = self._body_top(sheet), self._signing_top(sheet) or self._copy_top(sheet) or sheet.height
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
        if self._address_end:
            return self._address_end
        if self.hyphens:
            return self.hyphens.baseline
        if self.subject:
            return self.subject[-1].baseline
        return self.kind_line.baseline if self.kind_line else self._address_baseline

    @cached_property
    def _address_end(self) -> float | None:
        """Return the baseline of the last addressee; they stand deeper than a paragraph begins."""
        lines = self.sheets[0].lines
        start = next((place for place, line in enumerate(lines) if _ADDRESS.match(line.text)), None)
        if start is None:
            return None
        end = start
        while end + 1 < len(lines) and lines[end + 1].x0 > self.left + 14 * MM:
            end += 1
        return lines[end].baseline

    def _copy_top(self, sheet: Sheet) -> float | None:
        rule = self.copy_rules.get(sheet.number)
        return rule[2] if rule else None

    def _signing_top(self, sheet: Sheet) -> float | None:
        return self._signing_tops.get(sheet.number)

    @cached_property
    def _signing_tops(self) -> dict[int, float]:
        """Return by page where Nơi nhận and signature begin; a signature alone counts where nothing else is found."""
        sure: dict[int, float] = {}
        alone: dict[int, float] = {}
        for sheet in self.sheets:
            end = self._copy_top(sheet) or sheet.height
            for line in lines_of(sheet.number, sheet.chars, part_columns=True):
                if line.baseline > end:
                    continue
                if line.text.startswith("Nơi nhận") or (AUTHORITY.match(line.text) and line.text.isupper()):
                    sure.setdefault(sheet.number, line.baseline)
                elif line.text.isupper() and line.text.startswith(POSITIONS) and not line.any_bold:
                    alone.setdefault(sheet.number, line.baseline)
        return sure or alone

    def _is_caption(self, line: Line) -> bool:
        """Return whether a line is the centred bold title of a table."""
        centre = (self.left + self.right) / 2 - self.shift(line.page)
        return line.bold and abs(line.centre - centre) < MM and line.x0 > self.left + 12 * MM
