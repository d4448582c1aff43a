"""A plan drafted from the facts of a real one: who does what by when, and every mention made from the directive."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from campaigns.models import Snippet
from campaigns.selectors.plans import plan_content
from campaigns.services.deadline_chain import STEPS, DraftPhrases, feasible_days
from campaigns.services.directives import register_directive
from campaigns.services.drafting import draft_plan, suggest_phrases
from campaigns.services.plans import add_directive
from campaigns.services.snippets import load_shipped_snippets, rewrite_snippet
from tests.campaigns.office import START, SUBJECT_05, directive_facts, make_office
from units.choices import DayKind
from units.models import AuditEvent
from units.workdays import WorkCalendar

pytestmark = pytest.mark.django_db
# The deadlines of the ward's real plan for 05-CT/TU of May 2026.
PHRASES = DraftPhrases(
    study="Hoàn thành trong tháng 5/2026",
    report="trước ngày 05/6/2026",
    compiled="Hoàn thành trước ngày 05/6/2026",
    conference="Dự kiến trong tháng 5/2026",
)
NO_DAYS_OFF = WorkCalendar({})


@pytest.fixture
def office():
    return make_office()


def draft(office, *, kind="study", phrases=PHRASES, **facts):
    directive = register_directive(by=office.clerk, **directive_facts(**facts))
    return draft_plan(ward=office.ward, directives=[directive], kind=kind, by=office.clerk, now=START, phrases=phrases)


@pytest.mark.proves("T-03", "T-04")
def test_draft_plan_gives_the_duties_of_a_real_plan_their_last_days(office):
    plan = draft(office)
    duties = list(plan.duties.values_list("lead_text", "lead_group", "lead_id", "product", "last_day", "tentative"))
    june, may = dt.date(2026, 6, 4), dt.date(2026, 5, 31)
    units = "Các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc"
    assert duties == [
        ("Ban Xây dựng Đảng", "one", office.party_building.pk, "action", may, False),
        ("Ban Xây dựng Đảng", "one", office.party_building.pk, "document", june, False),
        ("Ủy ban nhân dân phường", "one", office.committee.pk, "document", dt.date(2026, 5, 25), False),
        ("Ủy ban nhân dân phường", "one", office.committee.pk, "action", may, False),
        ("Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội phường", "one", None, "action", may, False),
        ("Văn phòng Đảng ủy", "one", office.office.pk, "action", dt.date(2026, 5, 25), False),
        (units, "all_units", None, "study", may, False),
        (units, "all_units", None, "report", june, False),
    ]


def test_draft_plan_writes_conferences_recipients_and_signer(office):
    plan = draft(office)
    conferences = list(plan.conference_texts.order_by("-level").values_list("level", "last_day", "tentative", "place"))
    may = dt.date(2026, 5, 31)
    assert conferences == [("ward", may, True, "Hội trường Đảng ủy"), ("grassroots", may, False, "")]
    assert list(plan.recipients.values_list("name", "note", "all_units", "unit_id")) == [
        ("Thường trực Tỉnh ủy", "báo cáo", False, None),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "báo cáo", False, None),
        ("Các đồng chí Ủy viên Ban Chấp hành Đảng bộ phường", "", False, None),
        ("Thường trực Hội đồng nhân dân phường", "", False, None),
        ("Ủy ban nhân dân phường", "", False, office.committee.pk),
        ("Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội phường", "", False, None),
        ("Các cơ quan tham mưu, giúp việc Đảng ủy", "", False, None),
        ("Các cơ quan, đơn vị, trường học, doanh nghiệp, tổ dân phố trên địa bàn phường", "", False, None),
        ("Các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc", "", True, None),
        ("Lưu Văn phòng Đảng ủy", "", False, None),
    ]
    assert plan.signer == office.ward.signers.get()
    assert list(AuditEvent.objects.filter(verb="plan.draft").values_list("actor_label", flat=True)) == ["Đồng chí Văn phòng"]


def test_every_mention_comes_from_the_directive(office):
    plan = draft(office)
    citation = f"Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy {SUBJECT_05}"
    assert plan.subject == f"tuyên truyền, quán triệt và tổ chức học tập {citation}"
    assert f"{citation} (sau đây viết tắt là Chỉ thị số 05-CT/TU)" in plan.opening
    content = plan_content(plan)
    texts = [*(s.body for s in content.sections), *(d.text for d in content.duties), content.closing]
    assert [text for text in texts if "{" in text] == []


@pytest.mark.parametrize("kind", ["study", "implementation", "review"])
def test_every_kind_is_drafted_with_working_deadlines_in_order(office, kind):
    plan = draft(office, kind=kind, phrases=None, superior_due_on=dt.date(2026, 6, 19))
    compiled = plan.duties.get(lead=office.party_building, product="document").last_day
    asked = plan.duties.filter(lead_group="all_units").order_by("position").values_list("last_day", flat=True)
    assert [*asked, compiled] == sorted([*asked, compiled])
    assert max(asked) < compiled <= dt.date(2026, 6, 19)
    assert plan.duties.filter(last_day__lt=START.date()).count() == 0
    assert plan.scored is (kind == "study")


def days(*texts):
    return [dt.date.fromisoformat(f"2026-{text}") for text in texts]


@pytest.mark.parametrize(
    ("superior_due", "expected"),
    [
        (None, days("05-20", "05-27", "06-01", "06-03")),
        (dt.date(2026, 6, 4), days("05-20", "05-27", "06-01", "06-03")),
        (dt.date(2026, 5, 31), days("05-18", "05-21", "05-26", "05-28")),
        (dt.date(2026, 5, 20), days("05-14", "05-15", "05-18", "05-19")),
        (dt.date(2026, 5, 17), days("05-14", "05-14", "05-14", "05-15")),
        (dt.date(2026, 5, 13), days(*["05-13"] * 4)),
        (dt.date(2026, 5, 1), days(*["05-13"] * 4)),
    ],
)
def test_feasible_days_leave_each_step_time_of_its_own(superior_due, expected):
    gaps = list(STEPS["study"].values())
    assert feasible_days(gaps, today=START.date(), superior_due=superior_due, calendar=NO_DAYS_OFF) == expected


@pytest.mark.proves("D-06")
@given(
    today=st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)),
    room=st.one_of(st.none(), st.integers(-10, 120)),
    kind=st.sampled_from(list(STEPS)),
    off=st.sets(st.integers(-5, 130), max_size=30),
)
def test_every_chain_is_in_order_on_working_days_and_before_the_superiors_own(today, room, kind, off):
    calendar = WorkCalendar({today + dt.timedelta(days=one): DayKind.OFF.value for one in off})
    due = None if room is None else today + dt.timedelta(days=room)
    chain = feasible_days(list(STEPS[kind].values()), today=today, superior_due=due, calendar=calendar)
    assert chain == sorted(chain)
    assert [day for day in chain if not calendar.is_working_day(day)] == []
    assert min(chain) > today or room is None or calendar.previous_working_day(due) <= today
    if due is not None and calendar.previous_working_day(due) > today:
        assert max(chain) <= due
        workable = sum(calendar.is_working_day(today + dt.timedelta(days=one)) for one in range(1, room + 1))
        assert workable <= len(chain) or (len(set(chain)) == len(chain) and max(chain) < due)


def test_what_was_decided_is_told_with_its_reason(office):
    plan = draft(office, phrases=None, superior_due_on=dt.date(2026, 5, 31))
    notes = list(plan.draft_notes.values_list("kind", "place", "text"))
    assert notes[:3] == [
        (
            "deadline",
            "Hạn báo cáo cấp trên",
            "Hạn cấp trên giao Chủ nhật, 31/5/2026 là ngày nghỉ; các hạn của phường được tính lùi từ thứ Sáu, 29/5/2026.",
        ),
        ("deadline", "Thời hạn", "Các bước xong trước hạn cấp trên giao (Chủ nhật, 31/5/2026), mỗi bước có ngày làm việc riêng."),
        ("recipient", "Thường trực Tỉnh ủy", "cấp trên trực tiếp, theo dõi việc thực hiện."),
    ]
    council = ("recipient", "Thường trực Hội đồng nhân dân phường", "dự hội nghị cấp phường nên được đề nghị vào Nơi nhận.")
    assert council in notes


def test_a_body_that_is_neither_invited_nor_tasked_is_left_out_with_a_reason(office):
    plan = draft(office, kind="review", phrases=None)
    council = "Thường trực Hội đồng nhân dân phường"
    assert not plan.recipients.filter(name=council).exists()
    assert plan.draft_notes.get(place=council).text.startswith("không ghi:")
    assert plan.recipients.filter(name__startswith="Ủy ban Mặt trận Tổ quốc").exists()


def test_a_review_plan_brings_its_outline_forms_and_staged_deadlines(office):
    plan = draft(office, kind="review", phrases=None, superior_due_on=dt.date(2026, 6, 30))
    staged = list(plan.duties.order_by("last_day", "position").values_list("product", "deadline_phrase"))
    assert staged == [
        ("document", "trước ngày 18/6/2026"),
        ("document", "trước ngày 18/6/2026"),
        ("report", "trước ngày 18/6/2026"),
        ("document", "Hoàn thành trước ngày 25/6/2026"),
        ("document", "Hoàn thành trước ngày 30/6/2026"),
    ]
    annex = plan_content(plan).annexes[0]
    assert (annex.title, annex.subject) == ("Đề cương", "báo cáo sơ kết việc thực hiện Chỉ thị số 05-CT/TU")
    assert [one.title for one in annex.headings if one.level == 1] == [
        "Công tác lãnh đạo, chỉ đạo",
        "Kết quả thực hiện",
        "Đánh giá chung",
        "Nhiệm vụ, giải pháp thời gian tới",
    ]
    assert [[column.title for column in form.columns] for form in annex.forms] == [
        ["STT", "Số, ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu"],
        ["STT", "Tên mô hình", "Tập thể, cá nhân chủ trì", "Nội dung", "Kết quả"],
    ]


def test_a_plan_studied_together_with_another_takes_its_deadlines_and_says_so(office):
    first = draft(office)
    second = register_directive(
        by=office.clerk, **directive_facts(kind="NQ", number="91", sign="NQ/TU", subject="về hạ tầng", dated_on=dt.date(2026, 5, 12))
    )
    phrases = suggest_phrases([second], today=START.date(), joint=first)
    assert (phrases.study, phrases.report, phrases.conference) == (PHRASES.study, PHRASES.report, PHRASES.conference)
    plan = draft_plan(
        ward=office.ward, directives=[second], kind="study", by=office.clerk, now=START, phrases=phrases, joint=first
    )
    body = plan.sections.get(slot="requirements").body
    assert f"- Kết hợp học tập cùng Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy {SUBJECT_05} trong" in body
    assert "{hoc_chung}" not in "".join(plan.sections.values_list("body", flat=True))


def test_a_directive_for_key_officials_asks_nothing_of_the_units(office):
    plan = draft(office, scope="key")
    assert list(plan.duties.filter(lead_group="all_units")) == []
    assert list(plan.conference_texts.values_list("level", flat=True)) == ["ward"]
    assert list(plan.recipients.filter(all_units=True)) == []


def test_a_phrase_that_cannot_be_read_is_refused(office):
    with pytest.raises(ValidationError) as caught:
        draft(office, phrases=DraftPhrases(study="hôm nào tiện thì làm"))
    assert caught.value.code == "unreadable"


def test_the_wards_own_words_are_used(office):
    load_shipped_snippets()
    shipped = Snippet.objects.get(ward=None, plan_kind="study", slot="closing")
    rewrite_snippet(ward=office.ward, snippet=shipped, text="Đề nghị thực hiện {ten_goi} và {la_lung}.", by=office.clerk)
    assert draft(office).closing == "Đề nghị thực hiện Chỉ thị số 05-CT/TU và {la_lung}."


def test_a_second_directive_joins_a_draft(office):
    plan = draft(office)
    second = register_directive(
        by=office.clerk, **directive_facts(kind="NQ", number="91", sign="NQ/TU", subject="về hạ tầng", dated_on=dt.date(2026, 5, 12))
    )
    plan = add_directive(plan=plan, directive=second, by=office.clerk, now=START)
    assert [link.directive.number for link in plan.directive_links.all()] == ["05", "91"]
    assert plan.subject.endswith("Tuyên Quang; Nghị quyết số 91-NQ/TU, ngày 12/5/2026 của Ban Thường vụ Tỉnh ủy về hạ tầng")
    assert "(sau đây viết tắt là Nghị quyết số 91-NQ/TU)" in plan.opening
    assert "Chỉ thị số 05-CT/TU và Nghị quyết số 91-NQ/TU" in plan.closing
    with pytest.raises(ValidationError) as caught:
        add_directive(plan=plan, directive=second, by=office.clerk, now=START)
    assert caught.value.code == "already"
