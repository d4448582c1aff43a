"""C12, C13, C14, C25: deadlines that are missing, in the wrong order, on a day off, or of unclear scope."""

from datetime import date

import pytest

from tests.documents.checks.plans import changed, found, implementation, study

UNITS = "Báo cáo kết quả với Ban Thường vụ Đảng ủy phường (qua Ban Xây dựng Đảng) trước ngày 30/10/2026."
COMPILER = "Tổng hợp, tham mưu báo cáo Ban Thường vụ Tỉnh ủy trước ngày 11/11/2026."


@pytest.mark.parametrize("check", ["C12", "C13", "C14", "C25"])
def test_a_feasible_plan_is_left_alone(check):
    assert found(check, study()) == []


def test_a_task_without_a_deadline_is_found_at_its_first_words():
    text = changed(study(), (" chậm nhất ngày 30/10/2026.", "."))
    assert found("C12", text) == [("no_deadline", 51, "Chỉ đạo các phòng chuyên môn")]


def test_a_plan_without_any_deadline_is_one_error_and_warnings():
    text = implementation(
        "II. TỔ CHỨC THỰC HIỆN",
        "1. Ban Xây dựng Đảng: Đôn đốc các chi bộ thực hiện Kế hoạch, định kỳ tham mưu báo cáo kết quả theo quy định.",
        "2. Các chi bộ, đảng bộ cơ sở: Lãnh đạo triển khai Kế hoạch tại cơ quan, đơn vị.",
    )
    assert [one[:2] for one in found("C12", text)] == [("no_deadline_at_all", 13), ("no_deadline", 15)]


def test_a_report_in_good_time_has_no_date():
    text = changed(study(), ("Giúp cán bộ", "Sau hội nghị, các chi bộ báo cáo kịp thời về Đảng ủy. Giúp cán bộ"))
    assert found("C12", text) == [("vague_deadline", 17, "báo cáo kịp thời")]


@pytest.mark.parametrize(
    "words",
    [
        "Kịp thời biểu dương các chi bộ học tốt.",
        "Thường xuyên kiểm tra, giám sát việc học tập.",
        "Các chi bộ báo cáo định kỳ hằng quý với Đảng ủy.",
        "Phân công báo cáo viên kịp thời.",
    ],
)
def test_words_that_set_no_deadline_for_a_report_are_left_alone(words):
    assert found("C12", changed(study(), ("Giúp cán bộ", f"{words} Giúp cán bộ"))) == []


def test_a_duty_that_points_to_the_times_of_another_section_has_a_deadline():
    text = changed(study(), (UNITS, f"- Tổ chức học tập theo thời gian quy định tại mục III.\n\n- {UNITS}"))
    assert found("C12", text) == []


def test_compiler_and_units_on_one_day_leave_no_time_to_compile():
    text = changed(study(), ("trước ngày 11/11/2026", "trước ngày 30/10/2026"))
    assert found("C13", text) == [
        ("no_time_to_compile", 47, "trước ngày 30/10/2026"),
        ("sent_too_late", 55, "trước ngày 30/10/2026"),
    ]


def test_a_compiler_that_ends_before_the_units_is_an_error():
    text = changed(study(), ("trước ngày 11/11/2026", "trước ngày **27/10/2026**"))
    assert [one[:2] for one in found("C13", text)] == [("compiled_before_sent", 47), ("sent_too_late", 55)]


def test_the_office_that_sends_the_report_upward_is_no_unit():
    office = "4. Văn phòng Đảng ủy\n\nPhát hành báo cáo gửi Tỉnh ủy chậm nhất ngày 13/11/2026.\n\nTrên đây là"
    assert found("C13", changed(study(), ("Trên đây là", office))) == []


def test_grassroots_before_the_ward_is_an_error_and_the_same_day_too():
    for day in ("05/10/2026", "02/10/2026"):
        text = changed(study(), ("chậm nhất ngày 23/10/2026", f"chậm nhất ngày {day}"))
        assert [one[:2] for one in found("C13", text)] == [("conference_order", 37), ("conference_window", 27)]


@pytest.mark.parametrize(
    ("ward", "variants"),
    [
        ("dự kiến trong tháng 10/2026", ["conference_window", "conference_window"]),
        ("dự kiến trong tháng 11/2026", ["conference_order", "conference_window"]),
    ],
)
def test_a_month_foreseen_may_leave_room_for_the_grassroots(ward, variants):
    text = changed(study(), ("- Thời gian: ngày 05/10/2026", f"- Thời gian: {ward}"))
    assert [one[0] for one in found("C13", text)] == variants


def test_a_review_comes_up_from_the_units():
    text = changed(
        study(),
        ("học tập, quán triệt Nghị quyết", "sơ kết 05 năm thực hiện Nghị quyết"),
        ("ngày 05/10/2026", "ngày 26/10/2026"),
    )
    assert found("C13", text) == []


def test_a_report_due_before_the_conference_is_an_error():
    text = changed(study(), ("trước ngày 30/10/2026", "trước ngày 22/10/2026"))
    assert found("C13", text) == [("report_before_conference", 55, "trước ngày 22/10/2026")]


def test_preparations_end_before_the_conference():
    office = "4. Văn phòng Đảng ủy\n\nChuẩn bị hội nghị cấp phường, chậm nhất ngày 06/10/2026.\n\nTrên đây là"
    assert [one[0] for one in found("C13", changed(study(), ("Trên đây là", office)))] == ["prepared_too_late"]
    office = office.replace("06/10", "02/10")
    assert found("C13", changed(study(), ("Trên đây là", office))) == []


def test_a_deadline_before_the_paper_is_an_error():
    text = changed(study(), ("chậm nhất ngày 30/10/2026", "chậm nhất ngày 30/7/2026"))
    assert found("C13", text) == [("already_past", 51, "chậm nhất ngày 30/7/2026")]


def test_the_step_between_compiling_and_signing_needs_a_day():
    office = "4. Văn phòng Đảng ủy\n\nThẩm định báo cáo, trình Thường trực ký ban hành.\n\nTrên đây là"
    assert [one[0] for one in found("C13", changed(study(), ("Trên đây là", office)))] == ["unplaced_step"]


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("chậm nhất ngày 31/10/2026", "chậm nhất ngày 31/10/2026"),
        ("trong tháng **10/2026**", "trong tháng **10/2026"),
        ("trước ngày 02/11/2026", "trước ngày 02/11/2026"),
    ],
)
def test_a_last_day_on_a_weekend_is_found(words, quote):
    text = changed(study(), (" chậm nhất ngày 30/10/2026", f" {words}"))
    assert found("C14", text) == [("not_worked", 51, quote)]


@pytest.mark.parametrize("words", ["dự kiến trong tháng 10/2026", "trong năm 2028", "giai đoạn 2026 - 2028"])
def test_foreseen_days_years_and_horizons_may_end_on_a_sunday(words):
    assert found("C14", changed(study(), (" chậm nhất ngày 30/10/2026", f" {words}"))) == []


def test_the_conference_itself_may_be_held_on_a_sunday():
    assert found("C14", changed(study(), ("ngày 05/10/2026", "ngày 04/10/2026"))) == []


class Office:
    """A calendar with one day off in the week."""

    def is_working_day(self, day):
        return day != date(2026, 10, 30)

    def previous_working_day(self, day):
        return day.replace(day=29) if not self.is_working_day(day) else day

    def next_working_day(self, day):
        return day.replace(day=31) if not self.is_working_day(day) else day


def test_the_ward_s_calendar_knows_more_than_weekends():
    assert found("C14", study(), calendar=Office()) == [("not_worked", 51, "chậm nhất ngày 30/10/2026")]


def test_one_deadline_behind_several_sentences_has_no_clear_scope():
    tasks = "Xây dựng kế hoạch của Ủy ban nhân dân phường. Trình Thường trực Đảng ủy cho ý kiến. Hoàn thành trước ngày 30/10/2026."
    text = changed(
        study(), ("Chỉ đạo các phòng chuyên môn tuyên truyền Nghị quyết số 18-NQ/TU chậm nhất ngày 30/10/2026.", tasks)
    )
    assert found("C25", text) == [("one_for_many", 51, "Hoàn thành trước ngày 30/10/2026")]


@pytest.mark.parametrize(
    "tasks",
    [
        "Xây dựng kế hoạch trước ngày 30/10/2026. Tuyên truyền trên hệ thống truyền thanh trước ngày 06/11/2026.",
        "Xây dựng kế hoạch của Ủy ban nhân dân phường. Hoàn thành trước ngày 30/10/2026.",
        "Chỉ đạo các phòng tuyên truyền. Trình kế hoạch trước ngày 30/10/2026.",
    ],
)
def test_a_deadline_that_says_what_it_governs_is_left_alone(tasks):
    text = changed(
        study(), ("Chỉ đạo các phòng chuyên môn tuyên truyền Nghị quyết số 18-NQ/TU chậm nhất ngày 30/10/2026.", tasks)
    )
    assert found("C25", text) == []


def test_public_holidays_are_known_without_a_calendar():
    text = changed(
        study(),
        ("tham mưu báo cáo Ban Thường vụ Tỉnh ủy trước ngày 11/11/2026", "tuyên truyền chậm nhất ngày 30/4/2027"),
    )
    assert found("C14", text) == [("not_worked", 47, "chậm nhất ngày 30/4/2027")]


def test_a_conference_before_the_paper_is_an_error():
    text = changed(study(), ("ngày 05/10/2026", "ngày 05/9/2026"))
    assert found("C13", text) == [("already_past", 27, "ngày 05/9/2026")]


def test_any_body_that_is_sent_the_reports_compiles_them():
    text = changed(
        study(),
        (UNITS, "Gửi báo cáo về Ủy ban nhân dân phường để tổng hợp trước ngày 30/10/2026."),
        ("Chỉ đạo các phòng chuyên môn tuyên truyền Nghị quyết số 18-NQ/TU", "Tổng hợp, xây dựng báo cáo"),
    )
    assert found("C13", text) == []
    text = changed(text, ("chậm nhất ngày 30/10/2026", "chậm nhất ngày 29/10/2026"))
    assert [one[:2] for one in found("C13", text)] == [("no_time_to_compile", 51), ("sent_too_late", 55)]
