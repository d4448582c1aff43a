"""What a phone sends for a report apart from its figures: files and further sessions, each taken exactly once."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from reports.models import Filing, Parcel
from reports.services.evidence import add_evidence
from reports.services.filings import keep_filing, lock_filing
from units.models import User

MOST_EXTRA = 20  # further sessions of one report


@transaction.atomic
def take_file(
    *, filing: Filing, key: str, upload: UploadedFile, kind: str, declared: bool, by: User, at: dt.datetime
) -> bool:
    """Keep one file of a phone with `filing`, also after it was sent; False when `key` was taken before.

    Raises ValidationError as `add_evidence` does; the key is then not used up and the phone may send again.
    """
    filing = lock_filing(filing)
    if not _first(filing, key=key, by=by, at=at):
        return False
    add_evidence(filing=filing, upload=upload, kind=kind, declared_not_secret=declared, by=by, at=at)
    return True


@transaction.atomic
def take_extra(*, filing: Filing, key: str, entry: dict, device: str, by: User, at: dt.datetime) -> bool:
    """Add a further session (`entry`, word for word, checked by its form) behind those that stand; False when `key` was
    taken before. Two phones that add one each disturb nobody: both stay.

    Raises ValidationError "sent" when the report has gone, "too_many" beyond MOST_EXTRA; nothing is then written.
    """
    filing = lock_filing(filing)
    if filing.parcels.filter(key=key).exists():
        return False
    if filing.sent_at:
        raise ValidationError(
            f"Báo cáo này đã được đồng chí {filing.sent_by} gửi nên buổi thêm chưa được ghi. Đồng chí gọi văn phòng để bổ sung.",
            code="sent",
        )
    extra = [*filing.content.get("extra", []), entry]
    if len(extra) > MOST_EXTRA:
        raise ValidationError(
            f"Một báo cáo có nhiều nhất {MOST_EXTRA} buổi thêm. Đồng chí ghi gộp các buổi cùng ngày.", code="too_many"
        )
    _first(filing, key=key, by=by, at=at)
    keep_filing(filing=filing, version=filing.version, changes={"extra": extra}, device=device, by=by, at=at)
    return True


@transaction.atomic
def change_extra(
    *, filing: Filing, index: int, version: int, entry: dict, device: str, by: User, at: dt.datetime
) -> Filing:
    """Put `entry` (word for word, checked by its form) in place of the further session at `index`, seen in `version`.

    Raises ValidationError "sent" when the report has gone, "changed" when the list of further sessions is another by now:
    what stands there stays.
    """
    extra = list(filing.content.get("extra", []))
    known = {name: extra[index][name] for name in ("pk",) if name in extra[index]}
    extra[index] = entry | known
    try:
        return keep_filing(filing=filing, version=version, changes={"extra": extra}, device=device, by=by, at=at)
    except ValidationError as error:
        if error.code != "changed":
            raise
        raise ValidationError(
            "Danh sách buổi thêm vừa được sửa ở máy khác nên buổi này chưa lưu, chữ đồng chí gõ còn ở đây. "
            "Đồng chí quay lại bước Buổi học, mở lại buổi này rồi sửa.",
            code="changed",
        ) from error


def _first(filing: Filing, **taken) -> bool:
    """Use up the key; the caller holds the lock on the form. False when it was used."""
    facts = {"taken_at": taken["at"], "taken_by": taken["by"]}
    return Parcel.objects.get_or_create(filing=filing, key=taken["key"], defaults=facts)[1]
