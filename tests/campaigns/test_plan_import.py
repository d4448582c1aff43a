"""An old plan from its file into the register: read, shown, corrected, saved as a draft or as issued on paper."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.models import Directive, Plan
from campaigns.paper import plan_paper
from campaigns.plan_from_file import NamedUnit, Units, is_all_units
from documents.choices import PaperKind
from documents.writing import pdf
from tests import factories
from units.choices import Role
from units.models import AuditEvent

pytestmark = pytest.mark.django_db

PLAN = """ĐẢNG BỘ TỈNH TUYÊN QUANG
ĐẢNG ỦY PHƯỜNG MẪU

Số 07-KH/ĐU

Mẫu, ngày 12 tháng 3 năm 2026

KẾ HOẠCH
học tập Nghị quyết số 31-NQ/TU, ngày 02/3/2026 của Ban Thường vụ Tỉnh ủy về phát triển đô thị xanh

Thực hiện Nghị quyết số 31-NQ/TU, ngày 02/3/2026 của Ban Thường vụ Tỉnh ủy về phát triển đô thị xanh, Ban Thường vụ Đảng ủy ban hành Kế hoạch như sau:

I. MỤC ĐÍCH

Giúp đảng viên nắm vững nội dung của Nghị quyết.

II. HỘI NGHỊ

1. Cấp phường

- Thời gian: ngày 20/3/2026.
- Địa điểm: Hội trường Đảng ủy phường.
- Thành phần: Các đồng chí Ủy viên Ban Chấp hành.
- Báo cáo viên: Thường trực Đảng ủy.

III. TỔ CHỨC THỰC HIỆN

1. UBND phường

Tham mưu xây dựng kế hoạch thực hiện Nghị quyết. Hoàn thành trước ngày 30/3/2026.

2. Các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc

- Tổ chức học tập, quán triệt Nghị quyết. Hoàn thành trong tháng 3/2026.
- Tổng hợp, báo cáo kết quả với Ban Thường vụ Đảng ủy trước ngày 05/4/2026.

Trên đây là Kế hoạch học tập Nghị quyết số 31-NQ/TU.

Nơi nhận:
- Ban Tuyên giáo và Dân vận Tỉnh ủy (báo cáo),
- Các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc,
- Lưu Văn phòng Đảng ủy.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ

Trần Văn Mẫu
"""


@pytest.fixture
def office(cast, clock):
    """The ward with the signer of the old plan, and a person who drafts and issues."""
    signer = factories.make_signer(cast.ward, name="Trần Văn Mẫu")
    factories.make_membership(cast.drafter, cast.ward, Role.CLERK)
    return {"cast": cast, "signer": signer}


def upload(client, text=PLAN, name="ke hoach 07.txt"):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(
        reverse("campaigns:plan-import"), {"upload": SimpleUploadedFile(name, content), "declared": "on"}, follow=True
    )


def posted(page, **changes):
    """The fields of the page as a browser sends them."""
    forms = [page.form, page.editor.general, *page.directives.forms, page.directives.management_form]
    for rows in page.editor.lists.values():
        forms += [*rows.forms, rows.management_form]
    data = {}
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, dt.date):
                value = f"{value:%d/%m/%Y}"
            if value is not None and value is not False:
                data[field.html_name] = "on" if value is True else value
    return data | {"act": "save"} | changes


def test_the_page_opens_with_what_the_file_says_and_writes_nothing(office, sign_in):
    answer = upload(sign_in(office["cast"].drafter))
    page = answer.context["page"]
    data = posted(page)
    duties = [
        tuple(data.get(f"duties-{row}-{name}", "") for name in ("lead", "lead_text", "text", "product", "phrase")) for row in range(3)
    ]
    everyone = "Các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc"
    assert duties == [
        ("Ủy ban nhân dân phường", "UBND phường", "Tham mưu xây dựng kế hoạch thực hiện Nghị quyết.", "document", "Hoàn thành trước ngày 30/3/2026"),
        (everyone, "", "Tổ chức học tập, quán triệt Nghị quyết.", "study", "Hoàn thành trong tháng 3/2026"),
        (everyone, "", "Tổng hợp, báo cáo kết quả với Ban Thường vụ Đảng ủy", "report", "trước ngày 05/4/2026"),
    ]  # fmt: skip
    assert {name: data[name] for name in ("kind", "outcome", "number", "dated_on")} == {
        "kind": "study", "outcome": "issued", "number": "07", "dated_on": "12/03/2026",
    }  # fmt: skip
    assert (data["cited-0-choice"], data["cited-0-number"], data["cited-0-sign"]) == ("new", "31", "NQ/TU")
    assert data["general-signer_id"] == office["signer"].pk
    assert data["general-closing"] == "Trên đây là Kế hoạch học tập Nghị quyết số 31-NQ/TU."
    assert (data["conferences-0-place"], data["conferences-0-speaker"]) == ("Hội trường Đảng ủy phường", "Thường trực Đảng ủy")
    assert [data[f"sections-{row}-slot"] for row in range(3) if f"sections-{row}-slot" in data] == ["", "conferences", "duties"]
    assert 'href="#dong-' in answer.content.decode()
    assert (Plan.objects.count(), Directive.objects.count()) == (0, 0)


def test_a_confirmed_plan_is_recorded_as_issued_with_its_past_days(office, sign_in):
    client = sign_in(office["cast"].drafter)
    answer = client.post(reverse("campaigns:plan-import-preview"), posted(upload(client).context["page"]))
    plan = Plan.objects.get()
    assert (answer.status_code, answer.url) == (302, plan.get_absolute_url())
    assert (plan.state, plan.recorded_past, plan.paper.number_text, plan.paper.dated_on) == (
        "issued", True, "07-KH/ĐU", dt.date(2026, 3, 12),
    )  # fmt: skip
    assert [str(one) for one in plan.directives.all()] == ["Nghị quyết số 31-NQ/TU"]
    owed = {(one.unit_id, duty.product) for duty in plan.duties.all() for one in duty.assignments.all()}
    assert {(office["cast"].body.pk, "document"), (office["cast"].own_unit.pk, "study")} <= owed
    assert plan.duties.filter(assignments__reminders__isnull=False).count() == 0
    assert AuditEvent.objects.filter(verb="plan.import").get().details["file"] == "ke hoach 07.txt"
    assert "plan-import" not in client.session


def test_corrected_facts_are_saved_and_a_registered_directive_is_taken(office, sign_in):
    known = factories.make_directive(
        kind=PaperKind.RESOLUTION, number="31", sign="NQ/TU", dated_on=dt.date(2026, 3, 2), issuer="Ban Thường vụ Tỉnh ủy"
    )
    client = sign_in(office["cast"].drafter)
    page = upload(client).context["page"]
    assert posted(page)["cited-0-choice"] == str(known.pk)
    data = posted(page, outcome="draft", **{"general-subject": "học tập một nghị quyết", "duties-1-text": "Việc đã sửa."})
    answer = client.post(reverse("campaigns:plan-import-preview"), data)
    plan = Plan.objects.get()
    assert answer.url == reverse("campaigns:plan-edit", args=[plan.pk])
    assert (plan.state, plan.subject, list(plan.directives.all())) == ("draft", "học tập một nghị quyết", [known])
    assert list(plan.duties.order_by("position").values_list("text", flat=True))[1] == "Việc đã sửa."


@pytest.mark.pdf
def test_what_is_printed_reads_back_as_the_same_plan(office, sign_in):
    client = sign_in(office["cast"].drafter)
    client.post(reverse("campaigns:plan-import-preview"), posted(upload(client).context["page"], outcome="draft"))
    plan = Plan.objects.get()
    first = posted(upload(client).context["page"])
    again = posted(upload(client, pdf.render(plan_paper(plan, number=7, dated_on=dt.date(2026, 3, 12))).data, "a.pdf").context["page"])
    rows = [name for name in first if name.startswith(("duties", "recipients", "conferences")) and not name.endswith(("lead_text", "-note"))]
    assert {name: again.get(name) for name in rows} == {name: first[name] for name in rows}


def test_a_wrong_field_or_a_moved_row_loses_nothing_even_without_the_file(office, sign_in):
    client = sign_in(office["cast"].drafter)
    data = posted(upload(client).context["page"], number="", **{"duties-0-text": "Đã gõ lại"})
    session = client.session
    del session["plan-import"]
    session.save()
    answer = client.post(reverse("campaigns:plan-import-preview"), data)
    assert answer.context["page"].form.errors["number"] == ["Kế hoạch đã ban hành cần có số trên bản giấy."]
    assert "Đã gõ lại" in answer.content.decode()
    moved = client.post(reverse("campaigns:plan-import-preview"), data | {"act": "duties-0-down"})
    after = posted(moved.context["page"])
    assert (after["duties-1-text"], after["cited-0-number"], after["dated_on"]) == ("Đã gõ lại", "31", "12/03/2026")
    assert Plan.objects.count() == 0


def test_a_drafter_who_may_not_issue_saves_a_draft_only(cast, clock, sign_in):
    client = sign_in(cast.drafter)
    page = upload(client).context["page"]
    assert [value for value, _ in page.form.fields["outcome"].choices] == ["draft"]
    answer = client.post(reverse("campaigns:plan-import-preview"), posted(page, outcome="issued"))
    assert "outcome" in answer.context["page"].form.errors
    assert Plan.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("UBND phường", 1), ("Uỷ ban nhân dân phường", 1), ("Ban xây dựng Đảng", 2), ("MTTQ và tổ chức CT - XH phường", 3),
        ("Hội Nông dân", None), ("", None),
    ],
)  # fmt: skip
def test_units_are_found_by_short_forms_and_near_names(name, found):
    units = Units([
        NamedUnit(1, "Ủy ban nhân dân phường"), NamedUnit(2, "Ban Xây dựng Đảng"),
        NamedUnit(3, "Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội phường"),
    ])  # fmt: skip
    assert units.find(name) == found


def test_the_group_of_all_units_is_known_by_its_words():
    names = ["Các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc", "Các chi, đảng bộ trực thuộc", "Chi bộ Quân sự phường", "Văn phòng Đảng ủy"]
    assert [is_all_units(name) for name in names] == [True, True, False, False]
