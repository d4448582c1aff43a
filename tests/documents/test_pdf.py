"""Reliability ids: P-02, P-03, P-05, P-06, P-08."""

import hashlib
import io
import os
import re
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pypdf
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from documents.choices import PaperKind
from documents.content import Column, Item, NumberLine, Paragraph, PlaceDate, Recipient, Signature, Table
from documents.writing import html, pdf
from tests.documents import papers

pytestmark = pytest.mark.pdf
SECRET = "BI-MAT-CUA-MAY-CHU-7731"


@pytest.fixture
def web_server():
    """A server on this machine that remembers who asked for what."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            if self.path == "/redirect":
                self.send_response(302)
                self.send_header("Location", "/after-redirect")
                self.end_headers()
                return
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"* { color: red }")

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def secret_file(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path


def vectors(web: str, secret: Path) -> list[str]:
    svg = f"<svg xmlns='http://www.w3.org/2000/svg'><image href='{web}/in-data-svg'/></svg>"
    return [
        f'<img src="{web}/img">',
        f'<img src="file://{secret}">',
        f'<embed src="{web}/embed">',
        f'<object data="{web}/object"></object>',
        f'<link rel="attachment" href="file://{secret}">',
        f'<a rel="attachment" href="file://{secret}">x</a>',
        f'<style>@import url("{web}/import");</style>',
        f'<style>@font-face {{ font-family: X; src: url("{web}/font") }} i {{ font-family: X }}</style><i>x</i>',
        f'<p style="background: url({web}/background)">x</p>',
        f'<svg><image href="{web}/svg" width="9" height="9"/></svg>',
        f'<img src="data:image/svg+xml,{svg}">',
        f'<base href="{web}/base/"><img src="relative">',
        f'<img src="{web}/redirect">',
        f'<style>p::before {{ content: url("{web}/content") }}</style><p>x</p>',
        f'<link rel="stylesheet" href="{web}/sheet">',
        f'<link rel="stylesheet" href="file://{secret}">',
    ]


def everything_in(data: bytes) -> bytes:
    """Return the file with every stream unpacked."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    parts = [data]
    for number in range(1, len(reader.xref[0]) + 50 if reader.xref else 500):
        found = reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))
        parts.append(str(found).encode())
        if hasattr(found, "get_data"):
            parts.append(found.get_data())
    return b"\n".join(parts)


def test_hostile_markup_as_text_is_printed_as_text(web_server, secret_file):
    web, asked = web_server
    lines = vectors(web, secret_file)
    paper = papers.short_plan(blocks=tuple(Paragraph(line) for line in lines), subject=lines[0], closing=lines[1])
    rendered = pdf.render(paper)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(rendered.data)).pages)
    unbroken = re.sub(r"\s", "", text)
    assert [line for line in lines if re.sub(r"\s", "", line) not in unbroken] == []
    assert asked == []
    assert SECRET.encode() not in everything_in(rendered.data)


def test_nothing_is_fetched_even_when_escaping_is_off(web_server, secret_file):
    web, asked = web_server
    for vector in vectors(web, secret_file):
        rendered = pdf.render_page(f"<p>a</p>{vector}", name="x.pdf", stylesheet="css/paper.css")
        assert SECRET.encode() not in everything_in(rendered.data)
    assert asked == []


def test_control_the_open_engine_does_fetch_what_ours_refuses(web_server, secret_file):
    weasyprint = pytest.importorskip("weasyprint")
    web, asked = web_server
    data = weasyprint.HTML(string="<p>a</p>".join(vectors(web, secret_file))).write_pdf()
    assert len(set(asked)) >= 8
    assert SECRET.encode() in everything_in(data)


def test_only_one_module_knows_the_engine_and_every_call_is_locked_down():
    root = Path(settings.BASE_DIR)
    sources = [
        path for app in ("config", "units", "documents", "campaigns", "reports") for path in (root / app).rglob("*.py")
    ]
    users = [str(path.relative_to(root)) for path in sources if "import weasyprint" in path.read_text("utf-8")]
    assert users == ["documents/writing/pdf.py"]
    source = (root / "documents/writing/pdf.py").read_text("utf-8")
    calls = re.findall(r"(?:\.HTML|\.CSS)\([^)]*\)", source)
    assert len(calls) == 2
    assert [call for call in calls if "url_fetcher=" not in call] == []
    banned = ("filename=", "attachments=", "xmp_metadata=", "presentational_hints")
    assert [word for word in banned if word in source] == []


def test_metadata_holds_hostile_text_literally_and_nothing_active():
    subject = "<script>alert(1)</script> (/JS) /Launch \\) {{ request }}"
    rendered = pdf.render(papers.short_plan(subject=subject))
    reader = pypdf.PdfReader(io.BytesIO(rendered.data))
    assert reader.metadata.title == f"Kế hoạch số 12-KH/ĐU {subject}"
    catalog = str(reader.trailer["/Root"])
    assert [name for name in ("/OpenAction", "/AA", "/Names") if name in catalog] == []
    annotations = [page.get("/Annots") for page in reader.pages]
    assert annotations == [None] * len(reader.pages)


def test_equal_papers_give_equal_bytes_here_and_in_another_process():
    paper = papers.unit_report()
    first = pdf.render(paper)
    assert pdf.render(replace(paper)) == first
    program = (
        "import django; django.setup(); import hashlib;"
        "from tests.documents import papers; from documents.writing import pdf;"
        "print(hashlib.sha256(pdf.render(papers.unit_report()).data).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.BASE_DIR,
        env={**os.environ, "PYTHONHASHSEED": "77"},
    )
    assert done.stdout.strip() == hashlib.sha256(first.data).hexdigest()


def test_another_text_gives_another_identifier():
    identifiers = {
        bytes(pypdf.PdfReader(io.BytesIO(pdf.render(paper).data)).trailer["/ID"][0].original_bytes)
        for paper in (papers.short_plan(), papers.short_plan(subject="khác"))
    }
    assert len(identifiers) == 2


def test_the_file_is_tagged_pdf_a_with_the_date_of_the_paper():
    reader = pypdf.PdfReader(io.BytesIO(pdf.render(papers.short_plan()).data))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    metadata = reader.trailer["/Root"]["/Metadata"].get_data()
    assert re.findall(rb"pdfaid:(part|conformance)[=>]\"?(\w)", metadata) == [(b"part", b"2"), (b"conformance", b"B")]
    assert reader.metadata.creation_date.date() == date(2026, 6, 5)
    assert reader.trailer["/Root"]["/Lang"] == "vi"


def test_file_names_are_plain():
    blank = papers.short_plan(number_line=NumberLine("KH/ĐU"))
    names = [pdf.file_name(paper) for paper in (papers.short_plan(), papers.unit_report(), blank)]
    assert names == ["KH-12-DU.pdf", "BC-03-CB.pdf", "KH-trinh-ky-DU.pdf"]


def test_for_signature_prints_blank_number_and_day():
    paper = papers.short_plan(
        number_line=NumberLine("KH/ĐU"), place_date=PlaceDate("Nông Tiến", expected=date(2026, 5, 1))
    )
    assert html.number_text(paper) == "Số      -KH/ĐU"
    assert html.place_date_text(paper) == "Nông Tiến, ngày      tháng 5 năm 2026"


@pytest.mark.parametrize(
    ("paper", "code"),
    [
        (papers.short_plan(blocks=(Paragraph("a" + "\u0301" * 50),)), "too_many_marks"),
        (papers.short_plan(blocks=(Paragraph("x" * 30_000),)), "too_long"),
        (papers.short_plan(blocks=(Paragraph("x " * 9_000),) * 12), "too_long"),
        (papers.short_plan(blocks=(Table((Column("a"),), (("1",),) * 501),)), "too_many_rows"),
    ],
)
def test_a_paper_that_would_hold_a_worker_is_refused(paper, code):
    with pytest.raises(ValidationError) as refused:
        pdf.render(paper)
    assert refused.value.code == code


def test_a_word_longer_than_the_line_stays_on_the_page():
    rendered = pdf.render(papers.short_plan(blocks=(Paragraph("x" * 3_000), Item("y" * 500))))
    assert rendered.pages < 5


def test_recipients_end_as_each_profile_wants():
    recipients = (Recipient("Tỉnh ủy", "báo cáo"), Recipient("Các chi bộ;"), Recipient("Lưu Văn phòng Đảng ủy."))
    ends = {
        name: [one.html for one in html.page_context(papers.short_plan(profile=name, recipients=recipients))["recipients"]]
        for name in ("HD36_2018", "HD05_2026")
    }
    together = '<span class="together">{}</span>'
    assert ends == {
        "HD36_2018": [f"- Tỉnh ủy {together.format('(báo cáo),')}", "- Các chi bộ,", "- Lưu Văn phòng Đảng ủy."],
        "HD05_2026": [f"- Tỉnh ủy {together.format('(báo cáo);')}", "- Các chi bộ;", "- Lưu Văn phòng Đảng ủy."],
    }


def test_the_end_of_a_title_stays_together_and_no_kind_of_paper_is_parted_for_it():
    title = "Đôn đốc việc học tập và báo cáo kết quả theo {}"
    assert html.last_words_together(title.format("Kế hoạch số 13-KH/ĐU")).endswith(
        'theo <span class="together">Kế hoạch số 13-KH/ĐU</span>'
    )
    assert html.last_words_together(title.format("các nội dung trên địa bàn tỉnh Tuyên Quang")).endswith(
        'địa bàn <span class="together">tỉnh Tuyên Quang</span>'
    )


def test_the_browser_page_has_no_inline_style_or_script():
    page = html.render(papers.unit_report(draft=True), stylesheet="/static/css/paper.css")
    assert '<link rel="stylesheet" href="/static/css/paper.css">' in page
    assert re.findall(r"style=|<style|<script|\son\w+=", page) == []


def test_minutes_carry_two_signatures_and_no_number():
    paper = papers.short_plan(
        kind=PaperKind.MINUTES,
        number_line=None,
        signature=Signature("", "Chủ trì hội nghị", "Trần Văn Mẫu"),
        second_signature=Signature("", "Người ghi biên bản", "Lê Thị Mẫu"),
    )
    page = html.render(paper)
    assert re.findall(r'class="(?:position|name)">([^<]*)<', page) == [
        "NGƯỜI GHI BIÊN BẢN", "Lê Thị Mẫu", "CHỦ TRÌ HỘI NGHỊ", "Trần Văn Mẫu",
    ]  # fmt: skip
    assert 'class="number"' not in page
    assert pdf.render(paper).name == "BB-trinh-ky.pdf"
