"""Figures of wards that run apart, taken in by the level above from their file."""

import datetime as dt

from django.db import transaction

from reports.models import WardFigures
from reports.selectors.ward_figures import fate_of, known_figures
from units.models import Unit, User
from units.services.audit import record_event


@transaction.atomic
def import_ward_figures(*, province: Unit, rows: list[dict], file_name: str, by: User, at: dt.datetime) -> int:
    """Write `rows` (fields of WardFigures) as taken from `file_name`; returns how many were new or changed something.

    What is held already, or comes from an older report, is left out, also when another person took it in a moment ago.
    """
    Unit.objects.select_for_update().get(pk=province.pk)  # two people with one file would write every row twice
    known = known_figures(province, numbers=[])
    written = []
    for fields in rows:
        held = known.figures(fields["ward_code"], fields["directive"])
        if fate_of(fields, held) in {"new", "changed"}:
            written.append(
                WardFigures(province=province, file_name=file_name[:120], imported_at=at, imported_by=by, **fields)
            )
    WardFigures.objects.bulk_create(written)
    if written:
        details = {"rows": len(written), "file": file_name[:120], "wards": sorted({one.ward_code for one in written})}
        record_event(by=by, verb="ward_figures.import", target=province, details=details, at=at)
    return len(written)
