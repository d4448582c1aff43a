import logging

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from documents.choices import FilePurpose
from documents.models import StoredFile
from documents.services import files
from documents.services.files import open_stored, store_bytes, store_upload, stored_path
from tests.documents.pdfs import plain_pdf
from tests.factories import NOW, make_dispatch, make_file, make_paper

MEGABYTE = 1024 * 1024


def upload(name="ban-ky.pdf", data=None):
    return SimpleUploadedFile(name, data or plain_pdf(), content_type="text/html")


def store(cast, **changes):
    facts = {
        "upload": upload(),
        "purpose": FilePurpose.SCAN,
        "ward": cast.ward,
        "by": cast.clerk,
        "declared_not_secret": True,
    }
    return store_upload(**facts | {"at": NOW} | changes)


@pytest.mark.proves("U-07")
def test_upload_is_kept_under_a_random_name(cast, settings):
    stored = store(cast, upload=upload("../../Kế hoạch <12>.pdf"))
    path = stored_path(stored.path)
    assert path.is_relative_to(settings.MEDIA_ROOT)
    assert (stored.shown_name, stored.content_type, stored.declared_not_secret) == (
        "Kế hoạch 12.pdf",
        "application/pdf",
        True,
    )
    assert "hoạch" not in stored.path
    with open_stored(stored) as file:
        assert file.read() == plain_pdf()


def test_undeclared_file_is_refused_and_nothing_kept(cast, settings):
    with pytest.raises(ValidationError) as refused:
        store(cast, declared_not_secret=False)
    assert refused.value.code == "not_declared"
    assert StoredFile.objects.count() == 0
    assert not settings.MEDIA_ROOT.exists()


@pytest.mark.proves("U-05")
def test_file_that_is_not_what_its_name_says_is_refused(cast):
    with pytest.raises(ValidationError):
        store(cast, upload=upload("a.pdf", b"<html><script>alert(1)</script></html>"))
    assert StoredFile.objects.count() == 0


def pdf_of(size):
    """A PDF of so many bytes."""
    data = plain_pdf()
    return upload(data=data + b" " * (size - len(data)))


@pytest.mark.proves("U-11")
def test_a_day_takes_two_hundred_megabytes_of_one_person_and_not_a_byte_more(cast):
    """The real limit, up to its last kilobytes by rows alone; with every byte: tests/long/test_quota.py."""
    make_file(cast.ward, by=cast.clerk, size=200 * MEGABYTE - 4096, declared_not_secret=True)
    with pytest.raises(ValidationError) as refused:
        store(cast, upload=pdf_of(4097))
    assert refused.value.code == "quota"
    assert "200 MB" in refused.value.messages[0]
    store(cast, upload=pdf_of(4096))
    with pytest.raises(ValidationError):
        store(cast)
    assert sum(StoredFile.objects.values_list("size", flat=True)) == 200 * MEGABYTE
    store(cast, by=cast.compiler)
    store(cast, at=NOW.replace(day=4))


def test_without_the_quota_a_person_fills_the_disk(cast, monkeypatch):
    """Control: what the quota refuses is kept once it is not asked."""
    make_file(cast.ward, by=cast.clerk, size=200 * MEGABYTE, declared_not_secret=True)
    with pytest.raises(ValidationError):
        store(cast)
    monkeypatch.setattr(files, "_refuse_over_quota", lambda *_args, **_facts: None)
    store(cast)
    assert StoredFile.objects.count() == 2


@pytest.mark.proves("F-06")
def test_full_disk_leaves_no_row_and_no_half_file(cast, settings, monkeypatch):
    def full(self, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(ValidationError) as refused:
        store(cast)
    assert refused.value.code == "disk_full"
    assert StoredFile.objects.count() == 0
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


@pytest.mark.proves("U-12")
def test_secret_stamp_is_refused_and_logged_without_content(cast, caplog):
    with caplog.at_level(logging.WARNING), pytest.raises(ValidationError) as refused:
        store(cast, upload=upload("Kế hoạch 12 TUYỆT MẬT.pdf"))
    assert refused.value.code == "secret"
    assert [record.getMessage() for record in caplog.records] == [
        f"upload refused: secrecy mark, user {cast.clerk.pk}, purpose scan"
    ]


@pytest.mark.proves("U-10")
def test_download_is_an_attachment_that_runs_nothing(cast, sign_in):
    stored = store(cast, upload=upload("Kế hoạch.pdf"))
    answer = sign_in(cast.leader).get(f"/tep/{stored.pk}/")
    assert answer.content == plain_pdf()
    assert held_back(answer) == HELD_BACK


HELD_BACK = ("attachment; filename*=utf-8''K%E1%BA%BF%20ho%E1%BA%A1ch.pdf", "nosniff", "default-src 'none'; sandbox")


def held_back(answer):
    """What keeps a browser from opening a file that it was given."""
    return tuple(answer.get(name) for name in ("Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy"))


def test_a_file_that_leaves_by_another_door_would_be_opened(cast, sign_in, monkeypatch):
    """Control: a plain answer has neither the name nor the sandbox, whatever the headers of every page are."""
    stored = store(cast, upload=upload("Kế hoạch.pdf"))
    monkeypatch.setattr("documents.views.files.download", lambda data, *, name, content_type: HttpResponse(data, content_type=content_type))
    answer = sign_in(cast.leader).get(f"/tep/{stored.pk}/")
    assert (answer.status_code, answer.content) == (200, plain_pdf())
    disposition, _nosniff, policy = held_back(answer)
    assert (disposition, "sandbox" in (policy or "")) == (None, False)


def test_without_the_question_who_may_read_it_a_stranger_has_the_file(cast, sign_in, monkeypatch):
    """Control of the test below."""
    stored = store(cast)
    stranger = sign_in(cast.foreign_clerk)
    assert stranger.get(f"/tep/{stored.pk}/").status_code == 404
    monkeypatch.setattr("documents.views.files.visible_files", lambda _access: StoredFile.objects.all())
    assert stranger.get(f"/tep/{stored.pk}/").status_code == 200


@pytest.mark.proves("U-10")
def test_file_is_fetched_by_those_who_may_read_it(cast, client):
    paper = make_paper(cast.ward)
    paper.pdf = store_bytes(
        data=b"%PDF-1.7", name="a.pdf", content_type="application/pdf", purpose="paper", ward=cast.ward, by=cast.clerk
    )
    paper.save(update_fields=["pdf"])
    make_dispatch(paper, cast.own_unit)
    answers = {}
    for name in (
        "clerk",
        "leader",
        "secretary",
        "helper",
        "other_secretary",
        "contact",
        "viewer",
        "admin",
        "foreign_clerk",
    ):
        client.force_login(getattr(cast, name))
        answers[name] = client.get(f"/tep/{paper.pdf_id}/").status_code
    assert answers == {
        "clerk": 200, "leader": 200, "secretary": 200, "helper": 200, "other_secretary": 404, "contact": 404, "viewer": 404,
        "admin": 404, "foreign_clerk": 404,
    }  # fmt: skip
