"""The sentences of a compiled report, written by rule from the figures: our own words, every number from the snapshot.

Sections follow what a ward's report holds (domain: 1 lãnh đạo, 2 kết quả học tập, 3 tuyên truyền, 4 vận dụng, 5 chất lượng,
6 đánh giá chung, 7 nhiệm vụ, 8 kiến nghị).
"""

from dataclasses import dataclass

from reports.figures import outside, rate
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


def _each(plans, write):
    """One paragraph per plan; a lone plan needs no name in front."""
    texts = [write(plan, f"Về {plan['name']}: " if len(plans) > 1 else "") for plan in plans]
    return "\n\n".join(text for text in texts if text)


def _leadership(plan, lead):
    totals = plan["totals"]
    sentence = (
        f"{lead}Ban Thường vụ Đảng ủy đã ban hành Kế hoạch số {plan['number_text']}, ngày {plan['dated_on']} "
        f"và giao {totals['asked']} tổ chức đảng trực thuộc tổ chức học tập, báo cáo kết quả."
    )
    return _capital(sentence)


def _study(plan, lead):
    totals, counts = plan["totals"], plan["totals"]["counts"]
    sentences = [
        f"{lead}Tính đến ngày {plan['counted_on']}, {totals['studied']}/{totals['asked']} chi bộ, đảng bộ cơ sở đã tổ chức "
        f"học tập {plan['name']}; số liệu dưới đây của {totals['accepted']}/{totals['asked']} đơn vị đã được tiếp nhận báo cáo."
    ]
    if counts["required"] is None or counts["present"] is None:
        sentences.append(f"Số đảng viên dự học: {MISSING}.")
    else:
        sentences.append(
            f"Các đơn vị tổ chức {_number(counts['sessions'])} buổi; {_number(counts['present'])}/{_number(counts['required'])} "
            f"đảng viên phải dự có mặt, đạt {vn_percent(rate(counts['present'], counts['required']))}; "
            f"vắng có lý do {_number(counts['excused'])}, vắng không lý do {_number(counts['unexcused'])} đồng chí."
        )
    people = outside(counts)
    if people is not None:
        sentences.append(
            f"Cùng dự có {_number(people)} người ngoài Đảng (cán bộ, công chức, viên chức, người lao động "
            f"{_number(counts['outside_officials'])}; đoàn viên {_number(counts['outside_youth'])}; hội viên "
            f"{_number(counts['outside_members'])}; Nhân dân {_number(counts['outside_people'])})."
        )
    if totals["withheld"]:
        sentences.append(f"Số liệu chưa gồm {totals['withheld']} đơn vị lực lượng vũ trang.")
    return _capital(" ".join(sentences))


def _propaganda(plan, lead):
    counts = plan["totals"]["counts"]
    parts = [
        f"{_number(counts[name])} {words}"
        for name, words in (
            ("oral_sessions", "buổi tuyên truyền miệng"),
            ("oral_listeners", "lượt người nghe"),
            ("broadcasts", "lượt phát thanh"),
            ("online_posts", "tin, bài trên mạng xã hội và trang thông tin"),
            ("visual_items", "băng rôn, pa nô, áp phích"),
            ("leaflets", "bản tài liệu được phát"),
        )
        if counts[name] is not None
    ]
    if not parts:
        return _capital(f"{lead}Kết quả tuyên truyền: {MISSING}.")
    return _capital(f"{lead}Các đơn vị đã thực hiện {', '.join(parts)}.")


def _application(plan, lead):
    registered = plan["concrete_units"]
    if not registered:
        return _capital(f"{lead}Chưa có đơn vị nào đăng ký việc làm cụ thể.")
    return _capital(f"{lead}{registered}/{plan['totals']['accepted']} đơn vị đã đăng ký việc làm cụ thể sau học tập, rõ việc, rõ người, rõ hạn.")


def _quality(plan, lead):
    totals = plan["totals"]
    if not totals["scored"]:
        return _capital(f"{lead}Điểm chất lượng học tập: {MISSING}.")
    levels = ", ".join(f"{name} {count}" for name, count in totals["levels"].items())
    basis = f"theo {plan['rubric']}" if plan["rubric"] else "theo bộ tiêu chí của kế hoạch"
    return _capital(
        f"{lead}{totals['scored']} đơn vị được chấm điểm {basis}; điểm bình quân {vn_number(totals['score_mean'], 1)}. "
        f"Xếp loại: {levels or MISSING}."
    )


def _lateness(plan, lead):
    totals = plan["totals"]
    sentences = []
    if totals["missing"]:
        sentences.append(f"{lead}Còn {totals['missing']}/{totals['asked']} đơn vị chưa gửi báo cáo.")
    if totals["sent"]:
        sentences.append(f"{lead if not sentences else ''}{totals['sent']} đơn vị đã gửi, đang chờ tiếp nhận.")
    if totals["late"]:
        sentences.append(f"{lead if not sentences else ''}{totals['late']} đơn vị gửi báo cáo sau thời hạn.")
    return _capital(" ".join(sentences))


def _tasks(plans):
    missing = sum(plan["totals"]["missing"] for plan in plans)
    first = "Tiếp tục đưa nội dung đã học vào nghị quyết, chương trình công tác và sinh hoạt chi bộ hằng tháng."
    if missing:
        return f"{first}\n\nĐôn đốc các đơn vị chưa báo cáo hoàn thành việc học tập và gửi kết quả."
    return first


def _number(value):
    return MISSING if value is None else vn_number(value)


def _capital(text):
    return text[:1].upper() + text[1:]
