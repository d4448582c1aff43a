"""The conferences a plan arranges: when, where, who, and who speaks, by level."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from documents import deadlines
from documents.deadlines import Deadline
from documents.reading.facts import ConferenceFacts
from documents.reading.structure import bodies, marks, tables, words
from documents.reading.structure.blocks import Block
from documents.reading.structure.sections import Node

WHEN, PLACE, WHO, SPEAKER, OTHER = "when", "place", "who", "speaker", "other"
_LABELS = {
    SPEAKER: (
        r"Báo cáo viên|Người truyền đạt|Truyền đạt|Người (?:trực tiếp )?(?:quán triệt|triển khai|trình bày|báo cáo|giới thiệu|phổ biến)|"
        r"Giảng viên|Diễn giả|Phân công (?:báo cáo viên|truyền đạt)|Đồng chí truyền đạt"
    ),
    WHO: r"Thành phần|Đối tượng|Đại biểu|Người (?:dự|tham dự|học)|Khách mời|Số lượng,? thành phần|Mời dự",
    # The time of figures and reports is no time of a conference.
    WHEN: r"(?:Thời gian|Thời điểm|Ngày tổ chức|Thời hạn)(?![^:]{0,40}(?:số liệu|báo cáo|gửi|nộp))",
    PLACE: r"Địa điểm|Nơi tổ chức|Điểm cầu(?! cấp)",
    OTHER: (
        r"Hình thức|Nội dung|Chủ trì|Tài liệu|Phương thức|Cách thức|Kinh phí|Chương trình|Yêu cầu|Trang phục|Chủ tọa|Số lượng|"
        r"Thời lượng"
    ),
}
_LABEL = re.compile("|".join(f"(?P<{name}>{known})" for name, known in _LABELS.items()), re.IGNORECASE)
# A label in the middle of a line, behind the end of the one before it.
_INSIDE = re.compile(rf"(?<=[.;]) (?=(?i:{'|'.join(_LABELS.values())})[^:.;]{{0,40}}:)")
_KNOWN = {
    "thoi gian": WHEN,
    "dia diem": PLACE,
    "thanh phan": WHO,
    "doi tuong": WHO,
    "bao cao vien": SPEAKER,
    "nguoi truyen dat": SPEAKER,
}
_LEVEL = re.compile(
    r"(?:Hội nghị|Cấp (?:tỉnh|huyện|thị|thành|quận|xã|phường|đặc khu|ủy|cơ sở|chi bộ|trên)|Đối với (?:các |cấp |hội nghị)?|"
    r"Ở (?:cấp |các |chi bộ|cơ sở|phường|xã|huyện)|Tại (?:cấp |các |chi bộ|cơ sở|phường|xã|huyện|đảng ủy|đảng bộ)|"
    r"Các (?:chi bộ|đảng bộ|tổ chức|cơ quan|đơn vị|đảng ủy)|Đợt \d|Tổ chức (?:hội nghị|học tập|quán triệt)|"
    r"(?:Chi bộ|Đảng bộ|Đảng ủy|Cơ sở|Phường|Xã|Huyện)(?!\w))",
    re.IGNORECASE,
)
_GRASSROOTS = re.compile(
    r"cơ sở|chi bộ|trực thuộc|tổ dân phố|khu phố|khu dân cư|(?<!\w)thôn|(?<!\w)bản(?!\w)|đơn vị|đoàn thể|các cơ quan|đảng viên|cấp dưới",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"cấp (?:phường|xã|huyện|tỉnh|thị|thành|quận|đặc khu)|(?:của|do) (?:Ban Thường vụ |Thường trực )?(?:Đảng ủy|Huyện ủy|Thị ủy|Đảng bộ)",
    re.IGNORECASE,
)
_BELOW_DISTRICT = re.compile(r"cấp (?:xã|phường|cơ sở)|(?<!\w)(?:các )?(?:xã|phường)(?!\w)", re.IGNORECASE)
_MEETS = re.compile(
    r"hội nghị|lịch (?:học|tổ chức)|thời gian|địa điểm|thành phần|đối tượng|hình thức|cách thức|phương thức|tổ chức (?:học tập|quán triệt)",
    re.IGNORECASE,
)
_DUTIES = re.compile(r"to chuc thuc hien|phan cong|trach nhiem")
_LABEL_LIMIT = 90
_HEAD_LIMIT = 130


@dataclass(slots=True)
class _Draft:
    level: str
    line: int
    when: Deadline | None = None
    place: str = ""
    participants: list[str] = field(default_factory=list)
    speaker: str = ""
    named: bool = False

    def facts(self) -> ConferenceFacts:
        return ConferenceFacts(self.level, self.when, self.place, tuple(self.participants), self.speaker, self.line)

    def holds(self) -> bool:
        filled = sum(map(bool, (self.when, self.place, self.participants, self.speaker)))
        return filled >= (1 if self.named else 2)


def read(roots: Sequence[Node], today: date, *, district: bool = False) -> tuple[ConferenceFacts, ...]:
    """Return the conferences in the order of the plan.

    Args:
        roots: the headings of the plan.
        today: gives the year where a date has none.
        district: the plan is of a body above the wards, so "cấp xã" is its grassroots.
    """
    found: list[_Draft] = []
    for root in roots:
        sections = root.children if root.style == marks.PART and root.children else [root]
        for section in sections:
            if _arranges(section):
                found += _Section(today, district).read(section)
    return tuple(draft.facts() for draft in found if draft.holds())


def _arranges(section: Node) -> bool:
    """Return whether a section speaks of conferences rather than of work to be done."""
    if _DUTIES.search(words.bare(section.title)) and not re.search(
        r"hội nghị|thời gian|học tập", section.title, re.IGNORECASE
    ):
        return False
    labels = {_field_of(item) for item in _all_items(section)} & {WHEN, PLACE, WHO, SPEAKER}
    if len(labels) > 1 or labels & {PLACE, SPEAKER}:
        return True
    if any("không tổ chức hội nghị" in item for item in _all_items(section)):
        return False
    if _MEETS.search(section.title):
        return True
    return any(re.match(r"(?:tổ chức )?hội nghị", node.title, re.IGNORECASE) for node in section.walk())


class _Section:
    """Reads one section; the conference that is being read changes at every heading or line that names a level."""

    def __init__(self, today: date, district: bool) -> None:
        self.today, self.district = today, district
        self.drafts: list[_Draft] = []
        self.current: _Draft | None = None
        self.base: _Draft | None = None
        # The label under which a list is being read; ``listing`` while the label's own line said nothing.
        self.last, self.listing = "", False

    def read(self, root: Node) -> list[_Draft]:
        self._node(root, is_root=True)
        return self.drafts

    def _node(self, node: Node, *, is_root: bool) -> None:
        label = "" if is_root else _field_of(f"{node.title}:")
        sentence = node.whole and node.full.endswith(".") and bool(bodies.clause(node.full)[0])
        short = len(node.title) <= _HEAD_LIMIT and not sentence
        if not is_root and not label and short and (_LEVEL.match(words.toned(node.title)) or _level_inside(node.title)):
            self._open(node.title, node.line)
            self.base = self.current
        self.last, self.listing = label, not node.tail
        if label and node.tail:
            self._fill(label, node.tail, node.line, node.title)
        elif node.tail:
            self._pieces(node.tail, node.line)
        elif not is_root and node.whole and self.current and not label:
            self._loose(node.title, node.line)
        for block in node.body:
            if not block.cells:
                for place, piece in enumerate(_INSIDE.split(block.text)):
                    self._line(piece, block.line, first=not place)
        for rows in tables.groups(node.body):
            self._table(rows)
        for child in node.children:
            self._node(child, is_root=False)
        self.last = ""

    def _table(self, rows: Sequence[Block]) -> None:
        """Read a table whose columns are labels and whose rows are conferences."""
        names, head = tables.columns(rows)
        known = [_field_of(f"{name}:") for name in names]
        if len({name for name in known if name not in ("", OTHER)}) < 2:
            return
        for row in rows[head:]:
            cells = dict(zip(names, row.cells, strict=False))
            title = next(
                (row.cells[at] for at, name in enumerate(known) if not name and row.cells[at : at + 1] and at), ""
            )
            self.current = _Draft(self._level(title), row.line)
            self.drafts.append(self.current)
            for name, (column, cell) in zip(known, cells.items(), strict=False):
                self._fill(name or OTHER, cell, row.line, column)

    def _line(self, text: str, line: int, *, first: bool = True) -> None:
        mark = marks.lead(text)
        body = text[len(mark) :]
        name = _field_of(body)
        head, _, rest = body.partition(":")
        deeper = mark.startswith("+")
        if not (self.listing or deeper) and not name:
            self.last = ""
        if name:
            self.last, self.listing = name, not rest.strip()
            if first:
                self.current = self.base or next((one for one in self.drafts if one.level == "ward"), self.current)
            self._fill(name, rest.strip(), line, head)
        elif rest and len(head) <= _LABEL_LIMIT and _LEVEL.match(words.toned(head)) and "," not in head[:12]:
            kept = self.last
            self._open(head, line)
            if kept:
                self._fill(kept, rest.strip(), line, "")
            elif rest.strip():
                self._pieces(rest.strip(), line)
        elif body.endswith(":") and _LEVEL.match(words.toned(body)):
            self._open(body, line)
        elif self.last == WHO:
            self._draft(line).participants += [kept for part in split(body.rstrip(". "), ";") if (kept := _kept(part))]
        elif self.last in (SPEAKER, PLACE, WHEN):
            self._fill(self.last, body, line, "")
        else:
            self._loose(body, line)

    def _open(self, title: str, line: int) -> None:
        level = self._level(title)
        same = next((draft for draft in self.drafts if draft.level == level and self.last), None)
        self.current = same or _Draft(level, line, named=True)
        if same is None:
            self.drafts.append(self.current)

    def _level(self, title: str) -> str:
        title = words.toned(title)
        if (
            self.district
            and _BELOW_DISTRICT.search(title)
            and not re.search(r"cấp (?:huyện|thị)", title, re.IGNORECASE)
        ):
            return "grassroots"
        return "grassroots" if _GRASSROOTS.search(title) and not _OWN.search(title) else "ward"

    def _draft(self, line: int) -> _Draft:
        if self.current is None:
            self.current = _Draft("ward", line)
            self.drafts.append(self.current)
        return self.current

    def _pieces(self, text: str, line: int) -> None:
        """Read a sentence that may hold labels of its own after a level: "Thời gian: ...; địa điểm: ..."."""
        for piece in _INSIDE.split(text):
            name = _field_of(piece)
            if name:
                self._fill(name, piece.partition(":")[2].strip(), line, piece.partition(":")[0])
            else:
                self._loose(piece, line)

    def _loose(self, text: str, line: int) -> None:
        """Take the time from a line without a label."""
        if self.current and self.current.when is None:
            dated = deadlines.parse(text, today=self.today)
            self.current.when = next((one for one in dated if one.last_day or one.rule == "after_event"), None)

    def _fill(self, name: str, text: str, line: int, label: str) -> None:
        if name == OTHER or not text:
            return
        draft = self._draft(line)
        both = label.lower()
        if name == WHEN:
            self._when(draft, text)
            if "địa điểm" in both and not draft.place and (at := re.search(r"(?:,|\.|;)? ?(?<!\w)[Tt]ại (?=\S)", text)):
                draft.place = _place(text[at.end() :])
        elif name == PLACE:
            draft.place = draft.place or _place(text)
        elif name == WHO:
            draft.participants += participants(text)
        elif name == SPEAKER:
            draft.speaker = draft.speaker or text.strip().rstrip(".;,").strip()

    def _when(self, draft: _Draft, text: str) -> None:
        if draft.when is None:
            found = deadlines.parse(text, today=self.today, labelled=True)
            draft.when = next((one for one in found if one.last_day), found[0] if found else None)


def _field_of(text: str) -> str:
    """Return which label opens the text, "" for none; a label ends with a colon soon after."""
    text = text[len(marks.lead(text)) :]
    colon = text.find(":", 0, _LABEL_LIMIT)
    if colon < 0 or re.search(r"[.;]", text[:colon]):
        return ""
    match = _LABEL.match(text)
    return (match.lastgroup or "") if match else _misspelt(text[:colon])


@lru_cache(maxsize=1_024)
def _misspelt(label: str) -> str:
    """Return which label was meant by "Thời gain" or "Báo cáo vên"."""
    if len(label) > 20:
        return ""
    bare = words.bare(label.strip())
    return next((name for known, name in _KNOWN.items() if words.is_near(bare, known)), "")


def _level_inside(title: str) -> bool:
    return (
        bool(re.search(r"hội nghị|cấp (?:cơ sở|phường|xã|huyện|tỉnh|ủy)", title, re.IGNORECASE)) and len(title) <= 160
    )


def _all_items(node: Node) -> Iterable[str]:
    for one in node.walk():
        yield f"{one.title}:"
        yield from (block.text for block in one.body if not block.cells)
        for rows in tables.groups(one.body):
            yield from (f"{cell}:" for cell in rows[0].cells)


def _place(text: str) -> str:
    return split(text, ";")[0].strip().rstrip(".,;").strip() if text.strip() else ""


def participants(text: str) -> list[str]:
    """Return the classes of people in a list: parted by semicolons, or by commas where it has hardly any."""
    text = text.strip().rstrip(".").strip()
    by_mark = split(text, ";")
    commas = sum(len(split(part, ",")) - 1 for part in by_mark)
    marks_count = len(by_mark) - 1
    if commas <= 1 if marks_count == 1 else 3 * marks_count >= commas:
        parts = by_mark
    else:
        parts = [piece for part in by_mark for piece in _comma_pieces(part)]
    return [kept for part in parts if (kept := _kept(part))]


def _kept(part: str) -> str:
    return part[len(words.bullet(part)) :].strip().rstrip(".,;").strip()


def _comma_pieces(part: str) -> list[str]:
    pieces = split(part, ",")
    if len(pieces) > 1:
        before, joiner, last = pieces[-1].rpartition(" và ")
        if joiner and len(before.split()) <= 3 and len(last.split()) <= 4:
            pieces[-1:] = [before, last]
    return pieces


def split(text: str, mark: str) -> list[str]:
    """Return the pieces between marks that stand outside brackets and quotes."""
    pieces, depth, start = [], 0, 0
    for place, char in enumerate(text):
        if char in "(“[":
            depth += 1
        elif char in ")”]":
            depth = max(depth - 1, 0)
        elif char == mark and depth == 0:
            pieces.append(text[start:place])
            start = place + 1
    pieces.append(text[start:])
    return [piece.strip() for piece in pieces if piece.strip()]
