"""The arithmetic of the score sheet, pure: suggested points and why, the total, the level with its gates.

Points go in steps of 0.5 and are Decimal; None is "not scored" and is never taken for 0. Figures that a unit does not
give (None in Facts) suggest nothing. Source of the default sheet: domain.md 3.3.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reports.choices import CriterionKind, GateSource
from reports.choices import SuggestionSource as Source

STEP = Decimal("0.5")
HALF = Decimal("0.5")
LONG_ENOUGH = {"cell_meeting": 30}  # minutes when the study is part of a regular meeting; otherwise 60
FULL_LENGTH = 60


@dataclass(frozen=True)
class Facts:
    """What a unit reported for one plan, as far as scoring asks. Counts in heads; days are calendar days, 0 = in time."""

    unit_kind: str = ""
    documents_before: bool | None = None
    head_speaks: bool | None = None
    days_after_window: int | None = None
    form: str = ""
    minutes: int | None = None
    minutes_kept: bool | None = None
    required: int | None = None
    present: int | None = None
    unexcused: int | None = None
    speakers: int | None = None
    essay_required: bool = False
    essays_due: int | None = None
    essays_done: int | None = None
    concrete_work: bool = False
    own_resolution: bool = False
    propaganda_channels: int = 0
    opinions: bool = False
    days_late: int | None = None


@dataclass(frozen=True)
class Line:
    """One line of the sheet as scored: its most points, whether it applies, the points given (None: not scored)."""

    max_points: Decimal
    points: Decimal | None
    applies: bool = True
    code: str = ""


@dataclass(frozen=True)
class Total:
    """`points` on the whole scale of the sheet, one decimal; None while a line is not scored. `missing` lines remain.

    `given` of `attainable`: the plain sum over the lines that apply, which `points` brings onto the whole scale.
    """

    points: Decimal | None
    scale: Decimal
    missing: int
    given: Decimal = Decimal(0)
    attainable: Decimal = Decimal(0)

    @property
    def percent(self):
        return None if self.points is None or not self.scale else self.points * 100 / self.scale


@dataclass(frozen=True)
class Level:
    """The level reached and, when gates hold back a better one, the sentence that says which."""

    name: str
    why_not_better: str = ""


def rate(part, whole):
    """`part` of `whole` in percent, not rounded (a band must not be reached by rounding); None when unknown."""
    return None if part is None or not whole else Decimal(part) * 100 / Decimal(whole)


def applies(criterion, facts):
    """Whether the line is asked of this unit for this plan; the points of one that is not are shared out by `total`."""
    return not why_not(criterion, facts)


def why_not(criterion, facts):
    """Why the line does not apply, in a few words; "" when it does."""
    if criterion.needs_essay and not facts.essay_required:
        return "kế hoạch không yêu cầu thu hoạch"
    if criterion.unit_kinds and facts.unit_kind not in criterion.unit_kinds:
        return "không dành cho loại hình đơn vị này"
    return ""


def skipped(criterion, points, note):
    """A line that the unit may leave out and did: no points but the reason. Without a reason it is just not scored yet."""
    return criterion.may_skip and points is None and bool(note)


def suggest(criterion, facts):
    """(points or None, one Vietnamese sentence why) for `criterion` (kind, max_points, suggestion, bands)."""
    rule = _RULES.get(criterion.suggestion)
    if rule is None:
        return None, "Đồng chí tự xem xét và chọn mức."
    points, why = rule(criterion, facts)
    if points is None:
        return None, why
    if criterion.kind == CriterionKind.YES_NO:
        return (criterion.max_points if points >= criterion.max_points else Decimal(0)), why
    return min(to_step(points), criterion.max_points), why


def to_step(points):
    """Round to the nearest half point."""
    return (Decimal(points) / STEP).quantize(Decimal(1), rounding=ROUND_HALF_UP) * STEP


def total(lines):
    """Total over Line objects: what does not apply gives its points to the rest in proportion (share of the attainable)."""
    scale = sum((line.max_points for line in lines), Decimal(0))
    counted = [line for line in lines if line.applies]
    missing = sum(line.points is None for line in counted)
    attainable = sum((line.max_points for line in counted), Decimal(0))
    given = sum((line.points for line in counted if line.points is not None), Decimal(0))
    if missing or not attainable:
        return Total(None, scale, missing, given, attainable)
    points = (given * scale / attainable).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return Total(points, scale, 0, given, attainable)


def level(result, levels, facts, lines=()):
    """The Level of a Total; `levels` from best to worst with name, from_percent, gates. None while not fully scored.

    `lines` are the Line objects of the total, with codes, for gates that ask full marks of some of them.

    A level whose points are reached but not its gates gives the next one down and says what was lacking.
    """
    if result.percent is None:
        return None
    held_back = ""
    for one in levels:
        if result.percent < one.from_percent:
            continue
        lacking = gates_lacking(one, facts, lines)
        if not lacking:
            return Level(one.name, held_back)
        held_back = held_back or lacking
    return Level("", held_back)


def gates_lacking(one, facts, lines=()):
    """ "Thiếu 1 điều kiện để đạt Tốt: có 1 đồng chí vắng không lý do." for the level `one`; "" when nothing is lacking."""
    lacking = [words for gate in one.gates if (words := _lacking(gate, facts, lines))]
    return f"Thiếu {len(lacking)} điều kiện để đạt {one.name}: {'; '.join(lacking)}." if lacking else ""


def _lacking(gate, facts, lines):
    """Words for a gate that is not met; "" when it is met or the figure is not given."""
    source = gate["source"]
    if source == GateSource.ATTENDANCE_RATE:
        reached = rate(facts.present, facts.required)
        if reached is not None and reached < gate["at_least"]:
            return f"tỷ lệ dự học {percent_words(reached)}, dưới {gate['at_least']} %"
    if source == GateSource.NO_UNEXCUSED and facts.unexcused:
        return f"có {facts.unexcused} đồng chí vắng không lý do"
    if source == GateSource.ON_TIME and facts.days_late:
        return f"báo cáo muộn {facts.days_late} ngày"
    if source == GateSource.FULL_MARKS:
        short = [line.code for line in lines if line.code in gate["codes"] and _short_of_full(line)]
        return f"mục {', '.join(short)} chưa đạt điểm tối đa" if short else ""
    return ""


def _short_of_full(line):
    return line.applies and line.points is not None and line.points < line.max_points


def percent_words(value):
    """ "95,6 %" """
    return f"{value.quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)}".replace(".", ",") + " %"


def _documents(criterion, facts):
    if facts.documents_before is None:
        return None, "Chương trình chưa ghi nhận ngày đơn vị nhận tài liệu; đồng chí tự chọn mức."
    if facts.documents_before:
        return criterion.max_points, "Văn bản đến đơn vị trước buổi học, có phân công báo cáo viên."
    return criterion.max_points * HALF, "Văn bản đến đơn vị sau buổi học."


def _head_speaks(criterion, facts):
    if facts.head_speaks is None:
        return None, "Chưa ghi người truyền đạt."
    if facts.head_speaks:
        return criterion.max_points, "Người đứng đầu cấp ủy trực tiếp truyền đạt."
    return Decimal(0), "Người đứng đầu cấp ủy không trực tiếp truyền đạt."


def _in_window(criterion, facts):
    return _by_days(criterion, facts.days_after_window, "Học trong thời hạn của kế hoạch.", "Học sau thời hạn {days} ngày.")


def _on_time(criterion, facts):
    return _by_days(criterion, facts.days_late, "Báo cáo đúng hạn, số liệu khớp.", "Báo cáo muộn {days} ngày.")


def _by_days(criterion, days, in_time, later):
    if days is None:
        return criterion.max_points, "Kế hoạch không định ngày."
    why = later.format(days=days) if days > 0 else in_time
    for band in criterion.bands:
        if days <= band["at_most"]:
            return band["points"], why
    return Decimal(0), why


def _form_and_length(criterion, facts):
    if facts.minutes is None:
        return None, "Chưa ghi thời lượng buổi học; đồng chí tự cho điểm."
    least = LONG_ENOUGH.get(facts.form, FULL_LENGTH)
    if facts.minutes >= least:
        return criterion.max_points, f"Buổi học {facts.minutes} phút, đủ mức {least} phút."
    return criterion.max_points * HALF, f"Buổi học {facts.minutes} phút, dưới mức {least} phút."


def _minutes_kept(criterion, facts):
    if facts.minutes_kept is None:
        return None, "Chưa ghi có biên bản hay không."
    if facts.minutes_kept:
        return criterion.max_points, "Có danh sách điểm danh và biên bản."
    return Decimal(0), "Chưa đánh dấu có danh sách điểm danh và biên bản."


def _attendance(criterion, facts):
    reached = rate(facts.present, facts.required)
    if reached is None:
        return None, "Chưa có số liệu người dự."
    return _by_rate(criterion, reached), f"{facts.present}/{facts.required} đồng chí dự, đạt {percent_words(reached)}."


def _discussion(criterion, facts):
    reached = rate(facts.speakers, facts.present)
    if reached is None:
        return None, "Chưa có số đảng viên phát biểu; đồng chí tự cho điểm."
    return _by_rate(criterion, reached), f"{facts.speakers}/{facts.present} đồng chí phát biểu, {percent_words(reached)}."


def _by_rate(criterion, reached):
    for band in criterion.bands:
        if reached > band["above"] if "above" in band else reached >= band["at_least"]:
            return Decimal(band["points"])
    return Decimal(0)


def _no_unexcused(criterion, facts):
    if facts.unexcused is None:
        return None, "Chưa có số vắng không lý do."
    if facts.unexcused == 0:
        return criterion.max_points, "Không có đồng chí nào vắng không lý do."
    return Decimal(0), f"Có {facts.unexcused} đồng chí vắng không lý do."


def _essays(criterion, facts):
    reached = rate(facts.essays_done, facts.essays_due)
    if reached is None:
        return None, "Chưa có số bài thu hoạch."
    return criterion.max_points * min(reached, Decimal(100)) / 100, f"{facts.essays_done}/{facts.essays_due} bài đạt yêu cầu."


def _concrete_work(criterion, facts):
    if facts.concrete_work:
        return criterion.max_points, "Đã ghi việc làm cụ thể của đơn vị."
    if facts.own_resolution:
        return criterion.max_points * HALF, "Có văn bản cụ thể hóa, chưa ghi việc, người, hạn."
    return Decimal(0), "Chưa ghi việc làm hay văn bản cụ thể hóa."


def _propaganda(criterion, facts):
    channels = facts.propaganda_channels
    share = (Decimal(0), HALF, Decimal("0.75"), Decimal(1))[min(channels, 3)]
    why = f"Đã tuyên truyền qua {channels} hình thức." if channels else "Chưa ghi số liệu tuyên truyền."
    return criterion.max_points * share, why


def _opinions(criterion, facts):
    if facts.opinions:
        return criterion.max_points, "Đã phản ánh ý kiến, kiến nghị."
    return Decimal(0), "Chưa ghi ý kiến, kiến nghị."


_RULES = {
    Source.DOCUMENTS_OPENED: _documents,
    Source.HEAD_SPEAKS: _head_speaks,
    Source.IN_WINDOW: _in_window,
    Source.FORM_AND_LENGTH: _form_and_length,
    Source.MINUTES_KEPT: _minutes_kept,
    Source.ATTENDANCE_RATE: _attendance,
    Source.NO_UNEXCUSED: _no_unexcused,
    Source.DISCUSSION_RATE: _discussion,
    Source.ESSAYS_DONE: _essays,
    Source.CONCRETE_WORK: _concrete_work,
    Source.PROPAGANDA: _propaganda,
    Source.OPINIONS: _opinions,
    Source.ON_TIME: _on_time,
}
