"""Who is asked to do what, by when: one duty per clause."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from documents import deadlines
from documents.deadlines import Deadline, Rule
from documents.reading.facts import DutyFacts
from documents.reading.structure import bodies, marks, tables, words
from documents.reading.structure.blocks import Block
from documents.reading.structure.sections import Node

# Matched without diacritics: headings are typed in a hurry too.
_ASSIGNS = re.compile(
    r"to chuc,? (?:thuc hien|trien khai)|phan cong|trach nhiem (?:cua|thuc hien|to chuc|cac)|giao nhiem vu|nhiem vu (?:cu the )?cua (?:cac|tung)"
)
_STAGED = re.compile(r"tiến độ|lộ trình|các bước|mốc thời gian|thời gian thực hiện", re.IGNORECASE)
_STEPS = re.compile(r"tiến độ|lộ trình|các bước", re.IGNORECASE)
_MEETS = re.compile(r"hội nghị|thời gian|địa điểm|thành phần|hình thức|cách thức|đối tượng", re.IGNORECASE)
_CLOSING = re.compile(
    r"Trên đây là|Trong quá trình (?:triển khai|thực hiện|tổ chức)|Nhận được (?:Kế hoạch|văn bản)|Quá trình (?:triển khai|thực hiện)|"
    r"(?:Yêu cầu|Đề nghị) (?:các )?[^:]{3,200}(?:nghiêm túc|Kế hoạch này)|Căn cứ (?:nội dung )?Kế hoạch này, [^:]{0,60}(?:yêu cầu|đề nghị)|"
    r"[^.:]{0,80}(?:yêu cầu|đề nghị) (?:các )?[^:]{3,160}nghiêm túc[^:]{0,40}(?:thực hiện|Kế hoạch)"
)
# The bodies named are those that carry the plan out: "Căn cứ Kế hoạch này, các chi bộ ... tổ chức thực hiện".
_CLOSES_ALL = re.compile(
    r"(?:Căn cứ|Trên cơ sở|Theo)(?: vào)?(?: nội dung)? Kế hoạch này,? (?:các|Đảng ủy|cấp ủy) [^:]{3,200}?(?:thực hiện|triển khai)(?!\w)|"
    r"(?:Các|Cấp ủy|Đảng ủy) [^.:]{3,160} (?:căn cứ|trên cơ sở)(?: nội dung)? Kế hoạch này,? [^:]{0,80}?(?:thực hiện|triển khai)(?!\w)"
)
# What a review weighs ("Đối với cấp ủy"), and how it is held, asks nobody for anything yet.
_WEIGHS = re.compile(r"noi dung|pham vi|yeu cau|(?<!to chuc )(?<!trien khai )(?:so ket|tong ket)")
_NAME_LIMIT = 120
_LEAD_COLUMNS = (
    "chủ trì",
    "cơ quan thực hiện",
    "đơn vị thực hiện",
    "người thực hiện",
    "phụ trách",
    "chịu trách nhiệm",
    "phân công",
)
_TASK_COLUMNS = ("nội dung", "nhiệm vụ", "công việc", "hoạt động", "việc")
_TIME_COLUMNS = ("thời gian", "thời hạn", "hoàn thành", "tiến độ", "hạn")


def read(
    roots: Sequence[Node], today: date, annexes: Sequence[Block] = (), *, review: bool = False
) -> tuple[DutyFacts, ...]:
    """Return the duties in the order of the plan, those of a table behind it too.

    Args:
        roots: the headings of the plan.
        today: gives the year where a date has none.
        annexes: what stands behind the signature.
        review: the plan is a sơ kết or tổng kết, whose sections of contents name bodies without asking them for anything.
    """
    found: list[DutyFacts] = []
    for root in roots:
        if not (review and _is_weighed(root)):
            _section(root, found, today, top=True)
        for node in root.walk():
            for rows in tables.groups(node.body):
                found += of_table(rows, today)
    for rows in tables.groups(annexes):
        found += of_table(rows, today)
    return tuple(sorted(found, key=lambda duty: duty.line))


def _section(node: Node, found: list[DutyFacts], today: date, *, top: bool) -> None:
    """Take the duties of a section, or of those below it that give some."""
    if _assigns(node) if top else _ASSIGNS.search(words.bare(node.title)):
        _collect(node, "", found, today, is_root=True)
    elif _STAGED.search(node.title):
        found += _stages(node, today)
    else:
        for child in node.children:
            _section(child, found, today, top=node.style == marks.PART)


def is_closing(text: str) -> bool:
    """Return whether a paragraph closes the plan rather than asking one body for something."""
    return not words.bullet(text) and bool(_CLOSING.match(text))


def closes_all(text: str) -> bool:
    """Return whether the last paragraph of a plan tells all bodies at once to carry it out."""
    return not words.bullet(text) and bool(_CLOSES_ALL.match(text))


def _is_weighed(root: Node) -> bool:
    """Return whether a section of a review plan says what is reviewed rather than who does what."""
    title = words.bare(root.title)
    weighed = _WEIGHS.search(title)
    assigned = _ASSIGNS.search(title)
    return bool(weighed) and (assigned is None or title.startswith("noi dung") and " va " not in title)


def _assigns(root: Node) -> bool:
    """Return whether a section gives duties: by its title, or since its headings are the names of bodies."""
    if _ASSIGNS.search(words.bare(root.title)):
        return True
    if _MEETS.search(root.title):
        return False
    named = [bodies.is_body(child.title) for child in root.children]
    return len(named) >= 2 and sum(named) >= 0.6 * len(named)


def _collect(node: Node, assignee: str, found: list[DutyFacts], today: date, *, is_root: bool = False) -> None:
    own = assignee
    if not is_root:
        own = _heading(node, assignee, found, today)
    items = [block for block in node.body if not block.cells and not is_closing(block.text)]
    inner = own
    for place, block in enumerate(items):
        following = items[place + 1] if place + 1 < len(items) else None
        if words.bullet(block.text).startswith("-") or not words.bullet(block.text):
            inner = own
        inner = _item(block, following, inner, found, today)
    for child in node.children:
        _collect(child, own, found, today)


def _heading(node: Node, assignee: str, found: list[DutyFacts], today: date) -> str:
    """Take what a heading itself says; return the body that what stands below it is asked of."""
    if bodies.is_body(node.title) and (not assignee or node.style != marks.PLAIN or not node.tail):
        name = bodies.name(node.title)
        if node.tail and not node.tail.endswith(":"):
            found.append(_duty(name, node.tail, node.line, today))
        return name
    text = node.full
    if assignee:
        if node.whole and not node.children and not node.body or node.tail:
            found.append(_duty(assignee, text, node.line, today))
        return assignee
    body, act = bodies.clause(text)
    heads = node.whole and (node.body or node.children) and not text.endswith((".", ";")) and len(text) <= _NAME_LIMIT
    if body and heads:
        # "Ban Chỉ đạo thực hiện Quy chế dân chủ" is a name; "... phối hợp với Văn phòng:" says who helps.
        return (
            body
            if act.startswith(("chủ trì", "phối hợp", "có trách nhiệm", "có nhiệm vụ"))
            else bodies.name(node.title)
        )
    if body and act and not act.endswith(":"):
        found.append(_duty(body, act, node.line, today))
    return body


def _item(block: Block, following: Block | None, own: str, found: list[DutyFacts], today: date) -> str:
    """Take one line below a heading; return the body for the lines that hang on it."""
    text = block.text[len(marks.lead(block.text)) :].strip()
    hangs = following is not None and words.bullet(following.text) != words.bullet(block.text)
    intro = text.endswith(":") and (hangs or not own)
    if text.startswith("(") and text.endswith((")", ").")):
        return own
    staged = _stage(text, today)
    if staged and not own:
        found.append(DutyFacts(staged[0], staged[1], staged[2], block.line))
        return own
    if own:
        name, act = _explicit(text)
        if name:
            own, text = name, act
        if text and not intro:
            found.append(_duty(own, text, block.line, today))
        return own
    if intro and (bodies.is_body(text.rstrip(":")) or not hangs):
        return bodies.name(text.rstrip(": ")) if bodies.is_body(text.rstrip(": ")) else ""
    name, act = bodies.clause(text)
    if name and act:
        found.append(_duty(name, act, block.line, today))
    return name if name and intro else ""


def _explicit(text: str) -> tuple[str, str]:
    """Return the body before a colon at the beginning of a clause, with what follows."""
    head, colon, rest = text.partition(":")
    if colon and rest.strip() and bodies.is_body(head) and len(head.split()) >= 2:
        return bodies.name(head), rest.strip()
    return "", text


def _stages(root: Node, today: date) -> list[DutyFacts]:
    found = []
    for node in root.walk():
        for block in node.body:
            text = block.text[len(marks.lead(block.text)) :].strip()
            if not block.cells and (staged := _stage(text, today)):
                found.append(DutyFacts(*staged, block.line))
        if node is root:
            continue
        if staged := _stage(node.full, today):
            found.append(DutyFacts(*staged, node.line))
        elif _STEPS.search(root.title) and node.whole:
            body, act = bodies.clause(node.full)
            found += [_duty(body, act, node.line, today)] if body and act else []
    return found


def _stage(text: str, today: date) -> tuple[str, str, Deadline] | None:
    """Return body, act and deadline of "Trước ngày 10/8/2026: Các chi bộ gửi báo cáo ..."."""
    head, colon, rest = text.partition(": ")
    if not colon or len(head) > 90:
        return None
    dated = deadlines.parse(head, today=today, labelled=True)
    if not dated or dated[0].span[0] > 3:
        return None
    body, act = bodies.clause(rest.strip())
    return (body, act, dated[0]) if body else None


def _duty(assignee: str, text: str, line: int, today: date) -> DutyFacts:
    chosen = choose(deadlines.parse(text, today=today))
    return DutyFacts(assignee, text, _both_rounds(chosen, text, today) if chosen else None, line)


def _both_rounds(chosen: Deadline, text: str, today: date) -> Deadline:
    """Return "6 tháng trước ngày 15/6, năm trước ngày 15/12" as the one phrase it is."""
    if chosen.rule is not Rule.RECURRING:
        return chosen
    for other in deadlines.parse(text, today=today):
        start, end = chosen.span[1], other.span[0]
        if other.rule is Rule.RECURRING and 0 <= end - start <= 4 and not re.search(r"[.;]", text[start:end]):
            span = (chosen.span[0], other.span[1])
            phrase = " ".join(text[span[0] : span[1]].split())
            return replace(chosen, phrase=phrase, span=span)
    return chosen


def choose(found: Sequence[Deadline]) -> Deadline | None:
    """Return the deadline of a clause that holds several: the one that binds, rather than a period or an event."""
    strong = [one for one in found if _binds(one)]
    dated = [one for one in found if one.last_day]
    pool = strong or dated or list(found)
    return pool[0] if pool else None


def _binds(one: Deadline) -> bool:
    phrase = one.phrase.lower()
    if phrase.startswith(("hoàn thành", "xong")):
        return True
    return one.rule in (Rule.BEFORE, Rule.BY) and not phrase.startswith("từ ")


def of_table(rows: Sequence[Block], today: date) -> Iterable[DutyFacts]:
    """Yield the duties of a table of tasks: it has a column for the work and one for the body in the lead."""
    names, head = tables.columns(rows)
    lead = _column(names, _LEAD_COLUMNS)
    task = _column(names, _TASK_COLUMNS, but=lead)
    time = _column(names, _TIME_COLUMNS, but=lead)
    if lead is None or task is None:
        return
    for row in rows[head:]:
        cells = [*row.cells, *[""] * (len(names) - len(row.cells))]
        if not re.search(r"\w{2}", cells[task]) or not re.search(r"\w{2}", cells[lead]):
            continue
        dated = deadlines.parse(cells[time], today=today, labelled=True) if time is not None and cells[time] else []
        yield DutyFacts(cells[lead], cells[task], choose(dated), row.line)


def _column(names: Sequence[str], known: Sequence[str], but: int | None = None) -> int | None:
    for word in known:
        for place, name in enumerate(names):
            if word in words.plain(name) and place != but:
                return place
    return None
