"""The backup file: a zip of JSON lines and media under a manifest with the SHA-256 of every part.

    manifest.json            format, version, when, migrations, {part: [sha256, size]}, {table: rows}
    data/<app>.<model>.jsonl one row a line, the values in the order of the first line (the column names)
    media/<path>             the kept files as they lie below MEDIA_ROOT

The archive comment is the SHA-256 of all bytes before it, so a flipped bit between the parts is seen too.

Neutral to the engine: what SQLite wrote, PostgreSQL reads. Source of the rules: reliability.md B-01 to B-05.
"""

import base64
import hashlib
import json
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path, PurePosixPath
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.migrations.recorder import MigrationRecorder

FORMAT = 1
MANIFEST = "manifest.json"
DATA, MEDIA = "data/", "media/"
# Sign-ins are not carried over: a stolen backup must not hold a living session.
LEFT_OUT = {"sessions.session", "units.opensession", "units.browserpass"}
_BLOCK = 1024 * 1024
_SEAL, _SEAL_SIZE = b"sha256:", 64


def kept_models() -> list:
    """Every table of the program, the linking ones too, in a steady order."""
    models = [
        model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy
    ]
    return sorted((model for model in models if label(model) not in LEFT_OUT), key=label)


def label(model) -> str:
    """ "units.unit"."""
    return model._meta.label_lower


def applied_migrations(connection) -> list[str]:
    """Names of the steps the database has gone through, as "units.0001_initial"."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def plain(value):
    """A database value as JSON keeps it without loss (microseconds, decimals and bytes included)."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, timedelta):
        return value / timedelta(microseconds=1)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"No way to keep a {type(value).__name__} in a backup.")


def digest_of(file) -> tuple[str, int]:
    """SHA-256 and size of an open file, read in blocks."""
    hashed, size = hashlib.sha256(), 0
    while block := file.read(_BLOCK):
        hashed.update(block)
        size += len(block)
    return hashed.hexdigest(), size


def unsealed_comment() -> bytes:
    """The archive comment while the file is being written; seal_file puts the figure into it."""
    return _SEAL + b"0" * _SEAL_SIZE


def seal_file(path: Path) -> None:
    """Write the SHA-256 of everything before the figure into the figure's place."""
    digest = _digest_before_seal(path)
    with path.open("r+b") as file:
        file.seek(-_SEAL_SIZE, 2)
        file.write(digest.encode())


def _digest_before_seal(path: Path) -> str:
    left, hashed = path.stat().st_size - _SEAL_SIZE, hashlib.sha256()
    with path.open("rb") as file:
        while left > 0 and (block := file.read(min(_BLOCK, left))):
            hashed.update(block)
            left -= len(block)
    return hashed.hexdigest()


def _refuse_unsealed(path: Path, comment: bytes) -> None:
    if comment != _SEAL + _digest_before_seal(path).encode():
        raise _refused("Bản sao lưu khác với lúc được ghi.", "broken")


def read_manifest(path: Path) -> dict:
    """The manifest of a backup whose every part has been counted and hashed anew.

    Raises:
        ValidationError: ``broken`` (truncated, altered, a part missing or too many), ``unsafe`` (a name that leaves
            its folder), ``format`` (another kind of file). Nothing has been touched by then.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            _refuse_unsealed(path, archive.comment)
            _refuse_unsafe(names)
            manifest = json.loads(archive.read(MANIFEST))
            if manifest.get("format") != FORMAT:
                raise _refused("Tệp không phải bản sao lưu của phiên bản này.", "format")
            parts = manifest["parts"]
            if len(names) != len(set(names)) or set(names) != {MANIFEST, *parts}:
                raise _refused("Bản sao lưu thiếu hoặc thừa tệp so với bản kê.", "broken")
            for name, (digest, size) in parts.items():
                with archive.open(name) as part:
                    if digest_of(part) != (digest, size):
                        raise _refused(f"Phần “{name}” khác với lúc sao lưu.", "broken")
    except ValidationError:
        raise
    except (
        zipfile.BadZipFile,
        OSError,
        KeyError,
        ValueError,
        TypeError,
        EOFError,
        AttributeError,
        NotImplementedError,
    ) as error:
        raise _refused("Tệp sao lưu bị hỏng hoặc không đọc được.", "broken") from error
    except Exception as error:  # zlib.error has no public base; a damaged stream may raise anything
        raise _refused("Tệp sao lưu bị hỏng.", "broken") from error
    return manifest


def _refuse_unsafe(names: list[str]) -> None:
    for name in names:
        path = PurePosixPath(name)
        known = name == MANIFEST or name.startswith((DATA, MEDIA))
        if not known or path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name:
            raise _refused(f"Bản sao lưu có tên tệp không an toàn: {name[:60]!r}.", "unsafe")


def _refused(sentence: str, code: str) -> ValidationError:
    return ValidationError(f"{sentence} Chưa có gì bị thay đổi.", code=code)
