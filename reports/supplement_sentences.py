"""The sentences of a báo cáo bổ sung: what arrived or changed after the report it adds to, and the figures as they stand."""

from reports.differences import TOTALS, shown, total_changes, unit_changes
from reports.sentences import DraftSection, Sentence
from reports.wording import joined


def supplement_sections(before, after, *, number_text, dated_on):
    """Sections for the snapshot `after`, against the snapshot `before` of Báo cáo `number_text` of `dated_on` (as printed)."""
    units = unit_changes(before, after)
    return [
        DraftSection("basis", "Phạm vi bổ sung", ((_basis(after, number_text, dated_on),),)),
        DraftSection("arrived", "Đơn vị được tiếp nhận sau khi báo cáo ban hành", _named(units, "arrived", _ARRIVED)),
        DraftSection("changed", "Số liệu thay đổi", _changed(units)),
        DraftSection("totals", "Số liệu chung sau khi bổ sung", _totals(before, after)),
        DraftSection("strengths", "Ưu điểm, mô hình, cách làm hay"),
        DraftSection("limits", "Hạn chế, nguyên nhân"),
        DraftSection("proposals", "Kiến nghị, đề xuất"),
    ]


_ARRIVED = "{plan}: tiếp nhận thêm báo cáo của {units}."
_LEFT = "{plan}: không còn tính số liệu của {units} vì báo cáo đang được bổ sung."


def _basis(after, number_text, dated_on):
    counted = after["plans"][0]["counted_on"] if after["plans"] else ""
    return Sentence(
        f"Báo cáo này bổ sung Báo cáo số {number_text}, ngày {dated_on}; số liệu tính đến ngày {counted}. "
        "Những nội dung không nêu dưới đây giữ nguyên như báo cáo đã ban hành."
    )


def _named(units, kind, words):
    """One sentence per plan that names the units of `kind`."""
    plans = {}
    for change in units:
        if change.kind == kind:
            plans.setdefault((change.plan_id, change.plan), []).append(change.unit)
    return tuple(
        (Sentence(words.format(plan=plan, units=joined(names)), (pk,)),) for (pk, plan), names in plans.items()
    )


def _changed(units):
    """A line per unit whose facts are not what they were; units that are no longer counted come first."""
    lines = [
        (
            Sentence(
                f"- {one.plan}, {one.unit}: {'; '.join(f'{words} {was}, nay {now}' for words, was, now in one.facts)}.",
                (one.plan_id,),
            ),
        )
        for one in units
        if one.kind == "changed"
    ]
    return (*_named(units, "left", _LEFT), *lines)


def _totals(before, after):
    """A line per sum that changed, with its rows: the figure now, and what the issued report said."""
    return tuple(
        (
            Sentence(
                f"- {change.plan}: {shown(change.now)} {TOTALS[change.name]} (báo cáo trước: {shown(change.was)}).",
                (change.plan_id,),
                ((change.name, shown(change.now)),),
            ),
        )
        for change in total_changes(before, after)
    )
