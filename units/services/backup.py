"""Writing a backup: one consistent snapshot of all tables, then the media, verified before it takes its name."""

import hashlib
import json
import zipfile
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from units.backup_format import (
    DATA,
    FORMAT,
    MANIFEST,
    MEDIA,
    applied_migrations,
    digest_of,
    kept_models,
    label,
    plain,
    read_manifest,
    seal_file,
    unsealed_comment,
)
from units.services.heartbeat import beat

_ROWS_AT_ONCE = 2000
_PASSING = ("jobs/",)  # results that can be made again


def write_backup(*, path: Path, now: datetime) -> dict:
    """Write the backup `path` (a .zip; replaced when it exists) and return its manifest.

    Files are copied after the snapshot: a file is written before the row that names it, so all of them are there.
    The backup is read back whole before it gets its name, and the health page learns of it.
    """
    half = path.with_name(f"{path.name}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as archive:
        half.chmod(0o600)
        parts: dict[str, tuple[str, int]] = {}
        tables = _write_tables(archive, parts)
        _write_media(archive, parts)
        manifest = {
            "format": FORMAT, "version": settings.VERSION, "written_at": now.astimezone(UTC).isoformat(), "tables": tables,
            "engine": connection.vendor, "migrations": applied_migrations(connection), "parts": parts,
        }  # fmt: skip
        archive.comment = unsealed_comment()
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, sort_keys=True))
    seal_file(half)
    read_manifest(half)
    half.replace(path)
    beat(name="backup", at=now, note=f"Tệp {path.name}.")
    return manifest


def _write_tables(archive: zipfile.ZipFile, parts: dict) -> dict[str, int]:
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return {label(model): _write_table(archive, model, parts) for model in kept_models()}


def _write_table(archive: zipfile.ZipFile, model, parts: dict) -> int:
    columns = [field.attname for field in model._meta.concrete_fields]
    name, hashed, size, count = f"{DATA}{label(model)}.jsonl", hashlib.sha256(), 0, -1
    rows = model._base_manager.order_by("pk").values_list(*columns).iterator(chunk_size=_ROWS_AT_ONCE)
    with archive.open(name, "w", force_zip64=True) as part:
        for row in chain([columns], rows):
            line = json.dumps(list(row), ensure_ascii=False, default=plain).encode() + b"\n"
            part.write(line)
            hashed.update(line)
            size, count = size + len(line), count + 1
    parts[name] = (hashed.hexdigest(), size)
    return count


def _write_media(archive: zipfile.ZipFile, parts: dict) -> None:
    root = Path(settings.MEDIA_ROOT)
    for file in sorted(root.rglob("*")) if root.is_dir() else ():
        name = file.relative_to(root).as_posix()
        if not file.is_file() or file.suffix == ".part" or name.startswith(_PASSING):
            continue
        archive.write(file, f"{MEDIA}{name}")
        with file.open("rb") as opened:
            parts[f"{MEDIA}{name}"] = digest_of(opened)
