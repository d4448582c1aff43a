"""The sentences of a compiled report, written by rule from the figures: our own words, every number from the snapshot.

Sections follow what a ward's report holds (domain: 1 lãnh đạo, 2 kết quả học tập, 3 tuyên truyền, 4 vận dụng, 5 chất lượng,
6 đánh giá chung, 7 nhiệm vụ, 8 kiến nghị).
"""

from dataclasses import dataclass

from reports.figures import outside, rate
from reports.wording import joined
from units.templatetags.lantoa import vn_number, vn_percent

MISSING = "chưa có số liệu"


@dataclass(frozen=True, slots=True)
class DraftSection:
    """One section as the rules write it."""

    slot: str
    title: str
    body: str


def draft_sections(figures):
    """All sections for the snapshot `figures` (reports/services/compiling.py: take_figures)."""
    plans = figures["plans"]
    return [
        DraftSection("leadership", "Công tác lãnh đạo, chỉ đạo", _each(plans, _leadership)),
        DraftSection("study", "Kết quả học tập, quán triệt", _each(plans, _study)),
        DraftSection("propaganda", "Kết quả tuyên truyền", _each(plans, _propaganda)),
        DraftSection("application", "Việc cụ thể hóa, triển khai", _each(plans, _application)),
        DraftSection("quality", "Đánh giá chất lượng theo bộ tiêu chí", _each(plans, _quality)),
        DraftSection("strengths", "Ưu điểm", ""),
        DraftSection("limits", "Hạn chế, nguyên nhân", _each(plans, _lateness)),
        DraftSection("tasks", "Nhiệm vụ, giải pháp thời gian tới", _tasks(plans)),
        DraftSection("proposals", "Kiến nghị, đề xuất", ""),
    ]


def joined_names(names):
    """Names of several plans, each directive once: "Chỉ thị số 05-CT/TU, Nghị quyết số 91-NQ/TU và ..."."""
    return joined(dict.fromkeys(part for name in names for part in name.replace(" và ", ", ").split(", ")))


def _each(plans, write):
    """One paragraph per plan, but plans of which the same is to be said share one that names them all.

    A report over a single plan needs no name in front.
    """
    if len(plans) == 1:
        return write(plans[0])
    groups = {}
    for plan in plans:
        groups.setdefault(write(plan), []).append(plan["name"])
    return "\n\n".join(f"Về {joined_names(names)}: {_lower(text)}" for text, names in groups.items() if text)


def _lower(text):
    """The first letter small after a colon, unless the sentence begins with a name."""
    return text if text.startswith("Ban Thường vụ") else text[:1].lower() + text[1:]


def _leadership(plan):
    totals = plan["totals"]
    return (
        f"Ban Thường vụ Đảng ủy đã ban hành Kế hoạch số {plan['number_text']}, ngày {plan['dated_on']} "
        f"và giao {totals['asked']} tổ chức đảng trực thuộc tổ chức học tập, báo cáo kết quả."
    )


def _study(plan):
    totals, counts = plan["totals"], plan["totals"]["counts"]
    coverage = (
        f"Tính đến ngày {plan['counted_on']}, {totals['studied']}/{totals['asked']} chi bộ, đảng bộ cơ sở đã tổ chức học tập; "
        f"số liệu dưới đây của {totals['accepted']}/{totals['asked']} đơn vị đã được tiếp nhận báo cáo."
    )
    sentences = [coverage]
    if counts["required"] is None or counts["present"] is None:
        sentences.append(f"Số đảng viên dự học: {MISSING}.")
    else:
        sentences.append(
            f"Các đơn vị tổ chức {_number(counts['sessions'])} buổi; {_number(counts['present'])}/{_number(counts['required'])} "
            f"đảng viên phải dự có mặt, đạt {vn_percent(rate(counts['present'], counts['required']))}; "
            f"vắng có lý do {_number(counts['excused'])}, vắng không lý do {_number(counts['unexcused'])} đồng chí."
        )
    people = outside(counts)
    if people:
        parts = [f"{words} {vn_number(counts[name])}" for name, words in _OUTSIDE if counts[name]]
        sentences.append(f"Cùng dự có {vn_number(people)} người ngoài Đảng ({'; '.join(parts)}).")
    if totals["withheld"]:
        sentences.append(f"Số liệu chưa gồm {totals['withheld']} đơn vị lực lượng vũ trang.")
    return " ".join(sentences)


_OUTSIDE = (
    ("outside_officials", "cán bộ, công chức, viên chức, người lao động"),
    ("outside_youth", "đoàn viên"),
    ("outside_members", "hội viên"),
    ("outside_people", "Nhân dân"),
)
_SPREAD = (
    ("oral_sessions", "buổi tuyên truyền miệng"),
    ("oral_listeners", "lượt người nghe"),
    ("broadcasts", "lượt phát thanh"),
    ("online_posts", "tin, bài trên mạng xã hội và trang thông tin"),
    ("visual_items", "băng rôn, pa nô, áp phích"),
    ("leaflets", "bản tài liệu được phát"),
)


def _propaganda(plan):
    counts = plan["totals"]["counts"]
    if all(counts[name] is None for name, _words in _SPREAD):
        return f"Kết quả tuyên truyền: {MISSING}."
    parts = [f"{vn_number(counts[name])} {words}" for name, words in _SPREAD if counts[name]]
    if not parts:
        return "Các đơn vị đã báo cáo chưa tổ chức hoạt động tuyên truyền."
    return f"Các đơn vị đã thực hiện {', '.join(parts)}."


def _application(plan):
    registered = plan["concrete_units"]
    if not registered:
        return "Chưa có đơn vị nào đăng ký việc làm cụ thể."
    return f"{registered}/{plan['totals']['accepted']} đơn vị đã đăng ký việc làm cụ thể sau học tập, rõ việc, rõ người, rõ hạn."


def _quality(plan):
    totals = plan["totals"]
    if not totals["scored"]:
        return f"Điểm chất lượng học tập: {MISSING}."
    levels = ", ".join(f"{name} {count}" for name, count in totals["levels"].items())
    basis = f"theo {plan['rubric']}" if plan["rubric"] else "theo bộ tiêu chí của kế hoạch"
    return (
        f"{totals['scored']} đơn vị được chấm điểm {basis}; điểm bình quân {vn_number(totals['score_mean'], 1)}. "
        f"Xếp loại: {levels or MISSING}."
    )


def _lateness(plan):
    totals = plan["totals"]
    sentences = []
    if totals["missing"]:
        sentences.append(f"Còn {totals['missing']}/{totals['asked']} đơn vị chưa gửi báo cáo.")
    if totals["sent"]:
        sentences.append(f"{totals['sent']} đơn vị đã gửi, đang chờ tiếp nhận.")
    if totals["late"]:
        sentences.append(f"{totals['late']} đơn vị gửi báo cáo sau thời hạn.")
    return " ".join(sentences)


def _tasks(plans):
    missing = sum(plan["totals"]["missing"] for plan in plans)
    first = "Tiếp tục đưa nội dung đã học vào nghị quyết, chương trình công tác và sinh hoạt chi bộ hằng tháng."
    if missing:
        return f"{first}\n\nĐôn đốc các đơn vị chưa báo cáo hoàn thành việc học tập và gửi kết quả."
    return first


def _number(value):
    return MISSING if value is None else vn_number(value)
