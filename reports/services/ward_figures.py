"""Figures of wards that run apart, taken in by the level above from their file, or withdrawn with it."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from reports.models import WardFigures
from reports.selectors.ward_figures import fate_of, known_figures
from units.models import Unit, User
from units.services.audit import record_event


@transaction.atomic
def import_ward_figures(
    *, province: Unit, rows: Sequence[tuple[dict, int | None]], file_name: str, by: User, at: dt.datetime
) -> int:
    """Write `rows` as taken from `file_name`; returns how many were written.

    A row is (fields of WardFigures, primary key of what is held and gives its place to it, None where nothing is held):
    where something else is held by now, because another person took a file in a moment ago, the row is left out.
    """
    Unit.objects.select_for_update().get(pk=province.pk)  # two people with one file would write every row twice
    known = known_figures(province, numbers=[])
    written = []
    for fields, over in rows:
        held = known.figures(fields["ward_code"], fields["directive"])
        if (held.pk if held else None) == over and fate_of(fields, held) != "same":
            written.append(
                WardFigures(province=province, file_name=file_name[:120], imported_at=at, imported_by=by, **fields)
            )
    WardFigures.objects.bulk_create(written)
    if written:
        details = {"rows": len(written), "file": file_name[:120], "wards": sorted({one.ward_code for one in written})}
        record_event(by=by, verb="ward_figures.import", target=province, details=details, at=at)
    return len(written)


@transaction.atomic
def withdraw_ward_figures(row: WardFigures, *, why: str, by: User, at: dt.datetime) -> int:
    """Take back the whole file that `row` came with; returns how many rows no longer count, 0 when it was withdrawn before.

    What was held before the file counts again. Nothing is deleted: the list of files says who withdrew it and why.
    """
    Unit.objects.select_for_update().get(pk=row.province_id)
    same_file = WardFigures.objects.filter(
        province=row.province_id, imported_at=row.imported_at, imported_by=row.imported_by_id, file_name=row.file_name
    )
    count = same_file.filter(withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=by, withdrawn_why=why)
    if count:
        details = {"rows": count, "file": row.file_name, "reason": why}
        record_event(by=by, verb="ward_figures.withdraw", target=row.province, details=details, at=at)
    return count
