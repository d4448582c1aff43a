"""What the checks may know of a ward: its names, its working days, its last plans."""

import datetime as dt
from functools import lru_cache

from documents.checks import CheckContext
from documents.choices import PaperKind
from documents.models import IssuedPaper
from documents.paper_json import from_dict
from documents.reading.facts import PlanFacts
from documents.reading.paper_lines import paper_source
from documents.reading.plan import read_plan
from documents.reading.source import Source
from documents.selectors.severities import ward_severities
from units.models import Signer, Unit, WardSettings
from units.workdays import WorkCalendar

SIBLINGS = 3  # the last plans of the ward; each costs a reading


def check_context(ward: Unit | None, *, today: dt.date, siblings: bool = True) -> CheckContext:
    """Return what the checks know when they look at a paper of ``ward`` (None: nothing but the calendar)."""
    calendar = WorkCalendar.load()
    if ward is None:
        return CheckContext(today=today, calendar=calendar)
    return CheckContext(
        today=today,
        names=_names(ward),
        calendar=calendar,
        severities=ward_severities(ward),
        siblings=_siblings(ward, today=today) if siblings else (),
    )


def _names(ward: Unit) -> tuple[str, ...]:
    """Return the names of the ward, of its units and of those who sign, as they are rightly spelt."""
    found = [ward.name, ward.short_name]
    found += Unit.objects.straight_under(ward).values_list("name", flat=True)
    found += Signer.objects.filter(ward=ward).values_list("name", flat=True)
    settings = WardSettings.objects.filter(ward=ward).first()
    if settings is not None:
        found += [settings.superior_heading, settings.committee_heading, settings.place_name, settings.superior_name]
    return tuple(dict.fromkeys(filter(None, found)))


def _siblings(ward: Unit, *, today: dt.date) -> tuple[tuple[Source, PlanFacts], ...]:
    papers = IssuedPaper.objects.filter(ward=ward, kind=PaperKind.PLAN).exclude(content={}).order_by("-dated_on", "-pk")
    read = (_read(pk, sha256, today) for pk, sha256 in papers.values_list("pk", "sha256")[:SIBLINGS])
    return tuple(one for one in read if one is not None)


@lru_cache(maxsize=64)
def _read(pk: int, sha256: str, today: dt.date) -> tuple[Source, PlanFacts] | None:
    """Read an issued plan; its text is frozen, so that key and hash name it for good and the editor need not wait twice.

    None for a paper that was kept without its whole content.
    """
    try:
        source = paper_source(from_dict(IssuedPaper.objects.get(pk=pk).content))
    except ValueError:
        return None
    return source, read_plan(source, today=today)
