"""The wording a ward drafts with."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from campaigns.models import Snippet
from units.permissions import Permission

PLACEHOLDERS = {
    "van_ban": "viện dẫn đầy đủ các văn bản",
    "van_ban_viet_tat": "viện dẫn đầy đủ, kèm “sau đây viết tắt là …”",
    "ten_goi": "tên gọi tắt: Chỉ thị số 05-CT/TU",
    "loai": "loại văn bản: Chỉ thị, các Nghị quyết",
    "co_quan": "cơ quan ban hành kế hoạch",
    "noi_nhan_bao_cao": "nơi nhận báo cáo của cấp trên",
    "thang": "tháng học tập: 6/2026",
    "han_hoc": "thời hạn học tập",
    "han_bao_cao": "thời hạn đơn vị báo cáo",
    "han_hoan_thanh": "thời hạn xong báo cáo của phường",
    "hoc_chung": "viện dẫn các văn bản học chung",
}
_PLACEHOLDER = re.compile(r"\{([a-z_]{1,30})\}")


@dataclass(frozen=True)
class SnippetRow:
    """A slot with the shipped words and the ward's own; one of them may be missing."""

    shipped: Snippet | None
    own: Snippet | None

    @property
    def current(self):
        return self.own or self.shipped


def visible_snippets(access) -> QuerySet[Snippet]:
    """The shipped wording and that of the own ward, for its office and its admin."""
    if not (access.can(Permission.READ_WARD) or access.can(Permission.MANAGE_SETTINGS)):
        return Snippet.objects.none()
    return Snippet.objects.filter(Q(ward__isnull=True) | Q(ward=access.ward))


def snippet_rows(ward, *, kind=None) -> list[SnippetRow]:
    """Every slot in the order of the paper; `kind` narrows to one kind of plan."""
    rows = Snippet.objects.filter(Q(ward__isnull=True) | Q(ward=ward)).order_by("plan_kind", "position", "pk")
    if kind:
        rows = rows.filter(plan_kind=kind)
    rows = list(rows)
    own = {(row.plan_kind, row.slot): row for row in rows if row.ward_id}
    shipped = {(row.plan_kind, row.slot): row for row in rows if row.ward_id is None}
    keys = dict.fromkeys((row.plan_kind, row.slot) for row in rows)
    return [SnippetRow(shipped.get(key), own.get(key)) for key in keys]


def wording_of(ward, kind) -> dict[str, Snippet]:
    """The snippet of each slot that holds for the ward."""
    return {row.current.slot: row.current for row in snippet_rows(ward, kind=kind)}


def unknown_placeholders(text) -> list[str]:
    """Names in braces that drafting does not know."""
    return sorted({name for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS})


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in; an unknown name stays as it was typed (never str.format: the text is a person's)."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)
