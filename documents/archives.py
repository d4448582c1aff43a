"""Looking at a zip file's directory before anything is unpacked (reliability test U-02)."""

import zipfile
from typing import BinaryIO

from django.core.exceptions import ValidationError

RATIO_LIMIT = 100
UNPACKED_LIMIT = 50 * 1024 * 1024
ENTRY_LIMIT = 2_000
# Tiny files of one repeated byte pack better than 100 to 1 and harm nobody.
_SMALL = 1024 * 1024
# What reading a broken or strange zip raises; NotImplementedError is a way of packing that Python does not know.
_UNREADABLE = (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, OSError, EOFError)


def refuse_bomb(file: BinaryIO) -> list[zipfile.ZipInfo]:
    """Return the directory of a zip file that is safe to unpack; the file is rewound.

    Raises:
        ValidationError: ``bad_archive`` for a broken file, ``bomb`` for one that
            would unpack to more than 50 MB, 100 times its size or 2,000 entries,
            or that holds another archive.
    """
    file.seek(0, 2)
    packed = file.tell()
    file.seek(0)
    if _declared_entries(file) > ENTRY_LIMIT:
        raise bomb()
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except _UNREADABLE as problem:
        raise _broken() from problem
    file.seek(0)
    unpacked = sum(entry.file_size for entry in entries)
    too_dense = unpacked > _SMALL and unpacked > RATIO_LIMIT * max(packed, 1)
    if len(entries) > ENTRY_LIMIT or unpacked > UNPACKED_LIMIT or too_dense:
        raise bomb()
    if any(entry.filename.lower().endswith((".zip", ".gz", ".7z", ".rar", ".xz")) for entry in entries):
        raise bomb()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise _broken()
    return entries


def read_entry(file: BinaryIO, name: str) -> bytes:
    """Return one entry of an archive that :func:`refuse_bomb` has passed, never more than 50 MB."""
    try:
        with zipfile.ZipFile(file) as archive, archive.open(name) as entry:
            # The directory may lie about a size, so the reading itself is bounded too.
            content = entry.read(UNPACKED_LIMIT + 1)
    except _UNREADABLE as problem:
        raise _broken() from problem
    finally:
        file.seek(0)
    if len(content) > UNPACKED_LIMIT:
        raise bomb()
    return content


def _declared_entries(file: BinaryIO) -> int:
    """Return how many entries the end record promises, before the directory is read into memory."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - 66_000))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    return int.from_bytes(tail[place + 10 : place + 12], "little") if place >= 0 else 0


def bomb() -> ValidationError:
    return ValidationError(
        "Tệp nén bên trong lớn bất thường nên không được nhận. Tệp chưa được lưu; "
        "đồng chí mở tệp, lưu lại thành tệp mới rồi tải lên lần nữa.",
        code="bomb",
    )


def _broken() -> ValidationError:
    return ValidationError(
        "Tệp bị hỏng hoặc có mật khẩu nên không đọc được. Tệp chưa được lưu; "
        "đồng chí kiểm tra tệp trên máy rồi tải lên lại.",
        code="bad_archive",
    )
