"""Units fill in the outline and Biểu 1 to 3 of a review plan."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.choices import AssignmentState
from campaigns.models import Assignment
from campaigns.plan_content import AnnexText, ColumnText, FormText, OutlineText
from reports.models import AnswerSheet, FormAnswer, OutlineAnswer, Submission
from reports.outline import FormPart, part_of_place, place_label, places_of
from reports.selectors.outline import parts_of
from reports.selectors.prefill import group_of
from reports.services.submissions import accept_submission, return_submission
from tests import factories
from tests.reports import review_plan as steps
from tests.reports import steps as session_steps

FIGURES = AnnexText(
    headings=(OutlineText("Tổ chức quán triệt", fill="study"),),
    forms=(
        FormText(
            "Kết quả",
            columns=(
                ColumnText("Ngày", kind="date"),
                ColumnText("Số buổi", "Đã học", "number", fill="sessions"),
                ColumnText("Lượt người", "Đã học", "number", fill="present"),
                ColumnText("Tỷ lệ", kind="rate"),
                ColumnText("Xếp loại", kind="choice", options="Tốt\nĐạt"),
            ),
            period_from=date(2017, 1, 1),
            period_to=date(2020, 12, 31),
        ),
    ),
)


@pytest.fixture
def plan(cast, clock):
    return steps.issue(cast)


@pytest.fixture
def unit_client(cast, sign_in):
    return sign_in(cast.secretary)


def sent(client, unit, plan):
    """A short but whole report."""
    sheet = steps.open_sheet(client, unit, plan)
    steps.save(client, sheet, steps.part(plan, "muc-1-I"), steps.texts(steps.part(plan, "muc-1-I"), "Hai hội nghị."))
    table = steps.part(plan, "bieu-2")
    steps.save(client, sheet, table, steps.rows(table, ("Tổ số", "Giúp nhau dùng máy", "Chi đoàn", "12 hộ")))
    steps.send(client, sheet)
    sheet.refresh_from_db()
    return sheet


def test_the_parts_of_plan_003(plan):
    parts = parts_of(plan)
    assert [one.slug for one in parts] == ["muc-1-I", "muc-1-II", "muc-1-III", "muc-1-IV", "bieu-1", "bieu-2", "bieu-3"]
    assert [one.number for one in parts[1].asking] == ["II.1", "II.2", "II.3", "II.4"]
    first = parts[4]
    assert [(one.kind, one.fill) for one in first.columns] == [
        ("order", "none"), ("text", "doc_number"), ("text", "doc_title"), ("date", "doc_day")
    ]  # fmt: skip
    assert len(first.groups) == 5
    places = dict(places_of(parts))
    assert places["muc-1-II.3"].startswith("Đề cương, mục II.3: Sáng kiến")
    assert places["bieu-3"].startswith("Biểu 3: ")
    assert part_of_place(parts, "muc-1-II.3") is parts[1]
    assert (place_label("muc-2-I"), place_label("members")) == ("Phụ lục 2, mục I", "")


@pytest.mark.once
@pytest.mark.parametrize(
    ("issuer", "group"),
    [
        ("Ban Thường vụ Tỉnh ủy Lào Cai", 0),
        ("Ủy ban nhân dân tỉnh Lào Cai", 2),
        ("Ban Thường vụ Đảng ủy", None),
    ],
)
def test_a_document_goes_to_the_group_that_names_its_issuer(issuer, group):
    assert group_of(("Tỉnh ủy", "Hội đồng nhân dân tỉnh", "Ủy ban nhân dân tỉnh"), issuer) == group


def test_form_1_starts_with_the_documents_of_the_register(cast, plan, unit_client):
    sheet = steps.open_sheet(unit_client, cast.own_unit, plan)
    table = steps.part(plan, "bieu-1")
    directive = plan.directives.get()
    number, title, day = (one.key for one in table.asking)
    assert sheet.content["forms"] == {
        str(table.pk): [
            {
                "g": 0,
                "c": {number: "19-CT/TU", title: "Chỉ thị về đội ngũ trí thức", day: f"{directive.dated_on:%d/%m/%Y}"},
            }
        ]
    }
    page = unit_client.get(f"{steps.URL}{sheet.pk}/bieu-1/")
    assert "19-CT/TU" in page.content.decode()


def test_known_figures_are_offered_and_cells_are_checked_as_their_columns_say(cast, clock, unit_client):
    directive = steps.directive_19()
    for present in (24, 20):
        factories.make_session(cast.own_unit, directives=[directive], present=present)
    plan = steps.issue(cast, annexes=(FIGURES,), directives=[directive])
    sheet = steps.open_sheet(unit_client, cast.own_unit, plan)
    heading, table = parts_of(plan)
    day, sessions, present, share, level = (one.key for one in table.asking)
    assert sheet.content["headings"] == {str(heading.asking[0].pk): "Đơn vị đã tổ chức 2 buổi học, 44 lượt đảng viên dự."}
    assert sheet.content["forms"] == {str(table.pk): [{"g": 0, "c": {sessions: "2", present: "44"}}]}
    wrong = steps.rows(table, ("05/6/2026", "hai", "1.250", "120 %", "Khá"), ("30/02/2018", "", "", "", ""))
    page = unit_client.get(steps.save(unit_client, sheet, table, wrong).url)
    (_, _, typed), = page.context["form"].groups
    assert [dict(one.errors) for one in typed] == [
        {
            day: ["Biểu này chỉ ghi ngày từ 01/01/2017 đến 31/12/2020. Đồng chí kiểm tra lại."],
            sessions: ["Chỉ ghi số. Thí dụ: 1.250 hoặc 7,5."],
            share: ["Tỷ lệ từ 0 đến 100. Đồng chí kiểm tra lại."],
            level: ["Chọn một trong các giá trị: Tốt; Đạt."],
        },
        {day: ["Ghi đủ ngày, tháng, năm. Thí dụ: 05/6/2026."]},
    ]
    assert "Có 5 chỗ cần xem lại" in page.content.decode()
    assert [one[sessions].value() for one in typed] == ["hai", ""]
    assert steps.send(unit_client, sheet).url == f"{steps.URL}{sheet.pk}/bieu-1/"  # opened at the fault, nothing sent
    assert Submission.objects.get().submitted_at is None
    right = steps.rows(table, ("5/6/2018", "3", "1.250", "95,6 %", "Tốt"))
    assert steps.save(unit_client, sheet, table, right).url == f"{steps.URL}{sheet.pk}/"
    steps.send(unit_client, sheet)
    assert FormAnswer.objects.get().cells == {day: "2018-06-05", sessions: "3", present: "1250", share: "95.6", level: "Tốt"}


def test_rows_are_added_and_taken_out_with_everything_typed_kept(cast, plan, unit_client):
    sheet = steps.open_sheet(unit_client, cast.own_unit, plan)
    table = steps.part(plan, "bieu-2")
    typed = steps.rows(table, ("Tổ số", "", "", ""), ("Đội hình", "", "", ""))
    steps.save(unit_client, sheet, table, typed, act="add-0")
    sheet.refresh_from_db()
    first = table.asking[0].key
    assert [row["c"].get(first, "") for row in sheet.content["forms"][str(table.pk)]] == ["Tổ số", "Đội hình", ""]
    steps.save(unit_client, sheet, table, typed, act="remove-0-0")
    sheet.refresh_from_db()
    assert [row["c"][first] for row in sheet.content["forms"][str(table.pk)]] == ["Đội hình"]


def test_a_report_is_sent_once_and_closes_the_duty(cast, plan, unit_client):
    sheet = sent(unit_client, cast.own_unit, plan)
    again = steps.send(unit_client, sheet)
    submission = Submission.objects.get()
    assert again.url == reverse("reports:answer-detail", args=[submission.pk])
    assert (submission.state, submission.revision, submission.confirmed_by) == ("submitted", 1, cast.secretary)
    assert [one.text for one in OutlineAnswer.objects.all()] == ["Hai hội nghị."]
    kept = submission.revisions.get().content
    assert kept["outline"] == [{"heading": "Tổ chức quán triệt", "text": "Hai hội nghị."}]
    assert [row["form"] for row in kept["forms"]] == [
        "Danh mục văn bản triển khai thực hiện Chỉ thị số 19-CT/TU",
        "Những mô hình, cách làm hay",
    ]
    assert Assignment.objects.get(unit=cast.own_unit).state == AssignmentState.SUBMITTED
    page = unit_client.get(again.url).content.decode()
    assert "Giúp nhau dùng máy" in page
    assert "Hai hội nghị." in page


@pytest.mark.parametrize("state", ["submitted", "accepted", "locked"])
def test_a_report_that_was_sent_taken_in_or_locked_refuses_edits(cast, plan, unit_client, state):
    sheet = sent(unit_client, cast.own_unit, plan)
    submission = Submission.objects.get()
    if state == "accepted":
        accept_submission(submission=submission, by=cast.compiler, at=factories.NOW)
    if state == "locked":
        return_submission(submission=submission, places=[("bieu-2", "Ghi thêm.")], by=cast.compiler, at=factories.NOW)
        factories.make_report(cast.ward, plans=[plan], by=cast.compiler, state="frozen")
    before = (sheet.content, sheet.version)
    answer = steps.save(unit_client, sheet, steps.part(plan, "bieu-2"), steps.rows(steps.part(plan, "bieu-2"), ("Khác", "", "", "")))
    assert answer.status_code == 409
    assert "Khác" in answer.content.decode()  # what was typed is still on the page
    sheet.refresh_from_db()
    assert (sheet.content, sheet.version) == before
    assert "Tổ số" in str(list(FormAnswer.objects.filter(form=steps.part(plan, "bieu-2").pk).values("cells")))


def test_a_returned_form_opens_with_one_tap_and_is_sent_again(cast, plan, unit_client):
    sheet = sent(unit_client, cast.own_unit, plan)
    submission = Submission.objects.get()
    return_submission(submission=submission, places=[("bieu-2", "Ghi rõ số hộ.")], by=cast.compiler, at=factories.NOW)
    assert "Ghi rõ số hộ." in unit_client.get("/bao-cao-buoi-hoc/").content.decode()
    opened = unit_client.post(reverse("reports:session-amend", args=[submission.pk]))
    assert opened.url == f"{steps.URL}{sheet.pk}/bieu-2/"
    page = unit_client.get(opened.url).content.decode()
    assert "Đề nghị bổ sung: Biểu 2" in page
    assert "Giúp nhau dùng máy" in page
    table = steps.part(plan, "bieu-2")
    steps.save(unit_client, sheet, table, steps.rows(table, ("Tổ số", "Giúp nhau dùng máy", "Chi đoàn", "34 hộ")))
    steps.send(unit_client, sheet)
    submission.refresh_from_db()
    assert (submission.state, submission.revision) == ("submitted", 2)
    assert [row["cells"] for row in submission.revisions.get(revision=2).content["forms"] if row["form"].startswith("Những mô hình")] == [
        {
            "Mô hình": "Tổ số",
            "Nội dung": "Giúp nhau dùng máy",
            "Cá nhân, tập thể chủ trì": "Chi đoàn",
            "Tóm tắt kết quả đã đạt được": "34 hộ",
        }
    ]


def test_two_people_of_one_unit_do_not_overwrite_each_other(cast, plan, unit_client, sign_in):
    sheet = steps.open_sheet(unit_client, cast.own_unit, plan)
    section = steps.part(plan, "muc-1-I")
    steps.save(sign_in(cast.helper), sheet, section, steps.texts(section, "Của người nhập giúp."))
    late = sign_in(cast.secretary).post(f"{steps.URL}{sheet.pk}/muc-1-I/", {"version": 1} | steps.texts(section, "Của bí thư."))
    assert late.status_code == 409
    assert "Của bí thư." in late.content.decode()
    sheet.refresh_from_db()
    assert list(sheet.content["headings"].values())[0] == "Của người nhập giúp."


def test_what_is_typed_is_kept_while_it_is_typed(cast, plan, unit_client):
    sheet = steps.open_sheet(unit_client, cast.own_unit, plan)
    section = steps.part(plan, "muc-1-I")
    kept = steps.save(unit_client, sheet, section, steps.texts(section, "Đang gõ"), act="keep")
    sheet.refresh_from_db()
    assert (kept.json()["version"], list(sheet.content["headings"].values())[0]) == (sheet.version, "Đang gõ")
    stale = unit_client.post(f"{steps.URL}{sheet.pk}/muc-1-I/", {"version": 1, "act": "keep"} | steps.texts(section, "Cũ"))
    assert stale.status_code == 409


def test_an_outline_of_a_plan_with_a_session_goes_with_its_report(cast, clock, unit_client):
    plan = steps.issue(cast, study=True)
    sheet = steps.open_sheet(unit_client, cast.own_unit, plan)
    section = steps.part(plan, "muc-1-III")
    steps.save(unit_client, sheet, section, steps.texts(section, "Nhiều ưu điểm."))
    refused = steps.send(unit_client, sheet)
    assert refused.status_code == 409
    assert "gửi cùng báo cáo buổi học" in refused.content.decode()
    session_steps.report(unit_client, cast.own_unit)
    assert OutlineAnswer.objects.get().text == "Nhiều ưu điểm."
    assert Submission.objects.get().revisions.get().content["outline"][0]["text"] == "Nhiều ưu điểm."


def test_a_plan_without_a_session_is_not_asked_in_the_form_of_a_session(cast, plan, unit_client):
    page = unit_client.get("/bao-cao-buoi-hoc/")
    (card,) = page.context["cards"]
    assert (card.plans, [(one.plan, one.alone) for one in card.outlines]) == ([], [(plan, True)])
    assert "Điền đề cương, biểu" in page.content.decode()
    assert "Điền đề cương, biểu" in unit_client.get("/").content.decode()


def test_an_empty_report_is_not_sent(cast, clock, unit_client):
    plan = steps.issue(cast, annexes=(FIGURES,))
    sheet = steps.open_sheet(unit_client, cast.own_unit, plan)
    answer = steps.send(unit_client, sheet)
    assert (answer.status_code, Submission.objects.get().state) == (409, "draft")
    assert "chưa ghi mục nào" in answer.content.decode()


def test_strangers_find_nothing(cast, plan, unit_client, sign_in):
    sheet = sent(unit_client, cast.own_unit, plan)
    addresses = [f"{steps.URL}{sheet.pk}/", f"{steps.URL}{sheet.pk}/bieu-1/", f"/ket-qua/{sheet.submission_id}/de-cuong-bieu/"]
    stranger = sign_in(cast.other_secretary)
    assert [stranger.get(one).status_code for one in addresses] == [404, 404, 404]
    assert stranger.post(f"{steps.URL}mo/{cast.own_unit.pk}/{plan.pk}/").status_code == 404
    assert stranger.post(f"{steps.URL}{sheet.pk}/bieu-1/", {"version": 1}).status_code == 404
    assert AnswerSheet.objects.count() == 1


def test_the_office_returns_on_a_place_of_the_outline(cast, plan, unit_client, sign_in):
    sent(unit_client, cast.own_unit, plan)
    submission = Submission.objects.get()
    office = sign_in(cast.compiler)
    assert "Đề cương, biểu" in office.get(f"/ket-qua/{submission.pk}/").content.decode()
    office.post(f"/ket-qua/{submission.pk}/tra-lai/", {"field": "muc-1-II.3", "reason": "Nêu tên sáng kiến."})
    submission.refresh_from_db()
    assert (submission.state, submission.return_field) == ("returned", "muc-1-II.3")
    assert "Đề cương, mục II.3" in office.get(f"/ket-qua/{submission.pk}/").content.decode()
    opened = sign_in(cast.secretary).post(reverse("reports:session-amend", args=[submission.pk])).url
    heading = next(one for one in steps.part(plan, "muc-1-II").asking if one.number == "II.3")
    assert opened.endswith(f"/muc-1-II/#id_muc_{heading.pk}")


def test_the_office_enters_from_a_paper(cast, plan, sign_in):
    office = sign_in(cast.compiler)
    sheet = sent(office, cast.other_unit, plan)
    assert (sheet.submission.source, sheet.submission.confirmed_at) == ("paper", None)


def test_every_part_opens_and_leads_to_the_next(cast, plan, unit_client):
    sheet = steps.open_sheet(unit_client, cast.own_unit, plan)
    parts = parts_of(plan)
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        page = unit_client.get(f"{steps.URL}{sheet.pk}/{part.slug}/")
        assert page.status_code == 200
        fields = steps.rows(part) if isinstance(part, FormPart) else steps.texts(part)
        assert steps.save(unit_client, sheet, part, fields).url == f"{steps.URL}{sheet.pk}/{after.slug + '/' if after else ''}"
    assert unit_client.get(f"{steps.URL}{sheet.pk}/").status_code == 200
