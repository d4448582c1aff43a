"""Names of things as sentences of this app say them."""

from decimal import Decimal


def plan_name(plan):
    """ "Kế hoạch số 12-KH/ĐU", or the subject while it has no number."""
    return f"Kế hoạch số {plan.paper.number_text}" if plan.paper_id else f"Kế hoạch “{plan.subject[:80]}”"


def joined(names):
    """ "a, b và c" """
    names = [str(name) for name in names]
    return f"{', '.join(names[:-1])} và {names[-1]}" if len(names) > 1 else "".join(names)


def points_words(points):
    """ "7,5" or "8"; "" for what is not scored."""
    if points is None:
        return ""
    return f"{Decimal(points):f}".rstrip("0").rstrip(".").replace(".", ",") if points % 1 else f"{int(points)}"


def sum_words(result):
    """How a Total comes about: "Cộng các mục được 67/92 điểm, quy về thang 100 là 72,8 điểm." """
    words = f"Cộng các mục được {points_words(result.given)}/{points_words(result.attainable)} điểm"
    if result.missing:
        return f"{words}, còn {result.missing} mục chưa chấm."
    if result.points is None or result.attainable == result.scale:
        return f"{words}."
    return f"{words}, quy về thang {points_words(result.scale)} là {points_words(result.points)} điểm."


def left_out_words(left_out):
    """Which lines do not count and why, from (code, points, why); "" when all count."""
    parts = [f"Mục {code} ({points_words(points)} điểm) không tính: {why}." for code, points, why in left_out]
    return " ".join([*parts, "Điểm của mục không tính được chia lại cho các mục còn lại theo tỷ lệ."]) if parts else ""


def work_words(work):
    """One registered work in a line: "Giúp hai hộ bán hàng qua mạng (đồng chí phó bí thư; xong 30/6/2026)"."""
    known = [work.get("who", ""), f"xong {work['by']}" if work.get("by") else ""]
    about = "; ".join(part for part in known if part)
    return f"{work['what']} ({about})" if about else work["what"]


def difference_words(score):
    """ "Mục I.5: đồng chí chấm 5, văn phòng chấm 3. Biên bản thiếu danh sách." """
    own = "ghi không áp dụng" if score.self_points is None else f"chấm {points_words(score.self_points)}"
    office = "thấy không áp dụng" if score.appraised_points is None else f"chấm {points_words(score.appraised_points)}"
    return f"Mục {score.criterion.code}: đồng chí {own}, văn phòng {office}. {score.appraised_note}".strip()


def appraised_words(submission, differing):
    """Totals and every line (`differing`: Score rows) where the office differs, with its reason: what is sent back to the unit."""
    total = points_words(submission.appraised_total)
    first = f"Điểm thẩm định: {total}, xếp loại {submission.appraised_level}." if total else ""
    return "\n".join(one for one in [first, *(difference_words(score) for score in differing)] if one)
