"""What an uploaded file really is, and whether it may be kept (reliability tests U-02 to U-09, U-12).

The type is read from the content, never from the browser's word; a file that is
not what its name says is refused. Images are written anew, which drops the place
and device a phone puts into them and anything hidden behind the picture.
"""

import io
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.conf import settings
from django.core.exceptions import ValidationError

from documents import archives
from documents.choices import FilePurpose
from documents.images import clean_image
from documents.pdf_contents import has_active_content, text_of_pdf
from documents.secrecy import refuse_secret, secrecy_in_name, secrecy_mark
from documents.text import normalise

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpg": "image/jpeg",
}
TYPES_BY_PURPOSE = {
    FilePurpose.DIRECTIVE: ("pdf", "docx", "png", "jpg"),
    FilePurpose.SCAN: ("pdf", "png", "jpg"),
    FilePurpose.PRODUCT: ("pdf", "docx", "xlsx", "png", "jpg"),
    FilePurpose.EVIDENCE: ("pdf", "docx", "xlsx", "png", "jpg"),
    FilePurpose.PAPER: ("pdf",),
}
NAME_LIMIT = 120
MARKS_LIMIT = 2_000_000  # of "<" and "=" in one part of an office file: about 280,000 cells
_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
_UNSAFE_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class CheckedUpload:
    """A file that may be kept: its (possibly rewritten) bytes, shown name, type, and whether it holds active parts."""

    data: bytes
    name: str
    content_type: str
    has_active_content: bool


def check_upload(upload: Any, *, purpose: str) -> CheckedUpload:
    """Return what may be kept of an uploaded file.

    Args:
        upload: an open file with ``name``, ``size``, ``read`` and ``seek``.
        purpose: a value of ``FilePurpose``; decides which types are taken.

    Raises:
        ValidationError: ``empty``, ``too_large``, ``wrong_type``, ``name_differs``,
            ``macros``, ``bomb``, ``bad_archive``, ``bad_image`` or ``secret``;
            nothing of the file is kept.
    """
    refuse_size(upload.size or 0)
    upload.seek(0)
    data = upload.read()
    name = clean_name(upload.name or "")
    kind = kind_of(data)
    _refuse_type(kind, name, TYPES_BY_PURPOSE[FilePurpose(purpose)])
    refuse_secret(secrecy_in_name(name))
    active = False
    if kind == "pdf":
        active = has_active_content(data)
        refuse_secret(secrecy_mark(text_of_pdf(data)))
    elif kind in {"png", "jpg"}:
        data = clean_image(data)
    else:
        active = check_office(data)
    return CheckedUpload(data, name, CONTENT_TYPES[kind], active)


def kind_of(data: bytes) -> str:
    """Return "pdf", "docx", "xlsx", "png" or "jpg" by content, "" for anything else.

    Raises:
        ValidationError: ``bomb`` or ``bad_archive`` for a zip file that may not be opened.
    """
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"PK\x03\x04"):
        names = {entry.filename for entry in archives.refuse_bomb(io.BytesIO(data))}
        kinds = {kind for part, kind in _MAIN_PARTS.items() if part in names}
        return kinds.pop() if len(kinds) == 1 and "[Content_Types].xml" in names else ""
    return ""


def clean_name(name: str) -> str:
    """Return a file name fit to show and to download: no folders, no control or direction marks, 120 characters."""
    base = normalise(name).replace("\\", "/").rsplit("/", 1)[-1]
    base = " ".join(_UNSAFE_IN_NAMES.sub("", base).split()).strip(". ")
    path = PurePosixPath(base or "tep")
    suffix = path.suffix[:10]
    stem = path.name[: len(path.name) - len(path.suffix)].rstrip(". ") or "tep"
    if _RESERVED.match(stem.split(".")[0]):
        stem = f"tep-{stem}"
    return f"{stem[: NAME_LIMIT - len(suffix)]}{suffix}"


def refuse_size(size: int) -> None:
    """Raise ValidationError ``empty`` or ``too_large`` for a file of ``size`` bytes that may not be taken."""
    limit = settings.UPLOAD_MAX_BYTES
    if size == 0:
        raise ValidationError("Tệp này trống, không có nội dung. Đồng chí chọn lại tệp.", code="empty")
    if size > limit:
        raise ValidationError(
            "Tệp có dung lượng %(size)s MB, vượt quá giới hạn %(limit)s MB. Tệp chưa được lưu; "
            "đồng chí quét lại ở độ phân giải thấp hơn hoặc tách tệp.",
            code="too_large",
            params={"size": f"{size / 1024 / 1024:.1f}".replace(".", ","), "limit": limit // 1024 // 1024},
        )


def _refuse_type(kind: str, name: str, allowed: tuple[str, ...]) -> None:
    if kind not in allowed:
        raise ValidationError(
            "Chương trình chỉ nhận tệp %(allowed)s ở mục này. Tệp “%(name)s” không thuộc các loại đó nên chưa được lưu; "
            "đồng chí lưu lại đúng loại rồi tải lên.",
            code="wrong_type",
            params={"allowed": ", ".join(allowed), "name": name},
        )
    suffix = PurePosixPath(name).suffix.lower().lstrip(".")
    if {"jpeg": "jpg"}.get(suffix, suffix) != kind:
        raise ValidationError(
            "Tên tệp “%(name)s” không khớp với nội dung: nội dung là tệp %(kind)s. Tệp chưa được lưu; "
            "đồng chí kiểm tra lại tệp và đặt đúng đuôi .%(kind)s.",
            code="name_differs",
            params={"name": name, "kind": kind},
        )


def check_office(data: bytes) -> bool:
    """Refuse macros and secret stamps; return whether the file embeds or links to other things.

    Raises:
        ValidationError: ``macros``, ``bomb``, ``bad_archive`` or ``secret``.
    """
    file = io.BytesIO(data)
    entries = archives.refuse_bomb(file)
    names = [entry.filename for entry in entries]
    types = archives.read_entry(file, "[Content_Types].xml")
    if any("vbaproject" in name.lower() for name in names) or b"macroenabled" in types.lower():
        raise ValidationError(
            "Tệp có chứa macro nên không được nhận. Tệp chưa được lưu; đồng chí mở tệp, chọn “Lưu thành” "
            "dạng .docx hoặc .xlsx không có macro rồi tải lên lại.",
            code="macros",
        )
    refuse_secret(secrecy_mark(_office_text(file, names)))
    embedded = any("/embeddings/" in name or "/activeX/" in name for name in names)
    relations = [name for name in names if name.endswith(".rels")]
    linked = any(b'TargetMode="External"' in archives.read_entry(file, name) for name in relations[:50])
    return embedded or linked


def _office_text(file: io.BytesIO, names: list[str]) -> str:
    """Return the text of a document, its heads, feet and notes, or of a workbook, a line per paragraph or cell."""
    wanted = re.compile(
        r"^(?:word/(?:document|header\d*|footer\d*|footnotes)|xl/(?:sharedStrings|worksheets/sheet\d+|drawings/drawing\d+))\.xml$"
    )
    lines: list[str] = []
    for name in names:
        if wanted.match(name):
            lines += _paragraphs(archives.read_entry(file, name))
    return "\n".join(lines)


def _paragraphs(xml: bytes) -> list[str]:
    # A tree costs a hundred bytes an element: 50 MB of "<a/>" would take a gigabyte.
    if xml.count(b"<") + xml.count(b"=") > MARKS_LIMIT:
        raise ValidationError(
            "Tệp có quá nhiều ô hoặc quá nhiều thành phần nên không đọc được. Tệp chưa được lưu; "
            "đồng chí xóa phần thừa hoặc tách thành nhiều tệp rồi tải lên lại.",
            code="bomb",
        )
    try:
        root = ElementTree.fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        raise ValidationError(
            "Tệp bị hỏng hoặc có cấu trúc không an toàn nên không được nhận. Tệp chưa được lưu; "
            "đồng chí mở tệp, lưu lại rồi tải lên lần nữa.",
            code="bad_archive",
        ) from problem
    return [_text(element) for element in root.iter() if _tag(element) in {"p", "si", "is"}]


def _text(element: Element) -> str:
    return "".join(
        "   " if _tag(one) in {"tab", "br"} else (one.text or "")
        for one in element.iter()
        if _tag(one) in {"t", "tab", "br"}
    )


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
