"""Files in and out of the store: checked, hashed, under a random name, with a daily limit for each person (U-01 to U-12)."""

import hashlib
import logging
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from documents.models import StoredFile
from documents.uploads import CheckedUpload, check_upload
from units.models import Unit, User
from units.services.audit import record_event

logger = logging.getLogger(__name__)

DAILY_QUOTA_BYTES = 200 * 1024 * 1024
FOLDER = "files"


def store_upload(
    *,
    upload: UploadedFile,
    purpose: str,
    ward: Unit | None,
    by: User,
    declared_not_secret: bool,
    at: datetime | None = None,
) -> StoredFile:
    """Keep a file that a person uploaded.

    Raises:
        ValidationError: ``not_declared`` without the word that it holds no state secret, ``quota`` above 200 MB a
            day for one person, ``disk_full``, or what ``documents.uploads`` finds wrong with the file. Nothing is kept.
    """
    if declared_not_secret is not True:
        raise ValidationError(
            "Đồng chí cần xác nhận tài liệu không thuộc bí mật nhà nước. Tệp chưa được lưu.", code="not_declared"
        )
    _refuse_over_quota(upload.size or 0, by=by, at=at or timezone.now())
    checked = _checked(upload, purpose=purpose, by=by)
    return _keep(
        data=checked.data, name=checked.name, content_type=checked.content_type, purpose=purpose, ward=ward, by=by,
        at=at, declared_not_secret=True, has_active_content=checked.has_active_content,
    )  # fmt: skip


def store_bytes(
    *, data: bytes, name: str, content_type: str, purpose: str, ward: Unit | None, by: User, at: datetime | None = None
) -> StoredFile:
    """Keep a file that the program made itself (the PDF of an issued paper)."""
    return _keep(data=data, name=name, content_type=content_type, purpose=purpose, ward=ward, by=by, at=at)


@transaction.atomic
def discard_upload(*, stored: StoredFile, by: User, at: datetime) -> None:
    """Let go of a file that never became part of anything: its row at once, its bytes when the act is committed."""
    target = stored_path(stored.path)
    record_event(by=by, verb="file.discard", target=stored, ward=stored.ward, details={"sha256": stored.sha256}, at=at)
    stored.delete()
    transaction.on_commit(lambda: target.unlink(missing_ok=True))


def open_stored(file: StoredFile) -> BinaryIO:
    """Open the bytes for reading; raises FileNotFoundError when they are lost (found by `manage.py sanity`)."""
    return stored_path(file.path).open("rb")


def stored_path(path: str) -> Path:
    """The place of a stored path on the disk; refuses one that leaves MEDIA_ROOT."""
    root = Path(settings.MEDIA_ROOT).resolve()
    target = (root / path).resolve()
    if not target.is_relative_to(root):
        raise ValidationError("Đường dẫn tệp không hợp lệ.", code="path")
    return target


@transaction.atomic
def _keep(
    *, data, name, content_type, purpose, ward, by, at=None, declared_not_secret=False, has_active_content=False
) -> StoredFile:
    at = at or timezone.now()
    path = f"{FOLDER}/{at:%Y/%m}/{token_hex(16)}"
    stored = StoredFile(
        ward=ward, purpose=purpose, path=path, shown_name=name[:200], content_type=content_type, size=len(data),
        sha256=hashlib.sha256(data).hexdigest(), has_active_content=has_active_content,
        declared_not_secret=declared_not_secret, uploaded_at=at, uploaded_by=by,
    )  # fmt: skip
    stored.full_clean(exclude=["ward", "uploaded_by"])
    _write(path, data)
    stored.save(force_insert=True)
    details = {"size": stored.size, "sha256": stored.sha256, "purpose": str(purpose), "declared": declared_not_secret}
    record_event(by=by, verb="file.store", target=stored, ward=ward, details=details, at=at)
    return stored


def _write(path: str, data: bytes) -> None:
    """Write the whole file or nothing, and refuse in a sentence when the disk is full (F-06)."""
    target = stored_path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_suffix(".part")
        half.write_bytes(data)
        half.chmod(0o600)
        half.rename(target)
    except OSError as error:
        target.with_suffix(".part").unlink(missing_ok=True)
        raise ValidationError(
            "Máy chủ không còn chỗ hoặc không ghi được tệp. Tệp chưa được lưu; đồng chí báo người quản trị.",
            code="disk_full",
        ) from error


def _checked(upload: UploadedFile, *, purpose: str, by: User) -> CheckedUpload:
    """Check the file; an attempt with a secret stamp is logged, without anything of its content (U-12)."""
    try:
        return check_upload(upload, purpose=purpose)
    except ValidationError as refused:
        if getattr(refused, "code", "") == "secret":
            logger.warning("upload refused: secrecy mark, user %s, purpose %s", by.pk, purpose)
        raise


def _refuse_over_quota(size: int, *, by: User, at: datetime) -> None:
    start = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    used = StoredFile.objects.filter(uploaded_by=by, declared_not_secret=True, uploaded_at__gte=start).aggregate(
        total=Sum("size")
    )["total"]
    if (used or 0) + size > DAILY_QUOTA_BYTES:
        raise ValidationError(
            "Hôm nay đồng chí đã tải lên gần hết 200 MB cho phép. Tệp này chưa được lưu; "
            "hãy chọn tệp nhỏ hơn hoặc tải lên vào ngày mai.",
            code="quota",
        )
