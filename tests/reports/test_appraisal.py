"""The appraiser's way down the list: order, keys, many at once, a sample, hints that never cost a point."""

from decimal import Decimal

import pytest
from django.urls import reverse

from campaigns.models import Notification
from reports.hints import Reported, hints_for
from reports.models import Submission
from reports.selectors.appraisal import Place, differences, place_of, rows_of
from reports.services.rubrics import load_default_rubric
from tests import factories
from units.models import AuditEvent

WORDS = "Đảng viên thảo luận sôi nổi, liên hệ việc của tổ."


@pytest.mark.once
def test_same_words_of_two_units_are_a_hint_for_both():
    reports = [
        Reported(1, 1, "Chi bộ 1", {"Ưu điểm": WORDS, "Hạn chế": "Không có"}),
        Reported(
            2, 2, "Chi bộ 2", {"Ưu điểm": "ĐẢNG VIÊN thảo luận  sôi nổi, liên hệ việc của tổ.", "Hạn chế": "Không có"}
        ),
        Reported(3, 3, "Chi bộ 3", {"Hạn chế": WORDS}),
    ]
    assert hints_for(reports) == {
        1: ["“Ưu điểm” trùng lời với Chi bộ 2."],
        2: ["“Ưu điểm” trùng lời với Chi bộ 1."],
    }


@pytest.mark.once
def test_many_units_with_the_same_words_are_counted():
    reports = [Reported(pk, pk, f"Chi bộ {pk}", {"Ưu điểm": WORDS}) for pk in range(1, 7)]
    assert hints_for(reports)[1] == ["“Ưu điểm” trùng lời với Chi bộ 2, Chi bộ 3, Chi bộ 4 và 2 đơn vị khác."]


@pytest.mark.once
@pytest.mark.parametrize(
    ("fields", "hints"),
    [
        ({"points": Decimal(100), "scale": Decimal(100)}, ["Tự chấm điểm tối đa ở mọi mục."]),
        ({"points": Decimal("99.5"), "scale": Decimal(100)}, []),
        ({"points": None, "scale": Decimal(0)}, []),
        ({"present": 20, "required": 20, "earlier": ((18, 18), (19, 19))}, ["Dự học 100 % trong cả 3 lần báo cáo."]),
        ({"present": 20, "required": 20, "earlier": ((18, 18),)}, []),
        ({"present": 20, "required": 20, "earlier": ((18, 18), (17, 18))}, []),
        ({"present": None, "required": None, "earlier": ((18, 18), (19, 19), (19, 19))}, []),
    ],
)
def test_full_marks_and_everybody_every_time_are_hints(fields, hints):
    assert hints_for([Reported(1, 1, "Chi bộ 1", **fields)]).get(1, []) == hints


def scored(cast, count=3, **fields):
    """`count` reports taken in of one plan, each with the two lines of a small sheet scored 8/10 and 4/5."""
    plan = factories.make_issued_plan(
        cast.ward,
        units=[
            factories.make_unit(cast.ward, name=f"Chi bộ số {number}", short_name=f"Chi bộ số {number}")
            for number in range(1, count + 1)
        ],
    )
    rubric = load_default_rubric()
    factories.pin_rubric(plan, rubric)
    rows = []
    for assignment in plan.assignments.filter(product="report").order_by("unit__sort_key"):
        row = factories.make_submission(
            assignment.unit, plan, state="accepted", self_total=Decimal("80.0"), self_level="Khá", **fields
        )
        for line in rubric.groups.get(code="I").criteria.all():
            row.scores.create(criterion=line, suggested=line.max_points, self_points=line.max_points)
        rows.append(row)
    return plan, rows


def own_points(row, **changed):
    data = {f"points_{score.pk}": str(score.self_points) for score in row.scores.all()}
    return data | {f"note_{score.pk}": "" for score in row.scores.all()} | changed


@pytest.mark.django_db
def test_saving_goes_on_to_the_next_that_waits_until_none_does(cast, clock, sign_in):
    plan, rows = scored(cast)
    office = sign_in(cast.compiler)
    url = reverse("reports:score-edit", args=[rows[1].pk])
    page = office.get(url).content.decode()
    assert "Đơn vị thứ 2/3, còn 3 báo cáo chờ thẩm định." in page
    assert "Alt+S lưu và sang báo cáo tiếp; Alt+K đơn vị trước; Alt+J đơn vị sau" in page
    assert [f'accesskey="{key}"' in page for key in "skj"] == [True] * 3
    seen = [rows[1].pk]
    while True:
        row = Submission.objects.get(pk=seen[-1])
        answer = office.post(reverse("reports:score-edit", args=[row.pk]), own_points(row, then="next"))
        assert answer.status_code == 302
        if answer["Location"].startswith(reverse("reports:appraisal-list")):
            break
        seen.append(int(answer["Location"].split("/")[-3]))
    assert seen == [rows[1].pk, rows[2].pk, rows[0].pk]
    assert answer["Location"] == f"{reverse('reports:appraisal-list')}?ke_hoach={plan.pk}"
    assert set(Submission.objects.values_list("state", flat=True)) == {"appraised"}


@pytest.mark.django_db
def test_place_in_the_list(cast, clock):
    plan, rows = scored(cast)
    queue = Submission.objects.filter(plan=plan)
    assert place_of(rows[0], queue) == Place(1, 3, 3, None, rows[1].pk, rows[1].pk)
    assert place_of(rows[2], queue) == Place(3, 3, 3, rows[1].pk, None, rows[0].pk)
    assert place_of(rows[2], queue.filter(pk=rows[2].pk)) == Place(1, 1, 1, None, None, None)


@pytest.mark.django_db
def test_many_are_agreed_at_once_and_only_those_that_wait(cast, clock, sign_in):
    _, rows = scored(cast)
    Submission.objects.filter(pk=rows[2].pk).update(state="submitted")
    office = sign_in(cast.compiler)
    answer = office.post(reverse("reports:appraisal-agree"), {"chon": [row.pk for row in rows]}, follow=True)
    assert "Đã thẩm định 2 báo cáo, giữ nguyên điểm tự chấm." in answer.content.decode()
    assert list(Submission.objects.order_by("pk").values_list("state", flat=True)) == [
        "appraised",
        "appraised",
        "submitted",
    ]
    score = rows[0].scores.first()
    assert score.appraised_points == score.self_points


@pytest.mark.django_db
def test_a_report_without_a_sheet_has_nothing_to_appraise(cast, clock, sign_in):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    row = factories.make_submission(cast.own_unit, plan, state="accepted")
    office, detail = sign_in(cast.compiler), reverse("reports:submission-detail", args=[row.pk])
    url = reverse("reports:score-edit", args=[row.pk])
    assert url not in office.get(detail).content.decode()
    for answer in (office.get(url, follow=True), office.post(url, {"then": "next"}, follow=True)):
        assert answer.redirect_chain == [(detail, 302)]
        assert "không chấm điểm nên báo cáo không phải thẩm định" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "accepted"


@pytest.mark.django_db
def test_sample_is_drawn_and_kept_in_the_log_and_in_the_address(cast, clock, sign_in):
    plan, rows = scored(cast, 5)
    office = sign_in(cast.compiler)
    answer = office.post(reverse("reports:appraisal-sample", args=[plan.pk]), {"so": "2"})
    drawn = AuditEvent.objects.get(verb="plan.sample_scores").details["submissions"]
    assert len(drawn) == 2
    assert set(drawn) <= {row.pk for row in rows}
    assert answer["Location"].endswith(f"?ke_hoach={plan.pk}&mau={drawn[0]},{drawn[1]}")
    page = office.get(answer["Location"])
    assert [row.pk for row in page.context["rows"]] == drawn
    assert f"{reverse('reports:score-edit', args=[drawn[0]])}?mau={drawn[0]},{drawn[1]}" in page.content.decode()
    refused = office.post(reverse("reports:appraisal-sample", args=[plan.pk]), {"so": "nhiều"}, follow=True)
    assert "Đồng chí ghi số báo cáo cần lấy" in refused.content.decode()
    assert AuditEvent.objects.filter(verb="plan.sample_scores").count() == 1


@pytest.mark.django_db
def test_hints_are_shown_and_cost_nothing(cast, clock, sign_in):
    _, rows = scored(cast, 2, strengths=WORDS)
    office = sign_in(cast.compiler)
    page = office.get(reverse("reports:appraisal-list")).content.decode()
    assert page.count("trùng lời với") == 2
    page = office.get(reverse("reports:score-edit", args=[rows[0].pk])).content.decode()
    assert "Dấu hiệu cần xem, không trừ điểm" in page
    assert "“Ưu điểm” trùng lời với Chi bộ số 2." in page
    office.post(reverse("reports:score-edit", args=[rows[0].pk]), own_points(rows[0]))
    points = list(rows[0].scores.order_by("pk").values_list("self_points", "appraised_points"))
    assert [own for own, _ in points] == [office for _, office in points]


@pytest.mark.django_db
def test_list_costs_the_same_for_two_rows_and_five(cast, clock, django_assert_num_queries):
    for count in (2, 5):
        plan, _ = scored(cast, count)
        with django_assert_num_queries(5):
            assert len(rows_of(Submission.objects.filter(plan=plan))) == count


@pytest.mark.django_db
def test_difference_is_shown_and_sent_back(cast, clock, sign_in):
    _, rows = scored(cast, 1)
    row = rows[0]
    secretary = factories.make_user()
    factories.make_membership(secretary, row.unit, "secretary")
    score = row.scores.get(criterion__code="I.5")
    data = own_points(row) | {f"points_{score.pk}": "3", f"note_{score.pk}": "Biên bản thiếu danh sách."}
    sign_in(cast.compiler).post(reverse("reports:score-edit", args=[row.pk]), data)
    row.refresh_from_db()
    assert [(one.criterion.code, one.appraised_points) for one in differences([row])[row.pk]] == [("I.5", 3)]
    told = Notification.objects.get(person=secretary)
    assert "Mục I.5: đồng chí chấm 5, văn phòng chấm 3. Biên bản thiếu danh sách." in told.body
    page = sign_in(secretary).get(reverse("reports:session-list")).content.decode()
    assert "Mục I.5: đồng chí chấm 5, văn phòng chấm 3. Biên bản thiếu danh sách." in page
