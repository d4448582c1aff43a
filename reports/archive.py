"""The files of a finished campaign as one ZIP with its list: pure, given what goes in."""

import datetime as dt
import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from documents.spreadsheets import Sheet, write_workbook
from units.folding import fold

LIST_NAME = "00-muc-luc.xlsx"
HEADER = (
    "STT",
    "Nhóm",
    "Tên tài liệu",
    "Số, ký hiệu",
    "Ngày",
    "Tệp trong hồ sơ",
    "Nơi giữ, ghi chú",
    "Dung lượng (byte)",
    "SHA-256",
)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the mục lục. `read` gives the bytes; None when the paper itself is kept elsewhere, as `note` says."""

    folder: str
    group: str
    title: str
    suffix: str = ""
    number: str = ""
    dated_on: dt.date | None = None
    note: str = ""
    read: Callable[[], bytes] | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The finished file and how many papers it holds."""

    data: bytes
    papers: int


def write_archive(items: Iterable[Item], *, wrote: Callable[[int], None] = lambda _count: None) -> Written:
    """ZIP of `items` in their order with the mục lục first in the alphabet; a file that is lost is named in the list, not
    passed over in silence. `wrote` is told how many items are done."""
    target, rows, papers = io.BytesIO(), [], 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, item in enumerate(items, start=1):
            name, data, note = _read(item, number)
            if data is not None:
                archive.writestr(name, data)
                papers += 1
            rows.append(_row(number, item, name if data is not None else "", data, note))
            wrote(number)
        archive.writestr(LIST_NAME, write_workbook([Sheet(title="Mục lục", header=HEADER, rows=rows)]))
    return Written(target.getvalue(), papers)


def plain_name(text: str, *, most: int = 60) -> str:
    """`Kế hoạch số 12-KH/ĐU` as `ke-hoach-so-12-kh-du`: every computer opens it."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:most].strip("-") or "tai-lieu"


def _read(item, number):
    if item.read is None:
        return "", None, item.note
    name = f"{item.folder}/{number:03d}-{plain_name(item.title)}{item.suffix}"
    try:
        return name, item.read(), item.note
    except FileNotFoundError:
        return "", None, "; ".join(part for part in (item.note, "tệp không còn trong kho, cần bổ sung") if part)


def _row(number, item, name, data, note):
    return [
        number,
        item.group,
        item.title,
        item.number,
        f"{item.dated_on:%d/%m/%Y}" if item.dated_on else "",
        name,
        note,
        len(data) if data is not None else None,
        hashlib.sha256(data).hexdigest() if data is not None else "",
    ]
