"""Bringing a backup back: looked through before anything is touched, written in one transaction, sending held after it."""

import base64
import json
import shutil
import zipfile
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import connection, models, transaction

from units.backup_format import DATA, LEFT_OUT, MEDIA, applied_migrations, kept_models, label, read_manifest
from units.choices import UnitKind
from units.models import Unit, User
from units.services.heartbeat import SENDING_HELD, beat

_ROWS_AT_ONCE = 500


def restore_backup(*, path: Path, now: datetime, confirm: str = "") -> dict:
    """Replace everything by the backup `path`; returns its manifest.

    `confirm` is the name of the ward that is overwritten; needed only when the installation is in use.

    Raises:
        ValidationError: what read_manifest finds, ``other_version``, or ``in_use``. Nothing has been touched by then.
    """
    manifest = check_backup(path=path)
    _refuse_in_use(confirm)
    with zipfile.ZipFile(path) as archive:
        _unpack_media(archive, manifest)
        with transaction.atomic():
            _empty_tables()
            for model in kept_models():
                _fill_table(archive, model)
            _set_sequences()
    beat(name=SENDING_HELD, at=now, note=f"Phục hồi từ bản sao lưu lúc {manifest['written_at']}.")
    return manifest


def check_backup(*, path: Path) -> dict:
    """Read a backup through without touching anything: the dry run."""
    manifest = read_manifest(path)
    if manifest["migrations"] != applied_migrations(connection) or manifest["tables"].keys() != {
        label(one) for one in kept_models()
    }:
        raise ValidationError(
            f"Bản sao lưu thuộc phiên bản {manifest['version']} với cấu trúc dữ liệu khác. Chưa có gì bị thay đổi; "
            "hãy cài đúng phiên bản đó, phục hồi, rồi nâng cấp.",
            code="other_version",
        )
    return manifest


def _refuse_in_use(confirm: str) -> None:
    if not User.objects.exists() and not Unit.objects.exists():
        return
    ward = Unit.objects.filter(kind=UnitKind.WARD).order_by("path").first()
    name = ward.name if ward else "dữ liệu hiện có"
    if confirm != name:
        raise ValidationError(
            f'Nơi phục hồi đang có dữ liệu. Chưa có gì bị thay đổi; để ghi đè, thêm --confirm "{name}".', code="in_use"
        )


def _unpack_media(archive: zipfile.ZipFile, manifest: dict) -> None:
    """Files have random names, so those of before do no harm; `sanity` lists them as orphans."""
    root = Path(settings.MEDIA_ROOT)
    for name in manifest["parts"]:
        if name.startswith(MEDIA):
            target = root / name.removeprefix(MEDIA)
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)
            target.chmod(0o600)


def _empty_tables() -> None:
    tables = [model._meta.db_table for model in kept_models()]
    tables += [apps.get_model(name)._meta.db_table for name in LEFT_OUT]
    with connection.cursor() as cursor:
        for table in tables:  # references are checked at the end of the transaction on both engines
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our own tables


def _fill_table(archive: zipfile.ZipFile, model) -> None:
    with archive.open(f"{DATA}{label(model)}.jsonl") as part:
        names = json.loads(part.readline())
        fields = [model._meta.get_field(name) for name in names]
        quote = connection.ops.quote_name
        columns = ", ".join(quote(field.column) for field in fields)
        marks = ", ".join(["%s"] * len(fields))
        sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608 - our own names
        rows = (_row(fields, json.loads(line)) for line in part)
        with connection.cursor() as cursor:
            while chunk := list(islice(rows, _ROWS_AT_ONCE)):
                cursor.executemany(sql, chunk)


def _row(fields: list, values: list) -> list:
    return [_value(field, value) for field, value in zip(fields, values, strict=True)]


def _value(field, value):
    if value is None and not isinstance(field, models.JSONField):
        return None
    if isinstance(field, models.BinaryField):
        value = base64.b64decode(value)
    elif not isinstance(field, models.JSONField):
        value = field.target_field.to_python(value) if field.remote_field else field.to_python(value)
    return field.get_db_prep_save(value, connection)


def _set_sequences() -> None:
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(sql)
