"""What a reminder says: one text a person over all plans, with nothing of other units in it."""

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from campaigns.choices import ChaseStep, Product
from campaigns.models import Assignment, Plan
from documents import dates

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
SESSION_URL = "/bao-cao-buoi-hoc/"
DUTIES_URL = "/nhiem-vu/"
NOTES_URL = "/thong-bao/"
ABOVE_HINT = "Đồng chí phụ trách đơn vị nhắc giúp, hoặc trao đổi với Văn phòng Đảng ủy."
FOLDED = "Bản tin này gộp cả những lần nhắc của các ngày trước chưa gửi được."
FOLDED_INTO = "Đã gộp vào lần gửi của ngày {day}."
_WORDS = {Product.STUDY: "tổ chức buổi học", Product.REPORT: "nộp báo cáo kết quả"}
_NOT_DONE = {Product.STUDY: "chưa học", Product.REPORT: "chưa báo cáo"}
CALLS_URL, LEADER_URL = "/can-goi/", "/lanh-dao/"
_ABOVE_URLS = {ChaseStep.COMPILER: CALLS_URL, ChaseStep.LEADER: LEADER_URL}
MOST_NAMES = 12
_LONG_NOTICE = 600
_LONGEST = 160  # characters of a clause; the whole clause is on the page


def day_words(day: dt.date) -> str:
    """"thứ Năm, 04/6/2026" """
    return f"{WEEKDAYS[day.weekday()]}, {dates.short(day)}"


def left_words(due_on: dt.date, *, on: dt.date) -> str:
    """"còn 2 ngày", "hạn hôm nay", "đã quá hạn 3 ngày": counted from the day of reading, so never stale."""
    days = (due_on - on).days
    if days == 0:
        return "hạn hôm nay"
    return f"còn {days} ngày" if days > 0 else f"đã quá hạn {-days} ngày"


def plan_words(plan: Plan) -> str:
    """"Kế hoạch số 12-KH/ĐU (Chỉ thị số 05-CT/TU)"; expects paper and directive_links at hand."""
    name = f"Kế hoạch số {plan.paper.number_text}" if plan.paper_id else f"Kế hoạch {_cut(plan.subject)}"
    directives = ", ".join(link.directive.short_form for link in plan.directive_links.all())
    return f"{name} ({directives})" if directives else name


def task_words(assignment: Assignment) -> str:
    """What is to be done, without the day."""
    if assignment.product in _WORDS:
        return f"{_WORDS[assignment.product]} theo {plan_words(assignment.plan)}"
    return f"{duty_words(assignment)}, theo {plan_words(assignment.plan)}"


def duty_words(assignment: Assignment) -> str:
    """The clause itself, cut to what a message bears."""
    return _cut(assignment.duty.text).rstrip(".")


def line_of(assignment: Assignment, *, on: dt.date) -> str:
    """One line of the digest: whose unit, what, by when."""
    due = f"hạn hết {day_words(assignment.due_on)} ({left_words(assignment.due_on, on=on)})"
    return f"{assignment.unit.short_name}: {task_words(assignment)}, {due}."


@dataclass(frozen=True)
class Digest:
    """What one person reads on one day."""

    title: str
    lines: list[str]
    url: str
    brief: str = ""  # the title for a locked screen, without names of plans and units; empty: the title itself


def digest_with(notices: Iterable, told: Iterable, *, on: dt.date) -> Digest:
    """The same with `notices` (`title`, `body`, `url`): the decisions and invitations first, then what is to be done."""
    notices, told = list(notices), list(told)
    if not notices:
        return digest_of(told, on=on)
    news = f"{len(notices)} thông báo mới"
    if len(notices) == 1 and not told:
        (one,) = notices
        return Digest(one.title, one.body.splitlines() or [one.title], one.url, brief=f"Đồng chí có {news}")
    lines = [_cut(": ".join(part for part in (one.title, one.body.replace("\n", "; ")) if part), _LONG_NOTICE) for one in notices]
    if not told:
        return Digest(f"Đồng chí có {news}", lines, NOTES_URL)
    work = digest_of(told, on=on)
    title = f"{work.title}; {news}"
    return Digest(title, lines + work.lines, NOTES_URL)


def digest_of(told: Iterable, *, on: dt.date) -> Digest:
    """The digest of the day `on` from reminders (`step`, `assignment`): own work line by line, that of others by plan."""
    told = list(told)
    own = [row.assignment for row in told if row.step in ChaseStep.OWN]
    above = [row for row in told if row.step not in ChaseStep.OWN]
    lines = [line_of(assignment, on=on) for assignment in own] + lines_above(above, on=on)
    if not above:
        return Digest(title_of(own, on=on), lines, url_of(own))
    count = len({row.assignment.unit_id for row in above})
    late = f"{count} đơn vị có việc quá hạn"
    title = f"{title_of(own, on=on)}; {late}" if own else late
    return Digest(title, lines, url_of(own) if own else _ABOVE_URLS.get(above[0].step, ""))


def lines_above(told: list, *, on: dt.date) -> list[str]:
    """"Kế hoạch số 12-KH/ĐU (...): 3 đơn vị chưa báo cáo, hạn hết ... (đã quá hạn 2 ngày): A, B, C.": a line a plan and day."""
    groups = defaultdict(list)
    for row in told:
        groups[what_above(row.assignment, step=row.step, on=on)].append(row.assignment.unit.short_name)
    return [_line_above(*key, sorted(set(names))) for key, names in groups.items()]


def what_above(assignment: Assignment, *, step: str, on: dt.date) -> tuple[str, str, str]:
    """(whose, plan, what is not done and since when) of work somebody answers for from above."""
    whose = "đồng chí phụ trách " if step == ChaseStep.IN_CHARGE else ""
    what = _NOT_DONE.get(assignment.product) or f"chưa xong việc “{duty_words(assignment)}”"
    since = f"{what}, hạn hết {day_words(assignment.due_on)} ({left_words(assignment.due_on, on=on)})"
    return whose, plan_words(assignment.plan), since


def _line_above(whose: str, plan: str, since: str, names: list[str]) -> str:
    more = f" và {len(names) - MOST_NAMES} đơn vị khác" if len(names) > MOST_NAMES else ""
    return f"{plan}: {len(names)} đơn vị {whose}{since}: {', '.join(names[:MOST_NAMES])}{more}."


def title_of(assignments: Iterable[Assignment], *, on: dt.date) -> str:
    """The head of the digest and the subject of the letter."""
    assignments = list(assignments)
    late = sum(assignment.due_on < on for assignment in assignments)
    title = f"Đồng chí có {len(assignments)} việc cần thực hiện"
    return f"{title}, trong đó {late} việc đã quá hạn" if late else title


def url_of(assignments: Iterable[Assignment]) -> str:
    """The page on which the person acts: the report of a session where that settles it, else the duties."""
    return SESSION_URL if all(row.product in Product.BY_UNITS for row in assignments) else DUTIES_URL


def letter_of(digest: Digest, *, name: str, site: str, folded: bool, stop: str) -> str:
    """The plain text of the letter; `stop`: the link that ends these letters."""
    lines = [f"Kính gửi đồng chí {name},", "", f"{digest.title}:", ""]
    lines += [f"- {line}" for line in digest.lines]
    lines += ["", FOLDED] if folded else []
    lines += ["", f"Đồng chí mở trang sau để thực hiện: {site}{digest.url}" if digest.url else ABOVE_HINT, ""]
    lines += ["Thư này do chương trình Lan Tỏa gửi tự động. Việc nào đồng chí vừa hoàn thành thì không phải làm lại.", ""]
    lines += [f"Đồng chí không muốn nhận thư nhắc việc nữa thì mở trang này: {stop}", ""]
    return "\n".join(lines)


def message_of(digest: Digest, *, site: str, without_marks: bool) -> str:
    """The text of a short message, without names of units; `without_marks`: plain letters, or an SMS costs twice."""
    text = f"{digest.brief or digest.title}. Chi tiết: {site}{digest.url or NOTES_URL}"
    if not without_marks:
        return text
    flat = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in flat if not unicodedata.combining(char))


def _cut(text: str, longest: int = _LONGEST) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"
