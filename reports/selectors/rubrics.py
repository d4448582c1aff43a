"""Reading score sheets."""

import datetime as dt

from django.db.models import Prefetch, Q, QuerySet

from reports.choices import CriterionKind, GateSource
from reports.models import Criterion, Rubric
from units.choices import UnitKind
from units.models import Unit
from units.permissions import Permission
from units.selectors.access import Access

DEFAULT_LABEL = "Bộ tiêu chí mặc định của phần mềm"


def visible_rubrics(access: Access) -> QuerySet[Rubric]:
    """Sheets in use of the person's ward and the one that ships with the program; drafts only for who may edit them."""
    own = Q(ward=access.ward) if access.ward else Q(pk__in=[])
    if not access.can(Permission.MANAGE_SETTINGS):
        own &= Q(activated_at__isnull=False)
    return Rubric.objects.filter(Q(ward=None) | own)


def own_rubrics(access: Access) -> QuerySet[Rubric]:
    """Sheets of the wards whose settings the person keeps: what may be edited or put into use."""
    return Rubric.objects.filter(access.reach(Permission.MANAGE_SETTINGS, prefix="ward__"))


def with_lines(rubrics: QuerySet[Rubric]) -> QuerySet[Rubric]:
    """The sheets with groups, lines and levels at hand."""
    lines = Prefetch("groups__criteria", Criterion.objects.order_by("position"))
    return rubrics.prefetch_related("groups", lines, "levels")


def rubric_in_force(*, ward: Unit, on: dt.date) -> Rubric | None:
    """The newest sheet of the ward that has begun on `on`, else the program's own, else None."""
    begun = Rubric.objects.filter(effective_from__lte=on)
    own = begun.filter(ward=ward, activated_at__isnull=False).order_by("-effective_from", "-version").first()
    return own or begun.filter(ward=None).order_by("-effective_from", "-version").first()


def rubric_label(rubric: Rubric) -> str:
    """How pages and prints name the sheet. The regulation is named only when the office entered and checked it."""
    if rubric.is_official and rubric.checked_at:
        return f"theo {rubric.basis}" if rubric.basis else rubric.name
    return DEFAULT_LABEL if rubric.ward_id is None else f"{rubric.name} (chưa đối chiếu bản chính)"


def problems_of(rubric: Rubric) -> list[str]:
    """What keeps a draft from being put into use, one sentence each; empty when it is complete."""
    groups = list(rubric.groups.prefetch_related("criteria"))
    levels = list(rubric.levels.all())
    codes = {line.code for group in groups for line in group.criteria.all()}
    found = [] if groups else ["Bộ tiêu chí chưa có nhóm nào."]
    found += [f"Nhóm {group.code} chưa có tiêu chí nào." for group in groups if not group.criteria.all()]
    if not levels:
        found.append("Chưa có mức xếp loại nào.")
    elif levels[-1].from_percent:
        found.append("Mức xếp loại cuối cùng phải từ 0 %, để đơn vị nào cũng được xếp loại.")
    percents = [level.from_percent for level in levels]
    if percents != sorted(set(percents), reverse=True):
        found.append("Các mức xếp loại phải xếp từ cao xuống thấp, mỗi mức một tỷ lệ điểm.")
    asked = {code for level in levels for gate in level.gates for code in gate.get("codes", [])}
    if lost := sorted(asked - codes):
        found.append(f"Điều kiện xếp loại nhắc mục {', '.join(lost)} không còn trong bộ tiêu chí.")
    return found


def gate_words(gate: dict) -> str:
    """A condition of a level as people read it."""
    source = gate["source"]
    if source == GateSource.ATTENDANCE_RATE:
        return f"Tỷ lệ dự học từ {gate['at_least']} % trở lên"
    if source == GateSource.FULL_MARKS:
        return f"Mục {', '.join(gate['codes'])} đạt điểm tối đa"
    return GateSource(source).label


def line_words(criterion: Criterion) -> str:
    """What the sheet says under a line: how it is scored, whom it is asked, what suggests its points."""
    words = [criterion.get_suggestion_display()]
    if criterion.kind == CriterionKind.YES_NO:
        words.append("đạt hoặc không đạt")
    if criterion.unit_kinds:
        words.append("chỉ với " + ", ".join(UnitKind(kind).label for kind in criterion.unit_kinds))
    if criterion.needs_essay:
        words.append("chỉ tính khi kế hoạch yêu cầu thu hoạch")
    if criterion.may_skip:
        words.append("đơn vị được ghi không áp dụng, kèm lý do")
    return "; ".join(words)
