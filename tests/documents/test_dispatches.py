"""The office's side of a send list: marks in bulk, the sheet to sign, the signed scan, who has not opened."""

import datetime as dt
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from documents.choices import DispatchChannel, PaperKind
from documents.models import DeliveryReceipt, Dispatch, StoredFile
from documents.services.dispatches import (
    add_lines,
    attach_receipt,
    receive_lines,
    record_opening,
    send_lines,
    state_made_known,
)
from documents.services.issued import DispatchLine
from tests import factories
from tests.documents.pdfs import plain_pdf
from units.models import AuditEvent

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def paper(cast):
    """A plan's paper sent to two cells, the people's committee and an addressee outside."""
    made = factories.make_paper(cast.ward, by=cast.clerk)
    for place, unit in enumerate((cast.own_unit, cast.other_unit, cast.body), start=1):
        factories.make_dispatch(made, unit, position=place)
    factories.make_dispatch(made, None, addressee="Thường trực Tỉnh ủy", note="báo cáo", position=4, copies=2)
    return made


def address(paper, name="paper-dispatches"):
    return reverse(f"documents:{name}", args=[paper.pk])


def test_all_or_the_ticked_lines_are_marked(cast, sign_in, paper):
    client = sign_in(cast.clerk)
    first, second, *_ = paper.dispatches.order_by("position")
    client.post(address(paper), {"act": "sent_lines", "lines": [first.pk], "channel": "network"})
    client.post(address(paper), {"act": "sent", "channel": "paper"})
    client.post(address(paper), {"act": "received_lines", "lines": [second.pk]})
    assert list(paper.dispatches.order_by("position").values_list("channel", "sent_by", "received_by")) == [
        (DispatchChannel.NETWORK, cast.clerk.pk, None),
        (DispatchChannel.PAPER, cast.clerk.pk, cast.clerk.pk),
        (DispatchChannel.PAPER, cast.clerk.pk, None),
        (DispatchChannel.PAPER, cast.clerk.pk, None),
    ]
    page = client.get(address(paper)).content.decode()
    assert "Hệ thống điều hành tác nghiệp, " in page
    assert AuditEvent.objects.filter(verb="paper.sent").count() == 2


def test_a_unit_that_has_it_both_ways_counts_once_under_each_and_once_in_all(cast, sign_in, paper):
    own, other, body, _outside = paper.dispatches.order_by("position")
    act = {"paper": paper, "by": cast.clerk, "at": factories.NOW}
    send_lines(lines=Dispatch.objects.filter(pk__in=[own.pk, other.pk]), channel="network", **act)
    send_lines(lines=Dispatch.objects.filter(pk=body.pk), channel="paper", **act)
    page = sign_in(cast.clerk).get(address(paper))
    assert (page.context["counts"].channels, page.context["counts"].twice) == (
        [("Bản giấy", 1), ("Hệ thống điều hành tác nghiệp", 2)], False,
    )  # fmt: skip
    record_opening(lines=Dispatch.objects.filter(pk__in=[own.pk, body.pk, _outside.pk]), by=cast.secretary, at=factories.NOW)
    signed = {"upload": SimpleUploadedFile("ky-nhan.pdf", plain_pdf()), "declared_not_secret": True, "received_on": factories.TODAY}
    attach_receipt(lines=Dispatch.objects.filter(pk__in=[other.pk, body.pk]), **act, **signed)
    page = sign_in(cast.clerk).get(address(paper))
    counts = page.context["counts"]
    want = [("Bản giấy", 2), ("Hệ thống điều hành tác nghiệp", 2), ("Trong chương trình", 2)]
    assert (counts.lines, counts.sent, counts.channels, counts.twice) == (4, 3, want, True)
    assert "trong tổng số chỉ tính một lần" in page.text


def test_no_tick_marks_nothing_and_says_so(cast, sign_in, paper):
    page = sign_in(cast.clerk).post(address(paper), {"act": "received_lines"}, follow=True).content.decode()
    assert "đánh dấu ít nhất một nơi nhận" in page
    assert not paper.dispatches.filter(received_at__isnull=False).exists()


def test_a_line_of_another_paper_is_not_marked(cast, sign_in, paper):
    other = factories.make_dispatch(factories.make_paper(cast.ward), cast.own_unit)
    sign_in(cast.clerk).post(address(paper), {"act": "sent_lines", "lines": [other.pk]})
    assert send_lines(paper=paper, lines=Dispatch.objects.all(), channel="paper", by=cast.clerk, at=factories.NOW) == 4
    other.refresh_from_db()
    assert other.sent_at is None


def test_three_hundred_lines_are_marked_and_shown_in_as_many_queries_as_four(
    cast, sign_in, paper, django_assert_max_num_queries
):
    client = sign_in(cast.clerk)
    client.get(address(paper))
    with django_assert_max_num_queries(25) as few:
        client.get(address(paper))
    with django_assert_max_num_queries(30) as marked:
        receive_lines(paper=paper, lines=paper.dispatches.all(), by=cast.clerk, at=factories.NOW)
    Dispatch.objects.bulk_create(
        Dispatch(paper=paper, unit=cast.own_unit, addressee=f"Chi bộ {number}", position=number)
        for number in range(300)
    )
    with django_assert_max_num_queries(len(few)):
        assert client.get(address(paper)).content.decode().count('scope="row"') == 304
    with django_assert_max_num_queries(len(marked)):
        assert receive_lines(paper=paper, lines=paper.dispatches.all(), by=cast.clerk, at=factories.NOW) == 300


def test_the_office_sees_who_has_not_opened_or_stated(cast, sign_in, paper):
    own, other, body, _outside = paper.dispatches.order_by("position")
    record_opening(lines=Dispatch.objects.filter(pk__in=[own.pk, body.pk]), by=cast.secretary, at=factories.NOW)
    state_made_known(line=own, by=cast.secretary, at=factories.NOW)
    client = sign_in(cast.drafter)
    shown = client.get(address(paper)).context
    counts = shown["counts"]
    assert (counts.lines, counts.copies, counts.units, counts.opened, counts.stated, counts.sent, counts.received) == (
        4, 5, 3, 2, 1, 0, 2,
    )  # fmt: skip
    want = {"chua-mo": [other], "chua-quan-triet": [other, body], "chua-nhan": [other, _outside]}
    for name, rows in want.items():
        assert client.get(address(paper), {"loc": name}).context["rows"] == rows
    assert 'name="lines"' not in client.get(address(paper)).content.decode()  # a drafter marks nothing


def test_a_unit_without_people_is_to_get_paper(cast, sign_in, paper):
    silent = factories.make_unit(cast.ward)
    factories.make_dispatch(paper, silent, position=5)
    page = sign_in(cast.clerk).get(address(paper))
    assert page.context["readers"] == {cast.own_unit.pk, cast.other_unit.pk, cast.body.pk}
    assert page.content.decode().count("chưa có người dùng, cần gửi bản giấy") == 1


def test_the_sheet_to_sign_holds_who_still_waits_for_paper(cast, sign_in, paper):
    first = paper.dispatches.order_by("position").first()
    Dispatch.objects.filter(unit=cast.body).update(copies=0)
    receive_lines(paper=paper, lines=Dispatch.objects.filter(pk=first.pk), by=cast.clerk, at=factories.NOW)
    client = sign_in(cast.clerk)
    assert [row.addressee for row in client.get(address(paper, "dispatch-sheet")).context["rows"]] == [
        cast.other_unit.name, "Thường trực Tỉnh ủy",
    ]  # fmt: skip
    assert len(client.get(address(paper, "dispatch-sheet"), {"tat-ca": "1"}).context["rows"]) == 3


def test_the_signed_list_is_kept_and_marks_those_who_signed(cast, sign_in, paper):
    first, second, *_ = paper.dispatches.order_by("position")
    client = sign_in(cast.clerk)
    assert len(client.get(address(paper, "receipt-new")).context["form"].initial["lines"]) == 4
    posted = {
        "upload": SimpleUploadedFile("ky-nhan.pdf", plain_pdf()), "received_on": "03/6/2026",
        "lines": [first.pk, second.pk], "declared_not_secret": "on",
    }  # fmt: skip
    assert client.post(address(paper, "receipt-new"), posted).status_code == 302
    receipt = DeliveryReceipt.objects.get()
    assert set(receipt.lines.all()) == {first, second}
    first.refresh_from_db()
    assert (first.received_by, first.sent_by, first.received_at) == (cast.clerk, cast.clerk, factories.NOW)
    page = client.get(address(paper)).content.decode()
    assert "2 nơi ký" in page
    assert reverse("documents:file-download", args=[receipt.scan_id]) in page
    # the signatures of others are nobody's business at a unit
    assert sign_in(cast.secretary).get(reverse("documents:file-download", args=[receipt.scan_id])).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"received_on": "04/6/2026"}, "received_on", "không thể sau hôm nay"),
        ({"received_on": "01/6/2026"}, "received_on", "không thể trước ngày văn bản"),
        ({"declared_not_secret": ""}, "declared_not_secret", "xác nhận"),
        ({"lines": []}, "lines", "những nơi đã ký nhận"),
        ({"upload": SimpleUploadedFile("a.pdf", b"khong phai pdf")}, "upload", ""),
    ],
)
def test_a_wrong_receipt_keeps_nothing(cast, sign_in, paper, changes, field, words):
    posted = {
        "upload": SimpleUploadedFile("ky-nhan.pdf", plain_pdf()), "received_on": "03/6/2026",
        "lines": [paper.dispatches.first().pk], "declared_not_secret": "on",
    }  # fmt: skip
    files = StoredFile.objects.count()
    answer = sign_in(cast.clerk).post(address(paper, "receipt-new"), posted | changes)
    assert words in answer.context["form"].errors[field][0]
    assert (DeliveryReceipt.objects.count(), StoredFile.objects.count()) == (0, files)
    assert not paper.dispatches.filter(received_at__isnull=False).exists()


def test_a_receipt_leaves_what_was_marked_before(cast, paper):
    first = paper.dispatches.order_by("position").first()
    before = factories.NOW - dt.timedelta(hours=1)
    receive_lines(paper=paper, lines=Dispatch.objects.filter(pk=first.pk), by=cast.compiler, at=before)
    facts = {
        "paper": paper,
        "received_on": factories.TODAY,
        "declared_not_secret": True,
        "by": cast.clerk,
        "at": factories.NOW,
    }
    upload = SimpleUploadedFile("a.pdf", plain_pdf())
    receipt = attach_receipt(lines=paper.dispatches.all(), upload=upload, **facts)
    first.refresh_from_db()
    assert (first.received_at, first.received_by, first.receipt) == (before, cast.compiler, receipt)
    with pytest.raises(ValidationError) as refused:
        attach_receipt(lines=paper.dispatches.none(), upload=upload, **facts)
    assert set(refused.value.error_dict) == {"lines"}


def test_home_names_every_paper_that_waits_to_be_sent(cast, sign_in, paper):
    letter = factories.make_paper(cast.ward, kind=PaperKind.LETTER, number_text="31-CV/ĐU")
    factories.make_dispatch(letter, cast.own_unit)
    page = sign_in(cast.clerk).get("/").content.decode()
    assert "Công văn số 31-CV/ĐU: 1 nơi chưa đánh dấu đã gửi." in page
    send_lines(paper=letter, lines=letter.dispatches.all(), channel="paper", by=cast.clerk, at=factories.NOW)
    assert "31-CV/ĐU" not in sign_in(cast.clerk).get("/").content.decode()


def test_the_list_and_its_workbook_count_each_way_of_sending(cast, sign_in, paper):
    lines, clerk = list(paper.dispatches.order_by("pk")), sign_in(cast.clerk)
    address = reverse("documents:paper-dispatches", args=[paper.pk])
    assert "<p>Đã gửi: " not in clerk.get(address).text
    for channel, some in (("network", lines[:2]), ("paper", lines[2:3])):
        rows = Dispatch.objects.filter(pk__in=[one.pk for one in some])
        send_lines(paper=paper, lines=rows, channel=channel, by=cast.clerk, at=factories.NOW)
    assert "<p>Đã gửi: Bản giấy 1 nơi; Hệ thống điều hành tác nghiệp 2 nơi." in clerk.get(address).text
    answer = clerk.get(reverse("documents:dispatch-workbook", args=[paper.pk]))
    ways = load_workbook(io.BytesIO(answer.getvalue()))["Theo cách gửi"]
    assert list(ways.values)[1:] == [("Bản giấy", 1), ("Hệ thống điều hành tác nghiệp", 2)]


def test_the_page_of_a_plan_leads_to_the_list_of_its_paper(cast, sign_in):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    answer = sign_in(cast.leader).get(reverse("campaigns:plan-dispatches", args=[plan.pk]))
    assert answer.headers["Location"] == address(plan.paper)


def test_more_addressees_are_added_once(cast, sign_in, paper):
    new = factories.make_unit(cast.ward)
    client = sign_in(cast.clerk)
    offered = set(client.get(address(paper, "dispatch-new")).context["form"].fields["units"].queryset)
    assert (new in offered, cast.own_unit in offered, cast.foreign_unit in offered) == (True, False, False)
    posted = {"units": [new.pk], "others": "Hội Nông dân phường;\n- Thường trực Tỉnh ủy", "copies": "3"}
    assert client.post(address(paper, "dispatch-new"), posted).status_code == 302
    assert list(paper.dispatches.order_by("position").values_list("addressee", "unit", "copies", "position"))[4:] == [
        (new.name, new.pk, 3, 5), ("Hội Nông dân phường", None, 3, 6),
    ]  # fmt: skip
    refused = client.post(address(paper, "dispatch-new"), {"copies": "1"})
    assert "ít nhất một đơn vị" in refused.context["form"].non_field_errors()[0]
    foreign = client.post(address(paper, "dispatch-new"), {"units": [cast.foreign_unit.pk], "copies": "1"})
    assert (foreign.status_code, paper.dispatches.count()) == (200, 6)


def test_a_paper_taken_back_goes_to_nobody_else(cast, paper):
    paper.withdrawn_at, paper.withdrawn_by = factories.NOW, cast.clerk
    with pytest.raises(ValidationError) as refused:
        add_lines(paper=paper, lines=[DispatchLine("Hội Nông dân phường")], by=cast.clerk, at=factories.NOW)
    assert (refused.value.code, paper.dispatches.count()) == ("withdrawn", 4)


def test_a_wrong_mark_is_taken_back_a_signature_is_not(cast, sign_in, paper):
    first, second, *_ = paper.dispatches.order_by("position")
    receive_lines(paper=paper, lines=Dispatch.objects.filter(pk=first.pk), by=cast.clerk, at=factories.NOW)
    edit = reverse("documents:dispatch-edit", args=[first.pk])
    client = sign_in(cast.clerk)
    assert client.get(edit).status_code == 200
    client.post(edit, {"copies": "4", "unmark": "received"})
    first.refresh_from_db()
    assert (first.copies, first.received_at, first.received_by, first.sent_by) == (4, None, None, cast.clerk)
    client.post(edit, {"copies": "4", "unmark": "sent"})
    first.refresh_from_db()
    assert (first.sent_at, first.sent_by) == (None, None)
    attach_receipt(
        paper=paper, lines=Dispatch.objects.filter(pk=second.pk), upload=SimpleUploadedFile("a.pdf", plain_pdf()),
        received_on=factories.TODAY, declared_not_secret=True, by=cast.clerk, at=factories.NOW,
    )  # fmt: skip
    answer = client.post(reverse("documents:dispatch-edit", args=[second.pk]), {"copies": "1", "unmark": "sent"})
    second.refresh_from_db()
    assert "đã ký nhận trên bảng" in answer.context["form"].errors["unmark"][0]
    assert second.received_by == cast.clerk
