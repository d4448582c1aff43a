"""The lines of a Word paper put where they belong: head, content, signing, annexes, the block of a bản sao."""

from dataclasses import dataclass, field

from documents.markup import joined
from documents.reading.docx_lines import Grid, Line, WordFile, runs_of

_SIGNING = {
    "Quyền hạn ký": "authority",
    "Chức vụ": "position",
    "Chữ ký": "name",
    "Tên người đã ký": "name",
}
_HEAD = {
    "Cơ quan cấp trên", "Cơ quan ban hành", "Dấu sao", "Số và ký hiệu", "Mức độ khẩn", "Trích yếu công văn", "Tiêu đề",
    "Địa danh, ngày tháng", "Phạm vi lưu hành", "Lần dự thảo", "Tên loại", "Trích yếu", "Kính gửi", "Kính gửi nhiều nơi",
    "Nơi kính gửi", "Căn cứ", "Nơi nhận", "Dòng nơi nhận", "Loại bản sao", *_SIGNING,
}  # fmt: skip
_SILENT = {"Khoảng cách", "Kẻ dưới tiêu đề", "Kẻ trên bản sao", "Gạch dưới trích yếu", "Số trang", "Đã ký"}
_ANNEX_HEAD = {"Phụ lục", "Tên phụ lục"}


@dataclass
class Parts:
    """A paper, or the block of its copy, line by line.

    Attributes:
        lines: the lines of head and signing by the name of their style.
        body: the content in order, a table with its title before it.
        closing: the closing, one text a paragraph.
        signatures: authority, position and name of each person who signs, the left one first.
        annexes: the lines of each annex.
        copy: the block of a bản sao.
        strays: lines in head or signing whose style says nothing.
    """

    lines: dict[str, list[Line]] = field(default_factory=dict)
    body: list[Line | Grid | tuple[Line, Grid]] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    signatures: list[dict[str, str]] = field(default_factory=list)
    annexes: list[list[Line | Grid]] = field(default_factory=list)
    copy: "Parts | None" = None
    strays: list[str] = field(default_factory=list)

    @property
    def known(self) -> bool:
        """Whether a style of our papers was met in the head."""
        return bool({"Cơ quan ban hành", "Tên loại", "Trích yếu"} & self.lines.keys())

    def all(self, style: str) -> list[Line]:
        """Return the lines in a style that say something."""
        return [line for line in self.lines.get(style, []) if line.text]

    def joined(self, style: str) -> str:
        """Return the lines in a style as one: a person may have broken a long name."""
        return " ".join(line.text for line in self.all(style))

    def first(self, style: str) -> str:
        """Return the words of the first line in a style."""
        return next((line.text for line in self.all(style)), "")


def sorted_parts(file: WordFile) -> Parts:
    """Return the parts of a file."""
    whole = Parts()
    current, annex = whole, None
    for block in file.blocks:
        if isinstance(block, Grid) and not _is_layout(block):
            (annex if annex is not None else current.body).append(block)
            continue
        if isinstance(block, Grid):
            if _begins_copy(block, whole):
                whole.copy = current = Parts()
            _layout(block, current)
            continue
        if block.style in _ANNEX_HEAD and (annex is None or _closes_head(annex, block)):
            annex = []
            whole.annexes.append(annex)
        if annex is not None:
            annex.append(block)
        else:
            _line(block, current, in_body=True)
    for parts in (whole, whole.copy):
        if parts:
            parts.body = with_titles(parts.body)
    return whole


def with_titles(blocks: list[Line | Grid]) -> list[Line | Grid | tuple[Line, Grid]]:
    """Return lines and tables without empty lines, the title of a table put beside it."""
    found: list[Line | Grid | tuple[Line, Grid]] = []
    for block in blocks:
        if isinstance(block, Line) and (block.style in _SILENT or not block.text):
            continue
        if isinstance(block, Grid) and found and isinstance(found[-1], Line) and found[-1].style == "Tên bảng":
            found[-1] = (found[-1], block)
        else:
            found.append(block)
    return found


def _is_layout(grid: Grid) -> bool:
    """Return whether a table only sets head or signing side by side."""
    return any(line.style in _HEAD for row in grid.rows for cell in row for line in cell)


def _begins_copy(grid: Grid, whole: Parts) -> bool:
    styles = {line.style for row in grid.rows for cell in row for line in cell}
    return whole.copy is None and ("Loại bản sao" in styles or ("Dấu sao" in styles and "Dấu sao" in whole.lines))


def _closes_head(annex: list[Line | Grid], line: Line) -> bool:
    """Return whether a line opens the next annex: a title right after its label still belongs to the same one."""
    heads = [one.style for one in annex if isinstance(one, Line) and one.style in _ANNEX_HEAD]
    return len(heads) != len(annex) or line.style in heads


def _layout(grid: Grid, parts: Parts) -> None:
    for row in grid.rows:
        for cell in row:
            signature: dict[str, str] = {}
            for line in cell:
                if line.style in _SIGNING:
                    part = _SIGNING[line.style]
                    signature[part] = f"{signature.get(part, '')} {line.text}".strip()
                else:
                    _line(line, parts, in_body=False)
            if signature:
                parts.signatures.append(signature)


def _line(line: Line, parts: Parts, *, in_body: bool) -> None:
    if line.style in _SILENT:
        return
    if line.style == "Đoạn kết":
        parts.closing += [joined(runs_of(line.stretches))] if line.text else []
    elif line.style in _HEAD and line.style not in _SIGNING:
        parts.lines.setdefault(line.style, []).append(line)
    elif in_body:
        parts.body.append(line)
    elif line.text:
        parts.strays.append(line.text)
