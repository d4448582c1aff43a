"""Every body's page of duties over all plans: state, note, product; a document ends as an issued paper or an upload."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.choices import Product
from campaigns.forms.reorganising import MergeForm
from campaigns.models import Assignment
from campaigns.selectors.assignments import progress_on
from campaigns.services.assignments import record_progress
from tests import factories

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def plan(cast):
    return factories.make_issued_plan(cast.ward, units=[cast.own_unit], bodies=[cast.body])


@pytest.fixture
def row(plan, cast):
    """The body is to draft the ward's plan."""
    duty = factories.make_duty(
        plan, lead=cast.body, product=Product.DOCUMENT, text="Tham mưu xây dựng Kế hoạch thực hiện."
    )
    return factories.make_assignment(duty, cast.body)


def test_the_office_sees_every_body_and_the_late_ones_first(plan, row, cast, sign_in, clock):
    idle = factories.make_unit(cast.ward, kind="body", name="Hội Nông dân phường", short_name="Hội Nông dân")
    office = sign_in(cast.compiler)
    page = office.get(reverse("campaigns:body-list")).content.decode()
    assert idle.short_name in page
    assert "chưa có đầu mối" in page
    assert page.index(cast.body.short_name) < page.index(idle.short_name)
    assert reverse("campaigns:body-list") in office.get(reverse("reports:matrix")).content.decode()
    clock.shift(dt.timedelta(days=3))
    office = sign_in(cast.compiler)
    page = office.get(reverse("campaigns:body-duties", args=[cast.body.pk])).content.decode()
    assert "Quá hạn: 2 việc" in page
    assert "chưa có văn bản" in page


def test_a_body_reads_its_own_page_with_note_product_and_where_it_helps(plan, row, cast, sign_in):
    helped = factories.make_duty(plan, lead=None, product=Product.NONE, text="Cổ động trực quan.")
    helped.helpers.add(cast.body)
    record_progress(
        assignment=row,
        state="waiting",
        note="Chờ ý kiến Thường trực.",
        product_words="Dự thảo lần 2",
        by=cast.contact,
        at=factories.NOW,
    )
    body = sign_in(cast.contact)
    url = reverse("campaigns:body-duties", args=[cast.body.pk])
    assert url in body.get(reverse("campaigns:assignment-list")).content.decode()
    page = body.get(url).content.decode()
    assert "Chờ ý kiến Thường trực." in page
    assert "Dự thảo lần 2" in page
    assert "Cổ động trực quan." in page
    assert cast.own_unit.short_name not in page


def test_a_document_is_not_done_without_the_document(row, cast, sign_in):
    with pytest.raises(ValidationError) as refused:
        record_progress(assignment=row, state="done", note="Xong.", by=cast.contact, at=factories.NOW)
    assert refused.value.code == "no_product"
    url = reverse("campaigns:assignment-progress", args=[row.pk])
    page = sign_in(cast.contact).post(url, {"state": "done", "note": "Đã ký chiều nay."}).content.decode()
    assert "ghi số, ngày của văn bản" in page
    assert "Đã ký chiều nay." in page
    row.refresh_from_db()
    assert row.state == "todo"


def test_a_document_becomes_an_issued_paper_of_the_ward(plan, row, cast, sign_in):
    paper = factories.make_paper(cast.ward, dated_on=dt.date(2026, 6, 3), subject="Thực hiện Nghị quyết 91")
    office = sign_in(cast.compiler)
    url = reverse("campaigns:assignment-progress", args=[row.pk])
    assert "Thực hiện Nghị quyết 91" in office.get(url).content.decode()
    office.post(url, {"state": "done", "note": "", "product_paper": paper.pk})
    row.refresh_from_db()
    assert (row.state, row.product_paper, row.settled_by) == ("done", paper, cast.compiler)
    page = office.get(reverse("campaigns:assignment-detail", args=[row.pk])).content.decode()
    assert reverse("documents:paper-detail", args=[paper.pk]) in page


def test_a_paper_of_another_ward_cannot_be_named(row, cast, sign_in):
    foreign = factories.make_paper(cast.foreign_ward, dated_on=dt.date(2026, 6, 3))
    factories.make_paper(cast.ward, dated_on=dt.date(2026, 6, 3))  # so that there is something to choose from
    answer = sign_in(cast.compiler).post(
        reverse("campaigns:assignment-progress", args=[row.pk]),
        {"state": "done", "note": "", "product_paper": foreign.pk},
    )
    assert answer.status_code == 200
    assert not Assignment.objects.filter(product_paper=foreign).exists()


def test_a_document_becomes_an_upload_or_a_number_kept_elsewhere(row, cast):
    upload = SimpleUploadedFile("ke-hoach.pdf", factories.PDF_BYTES, content_type="application/pdf")
    facts = {"upload": upload, "declared_not_secret": True, "product_words": "Kế hoạch số 30/KH-UBND, ngày 02/6/2026"}
    done = record_progress(
        assignment=row, state="done", note="Đã ban hành.", by=cast.contact, at=factories.NOW, **facts
    )
    assert (done.product_file.shown_name, done.product_words) == (
        "ke-hoach.pdf",
        "Kế hoạch số 30/KH-UBND, ngày 02/6/2026",
    )


def test_an_earlier_note_stays_readable(row, cast, sign_in):
    for note in ("Đang soạn.", "Đã trình Thường trực."):
        row = record_progress(assignment=row, state="doing", note=note, by=cast.contact, at=factories.NOW)
    assert [one.reason for one in progress_on(row)] == ["Đã trình Thường trực.", "Đang soạn."]
    page = sign_in(cast.contact).get(reverse("campaigns:assignment-detail", args=[row.pk])).content.decode()
    assert "Đang soạn." in page


def test_many_bodies_cost_as_many_queries_as_one(plan, cast, sign_in, django_assert_max_num_queries):
    office = sign_in(cast.compiler)
    url = reverse("campaigns:body-list")
    with django_assert_max_num_queries(40) as one:
        office.get(url)
    for _ in range(12):
        body = factories.make_unit(cast.ward, kind="body")
        factories.make_assignment(factories.make_duty(plan, lead=body, product=Product.ACTION), body)
    with django_assert_max_num_queries(len(one)):
        office.get(url)


def test_a_body_and_a_cell_are_never_offered_to_each_other_as_one(cast):
    other = factories.make_unit(cast.ward, kind="body", is_party_org=True)
    for_cell = MergeForm(unit=cast.own_unit, ward=cast.ward).fields["into"].queryset
    assert cast.other_unit in for_cell
    assert other not in for_cell
    assert list(MergeForm(unit=other, ward=cast.ward).fields["into"].queryset) == []
