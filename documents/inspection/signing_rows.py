"""Rows about the end of a paper: authority, position, name, Nơi nhận."""

import re

from documents.choices import PaperKind
from documents.inspection.layout import AUTHORITY, POSITIONS, Layout
from documents.inspection.rows import MISSING, NOT_APPLICABLE, Result, RowSet, points, within
from documents.inspection.sheets import MM, Line

_SET = RowSet()
_STATE_FORMS = re.compile(r"^(?:TM|KT|TL|TUQ|TM\.|KT\.|TL\.|TUQ\.)(?:\s|$)")
_POSITIONS = (*POSITIONS, "TRƯỞNG", "PHÓ")
_HEAD_OF_COMMITTEE = {"BÍ THƯ", "PHÓ BÍ THƯ", "PHÓ BÍ THƯ THƯỜNG TRỰC"}
_ALLOWED = {
    "T/M ĐẢNG ỦY": _HEAD_OF_COMMITTEE,
    "T/M BAN CHẤP HÀNH": _HEAD_OF_COMMITTEE,
    "T/M BAN THƯỜNG VỤ": _HEAD_OF_COMMITTEE,
    "T/M CHI BỘ": _HEAD_OF_COMMITTEE,
    "T/M CHI ỦY": _HEAD_OF_COMMITTEE,
    "T/M ỦY BAN KIỂM TRA": {"CHỦ NHIỆM", "PHÓ CHỦ NHIỆM"},
}


@_SET.row("quyền hạn line", "A", "T/M, K/T, T/L, Q.; 14 pt hoa đậm")
def _authority(layout: Layout) -> Result:
    lines = _authority_lines(layout)
    if not lines:
        stray = [line for line in layout.signing_right if _STATE_FORMS.match(line.text)]
        return (False, stray[0].text, stray[0].page) if stray else NOT_APPLICABLE
    holds = all(within(one.size, layout.profile.head_pt, 0.3) and one.bold and one.text.isupper() for one in lines)
    return holds, f"{_joined(lines)}, {points(lines[0].size, bold=lines[0].bold)}", lines[0].page


@_SET.row("chức vụ line", "B", "14 pt hoa, không đậm, không kèm tên cơ quan")
def _position(layout: Layout) -> Result:
    lines = _position_lines(layout)
    if not lines:
        return MISSING
    authority, position = _joined(_authority_lines(layout)), _joined(lines)
    styled = all(within(one.size, layout.profile.head_pt, 0.3) and one.text.isupper() for one in lines)
    known = next((allowed for start, allowed in _ALLOWED.items() if authority.startswith(start)), None)
    named = position in known if known else position.startswith(_POSITIONS)
    return styled and named and not any(one.any_bold for one in lines), position, lines[0].page


@_SET.row("no K/T for a committee", "B", "K/T không đi với BÍ THƯ")
def _no_deputy_for_committee(layout: Layout) -> Result:
    authority = _joined(_authority_lines(layout))
    if not authority:
        return NOT_APPLICABLE
    wrong = authority.startswith("K/T") and "BÍ THƯ" in f"{authority} {_joined(_position_lines(layout))}"
    return not wrong, authority, layout.signing[0].page


@_SET.row("họ tên", "B", "14 pt đậm, không học hàm, không “đồng chí”")
def _name(layout: Layout) -> Result:
    line = _name_line(layout)
    if line is None:
        return MISSING if layout.signing else NOT_APPLICABLE
    titled = re.match(r"^(?:GS|PGS|TS|ThS|Đồng chí|Đ/c)\b", line.text)
    holds = within(line.size, layout.profile.head_pt, 0.3) and line.bold and not titled and not line.text.isupper()
    return holds, f"{line.text}, {points(line.size, bold=line.bold)}", line.page


@_SET.row("signature gap", "C", "60–100 pt từ chức vụ đến họ tên")
def _signature_gap(layout: Layout) -> Result:
    name, positions = _name_line(layout), _position_lines(layout)
    if name is None or not positions:
        return NOT_APPLICABLE
    gap = name.baseline - positions[-1].baseline
    return within(gap, layout.profile.signature_gap_pt, 0.3), f"{gap:.1f} pt", name.page


@_SET.row("signature block place", "B", "nửa phải, cùng trang với ít nhất 2 dòng nội dung")
def _place(layout: Layout) -> Result:
    lines = _position_lines(layout)
    if not lines:
        return MISSING
    page = lines[0].page
    beside = sum(1 for line in layout.body if line.page == page)
    centre = (lines[0].centre + layout.shift(page)) / MM
    return centre > 120 and beside >= 2, f"giữa ở {centre:.0f} mm, {beside} dòng nội dung cùng trang", page


@_SET.row("“Nơi nhận:”", "B", "14 pt gạch chân, trái, ngang với quyền hạn")
def _recipients_title(layout: Layout) -> Result:
    line = next((one for one in layout.signing_left if one.text == "Nơi nhận:"), None)
    if line is None:
        return NOT_APPLICABLE if layout.kind == PaperKind.MINUTES or layout.is_form else MISSING
    sheet = layout.sheets[line.page - 1]
    underlined = any(
        -0.5 <= y - line.baseline <= 3 and abs(x0 - line.x0) < 2 and abs(x1 - line.x1) < 2 for x0, x1, y in sheet.rules
    )
    beside = (_authority_lines(layout) or _position_lines(layout))[:1]
    level = not beside or abs(beside[0].baseline - line.baseline) <= 20
    sized = within(line.size, layout.profile.head_pt, 0.3) and not line.any_bold
    return sized and underlined and level, points(line.size) + (", gạch chân" if underlined else ""), line.page


@_SET.row("recipients", "B", "12 pt, mỗi dòng “- …” có dấu cuối theo quy định")
def _recipients(layout: Layout) -> Result:
    entries = _recipient_entries(layout)
    if not entries:
        return NOT_APPLICABLE
    marks = [layout.profile.separator] * (len(entries) - 1) + [layout.profile.last_separator]
    sized = all(within(size, layout.profile.recipients_pt, 0.3) for _, size, _ in entries)
    ended = all(
        text.startswith("- ") and text.endswith(mark) for (text, _, _), mark in zip(entries, marks, strict=True)
    )
    found = f"{entries[0][1]:.1f} pt, dấu cuối {' '.join(text[-1] for text, _, _ in entries)}"
    return sized and ended, found, entries[0][2]


@_SET.row("Lưu line", "B", "dòng cuối “- Lưu …”, không hai chấm")
def _archive(layout: Layout) -> Result:
    entries = _recipient_entries(layout)
    if not entries:
        return NOT_APPLICABLE
    text, _, page = entries[-1]
    return bool(re.match(r"^- Lưu [^:]+\.$", text)), text, page


@_SET.row("CV, TTr", "B", "“- Như trên” ở dòng đầu Nơi nhận")
def _as_above(layout: Layout) -> Result:
    if layout.kind not in {PaperKind.LETTER, PaperKind.PROPOSAL}:
        return NOT_APPLICABLE
    entries = _recipient_entries(layout)
    return bool(entries) and entries[0][0].startswith("- Như trên"), entries[0][0] if entries else "không có", None


@_SET.row("TTr", "B", "Kính trình (HD 05) hoặc Kính gửi (HD 36)")
def _proposal(layout: Layout) -> Result:
    if layout.kind != PaperKind.PROPOSAL:
        return NOT_APPLICABLE
    word = layout.profile.address_words["TTr"] + ":"
    found = any(word in line.text for line in layout.sheets[0].lines)
    return found, word if found else "không có", 1


@_SET.row("BC", "C", "không có Kính gửi")
def _report(layout: Layout) -> Result:
    if layout.kind != PaperKind.REPORT:
        return NOT_APPLICABLE
    lines = [line for line in layout.sheets[0].lines if line.text.startswith("Kính gửi")]
    return not lines, lines[0].text if lines else "không có", 1


def _authority_lines(layout: Layout) -> list[Line]:
    lines = layout.signing_right
    start = next((index for index, one in enumerate(lines) if AUTHORITY.match(one.text)), None)
    if start is None:
        return []
    found = [lines[start]]
    for line in lines[start + 1 :]:
        # A long authority runs over two lines, both bold; the position below is not bold.
        if not (line.any_bold and line.text.isupper() and line.baseline - found[-1].baseline < 30):
            break
        found.append(line)
    return found


def _position_lines(layout: Layout) -> list[Line]:
    authority = _authority_lines(layout)
    start = authority[-1].baseline if authority else 0
    found: list[Line] = []
    for line in layout.signing_right:
        if line.baseline <= start or not line.text.isupper():
            continue
        if found and line.baseline - found[-1].baseline > 30:
            break
        found.append(line)
    return found


def _name_line(layout: Layout) -> Line | None:
    positions = _position_lines(layout)
    end = positions[-1].baseline if positions else 0
    below = (line for line in layout.signing_right if line.baseline > end and line not in positions)
    # A copy set anew says "(Đã ký)" where the signature was.
    return next((line for line in below if not line.text.startswith("(")), None)


def _recipient_entries(layout: Layout) -> list[tuple[str, float, int]]:
    """Return (text, size, page) of each recipient, wrapped lines joined."""
    entries: list[tuple[str, float, int]] = []
    title = next((one for one in layout.signing_left if one.text == "Nơi nhận:"), None)
    for line in layout.signing_left:
        if title is None or line.baseline <= title.baseline:
            continue
        if line.text.startswith("- ") or not entries:
            entries.append((line.text, line.size, line.page))
        else:
            text, size, page = entries[-1]
            entries[-1] = (f"{text} {line.text}", max(size, line.size), page)
    return entries


def _joined(lines: list[Line]) -> str:
    return " ".join(line.text for line in lines)


ROWS = tuple(_SET.rows)
