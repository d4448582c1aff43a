"""Wards that run apart hand their issued figures over as a file; the level above takes it in, sums only."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from documents.spreadsheets import Sheet, write_workbook
from reports.choices import ReportState
from reports.figure_file import COLUMNS, SHEET, figure_workbook
from reports.models import WardFigures
from tests import factories
from units.choices import Role, UnitKind
from units.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def above(cast, clock):
    """The viewer of another province: none of the cast's wards runs there."""
    province = factories.make_unit(None, kind=UnitKind.PROVINCE, name="Đảng bộ tỉnh láng giềng")
    return factories.make_person(province, Role.VIEWER, username="viewer-apart")


@pytest.fixture
def plan(cast, clock):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit])


def issued(ward, plan, *, present=1012, accepted=58, number="12-BC/ĐU", split=()):
    counts = {"present": present, "required": 1058 if present is not None else None}
    totals = {"asked": 58, "accepted": accepted, "withheld": 1, "counts": counts}
    directives = list(plan.directives.values_list("pk", flat=True))
    return factories.make_report(
        ward,
        plans=[plan],
        state=ReportState.FROZEN,
        figures={"plans": [{"directives": directives, "totals": totals, "split": list(split)}]},
        frozen_at=factories.NOW,
        frozen_by=factories.make_user(),
        paper=factories.make_paper(ward, number_text=number),
    )


def row(paper, **cells):
    day = paper.dated_on.strftime("%d/%m/%Y")
    told = {
        "ward": "SD",
        "ward_name": "Đảng bộ xã Sơn Dương",
        "directive": paper.number_text,
        "directive_date": day,
        "report": "07-BC/ĐU",
        "report_date": "02/6/2026",
        "asked": 40,
        "accepted": 38,
        "A8": 900,
        "A9": 870,
    }
    return told | cells


def upload(client, data, name="so lieu.xlsx", owner=""):
    told = {"sender": "one" if owner else "many", "ward_code": owner, "upload": SimpleUploadedFile(name, data)}
    return client.post(reverse("reports:figures-import"), told)


def preview(client, data, **told):
    answer = upload(client, data, **told)
    assert answer.status_code == 302, answer.context["form"].errors
    return client.get(reverse("reports:figures-preview"))


def confirm(client, *ticks):
    return client.post(reverse("reports:figures-preview"), {"thay": ticks}, follow=True).content.decode()


def take(client, data):
    preview(client, data)
    return confirm(client)


def held_row(above, directive, **fields):
    """What was taken in of the ward SD, as `row` says it."""
    told = {"ward_code": "SD", "ward_name": "Đảng bộ xã Sơn Dương", "report_number": "07-BC/ĐU"} | fields
    counts = {"asked": 40, "accepted": 38, "required": 900, "present": 870}
    return WardFigures.objects.create(
        province=above.memberships.get().unit,
        directive=directive,
        **{"report_date": factories.TODAY} | told | counts,
        file_name="truoc.xlsx",
        imported_at=factories.NOW,
        imported_by=above,
    )


def states(page):
    return [(one.number, one.state, [sentence for _column, sentence in one.problems]) for one in page.context["rows"]]


def test_what_a_ward_exports_the_level_above_takes_in(cast, plan, above, sign_in):
    report = issued(cast.ward, plan)
    file = sign_in(cast.compiler).get(reverse("reports:report-figures", args=[report.pk])).content
    page = take(sign_in(above), file)
    assert "Đã ghi 1 dòng số liệu từ tệp so lieu.xlsx." in page
    assert "Nhập từ tệp</strong> so lieu.xlsx" in page
    assert "1.012 / 1.058" in page
    assert "1/1 xã, phường đã ban hành báo cáo. Nhập từ tệp: 1." in page
    assert "chưa gồm 1 đơn vị lực lượng vũ trang" in page
    held = WardFigures.objects.get()
    assert (held.ward_code, held.report_number, held.report_date) == (cast.ward.code, "12-BC/ĐU", factories.TODAY)
    assert AuditEvent.objects.get(verb="ward_figures.import").details["wards"] == [cast.ward.code]


def test_only_an_issued_report_is_handed_over(cast, plan, sign_in):
    draft = factories.make_report(cast.ward, plans=[plan])
    client = sign_in(cast.compiler)
    assert client.get(reverse("reports:report-figures", args=[draft.pk])).status_code == 404
    assert "gửi cấp trên" not in client.get(reverse("reports:report-detail", args=[draft.pk])).content.decode()


def test_a_directive_studied_apart_hands_over_its_own_count(cast, clock, sign_in):
    directives = [factories.make_directive(), factories.make_directive()]
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit], directives=directives)
    split = [{"id": directives[0].pk, "studied": 58, "present": 1012}, {"id": directives[1].pk, "studied": 50, "present": 900}]
    report = issued(cast.ward, plan, split=split)
    file = sign_in(cast.compiler).get(reverse("reports:report-figures", args=[report.pk])).content
    rows = list(load_workbook(io.BytesIO(file))[SHEET].iter_rows(values_only=True))
    codes = list(COLUMNS)
    assert rows[1] == tuple(codes)
    assert {one[codes.index("directive")]: one[codes.index("A9")] for one in rows[2:]} == {
        directives[0].number_text: 1012,
        directives[1].number_text: 900,
    }
    page = sign_in(cast.viewer).get(reverse("reports:overview"), {"directive": directives[1].pk}).content.decode()
    assert "900 / 1.058" in page


def test_a_later_file_is_shown_as_a_correction(above, clock, sign_in):
    directive, client = factories.make_directive(), sign_in(above)
    take(client, figure_workbook([row(directive)]))
    page = preview(client, figure_workbook([row(directive, report="09-BC/ĐU", report_date="03/6/2026", A9=890)]))
    assert states(page) == [(3, "changed", [])]
    shown = confirm(client, page.context["rows"][0].tick)
    assert "890 / 900" in shown
    assert "Đính chính. Báo cáo số 07-BC/ĐU trước đó: 38/40 tổ chức đảng, dự 870 / 900" in shown
    file = client.get(reverse("reports:overview-workbook"), {"directive": directive.pk}).content
    line = list(load_workbook(io.BytesIO(file)).active.iter_rows(min_row=2, values_only=True))[0]
    assert line[4:6] == (890, 900)
    assert line[9] == "07-BC/ĐU"
    assert line[14].startswith("nhập từ tệp so lieu.xlsx")


def test_the_same_file_again_and_an_older_report_write_nothing(above, clock, sign_in):
    directive, client = factories.make_directive(), sign_in(above)
    take(client, figure_workbook([row(directive)]))
    older = row(directive, report="03-BC/ĐU", report_date="01/6/2026", A9=100)
    for told, state in ((row(directive), "same"), (older, "older")):
        page = preview(client, figure_workbook([told]))
        assert states(page) == [(3, state, [])]
        assert "Xác nhận và ghi" not in page.content.decode()
        assert "Chưa ghi dòng nào" in confirm(client)
    assert WardFigures.objects.count() == 1


def test_every_wrong_row_says_what_and_the_right_ones_are_taken(cast, clock, sign_in):
    directive, client = factories.make_directive(number="05", sign="CT/TU"), sign_in(cast.viewer)
    rows = [
        row(directive),
        row(directive, ward="B", A9=901),
        row(directive, ward="C", A9="mười"),
        row(directive, ward="D", A8=""),
        row(directive, ward="E", directive_date="01/01/2020"),
        row(directive, ward="G", directive="999-NQ/TU"),
        row(directive, ward=cast.ward.code),
        row(directive, ward="sd", ward_name="Đảng bộ xã Sơn Dương"),
        row(directive, ward="H", asked=-1, report=""),
    ]
    page = preview(client, figure_workbook(rows))
    day = directive.dated_on
    assert states(page) == [
        (3, "new", []),
        (4, "wrong", ["901 nhiều hơn “Phải dự” (900)."]),
        (5, "wrong", ["Cần là số nguyên."]),
        (6, "wrong", ["Còn trống trong khi đã có “Có mặt”."]),
        (7, "wrong", [f"Văn bản 05-CT/TU trong chương trình ghi ngày {day.day:02d}/{day.month}/{day.year}. Đồng chí xem lại Ngày văn bản."]),
        (8, "wrong", ["Chưa có văn bản 999-NQ/TU trong chương trình. Văn bản cần được đăng ký trước khi nhập số liệu."]),
        (9, "wrong", ["Xã, phường này dùng chung chương trình; số liệu được lấy thẳng từ báo cáo đã ban hành."]),
        (10, "wrong", ["Xã, phường và văn bản này đã có ở dòng 3."]),
        (11, "wrong", ["Chưa ghi.", "Không được là số âm."]),
    ]  # fmt: skip
    shown = client.post(reverse("reports:figures-preview"), follow=True).content.decode()
    assert "Đã ghi 1 dòng số liệu từ tệp so lieu.xlsx. 8 dòng còn lỗi chưa được ghi" in shown
    assert list(WardFigures.objects.values_list("ward_code", flat=True)) == ["SD"]


def test_columns_that_are_not_known_are_named_and_never_kept(above, clock, sign_in):
    directive, client = factories.make_directive(), sign_in(above)
    told = row(directive) | {"secret": "Nguyễn Văn Bí Thư 0912345678"}
    header = ["Họ tên bí thư", *[heading for heading, *_rest in COLUMNS.values()]]
    cells = [told["secret"], *[told.get(code) for code in COLUMNS]]
    page = preview(client, write_workbook([Sheet(SHEET, (), [["BÁO CÁO"], [], header, cells])]))
    assert page.context["ignored"] == ["Họ tên bí thư"]
    assert "Không đọc 1 cột: “Họ tên bí thư”." in page.content.decode()
    assert "Nguyễn Văn Bí Thư" not in str(dict(client.session.items()))
    assert states(page) == [(4, "new", [])]


def test_missing_figures_stay_missing(above, clock, sign_in):
    directive = factories.make_directive()
    shown = take(sign_in(above), figure_workbook([row(directive, A8=None, A9=None)]))
    assert "38/40" in shown
    held = WardFigures.objects.get()
    assert (held.required, held.present) == (None, None)


def test_a_cell_of_any_length_waits_cut_and_is_still_told(above, clock, sign_in):
    client = sign_in(above)
    page = preview(client, figure_workbook([row(factories.make_directive(), ward_name="x" * 30_000)]))
    assert [(number, state) for number, state, _why in states(page)] == [(3, "wrong")]
    assert max(len(text) for _number, typed in client.session["ward-figures"]["rows"] for text in typed.values()) == 201


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("so lieu.pdf", b"%PDF-1.4 x", "chỉ nhận tệp Excel .xlsx"),
        ("so lieu.xlsx", b"%PDF-1.4 x", "không khớp với nội dung"),
        ("so lieu.xlsx", b"PK\x03\x04 broken", ""),
        ("so lieu.xlsx", write_workbook([Sheet("x", ["Mã xã, phường"], [["A"]])]), "Tệp chưa có cột “Xã, phường”"),
        ("so lieu.xlsx", figure_workbook([]), "không có dòng số liệu nào"),
    ],
)
def test_a_hostile_or_empty_file_is_refused_in_words(above, clock, sign_in, name, data, words):
    answer = upload(sign_in(above), data, name=name)
    assert answer.status_code == 200
    errors = answer.context["form"].errors["upload"]
    assert words in errors[0]
    assert WardFigures.objects.count() == 0


def test_another_province_sees_nothing_of_it(cast, above, clock, sign_in):
    directive = factories.make_directive()
    take(sign_in(above), figure_workbook([row(directive)]))
    assert "Sơn Dương" not in sign_in(cast.viewer).get(reverse("reports:overview"), {"directive": directive.pk}).content.decode()


def test_a_file_of_many_wards_takes_a_bounded_number_of_queries(above, clock, sign_in, django_assert_max_num_queries):
    directive, client = factories.make_directive(), sign_in(above)
    rows = [row(directive, ward=f"W{n}", ward_name=f"Đảng bộ xã số {n}") for n in range(124)]
    assert upload(client, figure_workbook(rows)).status_code == 302
    with django_assert_max_num_queries(30):
        client.get(reverse("reports:figures-preview"))
    with django_assert_max_num_queries(40):
        client.post(reverse("reports:figures-preview"))
    assert WardFigures.objects.count() == 124


@pytest.mark.parametrize("name", ["report_date", "counted_on"])
@pytest.mark.parametrize("day", ["31/12/9999", "04/6/2026", "02/6/26", "02/6/62"])
def test_a_day_to_come_or_a_year_of_two_digits_is_told_and_not_kept(above, clock, sign_in, day, name):
    directive, client = factories.make_directive(), sign_in(above)
    page = preview(client, figure_workbook([row(directive) | {name: day}]))
    ((_number, state, (why,)),) = states(page)
    assert state == "wrong"
    assert why.startswith(("Ngày 31/12/9999 ở sau hôm nay.", "Ngày 04/6/2026 ở sau hôm nay.", "Ngày chưa đúng."))
    confirm(client)
    assert not WardFigures.objects.exists()


def test_a_wrong_day_that_is_held_gives_way_to_a_tick_and_later_files_count_again(above, clock, sign_in):
    directive, client = factories.make_directive(), sign_in(above)
    held = held_row(above, directive, report_date=factories.TODAY.replace(year=2062))
    true = figure_workbook([row(directive, report="08-BC/ĐU", A9=860)])
    page = preview(client, true, owner="SD")
    assert [(one.state, one.ticked, one.tick) for one in page.context["rows"]] == [("older", False, f"3-{held.pk}")]
    assert "thay số đang giữ của báo cáo số 07-BC/ĐU" in page.content.decode()
    assert "Đã ghi 1 dòng" in confirm(client, f"3-{held.pk}")
    assert states(preview(client, true)) == [(3, "same", [])]
    later = preview(client, figure_workbook([row(directive, report="09-BC/ĐU", report_date="03/6/2026", A9=880)]))
    assert states(later) == [(3, "changed", [])]


def test_a_renamed_ward_is_taken_after_a_look(above, clock, sign_in):
    held, client = held_row(above, factories.make_directive()), sign_in(above)
    file = figure_workbook([row(factories.make_directive(), ward_name="Đảng bộ phường Sơn Dương")])
    page = preview(client, file, owner="SD")
    assert states(page) == [(3, "new", [])]
    assert "Mã SD trước đây ghi “Đảng bộ xã Sơn Dương”." in page.content.decode()
    assert "Chưa ghi dòng nào" in confirm(client)
    preview(client, file, owner="SD")
    assert "Đã ghi 1 dòng" in confirm(client, "3-0")
    assert WardFigures.objects.exclude(pk=held.pk).get().ward_name == "Đảng bộ phường Sơn Dương"


def test_the_file_of_one_ward_cannot_speak_for_another(above, clock, sign_in):
    directive, client = factories.make_directive(), sign_in(above)
    file = figure_workbook([row(directive, ward="NT", ward_name="Đảng bộ phường Nông Tiến"), row(directive, ward="sd")])
    why = ["Tệp này của mã SD, dòng ghi mã NT. Đồng chí hỏi lại nơi gửi tệp."]
    assert states(preview(client, file, owner="SD")) == [(3, "wrong", why), (4, "new", [])]
    confirm(client, "3-0")
    assert list(WardFigures.objects.values_list("ward_code", flat=True)) == ["sd"]


def test_whose_file_it_is_must_be_said(above, clock, sign_in):
    file = SimpleUploadedFile("a.xlsx", figure_workbook([row(factories.make_directive())]))
    page = sign_in(above).post(reverse("reports:figures-import"), {"sender": "one", "upload": file})
    assert list(page.context["form"].errors) == ["ward_code"]


def test_figures_that_are_held_give_way_only_to_their_own_tick(above, clock, sign_in):
    """In a file of many wards; in a ward's own file the tick of a later report is set to begin with."""
    directive, client = factories.make_directive(), sign_in(above)
    held = held_row(above, directive, report_date=factories.TODAY.replace(day=1))
    file = figure_workbook([row(directive, ward="NT", ward_name="Đảng bộ phường Nông Tiến"), row(directive, A9=1)])
    page = preview(client, file)
    assert states(page) == [(4, "changed", []), (3, "new", [])]
    assert [one.ticked for one in page.context["rows"]] == [False, False]
    confirm(client)
    assert list(WardFigures.objects.values_list("ward_code", flat=True)) == ["SD", "NT"]
    page = preview(client, figure_workbook([row(directive, A9=1)]), owner="sd")
    assert [(one.tick, one.ticked) for one in page.context["rows"]] == [(f"3-{held.pk}", True)]


def test_a_tick_does_not_replace_what_another_person_took_in_meanwhile(above, clock, sign_in):
    directive, client = factories.make_directive(), sign_in(above)
    held = held_row(above, directive, report_date=factories.TODAY.replace(day=1))
    preview(client, figure_workbook([row(directive, A9=1)]))
    held_row(above, directive, report_number="10-BC/ĐU", report_date=factories.TODAY.replace(day=1))
    assert "Chưa ghi dòng nào" in confirm(client, f"4-{held.pk}", f"3-{held.pk}")
    assert WardFigures.objects.count() == 2


def withdraw(client, row, why="nhập nhầm tệp của quý trước"):
    return client.post(reverse("reports:figures-withdraw", args=[row.pk]), {"reason": why}, follow=True)


def test_a_file_taken_in_by_mistake_is_withdrawn_and_what_was_held_counts_again(cast, above, clock, sign_in):
    paper = factories.make_directive()
    before = held_row(above, paper, report_date=dt.date(2026, 6, 1))
    client = sign_in(above)
    later = [row(paper, report="09-BC/ĐU", A9=880), row(paper, ward="NT", ward_name="Đảng bộ xã Nông Tiến")]
    seen = preview(client, figure_workbook(later), name="nham.xlsx")
    confirm(client, *[one.tick for one in seen.context["rows"] if one.asks])
    assert WardFigures.objects.count() == 3
    wrong = WardFigures.objects.get(ward_code="NT")
    page = withdraw(client, wrong)
    assert "Đã rút lại tệp nham.xlsx: 2 dòng thôi tính" in page.content.decode()
    assert [(one["file_name"], one["rows"], bool(one["withdrawn_at"])) for one in page.context["files"]] == [
        ("nham.xlsx", 2, True),
        ("truoc.xlsx", 1, False),
    ]
    assert "nhập nhầm tệp của quý trước" in page.content.decode()
    lines = client.get(reverse("reports:overview")).context["lines"]
    assert [(line.ward.code, line.file, line.before) for line in lines] == [("SD", before, None)]
    event = AuditEvent.objects.get(verb="ward_figures.withdraw")
    assert (event.details["rows"], event.details["reason"]) == (2, "nhập nhầm tệp của quý trước")
    assert "đã được rút lại từ trước" in withdraw(client, wrong).content.decode()
    take(client, figure_workbook([row(paper, ward="NT", ward_name="Đảng bộ xã Nông Tiến")]))
    assert WardFigures.objects.filter(ward_code="NT", withdrawn_at=None).count() == 1


def test_a_file_is_withdrawn_with_a_reason_and_by_its_own_level_above(cast, above, clock, sign_in):
    kept = held_row(above, factories.make_directive())
    page = withdraw(sign_in(above), kept, why="")
    assert page.context["form"].errors["reason"]
    assert withdraw(sign_in(cast.viewer), kept).status_code == 404
    assert not WardFigures.objects.exclude(withdrawn_at=None).exists()
    assert "Chưa nhập tệp số liệu nào." in sign_in(cast.viewer).get(reverse("reports:figures-files")).content.decode()
