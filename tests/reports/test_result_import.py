"""The ward's own Excel sheet of results: read whatever its headings, looked at first, written once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.models import Assignment
from documents.spreadsheets import Sheet, write_workbook
from reports.models import StudySession, Submission
from reports.result_columns import find_heading
from tests import factories
from tests.reports import steps
from units.models import AuditEvent

pytestmark = pytest.mark.django_db

# as a ward keeps it: a title, two rows of headings, its own words, a rate and a sum the program never reads
TITLE = [["ĐẢNG ỦY PHƯỜNG"], ["BẢNG TỔNG HỢP KẾT QUẢ HỌC TẬP"], []]
HEAD = [
    ["TT", "Tên chi bộ", "Ngày tổ chức", "TS đảng viên", "Miển", "Đi xa", "Có mặt (đ/c)", "Vắng", "", "Tỷ lệ %", "Quần chúng", "Kiến nghị", "Việc làm cụ thể"],
    ["", "", "", "", "", "", "", "Có lý do", "Không lý do", "", "", ""],
]  # fmt: skip


def table(*rows):
    return [*TITLE, *HEAD, *rows, ["", "Tổng cộng", "", "999", "", "", "888", "", "", "", "", ""]]


@pytest.fixture
def asked(cast, clock):
    """Units "Tràng Đà 1" to "3" asked by two plans, scored by the default sheet."""
    units = [
        factories.make_unit(cast.ward, name=f"Chi bộ tổ dân phố Tràng Đà {n}", code=f"TDP-{n:02d}") for n in (1, 2, 3)
    ]
    rubric = steps.load_default_rubric()
    plans = [factories.make_issued_plan(cast.ward, units=units) for _ in range(2)]
    for plan in plans:
        factories.pin_rubric(plan, rubric)
    return units, plans


GOOD = [
    [
        "1",
        "Chi bộ TDP Tràng Đà 1",
        "02/6/2026",
        "30",
        "4",
        "1",
        "24",
        "1",
        "0",
        "96",
        "5",
        "Cấp thêm tài liệu.",
        "Giúp hai hộ",
    ],
    ["2", "trang da 2", "1.6.2026", "28", "3", "0", "25", "", "", "100", "", ""],
]


def upload(client, plans, rows):
    book = SimpleUploadedFile("ket qua.xlsx", write_workbook([Sheet("Sheet1", (), rows)]))
    answer = client.post(reverse("reports:result-import"), {"plans": [plan.pk for plan in plans], "upload": book})
    assert answer.status_code == 302, answer.context["form"].errors
    return client.get(reverse("reports:result-import-preview"))


def confirm(client):
    return client.post(reverse("reports:result-import-preview"))


def states(page):
    return [(row.number, row.name, row.state) for row in page.context["rows"]]


def test_headings_are_known_by_many_names_and_near_spellings():
    heading = find_heading(table(*GOOD))
    assert heading.first_row == 5
    assert list(heading.keys.values()) == [
        "name", "held_on", "members", "exempt", "away", "present", "excused", "unexcused", "outside_people", "proposals", "concrete_work",
    ]  # fmt: skip
    assert not {0, 9} & set(heading.keys)


def test_nothing_is_written_before_the_confirmation(cast, asked, sign_in):
    _units, plans = asked
    page = upload(sign_in(cast.compiler), plans, table(*GOOD))
    assert states(page) == [(6, "tổ dân phố Tràng Đà 1", "new"), (7, "tổ dân phố Tràng Đà 2", "new")]
    assert (Submission.objects.count(), StudySession.objects.count()) == (0, 0)


def test_confirmed_rows_are_reports_for_every_plan_and_wait_for_the_secretary(cast, asked, sign_in):
    units, plans = asked
    client = sign_in(cast.compiler)
    upload(client, plans, table(*GOOD))
    assert confirm(client).status_code == 302
    rows = Submission.objects.order_by("unit__code", "plan_id")
    assert [
        (row.unit, row.plan, row.required, row.excused, row.unexcused, row.source, row.confirmed_at) for row in rows
    ] == [
        (unit, plan, required, excused, 0, "sheet", None)
        for unit, required, excused in ((units[0], 25, 1), (units[1], 25, 0))
        for plan in plans
    ]
    session = StudySession.objects.get(unit=units[0])
    assert (session.present, session.outside_people, session.directives.count()) == (24, 5, 2)
    works = [{"what": "Giúp hai hộ", "who": "", "by": ""}]
    assert (rows[0].proposals, rows[0].works) == ("Cấp thêm tài liệu.", works)
    done = Assignment.objects.filter(unit=units[0]).order_by("plan_id", "product").values_list("product", "state")
    assert list(done) == [("report", "submitted"), ("study", "studied")] * 2
    assert AuditEvent.objects.get(verb="submission.import").details == {
        "units": 2,
        "plans": [plan.pk for plan in plans],
    }


def test_the_same_sheet_again_writes_nothing(cast, asked, sign_in):
    _units, plans = asked
    client = sign_in(cast.compiler)
    upload(client, plans, table(*GOOD))
    confirm(client)
    before = list(Submission.objects.order_by("pk").values())
    page = upload(client, plans, table(*GOOD))
    assert [state for *_, state in states(page)] == ["same", "same"]
    confirm(client)
    assert list(Submission.objects.order_by("pk").values()) == before
    assert StudySession.objects.count() == 2


def test_a_report_that_stands_is_never_overwritten(cast, asked, sign_in):
    units, plans = asked
    client = sign_in(cast.compiler)
    upload(client, plans, table(*GOOD))
    confirm(client)
    changed = [GOOD[0][:6] + ["20", "5", "0"] + GOOD[0][9:]]
    page = upload(client, plans, table(*changed))
    assert [state for *_, state in states(page)] == ["kept"]
    confirm(client)
    assert StudySession.objects.get(unit=units[0]).present == 24


def test_every_wrong_row_says_what_and_where_and_the_right_ones_can_go(cast, asked, sign_in):
    _units, plans = asked
    wrong = [
        ["1", "Tràng Đà 9", "02/6/2026", "30", "", "", "30"],
        ["2", "TDP Tràng Đà 1", "05/6/2027", "30", "4", "1", "27", "1", "0"],
        ["3", "TDP Tràng Đà 2", "02/6/2026", "hai mươi", "", "", "25", "1", "0"],
        ["4", "TDP Tràng Đà 3", "02/6/2026", "30", "0", "0", "25"],
        ["5", "TDP-03", "02/6/2026", "30", "0", "0", "30"],
        ["6", "", "", "", "", "", ""],
    ]
    client = sign_in(cast.compiler)
    page = upload(client, plans, table(*wrong))
    found = {row.number: [words for _column, words in row.problems] for row in page.context["wrong"]}
    assert found == {
        6: ["Không có đơn vị “Tràng Đà 9” trong các đơn vị được giao báo cáo. Có phải “tổ dân phố Tràng Đà 3” không?"],
        7: [
            "Ngày 05/6/2027 chưa đến (hôm nay là 03/6/2026). Đồng chí ghi ngày đã tổ chức buổi học.",
            "Có mặt 27 nhưng phải dự chỉ 25. Đồng chí xem lại một trong hai số.",
        ],
        8: ["Chỉ ghi chữ số. Thí dụ: 37."],
        9: ["Đồng chí ghi vắng có lý do.", "Đồng chí ghi vắng không lý do."],
        10: ["Đơn vị này đã có ở dòng 9."],
    }
    upload(client, plans, table(*wrong[:1], *wrong[3:4], *GOOD))
    confirm(client)
    assert set(Submission.objects.values_list("unit__code", flat=True)) == {"TDP-01", "TDP-02"}


def test_a_column_may_be_told_by_hand(cast, asked, sign_in):
    units, plans = asked
    rows = [["Bộ phận", "Hôm nào", "Quân số", "Phải dự", "Ai đến"], ["Tràng Đà 3", "02/6/2026", "x", "20", "20"]]
    client = sign_in(cast.compiler)
    page = upload(client, plans, rows)
    assert page.context["heading"].missing == ["Chưa có cột “Mã đơn vị” hoặc “Đơn vị”.", "Chưa có cột “Có mặt”."]
    told = {"columns": "1", "cot_0": "name", "cot_1": "held_on", "cot_2": "", "cot_3": "required", "cot_4": "present"}
    page = client.post(reverse("reports:result-import-preview"), told, follow=True)
    assert [(row.state, row.notes) for row in page.context["rows"]] == [
        ("new", ["tổng số đảng viên lấy bằng số phải dự"])
    ]
    confirm(client)
    row = Submission.objects.filter(unit=units[2]).first()
    assert (row.members, row.required, row.excused, row.unexcused) == (20, 20, 0, 0)


def test_a_unit_that_keeps_its_figures_gives_no_heads(cast, asked, sign_in):
    units, plans = asked
    police = factories.make_unit(cast.ward, kind="ca", name="Chi bộ Công an", figures_withheld=True)
    for duty in plans[0].duties.filter(product__in=["study", "report"]):
        factories.make_assignment(duty, police)
    client = sign_in(cast.compiler)
    page = upload(client, plans[:1], table(GOOD[0][:1] + ["Công an"] + GOOD[0][2:]))
    assert states(page) == [(6, "Công an", "new")]  # a unit, not the sum "Cộng"
    confirm(client)
    row = Submission.objects.get(unit=police)
    assert (row.members, row.excused, row.sessions.get().present, row.sessions.get().outside_people) == (None,) * 4


def test_what_is_no_sheet_is_refused(cast, asked, sign_in):
    book = SimpleUploadedFile("ket qua.xlsx", b"khong phai Excel")
    page = sign_in(cast.compiler).post(reverse("reports:result-import"), {"plans": [asked[1][0].pk], "upload": book})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["upload"])


def test_template_lists_the_units_that_are_asked(cast, asked, sign_in):
    answer = sign_in(cast.compiler).get(reverse("reports:result-import-template"))
    book = SimpleUploadedFile("mau.xlsx", answer.content)
    client = sign_in(cast.compiler)
    client.post(reverse("reports:result-import"), {"plans": [asked[1][0].pk], "upload": book})
    page = client.get(reverse("reports:result-import-preview"))
    assert [state for *_, state in states(page)] == ["empty"] * 3


def test_a_cell_of_any_length_waits_cut(cast, asked, sign_in):
    rows = [["Đơn vị", "Có mặt", "Ai đến"], ["Tràng Đà 3", "20", "x" * 30_000]]
    client = sign_in(cast.compiler)
    upload(client, asked[1], rows)
    assert [len(text) for text in client.session["result-import"]["table"][1]] == [10, 2, 2001]
