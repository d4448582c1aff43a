"""The ward's own score sheet: a new version is edited, put into use from a day, and never alters an old score."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from reports.forms.rubrics import bands_text, read_bands
from reports.models import Criterion, Rubric, Score, Submission
from reports.selectors.rubrics import problems_of, rubric_in_force, rubric_label
from reports.selectors.scoring import pinned_rubric
from reports.services import rubric_drafts as services
from reports.services.rubrics import load_default_rubric, pin_rubric
from reports.services.submissions import accept_submission, appraise_submission
from tests import factories
from tests.reports import steps
from units.models import AuditEvent

pytestmark = pytest.mark.django_db

LINE = {
    "code": "II.6",
    "text": "Mỗi tổ đảng có một việc đăng ký",
    "kind": "yes_no",
    "max_points": "5",
    "suggestion": "none",
    "bands": "",
    "unit_kinds": ["tdp"],
    "may_skip": "on",
    "position": "5",
}


def draft_of(cast, rubric=None):
    return services.copy_rubric(rubric=rubric or load_default_rubric(), ward=cast.ward, by=cast.admin, at=factories.NOW)


def shape(rubric):
    lines = Criterion.objects.filter(group__rubric=rubric)
    levels = [(one.name, one.from_percent, one.gates) for one in rubric.levels.all()]
    facts = [
        (one.group.code, one.code, one.text, one.max_points, one.suggestion, one.bands, one.needs_essay)
        for one in lines.select_related("group")
    ]
    return facts, levels


def test_copy_has_everything_and_is_a_draft(cast, clock):
    draft = draft_of(cast)
    assert shape(draft) == shape(load_default_rubric())
    assert (draft.ward, draft.version, draft.is_draft, draft.name) == (cast.ward, 1, True, "Bộ tiêu chí của phường")
    assert rubric_in_force(ward=cast.ward, on=factories.TODAY) == load_default_rubric()
    assert draft_of(cast, draft).version == 2


def test_activated_version_counts_from_its_day_and_is_never_edited(cast, clock):
    draft = draft_of(cast)
    first_day = factories.TODAY + dt.timedelta(days=10)
    services.activate_rubric(rubric=draft, effective_from=first_day, by=cast.admin, at=factories.NOW)
    assert rubric_in_force(ward=cast.ward, on=first_day - dt.timedelta(days=1)) == load_default_rubric()
    assert rubric_in_force(ward=cast.ward, on=first_day) == draft
    line = Criterion.objects.filter(group__rubric=draft).first()
    line.max_points = 1
    with pytest.raises(ValidationError) as refused:
        services.save_part(rubric=draft, part=line, by=cast.admin, at=factories.NOW)
    assert refused.value.code == "in_use"
    line.refresh_from_db()
    assert line.max_points == 8


def test_version_of_a_plan_is_not_taken_back(cast, clock):
    draft = draft_of(cast)
    services.activate_rubric(rubric=draft, effective_from=factories.SINCE, by=cast.admin, at=factories.NOW)
    assert services.withdraw_rubric(rubric=draft, by=cast.admin, at=factories.NOW).is_draft
    draft.refresh_from_db()
    services.activate_rubric(rubric=draft, effective_from=factories.SINCE, by=cast.admin, at=factories.NOW)
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    assert pin_rubric(plan=plan, by=cast.clerk).rubric == draft
    with pytest.raises(ValidationError) as refused:
        services.withdraw_rubric(rubric=draft, by=cast.admin, at=factories.NOW)
    assert refused.value.code == "pinned"


def scores_of(submission):
    fields = ("criterion__code", "suggested", "self_points", "appraised_points")
    submission.refresh_from_db()
    totals = (submission.self_total, submission.self_level, submission.appraised_total, submission.appraised_level)
    return totals, list(submission.scores.order_by("pk").values_list(*fields))


def test_a_new_sheet_never_alters_an_old_score(cast, clock, sign_in):
    steps.asked(cast)
    steps.report(sign_in(cast.secretary), cast.own_unit)
    submission = Submission.objects.get()
    accept_submission(submission=submission, by=cast.compiler, at=factories.NOW)
    own = {score.pk: (score.self_points, "") for score in submission.scores.all()}
    appraise_submission(submission=submission, points=own, by=cast.compiler, at=factories.NOW)
    before = scores_of(submission)
    assert before[0][0] is not None
    draft = draft_of(cast)
    for line in Criterion.objects.filter(group__rubric=draft):
        line.max_points = Decimal(1)
        services.save_part(rubric=draft, part=line, by=cast.admin, at=factories.NOW)
    level = draft.levels.first()
    level.name = "Xuất sắc"
    services.save_part(rubric=draft, part=level, by=cast.admin, at=factories.NOW)
    services.activate_rubric(rubric=draft, effective_from=factories.SINCE, by=cast.admin, at=factories.NOW)
    appraise_submission(submission=submission, points=own, by=cast.compiler, at=factories.NOW)
    assert pinned_rubric(submission.plan) == load_default_rubric()
    assert scores_of(submission) == before


def test_regulation_is_named_only_after_its_text_was_loaded_and_compared(cast, clock):
    draft = draft_of(cast)
    with pytest.raises(ValidationError) as refused:
        services.confirm_official(rubric=draft, by=cast.admin, at=factories.NOW)
    assert refused.value.code == "no_text"
    basis = {"name": "Bộ tiêu chí tỉnh", "basis": "Quy định số 22-QĐ/TU", "basis_text": "I. Chuẩn bị: 30 điểm"}
    services.edit_rubric(rubric=draft, by=cast.admin, at=factories.NOW, **basis)
    assert "22-QĐ/TU" not in rubric_label(draft)
    draft = services.confirm_official(rubric=draft, by=cast.admin, at=factories.NOW)
    assert rubric_label(draft) == "theo Quy định số 22-QĐ/TU"
    services.save_part(rubric=draft, part=draft.groups.first(), by=cast.admin, at=factories.NOW)
    draft.refresh_from_db()
    assert "22-QĐ/TU" not in rubric_label(draft)


def test_incomplete_sheet_is_not_put_into_use(cast, clock):
    draft = draft_of(cast)
    draft.groups.exclude(code="I").delete()
    draft.groups.get().criteria.all().delete()
    draft.levels.filter(name="Yếu").delete()
    first = draft.levels.first()
    first.gates = [{"source": "full_marks", "codes": ["II.1"]}]
    first.save()
    found = [
        "Nhóm I chưa có tiêu chí nào.",
        "Mức xếp loại cuối cùng phải từ 0 %, để đơn vị nào cũng được xếp loại.",
        "Điều kiện xếp loại nhắc mục II.1 không còn trong bộ tiêu chí.",
    ]
    assert problems_of(draft) == found
    with pytest.raises(ValidationError) as refused:
        services.activate_rubric(rubric=draft, effective_from=factories.SINCE, by=cast.admin, at=factories.NOW)
    assert refused.value.message == " ".join(found)


def test_admin_edits_and_puts_into_use_in_the_browser(cast, clock, sign_in):
    admin = sign_in(cast.admin)
    admin.post(reverse("reports:rubric-copy", args=[load_default_rubric().pk]))
    draft = Rubric.objects.get(ward=cast.ward)
    group = draft.groups.get(code="II")
    new = reverse("reports:rubric-part-new", args=[draft.pk, "tieu-chi"])
    answer = admin.post(new, LINE | {"group": group.pk})
    assert answer.status_code == 302, answer.context["form"].errors
    line = Criterion.objects.get(group=group, code="II.6")
    assert (line.kind, line.max_points, line.unit_kinds, line.may_skip) == ("yes_no", 5, ["tdp"], True)
    twin = admin.post(new, LINE | {"group": group.pk, "text": "Trùng mã"})
    assert "Mã II.6 đã có" in twin.content.decode()
    assert "Trùng mã" in twin.content.decode()
    level = draft.levels.first()
    admin.post(
        reverse("reports:rubric-part-edit", args=[draft.pk, "muc", level.pk]),
        {"name": "Xuất sắc", "from_percent": "92,5", "attendance": "", "full_marks": "II.6, III.4", "position": "0"},
    )
    level.refresh_from_db()
    assert (level.name, level.from_percent) == ("Xuất sắc", Decimal("92.5"))
    assert level.gates == [{"source": "full_marks", "codes": ["II.6", "III.4"]}]
    admin.post(reverse("reports:rubric-part-delete", args=[draft.pk, "nhom", draft.groups.get(code="I").pk]))
    admin.post(reverse("reports:rubric-activate", args=[draft.pk]), {"effective_from": "01/07/2026"})
    draft.refresh_from_db()
    assert (draft.effective_from, draft.activated_by) == (dt.date(2026, 7, 1), cast.admin)
    assert AuditEvent.objects.filter(verb="rubric.activate").count() == 1
    assert admin.get(reverse("reports:rubric-edit", args=[draft.pk])).status_code == 404


def test_name_of_a_sheet_cites_nothing(cast, clock, sign_in):
    draft = draft_of(cast)
    data = {"name": "Bộ tiêu chí theo Quy định số 22-QĐ/TU", "basis": "", "basis_text": ""}
    page = sign_in(cast.admin).post(reverse("reports:rubric-edit", args=[draft.pk]), data)
    assert "tên bộ tiêu chí không nhắc văn bản" in page.content.decode()
    draft.refresh_from_db()
    assert draft.name == "Bộ tiêu chí của phường"


@pytest.mark.parametrize(
    ("text", "source", "bands"),
    [
        (
            "90 = 10\n95% = 12\n> 0 = 2,5",
            "attendance_rate",
            [{"at_least": 95, "points": 12}, {"at_least": 90, "points": 10}, {"above": 0, "points": 2.5}],
        ),
        ("5 = 3\n0 = 6", "in_window", [{"at_most": 0, "points": 6}, {"at_most": 5, "points": 3}]),
        (
            "Rõ việc = 8\nChung chung = 2",
            "none",
            [{"label": "Rõ việc", "points": 8}, {"label": "Chung chung", "points": 2}],
        ),
    ],
)
def test_bands_are_read_and_shown_again(text, source, bands):
    assert read_bands(text, source=source, most=Decimal(12)) == bands
    assert read_bands(bands_text(bands), source=source, most=Decimal(12)) == bands


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("95 = 13", "attendance_rate"),
        ("nhiều = 5", "attendance_rate"),
        ("8", "none"),
        ("Đủ = 1,3", "none"),
        ("1 = 1", "head_speaks"),
        ("NaN = 1", "on_time"),
        ("Đủ = Infinity", "none"),
    ],
)
def test_bands_that_make_no_sense_are_refused(text, source):
    with pytest.raises(ValidationError):
        read_bands(text, source=source, most=Decimal(12))


def own_sheet(cast, **line):
    """A sheet of two lines in use: one for everybody (10), one as given (5)."""
    rubric = factories.make_rubric(cast.ward)
    group = rubric.groups.get()
    values = {"position": 2, "code": "2", "text": "Mục riêng", "max_points": 5} | line
    return rubric, Criterion.objects.create(group=group, **values)


def send_by(cast, sign_in, rubric, **data):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    factories.pin_rubric(plan, rubric)
    client = sign_in(cast.secretary)
    filing = steps.start(client, cast.own_unit)
    steps.fill(client, filing)
    return steps.post(client, filing, "tu-cham", **data), client, filing


def test_line_for_other_units_is_not_asked_and_gives_its_points_back(cast, clock, sign_in):
    rubric, line = own_sheet(cast, unit_kinds=["th"])
    first = Criterion.objects.get(group__rubric=rubric, code="1")
    send_by(cast, sign_in, rubric, **{f"points_{first.pk}": "8"})
    submission = Submission.objects.get(state="submitted")
    assert submission.self_total == Decimal("12.0")
    assert Score.objects.get(criterion=line).self_points is None


def test_line_left_out_with_a_reason_gives_its_points_back(cast, clock, sign_in):
    rubric, line = own_sheet(cast, may_skip=True)
    first = Criterion.objects.get(group__rubric=rubric, code="1")
    answer, client, filing = send_by(cast, sign_in, rubric, **{f"points_{first.pk}": "8", f"points_{line.pk}": ""})
    assert not Submission.objects.filter(state="submitted").exists()
    page = client.get(answer["Location"]).content.decode()
    assert "hoặc ghi lý do nếu không áp dụng." in page
    data = {f"points_{first.pk}": "8", f"points_{line.pk}": "", f"note_{line.pk}": "Chi bộ không có tổ đảng"}
    steps.post(client, filing, "tu-cham", **data)
    submission = Submission.objects.get(state="submitted")
    assert submission.self_total == Decimal("12.0")
    accept_submission(submission=submission, by=cast.compiler, at=factories.NOW)
    agreed = {score.pk: (score.self_points, "") for score in submission.scores.all()}
    assert appraise_submission(
        submission=submission, points=agreed, by=cast.compiler, at=factories.NOW
    ).appraised_total == Decimal("12.0")
    theirs = agreed | {Score.objects.get(criterion=line).pk: (Decimal(1), "Có một tổ đảng")}
    assert appraise_submission(
        submission=submission, points=theirs, by=cast.compiler, at=factories.NOW
    ).appraised_total == Decimal("9.0")


def test_yes_no_line_takes_nothing_between(cast, clock, sign_in):
    rubric, line = own_sheet(cast, kind="yes_no", suggestion="propaganda")
    first = Criterion.objects.get(group__rubric=rubric, code="1")
    answer, client, filing = send_by(cast, sign_in, rubric, **{f"points_{first.pk}": "10", f"points_{line.pk}": "2,5"})
    assert "chỉ có đạt hoặc không đạt" in client.get(answer["Location"]).content.decode()
    # one kind of propaganda is half of three: not yet "đạt"
    steps.post(client, filing, "tu-cham", **{f"points_{first.pk}": "10", f"points_{line.pk}": "0"})
    assert Score.objects.get(criterion=line).suggested == 0
    assert Submission.objects.get(state="submitted").self_total == Decimal("10.0")


def test_score_page_explains_the_sum(cast, clock, sign_in):
    steps.asked(cast)
    client = sign_in(cast.secretary)
    filing = steps.start(client, cast.own_unit)
    steps.fill(client, filing)
    page = client.get(reverse("reports:session-step", args=[filing.pk, "tu-cham"])).content.decode()
    assert "/92 điểm, còn 2 mục chưa chấm." in page
    assert "Mục II.5 (8 điểm) không tính: kế hoạch không yêu cầu thu hoạch." in page
    assert "Tốt từ 90 %; Khá từ 70 %" in page
