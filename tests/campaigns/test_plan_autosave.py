"""The editor while a person types: saved by itself, never over another's text, with paper, findings and deadlines."""

import json

import pytest
from django.urls import reverse

from campaigns.finding_places import place_findings, with_suggestion
from campaigns.forms.plan_editor import FieldText
from campaigns.models import DismissedFinding, Plan
from campaigns.shown_deadlines import ShownDeadline, shown_deadline
from documents.checks import Finding
from documents.reading.source import Source, SourceLine
from tests import factories
from tests.campaigns.test_plan_editor import address, typed
from units.choices import DeadlineReading, Role
from units.workdays import WorkCalendar


@pytest.fixture
def drafter(office, client):
    client.force_login(factories.make_person(office.ward, Role.DRAFTER, full_name="Lê Văn Soạn"))
    return client


def autosave(drafter, plan, fields, **changes):
    return drafter.post(reverse("campaigns:plan-autosave", args=[plan.pk]), fields | changes)


def texts(page):
    return {name: str(value) for name, value in typed(page).items()}


def test_what_is_typed_is_saved_and_shown(drafter, plan):
    fields = typed(drafter.get(address(plan)))
    answer = autosave(drafter, plan, fields, **{"general-closing": "Văn phòng theo dõi các các đơn vị."}).json()
    plan.refresh_from_db()
    assert (answer["state"], answer["version"], answer["faults"], answer["at"]) == ("saved", 2, {}, "08:00")
    assert plan.closing == "Văn phòng theo dõi các các đơn vị."
    assert "Văn phòng theo dõi các các đơn vị." in answer["paper"]
    assert 'data-field="general-closing"' in answer["findings"]
    assert "hết thứ" in answer["deadlines"]["duties-0-phrase"]


def test_nothing_typed_is_nothing_saved(drafter, plan):
    fields = typed(drafter.get(address(plan)))
    assert autosave(drafter, plan, fields).json()["version"] == 1
    assert plan.versions.count() == 0


def test_a_fault_is_told_and_the_paper_still_shows_what_is_typed(drafter, plan):
    fields = typed(drafter.get(address(plan)))
    changes = {"duties-0-phrase": "hôm nào tiện", "duties-0-lead": "Ban Không Có", "general-subject": "đang gõ dở"}
    answer = autosave(drafter, plan, fields, **changes)
    told = answer.json()
    assert (answer.status_code, told["state"], sorted(told["faults"])) == (200, "faulty", ["duties-0-lead", "duties-0-phrase"])
    assert "hôm nào tiện" in told["paper"]
    assert "đang gõ dở" in told["paper"]
    assert Plan.objects.get().version == 1


@pytest.mark.proves("C-01")
def test_the_second_editor_is_told_and_overwrites_nothing(drafter, plan):
    fields = typed(drafter.get(address(plan)))
    autosave(drafter, plan, fields, **{"general-closing": "Của người kia."})
    late = autosave(drafter, plan, fields, **{"general-closing": "Của tôi."})
    assert (late.status_code, late.json()["state"], late.json()["by"]) == (409, "conflict", "Lê Văn Soạn")
    assert "Của tôi." in late.json()["paper"]
    assert Plan.objects.get().closing == "Của người kia."
    page = drafter.post(address(plan), fields | {"general-closing": "Của tôi.", "act": "save"})
    assert (page.status_code, [row["theirs"] for row in page.context["rows"]]) == (409, ["Của người kia."])


def test_a_submitted_plan_takes_no_typing(drafter, plan):
    fields = typed(drafter.get(address(plan)))
    Plan.objects.filter(pk=plan.pk).update(state="submitted")
    late = autosave(drafter, plan, fields, **{"general-closing": "Muộn."})
    assert (late.status_code, late.json()["state"], Plan.objects.get().version) == (409, "closed", 1)


def test_a_removed_row_comes_back_with_one_button(drafter, plan):
    fields = typed(drafter.get(address(plan)))
    without = drafter.post(address(plan), fields | {"act": "duties-2-remove"})
    removed = without.context["editor"].removed
    assert json.loads(removed)["row"]["text"] == fields["duties-2-text"]
    back = drafter.post(address(plan), typed(without) | {"act": "put-back", "removed": removed})
    assert texts(back) == {name: str(value) for name, value in fields.items()}
    for nonsense in ("", "[]", '{"part": "general"}', '{"part": "duties", "place": 0, "row": {"text": 1}}'):
        page = drafter.post(address(plan), typed(without) | {"act": "put-back", "removed": nonsense})
        assert texts(page) == texts(without)


def test_the_fix_button_works_without_script(drafter, plan):
    fields = typed(drafter.get(address(plan))) | {"general-closing": "Văn phòng theo dõi các các đơn vị."}
    page = drafter.post(address(plan), fields | {"act": "show"})
    key = next(one.key for one in page.context["reviewed"].findings if one.field == "general-closing" and one.fixable)
    fixed = drafter.post(address(plan), fields | {"act": f"fix-{key}"})
    assert fixed.context["editor"].general["closing"].value() == "Văn phòng theo dõi các đơn vị."
    assert Plan.objects.get().version == 1


def test_the_deadline_is_read_while_it_is_typed(drafter, plan):
    address_ = reverse("campaigns:plan-deadline", args=[plan.pk])
    answer = drafter.get(address_, {"field": "duties-3-phrase", "phrase": "trước ngày 06/6/2026"}).content.decode()
    assert "hết thứ Sáu, 05/6/2026" in answer
    assert "vẫn là “đúng ngày hạn”" in answer
    assert 'id="han-"' in drafter.get(address_, {"field": "<script>", "phrase": "x"}).content.decode()


@pytest.mark.once
def test_a_deadline_says_how_the_ward_reads_it():
    facts = {"today": factories.TODAY, "calendar": WorkCalendar({})}
    strict, tolerant = DeadlineReading.STRICT, DeadlineReading.TOLERANT
    day = shown_deadline("trước ngày 06/6/2026", reading=strict, **facts)
    assert (str(day.day), day.note, day.warning) == ("2026-06-05", "nhận trong ngày 06/6/2026 là muộn", "")
    assert shown_deadline("", reading=tolerant, **facts) == ShownDeadline(note="chưa có thời hạn")
    assert shown_deadline("31/6/2026 hay hôm nào", reading=tolerant, **facts).warning == "Chưa đọc được ngày trong thời hạn này."
    sunday = shown_deadline("chậm nhất ngày 07/6/2026", reading=tolerant, **facts)
    assert sunday.warning == "Ngày nghỉ; ngày làm việc cuối trước đó là 05/6/2026."
    assert shown_deadline("trước ngày 01/6/2026", reading=tolerant, **facts).warning == "Ngày này đã qua."


@pytest.mark.once
def test_a_finding_points_at_the_paragraph_it_was_found_in():
    fields = [
        FieldText("sections-0-body", "Nội dung", "- Học tập nghiêm túc.\n- Gửi báo cáo  đúng hạn."),
        FieldText("sections-1-body", "Nội dung", "Gửi báo cáo đúng hạn về Văn phòng."),
        FieldText("duties-0-phrase", "Thời hạn", "trước ngày 31/6/2026"),
    ]
    source = Source((SourceLine(7, "- Gửi báo cáo đúng hạn."), SourceLine(9, "Nộp báo cáo trước ngày 31/6/2026.")))

    def finding(line, quote, suggestion=None):
        return Finding("C06", "x", "error", line, quote, "Câu.", suggestion)

    findings = [finding(7, "báo cáo đúng", "báo cáo kịp"), finding(9, "31/6/2026"), finding(None, ""), finding(7, "không có")]
    placed = place_findings(findings, source, fields)
    assert [(one.field, one.start, one.end) for one in placed] == [
        ("sections-0-body", 28, 41),
        ("duties-0-phrase", 11, 20),
        ("", 0, 0),
        ("sections-0-body", 0, 0),
    ]
    assert with_suggestion(fields[0].text, placed[0]) == "- Học tập nghiêm túc.\n- Gửi báo cáo kịp hạn."
    assert [one.fixable for one in placed] == [True, False, False, False]


def test_a_finding_is_let_stand_with_a_reason_and_taken_up_again(drafter, plan, office):
    Plan.objects.filter(pk=plan.pk).update(closing="Văn phòng theo dõi các các đơn vị.")
    address_ = reverse("campaigns:plan-findings", args=[plan.pk])
    doubled = next(row["finding"] for row in drafter.get(address_).context["rows"] if row["finding"].check == "C06")
    facts = {"check": doubled.check, "variant": doubled.variant, "quote": doubled.quote, "reason": "Đúng nguyên văn.", "act": "dismiss"}
    assert drafter.post(address_, facts).status_code == 403  # an error that stops a plan is the reviewer's
    drafter.force_login(factories.make_person(office.ward, Role.REVIEWER))
    drafter.post(address_, facts | {"reason": " "})
    assert DismissedFinding.objects.count() == 0
    drafter.post(address_, facts)
    page = drafter.get(address_)
    assert [one["row"].reason for one in page.context["let_stand"]] == ["Đúng nguyên văn."]
    assert all(one.finding != doubled for one in drafter.get(address(plan)).context["reviewed"].findings)
    drafter.post(address_, facts | {"act": "restore"})
    assert DismissedFinding.objects.count() == 0


def test_errors_stop_a_plan_until_a_reason_is_written(drafter, plan):
    Plan.objects.filter(pk=plan.pk).update(closing="Văn phòng theo dõi các các đơn vị.")
    submit = reverse("campaigns:plan-submit", args=[plan.pk])
    stopped = drafter.post(submit, {"version": 1})
    assert (stopped.url, Plan.objects.get().state) == (reverse("campaigns:plan-findings", args=[plan.pk]), "draft")
    assert "Vẫn trình lãnh đạo" in drafter.get(stopped.url).content.decode()
    drafter.post(submit, {"version": 1, "override_reason": "Đúng nguyên văn của cấp trên."})
    assert Plan.objects.get().state == "submitted"


def test_the_preview_is_the_paper_in_a_frame(drafter, plan):
    page = drafter.get(reverse("campaigns:plan-preview", args=[plan.pk]))
    assert (page.status_code, 'id="khoi-1"' in page.content.decode()) == (200, True)
