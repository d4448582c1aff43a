"""The remarks of all units side by side: what says the same is one line with all its sources."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from reports.choices import RemarkField
from reports.likeness import alike_groups


@dataclass
class Remark:
    """What one or several units said: ticked together, printed once with all its sources.

    `text` is the compiler's wording, else the way most units put it; `variants` the other ways, word for word. `joined`:
    put together by the compiler, not by likeness.
    """

    field: str
    text: str
    included: bool
    joined: bool = False
    pks: list[int] = dataclass_field(default_factory=list)
    units: list[str] = dataclass_field(default_factory=list)
    variants: list[str] = dataclass_field(default_factory=list)

    @property
    def label(self):
        return RemarkField(self.field).label


def remarks_of(report):
    """Remarks of `report` in the order of the kinds and units.

    Near-equal words, also for two plans of one unit, are one; the compiler may put others together or take them apart.
    """
    rows = list(report.remarks.select_related("submission__unit").order_by("submission__unit__sort_key", "pk"))
    found = []
    for kind in RemarkField.values:
        found.extend(_grouped([row for row in rows if row.field == kind]))
    return found


def _grouped(rows):
    bundles, free = defaultdict(list), []
    for row in rows:
        (free if row.bundle is None else bundles[row.bundle]).append(row)
    groups = [[free[place] for place in places] for places in alike_groups([row.text for row in free])]
    groups.extend(bundles.values())
    order = {row.pk: place for place, row in enumerate(rows)}
    return [_remark(group) for group in sorted(groups, key=lambda group: order[group[0].pk])]


def _remark(rows):
    said = Counter(" ".join(row.text.split()) for row in rows)
    commonest = max(said, key=lambda text: said[text])
    wording = next((row.wording for row in rows if row.wording), "")
    return Remark(
        field=rows[0].field,
        text=wording or commonest,
        included=any(row.included for row in rows),
        joined=rows[0].bundle is not None and len(said) > 1,
        pks=[row.pk for row in rows],
        units=list(dict.fromkeys(row.submission.unit.short_name for row in rows)),
        variants=[text for text in said if text != (wording or commonest)],
    )
