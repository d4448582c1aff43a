"""The phiếu trình of a plan: one page, whatever the plan is called."""

import pytest
from django.urls import reverse

from campaigns.slip import plan_slip
from documents.inspection import inspect
from documents.writing import pdf
from tests.factories import TODAY, make_directive, make_issued_plan, make_plan

pytestmark = pytest.mark.pdf


@pytest.mark.parametrize("subject", ["tổ chức học tập", "tổ chức học tập, quán triệt, tuyên truyền nghị quyết " * 20])
def test_it_fits_one_page_and_the_checklist(cast, subject):
    directives = [make_directive() for _ in range(7)]
    plan = make_plan(cast.ward, by=cast.drafter, subject=subject.strip(), directives=directives)
    paper = plan_slip(plan, today=TODAY)
    rendered = pdf.render(paper)
    assert rendered.pages == 1
    assert {one.row: one.found for one in inspect(rendered.data) if one.holds is False} == {}


def test_it_is_printed_until_the_plan_goes_out(client, cast):
    client.force_login(cast.drafter)
    draft = make_plan(cast.ward, by=cast.drafter)
    answer = client.get(reverse("campaigns:plan-slip", args=[draft.pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    issued = make_issued_plan(cast.ward, units=[cast.own_unit], by=cast.drafter)
    assert client.get(reverse("campaigns:plan-slip", args=[issued.pk])).status_code == 404
