"""Hồ sơ lưu trữ: one ZIP with its mục lục, made as long work, given to the clerk who asked."""

import datetime as dt
import hashlib
import io
import zipfile

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from campaigns.choices import PlanState
from campaigns.models import ChaseLetter, ConferenceLetter, DirectiveFile
from documents.choices import FilePurpose
from documents.models import PaperDraft
from documents.services.files import store_bytes
from reports.archive import LIST_NAME, Item, plain_name, write_archive
from reports.choices import SubmissionState
from reports.models import Evidence, Filing
from reports.services.archiving import FOLDERS, NAMED, archive_items
from tests import factories
from tests.renaming import rename
from tests.reports import review_plan
from tests.world import make_conference, make_invitee
from units.choices import JobState
from units.models import Job, Membership
from units.services.audit import record_event
from units.services.jobs import run_due_jobs


def opened(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    sheet = load_workbook(io.BytesIO(archive.read(LIST_NAME))).active
    return archive, [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def lost():
    raise FileNotFoundError


def test_the_list_names_every_line_with_its_file_or_its_place():
    items = [
        Item("01-a", "A", "Chỉ thị số 05-CT/TU", note="bản chính ở hệ thống điều hành tác nghiệp, số đến 12"),
        Item("02-b", "B", "Kế hoạch số 12-KH/ĐU", suffix=".pdf", read=lambda: b"%PDF"),
        Item("02-b", "B", "=cmd|x", suffix=".pdf", read=lost),
    ]
    counted = []
    made = write_archive(items, wrote=counted.append)
    archive, rows = opened(made.data)
    assert archive.namelist() == ["02-b/002-ke-hoach-so-12-kh-du.pdf", LIST_NAME]
    assert [(row[2], row[5], row[6]) for row in rows] == [
        ("Chỉ thị số 05-CT/TU", None, "bản chính ở hệ thống điều hành tác nghiệp, số đến 12"),
        ("Kế hoạch số 12-KH/ĐU", "02-b/002-ke-hoach-so-12-kh-du.pdf", None),
        ("=cmd|x", None, "tệp không còn trong kho, cần bổ sung"),
    ]
    assert rows[1][8] == hashlib.sha256(b"%PDF").hexdigest()
    assert (made.papers, counted) == (1, [1, 2, 3])


@pytest.mark.parametrize("hostile", ["../../etc/passwd", "C:\\x", "a/b\0c", "‮gnp.exe", "   "])
def test_a_name_inside_never_leaves_its_folder(hostile):
    archive, _rows = opened(write_archive([Item("05-x", "X", hostile, suffix=".pdf", read=lambda: b"1")]).data)
    name = archive.namelist()[0]
    assert name.startswith("05-x/001-")
    assert set(name[9:-4]) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert plain_name(hostile)


@pytest.fixture
def plan(cast, clock):
    """A plan over two directives (one with a file, one kept elsewhere), a letter that names it, one report of two units."""
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit])
    other = factories.make_directive(held_elsewhere=True, incoming_number="77")
    plan.directive_links.create(directive=other, position=9)
    first = plan.directive_links.order_by("position").first().directive
    file = store_bytes(
        data=b"%PDF-1.7 van ban", name="a.pdf", content_type="application/pdf", purpose=FilePurpose.PAPER, ward=cast.ward, by=cast.clerk
    )
    DirectiveFile.objects.create(directive=first, file=file, title="Toàn văn chỉ thị")
    foreign = factories.make_file(cast.foreign_ward)
    DirectiveFile.objects.create(directive=first, file=foreign, title="Bản của phường khác")
    factories.make_paper(cast.ward, subject=f"đôn đốc báo cáo theo Kế hoạch số {plan.paper.number_text}", dated_on=plan.paper.dated_on)
    factories.make_paper(cast.ward, subject="về việc khác", dated_on=plan.paper.dated_on)
    session = factories.make_session(cast.own_unit, directives=plan.directives.all(), present=9)
    factories.make_submission(cast.own_unit, plan, sessions=[session], state=SubmissionState.ACCEPTED)
    record_event(by=cast.clerk, verb="plan.issue", target=plan, ward=cast.ward)
    return plan


def test_the_list_gathers_what_the_campaign_left(plan, cast):
    items = archive_items(plan, now=factories.NOW)
    assert [item.group for item in items] == [
        "Văn bản cấp trên", "Văn bản cấp trên", "Kế hoạch", "Công văn, văn bản khác", "Danh sách", "Danh sách",
        "Báo cáo của đơn vị", "Báo cáo của đơn vị", "Nhật ký",
    ]  # fmt: skip
    titles = [item.title for item in items]
    assert titles[0] == "Toàn văn chỉ thị"
    assert "Bản của phường khác" not in titles
    assert items[1].read is None
    assert items[1].note == "bản chính ở hệ thống điều hành tác nghiệp, số đến 77"
    assert "chưa có bản ký quét" in items[2].note
    assert f"Báo cáo của {cast.own_unit.short_name}" in titles
    assert {item.folder for item in items} <= set(FOLDERS)


def test_what_was_given_before_a_unit_was_renamed_bears_its_old_name(plan, cast):
    old = cast.own_unit.short_name
    rename(cast.own_unit, "Chi bộ Tổ dân phố Hợp Nhất", "TDP Hợp Nhất", on=factories.TODAY + dt.timedelta(days=30))
    items = archive_items(plan, now=factories.NOW + dt.timedelta(days=40))
    assert f"Báo cáo của {old}" in [item.title for item in items]
    sessions = next(item for item in items if item.title == "Danh sách buổi học của các đơn vị")
    sheet = load_workbook(io.BytesIO(sessions.read())).active
    assert old in {cell.value for row in sheet.iter_rows() for cell in row}


def test_papers_of_the_plan_are_found_by_record_and_others_only_told(plan, cast):
    """A chasing letter, a product, a copy and what corrects them belong to the plan whatever their text says; a number that
    only ends alike is another plan's."""
    day = plan.paper.dated_on
    made = {name: factories.make_paper(cast.ward, subject=name, dated_on=day) for name in ("đôn đốc", "sản phẩm", "bản sao")}
    draft = {"ward": cast.ward, "kind": "CV", "created_at": factories.NOW, "created_by": cast.clerk}
    draft |= {"edited_at": factories.NOW, "edited_by": cast.clerk}
    letter = ChaseLetter.objects.create(
        ward=cast.ward, due_on=day, ordinal=1, counted_at=factories.NOW, draft=PaperDraft.objects.create(paper=made["đôn đốc"], **draft)
    )
    letter.plans.add(plan)
    PaperDraft.objects.create(paper=made["bản sao"], copy_of=plan.paper, **draft)
    plan.assignments.filter(pk=plan.assignments.first().pk).update(product_paper=made["sản phẩm"])
    mending = factories.make_paper(cast.ward, subject="đính chính công văn", dated_on=day, corrects=made["đôn đốc"])
    factories.make_paper(cast.ward, subject=f"theo Kế hoạch số 9{plan.paper.number_text}", dated_on=day)
    letters = [item for item in archive_items(plan, now=factories.NOW) if item.group == "Công văn, văn bản khác"]
    by_record = {item.title for item in letters if NAMED not in item.note}
    assert by_record == {str(paper) for paper in (*made.values(), mending)}
    assert [NAMED in item.note for item in letters].count(True) == 1  # the letter of the fixture, drafted freely


def test_photos_and_minutes_go_along_with_the_report(plan, cast):
    submission = plan.submissions.get()
    values = {"content": {}, "token": "tệp", "started_at": factories.NOW, "edited_at": factories.NOW, "edited_by": cast.secretary}
    filing = Filing.objects.create(unit=cast.own_unit, sent_at=factories.NOW, sent_by=cast.secretary, **values)
    filing.plans.add(plan)
    filing.submissions.add(submission)
    kept = store_bytes(
        data=b"\xff\xd8 anh", name="anh.jpg", content_type="image/jpeg", purpose=FilePurpose.EVIDENCE, ward=cast.ward, by=cast.secretary
    )
    Evidence.objects.create(filing=filing, kind="photo", file=kept, added_at=factories.NOW, added_by=cast.secretary)
    items = archive_items(plan, now=factories.NOW)
    place = next(number for number, item in enumerate(items) if "gửi kèm báo cáo" in item.note)
    assert items[place - 1].title == f"Báo cáo của {cast.own_unit.short_name}"
    assert (items[place].suffix, items[place].read()) == (".jpg", b"\xff\xd8 anh")


def item_named(plan, title):
    return next(one for one in archive_items(plan, now=factories.NOW) if one.title == title)


def lines_of(item):
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(item.read())).active.iter_rows(min_row=2)]


def test_what_convened_the_conference_and_its_roll_go_along(plan, cast):
    conference = make_conference(cast.ward, plans=[plan], by=cast.compiler)
    make_invitee(conference, cast.own_unit)
    paper = factories.make_paper(cast.ward, subject="mời dự hội nghị", dated_on=plan.paper.dated_on)
    draft = PaperDraft.objects.create(
        ward=cast.ward, kind="GM", paper=paper, created_at=factories.NOW, created_by=cast.clerk, edited_at=factories.NOW,
        edited_by=cast.clerk,
    )  # fmt: skip
    ConferenceLetter.objects.create(conference=conference, draft=draft, purpose="convene")
    assert NAMED not in item_named(plan, str(paper)).note
    roll = item_named(plan, f"Danh sách đại biểu, điểm danh: {conference}")
    assert cast.own_unit.short_name in [row[3] for row in lines_of(roll)]


def test_the_signed_scan_of_a_report_lies_beside_it(plan, cast):
    scan = store_bytes(
        data=b"%PDF-1.7 ky", name="ky.pdf", content_type="application/pdf", purpose=FilePurpose.EVIDENCE, ward=cast.ward, by=cast.compiler
    )
    plan.submissions.update(signed_scan=scan, signed_copy_kept=True)
    item = item_named(plan, f"Báo cáo của {cast.own_unit.short_name}, bản đã ký")
    assert (item.suffix, item.read()) == (".pdf", b"%PDF-1.7 ky")


def test_the_log_tells_of_sessions_conferences_reports_and_the_send_list(plan, cast):
    own = {
        "conference.call": make_conference(cast.ward, plans=[plan], by=cast.compiler),
        "session.record": plan.submissions.get().sessions.get(),
        "filing.open": factories.make_filing(cast.own_unit, plans=[plan]),
        "dispatch.sent": factories.make_dispatch(plan.paper, cast.own_unit),
        "paper.scan": plan.paper,
    }
    for verb, target in own.items():
        record_event(by=cast.clerk, verb=verb, target=target)
    record_event(by=cast.clerk, verb="filing.drop", target=factories.make_filing(cast.other_unit, plans=[]))
    said = [row[1] for row in lines_of(item_named(plan, "Nhật ký của kế hoạch"))]
    assert len(said) == 1 + len(own)  # the issue of the plan, and no form of another plan
    assert all(any(str(target) in one for one in said) for target in own.values())


@pytest.mark.pdf
def test_outline_and_tables_of_units_and_bodies_go_along(cast, clock, sign_in):
    plan = review_plan.issue(cast)
    client = sign_in(cast.secretary)
    sheet = review_plan.open_sheet(client, cast.own_unit, plan)
    heading = review_plan.part(plan, "muc-1-I")
    review_plan.save(client, sheet, heading, review_plan.texts(heading, "Chi bộ đã mở một lớp."))
    review_plan.send(client, sheet)
    paper, sheets = (one for one in archive_items(plan, now=factories.NOW) if one.title == "Đề cương, biểu các đơn vị đã điền")
    assert "Chi bộ đã mở một lớp." in text_of(paper.read())
    assert "Chi bộ đã mở một lớp." in [row[3] for row in lines_of(sheets)]


def test_a_plan_without_outline_has_none_to_put_together(plan):
    assert "Đề cương, biểu các đơn vị đã điền" not in [one.title for one in archive_items(plan, now=factories.NOW)]


def text_of(data):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


@pytest.mark.pdf
def test_the_clerk_orders_it_and_gets_one_zip(plan, cast, sign_in):
    client = sign_in(cast.clerk)
    page = client.get(reverse("reports:plan-archive", args=[plan.pk])).content.decode()
    assert "Kế hoạch chưa kết thúc." in page
    assert client.post(reverse("reports:plan-archive", args=[plan.pk])).url == reverse("units:job-list")
    assert run_due_jobs(now=factories.NOW) == 1
    job = Job.objects.get()
    assert (job.state, job.problem, job.done_count) == (JobState.DONE, "", job.total_count)
    got = client.get(reverse("units:job-download", args=[job.pk]))
    archive, rows = opened(got.content)
    assert archive.testzip() is None
    assert sorted({name.split("/")[0] for name in archive.namelist()}) == sorted(
        [LIST_NAME, "01-van-ban-cap-tren", "04-danh-sach", "05-bao-cao-don-vi", "07-nhat-ky"]
    )
    # the two papers of the factories have no file in the store: the list says so
    assert [row[1] for row in rows if "tệp không còn trong kho" in (row[6] or "")] == ["Kế hoạch", "Công văn, văn bản khác"]
    for row in rows:
        assert row[5] is None or hashlib.sha256(archive.read(row[5])).hexdigest() == row[8]
    log = load_workbook(io.BytesIO(archive.read(rows[-1][5]))).active
    assert any("ban hành" in str(row[1].value) for row in log.iter_rows(min_row=2))
    assert sign_in(cast.leader).get(reverse("units:job-download", args=[job.pk])).status_code == 404


def test_who_is_no_clerk_any_more_gets_nothing(plan, cast, sign_in):
    sign_in(cast.clerk).post(reverse("reports:plan-archive", args=[plan.pk]))
    Membership.objects.filter(user=cast.clerk).delete()
    run_due_jobs(now=factories.NOW)
    job = Job.objects.get()
    assert (job.state, job.result_path) == (JobState.FAILED, "")
    assert "không còn được giao việc văn thư" in job.problem


def test_a_draft_has_no_archive(cast, sign_in):
    draft = factories.make_plan(cast.ward, directives=[factories.make_directive()], state=PlanState.DRAFT)
    assert sign_in(cast.clerk).get(reverse("reports:plan-archive", args=[draft.pk])).status_code == 404
