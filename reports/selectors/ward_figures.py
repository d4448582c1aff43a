"""Figures of wards that run apart, as the level above holds them, and what a file is compared with."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Min
from django.utils import timezone

from campaigns.models import Directive
from documents import citations
from documents.dates import short
from reports.figures import printed_on
from reports.models import CompiledReport, WardFigures
from units.choices import Role, UnitKind
from units.models import Unit
from units.paths import subtree
from units.permissions import Permission
from units.selectors.access import Access

# what two files are compared by; who sent them and when does not matter
COMPARED = ("asked", "accepted", "required", "present", "withheld")


def visible_ward_figures(access: Access):
    """What the level above took in and did not withdraw, to itself alone."""
    return figures_taken_in(access).filter(withdrawn_at=None)


def figures_taken_in(access: Access):
    """Every row the level above ever took in, the withdrawn ones as well, to itself alone."""
    return WardFigures.objects.filter(access.reach(Permission.READ_ISSUED_FIGURES, prefix="province__"))


def province_of(access: Access) -> Unit | None:
    """The level above for which this person reads; None for everybody else."""
    held = (one.unit for one in access.memberships if one.role == Role.VIEWER)
    return next((unit for unit in held if unit.kind == UnitKind.PROVINCE), None)


def files_taken_in(access: Access) -> list[dict]:
    """A line per file taken in, newest first: its name, when, by whom, its wards and rows, and whether it was withdrawn.

    `first` is the primary key of one of its rows, by which the file is addressed.
    """
    names = ("imported_at", "imported_by__full_name", "file_name", "withdrawn_at", "withdrawn_by__full_name", "withdrawn_why")
    files = figures_taken_in(access).values(*names).annotate(rows=Count("pk"), first=Min("pk"))
    lines = list(files.order_by("-imported_at", "-first"))
    wards: dict[tuple, list[str]] = {}
    told = figures_taken_in(access).order_by("ward_name").values_list("imported_at", "file_name", "ward_name").distinct()
    for at, file_name, ward_name in told:
        wards.setdefault((at, file_name), []).append(ward_name)
    return [line | {"wards": wards[line["imported_at"], line["file_name"]]} for line in lines]


def same_code(code: str) -> str:
    """What two spellings of one ward's code have in common."""
    return " ".join(code.casefold().split())


def handed_over(report: CompiledReport) -> list[dict]:
    """The rows of reports/figure_file.py for an issued report: one per plan and directive, as its snapshot printed them."""
    entries = [(entry, pk) for entry in report.figures["plans"] for pk in entry["directives"]]
    directives = Directive.objects.in_bulk({pk for _entry, pk in entries})
    return [
        {
            "ward": report.ward.code,
            "ward_name": report.ward.name,
            "directive": directives[pk].number_text,
            "directive_date": directives[pk].dated_on,
            "report": report.paper.number_text,
            "report_date": report.paper.dated_on,
            "counted_on": timezone.localdate(report.counted_at),
            "asked": told["asked"],
            "accepted": told["accepted"],
            "A8": told["required"],
            "A9": told["present"],
            "withheld": told["withheld"],
        }
        for entry, pk in entries
        for told in [printed_on(entry, pk)]
    ]


@dataclass
class KnownFigures:
    """What the rows of a file are checked against: directives by number, wards of this installation, figures held."""

    directives: dict[str, list[Directive]]
    here: set[str]
    names: dict[str, str]
    held: dict[tuple[str, int], WardFigures]

    def directive(self, number, day):
        """(directive, "") or (None, why not)."""
        near = self.directives.get(citations.key(number) or number, [])
        found = [one for one in near if one.dated_on == day]
        if len(found) == 1:
            return found[0], ""
        if found:
            return None, f"Có {len(found)} văn bản cùng số {number} và cùng ngày; văn phòng cần ghép lại trước khi nhập."
        if near:
            days = ", ".join(sorted({short(one.dated_on) for one in near}))
            return None, f"Văn bản {number} trong chương trình ghi ngày {days}. Đồng chí xem lại Ngày văn bản."
        return None, f"Chưa có văn bản {number} trong chương trình. Văn bản cần được đăng ký trước khi nhập số liệu."

    def figures(self, ward_code, directive):
        return self.held.get((same_code(ward_code), directive.pk))


def known_figures(province: Unit, *, numbers: Iterable[str]) -> KnownFigures:
    """Three queries, however long the file is; `numbers` are those of its directives."""
    directives: dict[str, list[Directive]] = {}
    for one in Directive.objects.filter(number_key__in={citations.key(number) or number for number in numbers}):
        directives.setdefault(one.number_key, []).append(one)
    wards = Unit.objects.filter(**subtree(province.path), kind=UnitKind.WARD)
    held, names = {}, {}
    for row in WardFigures.objects.filter(province=province, withdrawn_at=None).order_by("imported_at", "pk"):
        held[same_code(row.ward_code), row.directive_id] = row
        names[same_code(row.ward_code)] = row.ward_name
    return KnownFigures(directives, {same_code(code) for code in wards.values_list("code", flat=True)}, names, held)


def fate_of(figures: dict, held: WardFigures | None) -> str:
    """What `figures` (fields of WardFigures) do to what is held: "new", "same", "older" (kept out) or "changed"."""
    if held is None:
        return "new"
    if figures["report_date"] < held.report_date:
        return "older"
    names = (*COMPARED, "report_number", "report_date")
    return "same" if all(figures[name] == getattr(held, name) for name in names) else "changed"
