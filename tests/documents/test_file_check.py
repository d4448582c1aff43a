"""Kiểm tra tệp: findings beside the text, nothing kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.checks import Finding
from documents.marked_lines import in_order, mark
from documents.models import StoredFile, WardCheckSeverity
from documents.paper_json import to_dict
from documents.reading.paper_lines import paper_source
from documents.reading.source import Source, SourceKind, SourceLine
from documents.reading.text import text_source
from documents.selectors.checking import check_context
from tests import factories
from tests.documents import papers

PLAN = "KẾ HOẠCH\n\nhọc tập Chỉ thị số 05-CT/TU\n\nI. MỤC ĐÍCH\n\nBí thư các chi bộ bộ tổ chức học tập.\n"


def finding(line, quote, severity="error", suggestion=None):
    return Finding("C06", "doubled_word", severity, line, quote, "Từ bị lặp.", suggestion)


def test_words_of_a_finding_are_marked_where_they_stand():
    source = text_source(PLAN)
    lines, placed = mark(source, in_order([finding(7, "chi bộ bộ", "warning"), finding(None, ""), finding(7, "học tập.")]))
    marked = [(piece.text, piece.finding, piece.severity) for piece in lines[3].pieces]
    assert marked == [
        ("Bí thư các ", None, ""), ("chi bộ bộ", 3, "warning"), (" tổ chức ", None, ""), ("học tập.", 2, "error"),
    ]  # fmt: skip
    assert [(one.anchor, one.line_anchor, one.place) for one in placed] == [
        ("loi-1", "", ""), ("loi-2", "dong-4", "dòng 7"), ("loi-3", "dong-4", "dòng 7"),
    ]  # fmt: skip


def test_in_a_pdf_the_line_with_the_words_is_found_on_its_page():
    source = Source((SourceLine(1, "một hai"), SourceLine(1, "ba bốn"), SourceLine(2, "ba bốn")), SourceKind.PDF)
    lines, placed = mark(source, [finding(1, "bốn"), finding(2, "không có")])
    assert [(one.line_anchor, one.place) for one in placed] == [("dong-2", "trang 1"), ("dong-3", "trang 2")]
    assert [piece.text for piece in lines[2].pieces] == ["ba bốn"]


@pytest.mark.django_db
def test_a_dropped_file_shows_its_findings_and_leaves_nothing(cast, sign_in):
    client = sign_in(cast.clerk)
    upload = SimpleUploadedFile("ke hoach.txt", PLAN.encode())
    answer = client.post(reverse("documents:file-check"), {"upload": upload, "declared": "on"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'href="#loi-' in page
    assert "chi bộ bộ" in page
    assert StoredFile.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.proves("U-12")
def test_a_file_that_may_not_be_read_is_refused_on_the_field(cast, sign_in, caplog):
    client = sign_in(cast.clerk)
    for text, told in (("MẬT\nKế hoạch", "bí mật nhà nước"), ("\x00\x01" * 90, "không phải văn bản")):
        upload = SimpleUploadedFile("a.txt", text.encode())
        answer = client.post(reverse("documents:file-check"), {"upload": upload, "declared": "on"})
        assert told in answer.context["form"].errors["upload"][0]
    assert [record.getMessage() for record in caplog.records] == [f"file not read: secrecy mark, user {cast.clerk.pk}"]
    upload = SimpleUploadedFile("a.txt", PLAN.encode())
    answer = client.post(reverse("documents:file-check"), {"upload": upload})
    assert list(answer.context["form"].errors) == ["declared"]


@pytest.mark.django_db
def test_the_checks_know_the_names_the_severities_and_the_last_plans_of_the_ward(cast):
    WardCheckSeverity.objects.create(ward=cast.ward, name="C06.doubled_word", severity="info")
    paper = papers.short_plan()
    factories.make_paper(cast.ward, sha256="a" * 64)  # kept without its whole content
    factories.make_paper(cast.ward, content=to_dict(paper), sha256="b" * 64)
    factories.make_paper(cast.foreign_ward, content=to_dict(paper), sha256="c" * 64)
    context = check_context(cast.ward, today=factories.TODAY)
    assert cast.own_unit.name in context.names
    assert cast.foreign_unit.name not in context.names
    assert context.severities == {"C06.doubled_word": "info"}
    assert [source for source, _ in context.siblings] == [paper_source(paper)]
    assert check_context(None, today=factories.TODAY).siblings == ()
