"""The editor in requests: nothing typed is lost, two people see both texts, faults stand beside their field."""

import pytest
from django.urls import reverse

from campaigns.forms.row_moves import rearrange
from campaigns.models import Plan
from tests import factories
from units.choices import Role


def address(plan):
    return reverse("campaigns:plan-edit", args=[plan.pk])


def typed(page):
    """What a browser would send of the editor as it stands: every field of every form, and the version."""
    editor = page.context["editor"]
    fields = {"version": page.context["version"]}
    parts = [editor.general, *(rows.management_form for rows in editor.lists.values())]
    for form in [*parts, *(form for rows in editor.lists.values() for form in rows.forms)]:
        for field in form:
            value = field.value()
            if value not in (None, "", False):
                fields[field.html_name] = value
    return fields


def save(drafter, plan, fields, **changes):
    return drafter.post(address(plan), fields | {"act": "save"} | changes)


def test_saving_what_was_opened_changes_nothing_but_the_version(drafter, plan):
    page = drafter.get(address(plan))
    before = drafter.get(reverse("campaigns:plan-print", args=[plan.pk])).content
    answer = save(drafter, plan, typed(page))
    assert (answer.status_code, Plan.objects.get().version) == (302, 2)
    assert drafter.get(reverse("campaigns:plan-print", args=[plan.pk])).content == before


@pytest.mark.parametrize("act", ["duties-add", "duties-0-down", "sections-0-child", "recipients-2-remove", "nothing-known"])
def test_a_row_button_keeps_what_was_typed_and_saves_nothing(drafter, plan, act):
    fields = typed(drafter.get(address(plan)))
    fields |= {"general-subject": "Đang gõ dở", "duties-6-phrase": "hôm nào tiện", "general-window_starts_on": "ngày mai"}
    page = drafter.post(address(plan), fields | {"act": act})
    again = typed(page)
    assert (page.status_code, again["general-subject"], again["general-window_starts_on"]) == (200, "Đang gõ dở", "ngày mai")
    assert "hôm nào tiện" in {again.get(f"duties-{row}-phrase") for row in range(8)}
    assert Plan.objects.get().version == 1


@pytest.mark.parametrize(
    ("field", "value", "form"),
    [
        ("duties-6-phrase", "hôm nào tiện", ("duties", 6, "phrase")),
        ("duties-0-lead", "Ban Không Có", ("duties", 0, "lead")),
        ("duties-0-product", "report", ("duties", 0, "product")),
        ("duties-0-helpers", "Ủy ban nhân dân phường; Ai đó", ("duties", 0, "helpers")),
        ("recipients-0-copies", "-3", ("recipients", 0, "copies")),
        ("sections-0-title", "", ("sections", 0, "title")),
        ("conferences-1-level", "ward", None),
    ],
)
def test_a_fault_stands_beside_its_field_and_nothing_is_lost(drafter, plan, field, value, form):
    fields = typed(drafter.get(address(plan)))
    page = save(drafter, plan, fields, **{field: value, "general-closing": "Lời kết đang gõ"})
    assert (page.status_code, Plan.objects.get().version, page.context["faults"] > 0) == (200, 1, True)
    assert page.context["editor"].general["closing"].value() == "Lời kết đang gõ"
    if form:
        part, row, name = form
        assert name in page.context["lists"][part].forms[row].errors


def test_helpers_and_lead_are_found_by_name_without_marks(drafter, plan, office):
    fields = typed(drafter.get(address(plan)))
    save(drafter, plan, fields, **{"duties-0-helpers": "uy ban nhan dan phuong; Văn phòng Đảng ủy", "duties-0-lead": "ban xay dung dang"})
    duty = plan.duties.get(position=0)
    assert (duty.lead, set(duty.helpers.all())) == (office.party_building, {office.committee, office.office})


@pytest.mark.proves("C-01")
def test_the_second_to_save_gets_409_with_both_texts_and_may_choose(drafter, plan):
    fields = typed(drafter.get(address(plan)))
    theirs = fields | {"general-opening": "Mở đầu của người kia.", "general-closing": "Kết của người kia."}
    mine = fields | {"general-opening": "Mở đầu của tôi.", "general-closing": "Kết của tôi.\nHai dòng."}
    save(drafter, plan, theirs)
    page = save(drafter, plan, mine)
    assert page.status_code == 409
    assert [(row["key"], row["mine"], row["theirs"]) for row in page.context["rows"]] == [
        ("opening", "Mở đầu của tôi.", "Mở đầu của người kia."),
        ("closing", "Kết của tôi.\nHai dòng.", "Kết của người kia."),
    ]
    carried = dict(page.context["typed"]) | {"version": page.context["plan"].version, "act": "resolve"}
    answer = drafter.post(address(plan), carried | {"keep-opening": "mine", "keep-closing": "theirs"})
    plan.refresh_from_db()
    assert (answer.status_code, plan.opening, plan.closing) == (302, "Mở đầu của tôi.", "Kết của người kia.")


def test_the_editor_closes_when_the_plan_is_submitted(drafter, plan):
    fields = typed(drafter.get(address(plan)))
    drafter.post(reverse("campaigns:plan-submit", args=[plan.pk]), {"version": 1})
    assert save(drafter, plan, fields).url == plan.get_absolute_url()
    assert Plan.objects.get().version == 1


def test_the_editor_costs_the_same_with_more_units(drafter, plan, office, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as few:
        drafter.get(address(plan))
    for _ in range(30):
        factories.make_unit(office.ward)
    with django_assert_max_num_queries(len(few.captured_queries)):
        drafter.get(address(plan))


def test_sections_move_with_what_belongs_to_them():
    rows = [{"title": title, "level": level} for title, level in [("A", 1), ("a1", 2), ("a2", "2"), ("B", 1), ("b1", 2)]]

    def after(act):
        lists = {"sections": [dict(row) for row in rows]}
        rearrange(lists, act)
        return [row.get("title", "+") for row in lists["sections"]]

    assert after("sections-3-up") == ["B", "b1", "A", "a1", "a2"]
    assert after("sections-0-down") == ["B", "b1", "A", "a1", "a2"]
    assert after("sections-1-down") == ["A", "a2", "a1", "B", "b1"]
    assert after("sections-2-down") == ["A", "a1", "a2", "B", "b1"]
    assert after("sections-0-child") == ["A", "a1", "a2", "+", "B", "b1"]
    assert after("sections-9-up") == after("sections-x") == ["A", "a1", "a2", "B", "b1"]


def test_the_whole_way_from_a_directive_to_the_send_list(client, office, settings):
    settings.PLAN_ISSUE_EFFECTS = []
    roles = (Role.DRAFTER, Role.LEADER, Role.CLERK)
    client.force_login(factories.make_person(office.ward, *roles))
    title = "Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy về khởi nghiệp"
    read = client.post(reverse("campaigns:directive-new"), {"title": title, "act": "read"}).context["form"]
    facts = {name: read[name].value() for name in ("kind", "number", "sign", "issuer", "subject")}
    registered = client.post(reverse("campaigns:directive-new"), facts | {"dated_on": "05/5/2026", "scope": "people"})
    again = client.post(reverse("campaigns:directive-new"), facts | {"number": "5", "dated_on": "05/5/2026", "scope": "people"})
    assert (registered.status_code, again.status_code, again.context["form"]["number"].value()) == (302, 409, "5")
    new = client.get(reverse("campaigns:plan-new")).context["form"]
    client.post(reverse("campaigns:plan-new"), {"kind": "study", "directives": [new.fields["directives"].queryset.get().pk], "scored": "on"})
    plan = Plan.objects.get()
    client.post(reverse("campaigns:plan-submit", args=[plan.pk]), {"version": 1, "approve": "1"})
    page = client.get(reverse("campaigns:plan-issue", args=[plan.pk]))
    assert page.context["form"]["number"].value() == 1
    client.post(reverse("campaigns:plan-issue", args=[plan.pk]), {"number": "1", "dated_on": "03/6/2026"})
    sending = reverse("campaigns:plan-dispatches", args=[plan.pk])
    sending = client.get(sending).headers["Location"]
    client.post(sending, {"act": "sent"})
    shown = client.get(sending).context
    assert (shown["counts"].sent, shown["counts"].received, len(shown["rows"])) == (8 + len(office.units), 0, 8 + len(office.units))
    assert client.get(reverse("campaigns:plan-print", args=[plan.pk])).content[:5] == b"%PDF-"
