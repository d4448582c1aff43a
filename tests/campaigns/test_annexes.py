"""The outline and forms of a review plan: pasted, typed row by row, kept, shown to two people, printed."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from campaigns.annex_paper import outline_markers, period_words, plan_annexes
from campaigns.outline_text import read_outline
from campaigns.plan_content import AnnexText, ColumnText, FormText, OutlineText, PlanContent
from campaigns.selectors.plans import plan_content
from campaigns.services.directives import register_directive
from campaigns.services.drafting import draft_plan
from campaigns.services.plans import save_plan_draft
from documents.content import Annex, Column, Heading, Item, Paragraph, Table
from tests import factories
from tests.campaigns.office import START, directive_facts

OUTLINE = AnnexText(
    title="Đề cương",
    subject="báo cáo kết quả 05 năm",
    headings=(
        OutlineText("Lãnh đạo, chỉ đạo", 1),
        OutlineText("Quán triệt", 2, "Nêu cách làm.\n- Số buổi;\n+ Trực tuyến."),
        OutlineText("Cụ thể hóa", 2),
        OutlineText("Kết quả", 1),
        OutlineText("Tuyên truyền", 2),
        OutlineText("Trên mạng xã hội", 3),
    ),
    forms=(
        FormText(
            "Văn bản đã ban hành",
            columns=(ColumnText("STT", kind="order", width=5), ColumnText("Số, ký hiệu"), ColumnText("Ngày", kind="date")),
            groups="Đảng ủy\nỦy ban nhân dân",
            blank_rows=1,
        ),
    ),
)
PASTED = """I. Lãnh đạo, chỉ đạo
1. Quán triệt
Nêu cách làm.
- Số buổi;
2.Cụ thể hóa
**II. Kết quả**
1.1. Trên mạng xã hội
Biểu 1. Văn bản đã ban hành
STT | Số, ký hiệu | Kết quả > Năm 2025 | Kết quả > Ngày báo cáo
+ Đảng ủy
+ Ủy ban nhân dân
Biểu số 2: Mô hình hay
TT|Mô hình"""


@pytest.mark.once
def test_a_pasted_outline_is_read_into_headings_and_forms():
    assert read_outline(PASTED) == (
        (
            OutlineText("Lãnh đạo, chỉ đạo", 1),
            OutlineText("Quán triệt", 2, "Nêu cách làm.\n- Số buổi;"),
            OutlineText("Cụ thể hóa", 2),
            OutlineText("Kết quả", 1),
            OutlineText("Trên mạng xã hội", 3),
        ),
        (
            FormText(
                "Văn bản đã ban hành",
                (
                    ColumnText("STT", kind="order", width=5),
                    ColumnText("Số, ký hiệu", width=20),
                    ColumnText("Năm 2025", "Kết quả", width=20),
                    ColumnText("Ngày báo cáo", "Kết quả", "date", 20),
                ),
                "Đảng ủy\nỦy ban nhân dân",
            ),
            FormText("Mô hình hay", (ColumnText("TT", kind="order", width=5), ColumnText("Mô hình", width=20))),
        ),
    )


@pytest.mark.once
def test_a_list_of_documents_is_recognised_and_will_be_filled_from_the_register():
    lines = "Biểu 1. Danh mục văn bản\nSTT | Số hiệu văn bản | Tên văn bản (trích yếu) | Ngày phát hành | Tỷ lệ hoàn thành"
    columns = read_outline(lines)[1][0].columns
    assert [(one.kind, one.fill) for one in columns] == [
        ("order", "none"), ("text", "doc_number"), ("text", "doc_title"), ("date", "doc_day"), ("rate", "none")
    ]  # fmt: skip


@pytest.mark.once
@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2017, 1, 1), date(2020, 12, 31), "từ năm 2017 đến hết năm 2020"),
        (date(2021, 6, 15), date(2021, 8, 9), "từ ngày 15/6/2021 đến ngày 09/8/2021"),
        (None, date(2020, 12, 31), "đến hết năm 2020"),
        (date(2017, 1, 1), None, "từ năm 2017"),
        (None, None, ""),
    ],
)
def test_the_period_of_a_form_in_words(first, last, words):
    assert period_words(first, last) == words


@pytest.mark.once
def test_a_form_prints_its_period():
    limited = replace(OUTLINE.forms[0], period_from=date(2017, 1, 1), period_to=date(2020, 12, 31))
    (printed,) = plan_annexes(PlanContent("x", annexes=(replace(OUTLINE, headings=(), forms=(limited,)),)))
    assert printed.blocks[0].title == "**Biểu 1.** Văn bản đã ban hành (từ năm 2017 đến hết năm 2020)"


@pytest.mark.once
def test_an_annex_prints_its_outline_and_its_forms():
    content = PlanContent("x", annexes=(OUTLINE,))
    columns = (Column("STT", 5.0, "center"), Column("Số, ký hiệu", 10.0), Column("Ngày", 10.0, "center"))
    rows = (("Đảng ủy",), ("1", "", ""), ("...", "", ""), ("Ủy ban nhân dân",), ("1", "", ""), ("...", "", ""))
    assert plan_annexes(content, accompanies="kèm theo Kế hoạch") == (
        Annex(
            title="Đề cương",
            label="",
            subject="báo cáo kết quả 05 năm",
            accompanies="kèm theo Kế hoạch",
            blocks=(
                Heading(1, "I.", "Lãnh đạo, chỉ đạo"),
                Heading(2, "1.", "Quán triệt"),
                Paragraph("Nêu cách làm."),
                Item("Số buổi;"),
                Item("Trực tuyến.", "+"),
                Heading(2, "2.", "Cụ thể hóa"),
                Heading(1, "II.", "Kết quả"),
                Heading(2, "1.", "Tuyên truyền"),
                Heading(3, "1.1.", "Trên mạng xã hội"),
                Table(columns, rows, title="**Biểu 1.** Văn bản đã ban hành"),
            ),
        ),
    )


@pytest.mark.once
def test_annexes_are_numbered_when_there_are_two_and_forms_go_on_counting():
    labelled = replace(OUTLINE, label="Phụ lục", headings=())
    printed = plan_annexes(PlanContent("x", annexes=(labelled, labelled)))
    assert [one.number for one in printed] == [1, 2]
    assert [one.blocks[0].title for one in printed] == ["**Biểu 1.** Văn bản đã ban hành", "**Biểu 2.** Văn bản đã ban hành"]
    assert [one.landscape for one in printed] == [False, False]
    wide = replace(labelled, forms=(replace(labelled.forms[0], landscape=True),))
    assert plan_annexes(PlanContent("x", annexes=(wide,)))[0].landscape is True


@pytest.mark.once
def test_outline_markers_start_again_below_each_greater_heading():
    levels = [1, 2, 2, 3, 3, 1, 2, 3]
    headings = tuple(OutlineText("x", level) for level in levels)
    assert outline_markers(headings) == ["I.", "1.", "2.", "2.1.", "2.2.", "II.", "1.", "1.1."]


@pytest.fixture
def plan(office):
    directive = register_directive(by=office.clerk, **directive_facts())
    plan = draft_plan(ward=office.ward, directives=[directive], kind="study", by=office.clerk, now=START)
    return save(plan, office, annexes=(OUTLINE,))


def save(plan, office, **changes):
    content = replace(plan_content(plan), **changes)
    return save_plan_draft(plan=plan, expected_version=plan.version, content=content, by=office.clerk, now=factories.NOW)


def address(plan, number=1):
    return reverse("campaigns:plan-annex-edit", args=[plan.pk, number])


def typed(page):
    """What a browser would send of the page as it stands."""
    editor = page.context["editor"]
    fields = {"base": page.context["base"]}
    sets = [editor.headings, editor.tables, *editor.columns]
    for form in [editor.general, *(one.management_form for one in sets), *(form for one in sets for form in one.forms)]:
        for field in form:
            if field.value() not in (None, "", False):
                fields[field.html_name] = field.value()
    return fields


def test_annexes_are_kept_when_other_parts_of_the_plan_are_saved(plan, office):
    assert plan_content(plan).annexes == (OUTLINE,)
    plan = save(plan, office, subject="Trích yếu khác", annexes=None)
    assert (plan.subject, plan_content(plan).annexes) == ("Trích yếu khác", (OUTLINE,))
    assert plan_content(save(plan, office, annexes=())).annexes == ()


def test_saving_what_was_opened_changes_nothing(drafter, plan):
    page = drafter.get(address(plan))
    answer = drafter.post(address(plan), typed(page) | {"act": "save"})
    assert answer.status_code == 302
    assert plan_content(plan).annexes == (OUTLINE,)


def test_rows_are_added_typed_and_saved_in_the_browser(drafter, plan):
    fields = typed(drafter.get(address(plan))) | {"headings-0-title": "Gõ dở"}
    for act in ("headings-1-after", "columns0-add", "forms-add"):
        fields = typed(drafter.post(address(plan), fields | {"act": act}))
    assert (fields["headings-0-title"], plan_content(plan).annexes) == ("Gõ dở", (OUTLINE,))
    fields |= {"headings-2-title": "Giữa", "headings-2-guidance": "- Ý", "columns0-3-title": "Tên", "columns0-3-group": "Chung"}
    fields |= {"forms-1-title": "Mô hình", "forms-0-period_from": "01/01/2017", "forms-0-period_to": "31/12/2020"}
    fields |= {"columns0-3-kind": "choice", "columns0-3-options": "Có\nKhông", "columns0-1-fill": "doc_number", "headings-0-fill": "study"}
    drafter.post(address(plan), fields | {"act": "save"})
    saved = plan_content(plan).annexes[0]
    assert saved.headings[:4] == (
        OutlineText("Gõ dở", 1, fill="study"), OUTLINE.headings[1], OutlineText("Giữa", 2, "- Ý"), OUTLINE.headings[2],
    )  # fmt: skip
    assert saved.forms == (
        replace(
            OUTLINE.forms[0],
            columns=(
                OUTLINE.forms[0].columns[0],
                replace(OUTLINE.forms[0].columns[1], fill="doc_number"),
                OUTLINE.forms[0].columns[2],
                ColumnText("Tên", "Chung", "choice", 20, "Có\nKhông"),
            ),
            period_from=date(2017, 1, 1),
            period_to=date(2020, 12, 31),
        ),
        FormText("Mô hình", (ColumnText("STT", kind="order", width=5),)),
    )


def test_a_fault_is_shown_and_nothing_typed_is_lost(drafter, plan):
    fields = typed(drafter.get(address(plan))) | {"headings-1-title": "", "columns0-1-width": "rộng", "act": "save"}
    page = drafter.post(address(plan), fields)
    assert page.context["faults"] == 2
    assert typed(page)["columns0-1-width"] == "rộng"
    assert plan_content(plan).annexes == (OUTLINE,)


def test_a_choice_without_values_and_a_period_backwards_are_faults(drafter, plan):
    fields = typed(drafter.get(address(plan))) | {"columns0-1-kind": "choice", "act": "save"}
    page = drafter.post(address(plan), fields | {"forms-0-period_from": "01/01/2021", "forms-0-period_to": "31/12/2020"})
    assert page.context["editor"].tables.errors == [{"period_to": ["Ngày cuối đang trước ngày đầu. Đồng chí xem lại."]}]
    assert page.context["editor"].columns[0].errors[1] == {
        "options": ["Cột chọn trong danh sách cần ít nhất một giá trị để chọn."]
    }


def test_two_people_who_change_one_annex_see_both_texts(drafter, plan, office):
    fields = typed(drafter.get(address(plan))) | {"general-title": "Của tôi", "act": "save"}
    save(plan, office, annexes=(replace(OUTLINE, title="Của người khác"),))
    page = drafter.post(address(plan), fields)
    assert page.status_code == 409
    assert [(row["mine"].splitlines()[0], row["theirs"].splitlines()[0]) for row in page.context["rows"]] == [
        ("Của tôi báo cáo kết quả 05 năm", "Của người khác báo cáo kết quả 05 năm")
    ]
    again = dict(page.context["typed"]) | {"version": page.context["plan"].version, "act": "resolve", "keep-annexes-0": "theirs"}
    drafter.post(address(plan), again)
    assert plan_content(plan).annexes[0].title == "Của người khác"


def test_a_change_elsewhere_in_the_plan_is_no_conflict(drafter, plan, office):
    fields = typed(drafter.get(address(plan))) | {"general-title": "Của tôi", "act": "save"}
    save(plan, office, subject="Trích yếu khác")
    assert drafter.post(address(plan), fields).status_code == 302
    content = plan_content(type(plan).objects.get())
    assert (content.subject, content.annexes[0].title) == ("Trích yếu khác", "Của tôi")


def test_annexes_are_added_moved_and_taken_out(drafter, plan):
    listing = reverse("campaigns:plan-annexes", args=[plan.pk])

    def press(**fields):
        version = type(plan).objects.get().version
        drafter.post(listing, {"version": version} | fields)
        return [(one.title, len(one.headings), len(one.forms)) for one in plan_content(plan).annexes]

    assert press(act="add", title="Đề cương hai", pasted=PASTED) == [("Đề cương", 6, 1), ("Đề cương hai", 5, 2)]
    assert press(act="1-up") == [("Đề cương hai", 5, 2), ("Đề cương", 6, 1)]
    assert press(act="0-remove") == [("Đề cương", 6, 1)]
    assert press(act="add", title="", pasted="") == [("Đề cương", 6, 1)]
    assert drafter.get(address(plan, 2)).status_code == 404


def test_an_address_with_a_number_no_annex_can_have_saves_nothing(drafter, plan):
    fields = typed(drafter.get(address(plan))) | {"act": "save"}
    assert [drafter.post(address(plan, number), fields).status_code for number in (0, 10, 4_000)] == [404] * 3
    assert plan_content(plan).annexes == (OUTLINE,)
