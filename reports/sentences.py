"""The sentences of a compiled report, written by rule from the figures: our own words, every number from the snapshot.

Sections follow what a ward's report holds (domain: 1 lãnh đạo, 2 kết quả học tập, 3 tuyên truyền, 4 vận dụng, 5 chất lượng,
6 đánh giá chung, 7 nhiệm vụ, 8 kiến nghị). A writer takes each number from `_Teller`, which notes it on the sentence: so
each sentence leads to its rows, and a test can work every number out again.
"""

from dataclasses import dataclass

from reports.figures import OUTSIDE
from reports.measures import MISSING, rows_of, said, total
from reports.wording import joined


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `plans` are the plans it speaks of, `figures` its numbers in order: (name of the measure, as printed)."""

    text: str
    plans: tuple[int, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()

    def as_json(self):
        return {"text": self.text, "plans": list(self.plans), "figures": [list(figure) for figure in self.figures]}


@dataclass(frozen=True, slots=True)
class DraftSection:
    """One section as the rules write it: paragraphs of sentences."""

    slot: str
    title: str
    paragraphs: tuple[tuple[Sentence, ...], ...] = ()

    @property
    def body(self):
        return "\n\n".join(" ".join(sentence.text for sentence in paragraph) for paragraph in self.paragraphs)

    @property
    def sources(self):
        """The sentences that print a number, as kept with the section."""
        return [sentence.as_json() for paragraph in self.paragraphs for sentence in paragraph if sentence.figures]


class _Teller:
    """Tells the numbers of one plan and notes which were told since the last sentence."""

    def __init__(self, plan):
        self.plan = plan
        self._told = []

    def __call__(self, name):
        text = said(rows_of(self.plan, [name]), name)
        self._told.append((name, text))
        return text

    def count(self, name):
        """The figure itself, to decide upon; None while nobody told it."""
        return total(rows_of(self.plan, [name]), name)

    def sentence(self, text):
        told, self._told = tuple(self._told), []
        return Sentence(text, (self.plan["id"],), told)


def draft_sections(figures):
    """All sections for the snapshot `figures` (reports/services/snapshot.py: take_figures)."""
    plans = figures["plans"]
    return [
        DraftSection("leadership", "Công tác lãnh đạo, chỉ đạo", _each(plans, _leadership)),
        DraftSection("study", "Kết quả học tập, quán triệt", (*_each(plans, _conferences), *_each(plans, _study))),
        DraftSection("propaganda", "Kết quả tuyên truyền", _each(plans, _propaganda)),
        DraftSection("application", "Việc cụ thể hóa, triển khai", _each(plans, _application)),
        DraftSection("quality", "Đánh giá chất lượng theo bộ tiêu chí", _each(plans, _quality)),
        DraftSection("strengths", "Ưu điểm, mô hình, cách làm hay"),
        DraftSection("limits", "Hạn chế, nguyên nhân", _each(plans, _reporting)),
        DraftSection("tasks", "Nhiệm vụ, giải pháp thời gian tới", _tasks(plans)),
        DraftSection("proposals", "Kiến nghị, đề xuất"),
    ]


def joined_names(names):
    """Names of several plans, each directive once: "Chỉ thị số 05-CT/TU, Nghị quyết số 91-NQ/TU và ..."."""
    return joined(dict.fromkeys(part for name in names for part in name.replace(" và ", ", ").split(", ")))


def _each(plans, write):
    """One paragraph per plan, but plans of which the same is to be said share one that names them all.

    A report over a single plan needs no name in front.
    """
    written = [(plan, tuple(write(_Teller(plan)))) for plan in plans]
    if len(plans) == 1:
        return tuple(sentences for _, sentences in written if sentences)
    groups = {}
    for plan, sentences in written:
        groups.setdefault(tuple(one.text for one in sentences), []).append((plan, sentences))
    return tuple(_shared(group) for words, group in groups.items() if words)


def _shared(group):
    """The sentences of the first plan of `group`, led by the names of all and speaking of all."""
    pks = tuple(plan["id"] for plan, _ in group)
    first, *others = group[0][1]
    text = f"Về {joined_names(plan['name'] for plan, _ in group)}: {_lower(first.text)}"
    return (Sentence(text, pks, first.figures), *(Sentence(one.text, pks, one.figures) for one in others))


def _lower(text):
    """The first letter small after a colon, unless the sentence begins with a name."""
    return text if text.startswith("Ban Thường vụ") else text[:1].lower() + text[1:]


def _leadership(say):
    plan = say.plan
    yield say.sentence(
        f"Ban Thường vụ Đảng ủy đã ban hành Kế hoạch số {plan['number_text']}, ngày {plan['dated_on']} "
        f"và giao {say('asked')} tổ chức đảng trực thuộc tổ chức học tập, báo cáo kết quả."
    )


def _conferences(say):
    """2.1: each ward conference held for the plan, from its closed roll."""
    for one in say.plan.get("conferences", ()):
        convened, present, turnout, excused, absent = (
            f"conference:{one['id']}:{name}" for name in ("convened", "present", "turnout", "excused", "absent")
        )
        place = f" tại {one['place']}" if one["place"] else ""
        head = f"Hội nghị cấp phường được tổ chức {one['way']}{place}, ngày {one['held_on']}"
        if not say.count(convened):
            yield say.sentence(f"{head}; số người dự: {MISSING}.")
            continue
        came = f"triệu tập {say(convened)} người, có mặt {say(present)}, đạt {say(turnout)}"
        yield say.sentence(f"{head}; {came}; vắng có lý do {say(excused)}, vắng không lý do {say(absent)}.")
        if one["uncounted"]:
            yield Sentence("Số người dự hội nghị chưa gồm lực lượng vũ trang và thành phần không ghi số người.", (say.plan["id"],))


def _study(say):
    yield say.sentence(
        f"Tính đến ngày {say.plan['counted_on']}, {say('studied')}/{say('asked')} chi bộ, đảng bộ cơ sở đã tổ chức học tập; "
        f"số liệu dưới đây của {say('accepted')}/{say('asked')} đơn vị đã được tiếp nhận báo cáo."
    )
    if say.count("required") is None or say.count("present") is None:
        yield say.sentence(f"Số đảng viên dự học: {MISSING}.")
    else:
        yield say.sentence(
            f"Các đơn vị tổ chức {say('sessions')} buổi; {say('present')}/{say('required')} "
            f"đảng viên phải dự có mặt, đạt {say('attendance')}; "
            f"vắng có lý do {say('excused')}, vắng không lý do {say('unexcused')} đồng chí."
        )
        yield from _by_kind(say)
        yield from _by_directive(say)
    if say.count("outside"):
        people = say("outside")
        parts = [f"{words} {say(name)}" for name, words in zip(OUTSIDE, _OUTSIDE, strict=True) if say.count(name)]
        yield say.sentence(f"Cùng dự có {people} người ngoài Đảng ({'; '.join(parts)}).")
    yield from _learned(say)
    if say.count("withheld"):
        yield say.sentence(f"Số liệu chưa gồm {say('withheld')} đơn vị lực lượng vũ trang.")


def _learned(say):
    """What essays and tests showed, where a plan asked for them."""
    if say.count("essays_due"):
        due = f"phải nộp {say('essays_due')}"
        handed = f", đã nộp {say('essays_handed')}" if say.count("essays_handed") is not None else ""
        yield say.sentence(f"Bài thu hoạch: {due}{handed}, đạt yêu cầu {say('essays_done')}.")
    if say.count("quiz_taken"):
        yield say.sentence(f"Kiểm tra nhận thức: {say('quiz_taken')} người tham gia, {say('quiz_passed')} người đạt.")


def _by_kind(say):
    """The rate of each kind of unit, where there are several kinds with a figure."""
    kinds = dict.fromkeys(row["kind"] for row in say.plan["rows"])
    counted = [
        kind for kind in kinds if say.count(f"kind:{kind}:present") is not None and say.count(f"kind:{kind}:required")
    ]
    if len(counted) > 1:
        shares = [f"{_lower(kind)} {say(f'kind:{kind}:attendance')}" for kind in counted]
        yield say.sentence(f"Tỷ lệ dự theo loại hình: {'; '.join(shares)}.")


def _by_directive(say):
    """What was studied apart: nothing while the directives of the plan share their figures."""
    for split in say.plan.get("split", ()):
        studied, present = (f"directive:{split['id']}:{name}" for name in ("studied", "present"))
        lead = f"Riêng {split['name']}: {say(studied)}/{say('accepted')} đơn vị đã báo cáo có học"
        yield say.sentence(
            f"{lead}, {say(present)} đảng viên có mặt." if say.count(present) is not None else f"{lead}."
        )


_OUTSIDE = ("cán bộ, công chức, viên chức, người lao động", "đoàn viên", "hội viên", "Nhân dân")
_SPREAD = (
    ("oral_sessions", "buổi tuyên truyền miệng"),
    ("oral_listeners", "lượt người nghe"),
    ("broadcast_items", "tin, bài truyền thanh"),
    ("broadcasts", "lượt phát thanh"),
    ("online_posts", "tin, bài trên mạng xã hội và trang thông tin"),
    ("online_reach", "lượt tiếp cận trên mạng"),
    ("visual_items", "băng rôn, pa nô, áp phích"),
    ("leaflets", "bản tài liệu được phát"),
    ("group_meetings", "buổi lồng ghép sinh hoạt đoàn thể"),
    ("group_listeners", "lượt người dự sinh hoạt đoàn thể"),
)


def _propaganda(say):
    if all(say.count(name) is None for name, _words in _SPREAD):
        yield say.sentence(f"Kết quả tuyên truyền: {MISSING}.")
        return
    parts = [f"{say(name)} {words}" for name, words in _SPREAD if say.count(name)]
    if parts:
        yield say.sentence(f"Các đơn vị đã thực hiện {', '.join(parts)}.")
    else:
        yield say.sentence("Các đơn vị đã báo cáo chưa tổ chức hoạt động tuyên truyền.")


def _application(say):
    if say.count("concrete"):
        units = f"{say('concrete')}/{say('accepted')} đơn vị"
        if not say.count("works"):
            yield say.sentence(f"{units} đã đăng ký việc làm cụ thể sau học tập.")
        elif say.count("withheld"):
            apart = f"chưa gồm {say('withheld')} đơn vị không nêu số liệu"
            yield say.sentence(f"{units} đã đăng ký việc làm cụ thể sau học tập, tổng số {say('works')} việc ({apart}).")
        else:
            yield say.sentence(f"{units} đã đăng ký {say('works')} việc làm cụ thể sau học tập.")
    else:
        yield say.sentence("Chưa có đơn vị nào đăng ký việc làm cụ thể.")
    if say.count("own_text"):
        yield say.sentence(
            f"{say('own_text')}/{say('accepted')} đơn vị đã có nghị quyết, kế hoạch cụ thể hóa của mình."
        )


def _quality(say):
    if not say.count("scored"):
        yield say.sentence(f"Điểm chất lượng học tập: {MISSING}.")
        return
    basis = f"theo {say.plan['rubric']}" if say.plan["rubric"] else "theo bộ tiêu chí của kế hoạch"
    yield say.sentence(f"{say('scored')} đơn vị được chấm điểm {basis}; điểm bình quân {say('score_mean')}.")
    levels = [f"{level} {say(f'level:{level}')}" for level in say.plan["totals"]["levels"]]
    yield say.sentence(f"Xếp loại: {', '.join(levels) or MISSING}.")
    if say.count("differing"):
        yield say.sentence(f"Điểm thẩm định khác điểm tự chấm ở {say('differing')} đơn vị.")


def _reporting(say):
    """Completeness and timeliness, two rates; then who is still missing, in numbers only."""
    yield say.sentence(f"{say('received')}/{say('asked')} đơn vị đã nộp báo cáo, đạt {say('completeness')}.")
    if say.count("timed"):
        yield say.sentence(f"{say('in_time')}/{say('timed')} đơn vị nộp đúng hạn, đạt {say('timeliness')}.")
    for name, words in _STANDINGS:
        if say.count(name):
            yield say.sentence(words.format(say(name)))


_STANDINGS = (
    ("missing", "Còn {} đơn vị chưa gửi báo cáo."),
    ("returned", "{} đơn vị đang bổ sung báo cáo."),
    ("sent", "{} đơn vị đã gửi, đang chờ tiếp nhận."),
    ("late", "{} đơn vị gửi báo cáo sau thời hạn."),
)


def _tasks(plans):
    first = "Tiếp tục đưa nội dung đã học vào nghị quyết, chương trình công tác và sinh hoạt chi bộ hằng tháng."
    paragraphs = [(Sentence(first),)]
    if any(plan["totals"]["missing"] for plan in plans):
        paragraphs.append((Sentence("Đôn đốc các đơn vị chưa báo cáo hoàn thành việc học tập và gửi kết quả."),))
    return tuple(paragraphs)
