"""Photos, minutes and the signed scan: kept clean, fetched only by those who read the report, hostile ones refused."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from documents.choices import FilePurpose
from documents.models import StoredFile
from documents.services import files
from documents.services.files import open_stored, stored_path
from reports.choices import EvidenceKind, ResultGroup
from reports.models import Evidence, Submission
from reports.services.asked import choose_asked
from reports.services.evidence import MOST_FILES
from tests import factories
from tests.documents.pdfs import plain_pdf
from tests.documents.test_uploads import docx, pdf_file
from tests.reports import steps
from units.models import AuditEvent

pytestmark = pytest.mark.django_db
PLACE = b"Trang Da 21.8N"


def photo(size=(400, 300), kind="JPEG", colour=(200, 30, 30)):
    """A picture with the place in its EXIF, as a phone takes it."""
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    exif.get_ifd(0x8825)[1] = "N"
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, kind, exif=exif)
    return target.getvalue()


def upload(data=None, name="anh.jpg"):
    return SimpleUploadedFile(name, photo() if data is None else data)


@pytest.fixture
def secretary(cast, clock, sign_in):
    steps.asked(cast)
    return sign_in(cast.secretary)


@pytest.fixture
def filing(cast, secretary):
    return steps.start(secretary, cast.own_unit)


def give(client, filing, *photos, minutes=(), declared="on"):
    data = {"photos": list(photos), "minutes": list(minutes), "declared": declared}
    return client.post(reverse("reports:session-files", args=[filing.pk]), data, follow=True)


def kept_files():
    """Uploads; the PDF of the plan is a stored file too."""
    return StoredFile.objects.filter(purpose=FilePurpose.EVIDENCE)


def said(response):
    return [str(message) for message in response.context["messages"]]


def fetch(client, file):
    return client.get(reverse("documents:file-download", args=[file.pk]))


@pytest.mark.proves("U-09")
def test_a_photo_is_kept_without_the_place(secretary, filing):
    raw = photo()
    assert PLACE in raw  # the control
    assert said(give(secretary, filing, upload(raw), minutes=[upload(plain_pdf(), "bien-ban.pdf")])) == [
        "Đã lưu 2 tệp."
    ]
    kept = {one.kind: one.file for one in Evidence.objects.select_related("file")}
    assert {kind: file.content_type for kind, file in kept.items()} == {
        EvidenceKind.PHOTO: "image/jpeg",
        EvidenceKind.MINUTES: "application/pdf",
    }
    with open_stored(kept[EvidenceKind.PHOTO]) as file:
        data = file.read()
    assert PLACE not in data
    assert dict(Image.open(io.BytesIO(data)).getexif()) == {}


def test_the_same_photo_given_twice_is_kept_once(secretary, filing, settings):
    raw = photo()
    give(secretary, filing, upload(raw), upload(raw))
    give(secretary, filing, upload(raw))
    assert (Evidence.objects.count(), kept_files().count()) == (1, 1)


def test_an_undeclared_file_is_refused_and_the_sentence_says_so(secretary, filing):
    response = give(secretary, filing, upload(), declared="")
    assert response.context["form"].errors["declared"] == [
        "Đồng chí cần xác nhận tài liệu không thuộc bí mật nhà nước."
    ]
    assert kept_files().count() == 0


def test_nothing_chosen_is_said(secretary, filing):
    errors = give(secretary, filing).context["form"].non_field_errors()
    assert errors == ["Đồng chí chọn ít nhất một ảnh hoặc một tệp."]


@pytest.mark.proves("U-02", "U-05", "U-09")
@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"<html><script>alert(1)</script>", "anh.jpg", "không thuộc các loại đó"),
        (b"GIF89a" + b"\0" * 40, "anh.gif", "không thuộc các loại đó"),
        (b"\xff\xd8\xff<script>", "anh.jpg", "Không đọc được ảnh"),
        (docx("x", types="macroEnabled"), "bien-ban.docx", "macro"),
        (docx("x", extra={"a.xml": b" " * 60_000_000}), "bien-ban.docx", "chưa được lưu"),
    ],
)
def test_a_hostile_file_is_refused_and_nothing_kept(secretary, filing, data, name, words):
    response = give(secretary, filing, minutes=[upload(data, name), upload()])
    messages = said(response)
    assert [words in messages[0], messages[1]] == [True, "Đã lưu 1 tệp."]  # the honest one beside it is kept
    assert [one.file.shown_name for one in Evidence.objects.all()] == ["anh.jpg"]


@pytest.mark.proves("U-09")
def test_a_picture_of_too_many_points_is_refused(secretary, filing, monkeypatch):
    monkeypatch.setattr("documents.images.PIXEL_LIMIT", 400 * 300 - 1)
    assert "quá lớn" in said(give(secretary, filing, upload()))[0]
    monkeypatch.setattr("documents.images.PIXEL_LIMIT", 400 * 300)
    assert said(give(secretary, filing, upload())) == ["Đã lưu 1 tệp."]


@pytest.mark.proves("U-01")
def test_a_file_beyond_the_limit_is_refused_with_its_size(secretary, filing, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    big = plain_pdf() + b" " * settings.UPLOAD_MAX_BYTES
    assert "vượt quá giới hạn 1 MB" in said(give(secretary, filing, minutes=[upload(big, "lon.pdf")]))[0]
    assert kept_files().count() == 0


@pytest.mark.proves("U-11")
def test_a_report_holds_so_many_files_and_a_person_so_many_bytes(secretary, filing, monkeypatch):
    pictures = [upload(photo(colour=(n, 0, 0)), f"{n}.png.jpg") for n in range(0, 20 * (MOST_FILES + 1), 20)]
    messages = said(give(secretary, filing, *pictures))
    assert (Evidence.objects.count(), f"nhiều nhất {MOST_FILES} tệp" in messages[0]) == (MOST_FILES, True)
    Evidence.objects.all().delete()
    monkeypatch.setattr(files, "DAILY_QUOTA_BYTES", 10)
    assert "200 MB" in said(give(secretary, filing, upload()))[0]


@pytest.mark.proves("U-06")
def test_a_pdf_that_carries_more_is_flagged_to_the_office(cast, secretary, filing, sign_in):
    give(
        secretary,
        filing,
        minutes=[upload(pdf_file(lambda writer: writer.add_attachment("a.txt", b"x")), "bien-ban.pdf")],
    )
    steps.fill(secretary, filing)
    steps.send(secretary, filing)
    page = sign_in(cast.compiler).get(reverse("reports:submission-detail", args=[Submission.objects.get().pk]))
    assert "Tệp có nội dung động: chỉ mở khi biết rõ nguồn." in page.content.decode()


@pytest.mark.proves("U-07", "U-10")
def test_files_leave_only_as_downloads_to_those_who_read_the_report(cast, secretary, filing, sign_in, client):
    give(secretary, filing, upload(photo(), "../../Ảnh <b>.jpg"))
    file = kept_files().get()
    steps.fill(secretary, filing)
    steps.send(secretary, filing)
    allowed = (cast.secretary, cast.helper, cast.compiler, cast.leader)
    assert [fetch(sign_in(person), file).status_code for person in allowed] == [200] * len(allowed)
    strangers = (cast.other_secretary, cast.contact, cast.foreign_clerk, cast.foreign_admin)
    assert [fetch(sign_in(person), file).status_code for person in strangers] == [404] * len(strangers)
    client.logout()
    assert fetch(client, file).status_code == 302
    answer = fetch(sign_in(cast.secretary), file)
    assert answer["Content-Disposition"].startswith("attachment")
    assert ("sandbox" in answer["Content-Security-Policy"], answer["X-Content-Type-Options"]) == (True, "nosniff")
    assert file.shown_name == "Ảnh b.jpg"
    assert "nh" not in file.path.rsplit("/", 1)[1].strip("0123456789abcdef")


def test_a_file_can_be_taken_out_until_the_report_is_sent(cast, secretary, filing, django_capture_on_commit_callbacks):
    give(secretary, filing, upload(), upload(photo(colour=(1, 2, 3))))
    first, second = Evidence.objects.order_by("pk")
    path = stored_path(first.file.path)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        secretary.post(reverse("reports:session-file-remove", args=[filing.pk, first.pk]))
    assert (path.exists(), list(Evidence.objects.all()), kept_files().count()) == (False, [second], 1)
    steps.fill(secretary, filing)
    steps.send(secretary, filing)
    response = secretary.post(reverse("reports:session-file-remove", args=[filing.pk, second.pk]), follow=True)
    assert "Báo cáo đã gửi nên tệp kèm được giữ nguyên." in said(response)[-1]
    assert Evidence.objects.count() == 1


def test_a_draft_thrown_away_takes_its_files_along(cast, secretary, filing, django_capture_on_commit_callbacks):
    give(secretary, filing, upload())
    path = stored_path(kept_files().get().path)
    with django_capture_on_commit_callbacks(execute=True):
        secretary.post(reverse("reports:session-drop", args=[filing.pk]))
    assert (path.exists(), kept_files().count(), Evidence.objects.count()) == (False, 0, 0)
    verbs = AuditEvent.objects.filter(verb__startswith="file.", actor_id=cast.secretary.pk).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["file.store", "file.discard"]


def test_a_file_given_after_sending_reaches_every_plan_reported_together(cast, clock, sign_in):
    steps.asked(cast, plans=2)
    secretary = sign_in(cast.secretary)
    filing = steps.report(secretary, cast.own_unit)
    give(secretary, filing, upload())
    office = sign_in(cast.compiler)
    pages = [office.get(reverse("reports:submission-detail", args=[one.pk])) for one in Submission.objects.all()]
    assert [[one.file.shown_name for one in page.context["files"]] for page in pages] == [["anh.jpg"]] * 2


def test_another_unit_neither_sees_nor_adds_to_them(cast, secretary, filing, sign_in):
    give(secretary, filing, upload())
    url = reverse("reports:session-files", args=[filing.pk])
    other = sign_in(cast.other_secretary)
    assert [other.get(url).status_code, other.post(url, {}).status_code] == [404, 404]


def test_files_are_asked_for_only_when_the_plan_does(cast, clock, sign_in):
    plan = steps.asked(cast)[0]
    secretary = sign_in(cast.secretary)
    filing = steps.start(secretary, cast.own_unit)
    url = reverse("reports:session-step", args=[filing.pk, "buoi-hoc"])
    shown = "Ảnh, biên bản buổi học" in secretary.get(url).content.decode()
    choose_asked(plan=plan, groups=[ResultGroup.REMARKS], by=cast.compiler, at=factories.NOW)
    assert (shown, "Ảnh, biên bản buổi học" in secretary.get(url).content.decode()) == (True, False)


def test_the_signed_paper_is_kept_beside_the_report_and_ticked(cast, clock, sign_in):
    steps.asked(cast)
    secretary = sign_in(cast.secretary)
    steps.report(secretary, cast.own_unit)
    submission = Submission.objects.get()
    url = reverse("reports:submission-scan", args=[submission.pk])
    refused = secretary.post(url, {"scan": upload(b"MZ", "a.exe"), "declared": "on"})
    assert "không thuộc các loại đó" in refused.context["form"].errors["scan"][0]
    submission.refresh_from_db()
    assert (submission.signed_copy_kept, submission.signed_scan) == (False, None)
    answer = secretary.post(url, {"scan": upload(), "declared": "on"})
    submission.refresh_from_db()
    assert (answer.status_code, submission.signed_copy_kept) == (302, True)
    office = sign_in(cast.compiler)
    assert (
        "Mở bản giấy đã ký" in office.get(reverse("reports:submission-detail", args=[submission.pk])).content.decode()
    )
    people = (cast.secretary, cast.compiler, cast.other_secretary)
    assert [fetch(sign_in(one), submission.signed_scan).status_code for one in people] == [200, 200, 404]


def test_a_paper_not_yet_sent_cannot_be_signed(cast, clock, sign_in):
    plan = steps.asked(cast)[0]
    draft = Submission.objects.create(unit=cast.own_unit, plan=plan, edited_at=factories.NOW, edited_by=cast.secretary)
    url = reverse("reports:submission-scan", args=[draft.pk])
    assert sign_in(cast.secretary).get(url).status_code == 404
