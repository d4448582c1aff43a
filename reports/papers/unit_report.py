"""The one-page Báo cáo of a unit, T/M CHI BỘ, to print and sign (domain.md 2.3). No seal: a cell has none."""

from dataclasses import replace
from decimal import Decimal

from django.utils import timezone

from documents.choices import PaperKind
from documents.content import (
    Annex,
    Column,
    Heading,
    Item,
    Letterhead,
    NumberLine,
    Paper,
    Paragraph,
    PlaceDate,
    Recipient,
    Signature,
    Table,
)
from documents.dates import short
from documents.limits import texts
from documents.writing.pdf import RenderedPdf, render
from reports.choices import RemarkField
from reports.models import Submission
from reports.papers.answers import answer_blocks
from reports.selectors.branches import cells_in
from reports.selectors.outline import reports_alone
from reports.selectors.rubrics import rubric_label
from reports.selectors.scoring import pinned_rubric
from reports.selectors.submissions import Figures, figures_of
from reports.wording import joined, plan_name, points_words, work_words
from units.choices import UnitKind
from units.selectors.units import OldNames

MISSING = "chưa có số liệu"
_WHOLE_PARTY = {UnitKind.GRASSROOTS_COMMITTEE, UnitKind.PEOPLE_COMMITTEE}
_CHANNELS = (
    ("oral_sessions", "{} buổi tuyên truyền miệng"),
    ("oral_listeners", "{} lượt người nghe"),
    ("broadcast_items", "{} tin, bài truyền thanh"),
    ("broadcasts", "{} lượt phát thanh"),
    ("online_posts", "{} tin, bài trên mạng"),
    ("online_reach", "{} lượt tiếp cận trên mạng"),
    ("visual_items", "{} băng rôn, pa nô, áp phích"),
    ("leaflets", "{} bản tài liệu"),
    ("group_meetings", "{} buổi lồng ghép sinh hoạt đoàn thể"),
    ("group_listeners", "{} lượt người dự sinh hoạt đoàn thể"),
)


ROOMS = (None, 150, 0)  # characters that a long text keeps on the page, tried in this order until it is one page
SLACK = 60  # a text hardly longer than that stays whole
SESSIONS_SHOWN = {150: 2, 0: 0}
MOST_ON_A_PAGE = 5_000  # characters; beyond them nobody need lay the page out to know


class Annexed:
    """Puts what does not fit on the page into an annex that the page names: nothing a unit wrote is lost on paper.

    `room` is how many characters of a long text stay on the page, None for all of it.
    """

    def __init__(self, room: int | None):
        self.room, self.entries = room, []

    def text(self, title: str, text: str) -> str:
        """`text` for the page, whole or begun, marked up; its whole goes under `title` of the annex when it is begun only."""
        flat = " ".join(text.split())
        if self.room is None or len(flat) <= self.room + SLACK:
            return _one_line(text)
        begun = flat[: self.room].rpartition(" ")[0]
        return f"{_one_line(begun)}… ({self.keep(title, text.splitlines())})" if begun else f"{self.keep(title, text.splitlines())}"

    def lines(self, title: str, lines: list[str]) -> list[str]:
        """The first of `lines` (marked up) for the page; the others are kept."""
        most = SESSIONS_SHOWN.get(self.room, len(lines))
        if len(lines) <= most:
            return lines
        shown, rest = lines[:most], lines[most:]
        self.entries.append((title, rest))
        return [*shown, f"{len(rest)} buổi{' khác' if shown else ''}: Phụ lục, mục {len(self.entries)}."]

    def keep(self, title: str, lines: list[str]) -> str:
        """Put `lines` under `title` into the annex; where they stand, in words."""
        self.entries.append((title, [_one_line(line) for line in lines if line.strip()]))
        return f"toàn văn ở Phụ lục, mục {len(self.entries)}"

    def annexes(self, accompanies: str) -> tuple[Annex, ...]:
        if not self.entries:
            return ()
        blocks = []
        for number, (title, lines) in enumerate(self.entries, start=1):
            blocks += [Heading(2, f"{number}.", title), *map(Paragraph, lines)]
        return (Annex(title="Nội dung ghi đầy đủ", blocks=tuple(blocks), accompanies=accompanies),)


def printed_report(submission: Submission) -> RenderedPdf:
    """The report as PDF: its body is one page, signature included, whatever the unit wrote; what is longer is in the annex."""
    for room in ROOMS:
        paper = unit_report_paper(submission, room=room)
        if room is None and not is_outline(submission) and sum(map(len, texts(paper))) > MOST_ON_A_PAGE:
            continue
        body = render(replace(paper, annexes=()))
        if body.pages == 1 or is_outline(submission):
            break
    return render(paper) if paper.annexes else body


def is_outline(submission: Submission) -> bool:
    """Whether the report is the outline and biểu that were filled in, as long as they are."""
    return submission.unit.kind == UnitKind.BODY or reports_alone(submission.plan, submission.unit)


def unit_report_paper(submission: Submission, *, room: int | None = None) -> Paper:
    """The Paper of a sent report; its number stays blank for the unit's own book. `room`: see Annexed.

    A body, and a unit of which the plan asks its outline and biểu alone, reports what it filled in there. Unit and ward
    bear the names of the day on which it was sent: a paper keeps its head when a unit is renamed.
    """
    plan, day = submission.plan, timezone.localdate(submission.submitted_at)
    names = OldNames([submission.unit, plan.ward])
    unit, ward = names.called(submission.unit, on=day), names.called(plan.ward, on=day)
    settings_row = getattr(plan.ward, "ward_settings", None)
    outline, annexed = is_outline(submission), Annexed(room)
    blocks = answer_blocks(submission) if outline else _blocks(submission, figures_of(submission), annexed)
    sign, signature, archive = _signing(unit)
    return Paper(
        kind=PaperKind.REPORT,
        letterhead=Letterhead(ward.name, unit.name),
        number_line=NumberLine(sign),
        place_date=PlaceDate(settings_row.place_name if settings_row else ward.short_name, day),
        subject=f"kết quả thực hiện {plan_name(plan)}" if outline else f"kết quả học tập, quán triệt {_directives(plan)}",
        blocks=tuple(blocks),
        signature=signature,
        recipients=(Recipient("Ban Xây dựng Đảng", "tổng hợp"), Recipient(archive)),
        annexes=annexed.annexes(f"kèm theo Báo cáo của {unit.name}, ngày {short(day)}"),
    )


def _signing(unit) -> tuple[str, Signature, str]:
    """(sign, who signs, where the copy stays) of a report: a body outside the Party signs by its head."""
    if unit.kind == UnitKind.BODY:
        return "BC", Signature("", "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ"), "Lưu cơ quan"
    if unit.kind in _WHOLE_PARTY or unit.name.startswith("Đảng bộ"):
        return "BC/ĐU", Signature("T/M ĐẢNG ỦY", "BÍ THƯ"), "Lưu đảng bộ"
    return "BC/CB", Signature("T/M CHI BỘ", "BÍ THƯ"), "Lưu chi bộ"


def _directives(plan) -> str:
    return joined(one.short_form for one in plan.directives.order_by("plan_links__position").distinct())


def _blocks(submission: Submission, figures: Figures, annexed: Annexed):
    yield Heading(2, "1.", "Kết quả học tập, quán triệt")
    held = submission.sessions.filter(unit=submission.unit_id).order_by("held_on", "pk")
    yield from map(Item, annexed.lines("Các buổi học", [_session_words(session) for session in held]))
    if words := _branch_words(submission):
        yield Item(words)
    if figures.required is not None:
        yield _counts_table(figures)
    if learned := _learned(submission):
        yield Item(learned)
    yield Heading(2, "2.", "Kết quả tuyên truyền", text=f": {annexed.text('Kết quả tuyên truyền', _propaganda(submission))}.")
    yield Heading(2, "3.", "Việc cụ thể hóa", text=f": {_concrete(submission, annexed)}.")
    yield from _score_blocks(submission)
    remarks = [
        ("Ưu điểm", submission.strengths),
        ("Hạn chế", " ".join(part for part in (submission.said(RemarkField.LIMITS), submission.causes) if part)),
        ("Ý kiến, kiến nghị", " ".join(part for part in (submission.opinions, submission.proposals) if part)),
        ("Mô hình, cách làm hay", submission.good_models),
    ]
    remarks = [(name, text) for name, text in remarks if text]
    title = "Đánh giá chung, kiến nghị"
    if annexed.room == 0 and sum(len(text) for _name, text in remarks) > SLACK:  # their lines would take the place of the signature
        where = annexed.keep(title, [f"{name}: {' '.join(text.split())}" for name, text in remarks])
        yield Heading(2, "5.", title, text=f": {where}.")
    elif remarks:
        yield Heading(2, "5.", title)
        yield from (Item(f"{name}: {annexed.text(name, text)}") for name, text in remarks)


def _branch_words(submission: Submission) -> str:
    """How many cells of a đảng bộ are in its figures, and the days on which they studied; "" when it has none."""
    lines = list(submission.branches.select_related("session"))
    if not lines:
        return ""
    cells = cells_in(submission, on=timezone.localdate(submission.submitted_at))
    days = sorted({line.session.held_on for line in lines if line.session})
    held = f" Các chi bộ học riêng từ ngày {short(days[0])} đến ngày {short(days[-1])}." if days else ""
    return f"Số liệu gồm {len(lines)}/{cells} chi bộ trực thuộc.{held}"


def _session_words(session) -> str:
    parts = [f"Ngày {short(session.held_on)}", session.get_form_display().lower(), session.get_way_display().lower()]
    if session.minutes:
        parts.append(f"{session.minutes} phút")
    if session.online_points is not None:
        parts.append(f"{session.online_points} điểm cầu")
    if session.speaker:
        head = " (người đứng đầu cấp ủy)" if session.head_speaks else ""
        parts.append(f"báo cáo viên: {_one_line(session.speaker)}{head}")
    return f"{', '.join(parts)}."


def _counts_table(figures: Figures) -> Table:
    titles = ("Phải dự", "Có mặt", "Vắng có lý do", "Vắng không lý do", "Tỷ lệ dự", "Ngoài Đảng")
    rate = MISSING if figures.rate is None else f"{figures.rate} %".replace(".", ",")
    values = (figures.required, figures.present, figures.excused, figures.unexcused, rate, figures.outside)
    row = tuple(MISSING if value is None else str(value) for value in values)
    return Table(columns=tuple(Column(title, align="center") for title in titles), rows=(row,))


def _propaganda(submission: Submission) -> str:
    known = [words.format(value) for name, words in _CHANNELS if (value := getattr(submission, name)) is not None]
    return "; ".join(known) if known else MISSING


def _learned(submission: Submission) -> str:
    """Essays and quiz in one line; "" where neither was asked, and of a unit that keeps its figures to itself."""
    if submission.unit.figures_withheld:
        return ""
    parts = []
    if submission.essays_due is not None:
        handed, done = (MISSING if one is None else one for one in (submission.essays_handed, submission.essays_done))
        parts.append(f"Bài thu hoạch: phải nộp {submission.essays_due}, đã nộp {handed}, đạt yêu cầu {done}")
    if submission.quiz_taken is not None:
        passed = MISSING if submission.quiz_passed is None else submission.quiz_passed
        parts.append(f"Kiểm tra nhận thức: {submission.quiz_taken} người tham gia, {passed} người đạt")
    return f"{'. '.join(parts)}." if parts else ""


def _concrete(submission: Submission, annexed: Annexed) -> str:
    """The unit's own paper and what it registered to do: việc (người; hạn)."""
    said = [" ".join(text.split()).rstrip(".") for text in (submission.own_resolution, *map(work_words, submission.works)) if text]
    if annexed.room is not None and len("; ".join(said)) > annexed.room + SLACK:
        return f"{len(said)} việc, {annexed.keep('Việc cụ thể hóa', said)}"
    return _one_line("; ".join(said)) if said else MISSING


def _score_blocks(submission: Submission):
    if submission.self_total is None:
        return
    rubric = pinned_rubric(submission.plan)
    groups = {}
    scores = list(submission.scores.select_related("criterion__group").order_by("criterion__group__position"))
    counted = [score for score in scores if score.self_points is not None]
    for score in counted:
        groups[score.criterion.group] = groups.get(score.criterion.group, Decimal(0)) + score.self_points
    parts = "; ".join(f"nhóm {group.code}: {points_words(points)}" for group, points in groups.items())
    parts += _scaled_words(scores, counted)
    yield Heading(2, "4.", "Tự chấm điểm", text=f": {points_words(submission.self_total)} điểm, tự xếp loại {submission.self_level} ({parts}).")
    yield Paragraph(f"*{rubric_label(rubric)}, phiên bản {rubric.version}.*")


def _scaled_words(scores, counted) -> str:
    """How the groups add up to the total when some lines do not apply: "; cộng 67/92 điểm, quy về thang 100"."""
    scale, attainable = (sum(score.criterion.max_points for score in some) for some in (scores, counted))
    if attainable == scale:
        return ""
    given = sum(score.self_points for score in counted)
    return f"; cộng {points_words(given)}/{points_words(attainable)} điểm, quy về thang {points_words(scale)}"


def _one_line(text: str) -> str:
    return " ".join(text.replace("*", r"\*").split())
