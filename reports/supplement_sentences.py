"""The sentences of a báo cáo bổ sung: what arrived or changed after the report it adds to, and the figures as they stand."""

from reports.differences import TOTALS, conference_changes, shown, total_changes, unit_changes
from reports.measures import BEFORE
from reports.sentences import DraftSection, Sentence
from reports.wording import joined


def supplement_sections(before, after, *, number_text, dated_on):
    """Sections for the snapshot `after`, against the snapshot `before` of Báo cáo `number_text` of `dated_on` (as printed)."""
    units = unit_changes(before, after)
    return [
        DraftSection("basis", "Phạm vi bổ sung", ((_basis(after, number_text, dated_on),),)),
        DraftSection("arrived", "Đơn vị được tiếp nhận sau khi báo cáo ban hành", _named(units, "arrived", _ARRIVED)),
        DraftSection("changed", "Số liệu thay đổi", _changed(units, conference_changes(before, after))),
        DraftSection("totals", "Số liệu chung sau khi bổ sung", _totals(before, after)),
        DraftSection("strengths", "Ưu điểm, mô hình, cách làm hay"),
        DraftSection("limits", "Hạn chế, nguyên nhân"),
        DraftSection("proposals", "Kiến nghị, đề xuất"),
    ]


# words, and which report tells how many there are
_ARRIVED = "{plan}: tiếp nhận thêm báo cáo của {count} đơn vị: {units}.", ""
_LEFT = "{plan}: không còn tính số liệu của {count} đơn vị vì báo cáo đang được bổ sung: {units}.", BEFORE


def _basis(after, number_text, dated_on):
    counted = after["plans"][0]["counted_on"] if after["plans"] else ""
    return Sentence(
        f"Báo cáo này bổ sung Báo cáo số {number_text}, ngày {dated_on}; số liệu tính đến ngày {counted}. "
        "Những nội dung không nêu dưới đây giữ nguyên như báo cáo đã ban hành."
    )


def _named(units, kind, words):
    """One sentence per plan that counts and names the units of `kind`, with their rows."""
    plans, (sentence, where) = {}, words
    for change in units:
        if change.kind == kind:
            plans.setdefault((change.plan_id, change.plan), []).append(change)
    found = []
    for (pk, plan), changes in plans.items():
        name = f"{where}unit:{','.join(str(one.unit_id) for one in changes)}:accepted"
        count = shown(len(changes))
        text = sentence.format(plan=plan, count=count, units=joined(one.unit for one in changes))
        found.append((Sentence(text, (pk,), ((name, count),)),))
    return tuple(found)


def _changed(units, conferences):
    """A line per conference and per unit whose facts are not what they were, each figure with its row in the earlier
    report and in this one; units that are no longer counted come first."""
    told = [(f"- {one.unit}", one) for one in conferences]
    told += [(f"- {one.plan}, {one.unit}", one) for one in units if one.kind == "changed"]
    lines = [
        (Sentence(f"{head}: {'; '.join(f'{words} {was}, nay {now}' for words, was, now in one.facts)}.", (one.plan_id,), one.figures),)
        for head, one in told
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
