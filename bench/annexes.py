"""Long papers: growth with pages, a long table beside a naive one, our whole request beside the bare engine.

Processor time of this process, since papers are laid out in one thread and the machine may be busy.
"""

import re
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

from bench.measure import Row, side_by_side
from campaigns.models import Plan
from campaigns.paper import plan_paper
from documents.choices import PaperKind
from documents.content import Annex, Column, Letterhead, NumberLine, Paper, Paragraph, PlaceDate, Signature, Table
from documents.writing import html, pdf

_WIDTHS = (1, 5, 2, 2, 2, 2, 2, 2, 4)
_TEXT = "Chi bộ Tổ dân phố Tràng Đà {} đã học, đang bổ sung danh sách học bù"
_AUTO = ".paper .grid { table-layout: auto } .paper .grid td, .paper .grid th { overflow-wrap: normal }"


def rows():
    yield _growth()
    yield from _table()
    yield from _request()
    yield _first()


def _growth():
    """Milliseconds a page; the short annex first, so that both meet a warm engine."""
    short, long = _paper(205), _paper(820)
    pages = pdf.render(short).pages - 1, pdf.render(long).pages - 1
    mine, peer = side_by_side(lambda: pdf.render(long), lambda: pdf.render(short), rounds=1, warm=0, clock=time.process_time)
    return Row(f"a page of an annex of {pages[1]} pages", mine / pages[1], f"of {pages[0]} pages", peer / pages[0], 1.2)


def _table():
    """500 rows of nine columns: ours, and the same page whose columns find their own widths; no collector in either."""
    pdf.warm_up()
    page = html.render(_paper(500))
    naive = re.sub(r"<colgroup>.*?</colgroup>", "", page)

    def write(markup, *extra, **options):
        with pdf._LOCK, pdf._collector_paused():
            engine = pdf._engine()
            sheets = [engine.sheet(html.STYLESHEET), *[engine.css(text) for text in extra]]
            engine.document(markup, sheets).write_pdf(**options)

    tagged = {"pdf_variant": "pdf/a-2b", "pdf_tags": True}
    peer = "auto layout, untagged"
    thrice = {"rounds": 3, "warm": 0, "clock": time.process_time}
    ours, auto = side_by_side(lambda: write(page), lambda: write(naive, _AUTO), **thrice)
    yield Row("annex of 500 rows, untagged", ours, peer, auto, 0.8)
    ours, auto = side_by_side(lambda: write(page, **tagged), lambda: write(naive, _AUTO), **thrice)
    yield Row("annex of 500 rows, PDF/A with tags", ours, peer, auto, 1.0)


def _request():
    """From the database to the file, beside the engine as its manual calls it on the same page."""
    import weasyprint  # noqa: PLC0415 - slow to load

    plan_id = Plan.objects.order_by("pk").values_list("pk", flat=True).first()
    page = html.render(plan_paper(Plan.objects.get(pk=plan_id)))
    sheet = Path(settings.BASE_DIR, "static", html.STYLESHEET)
    linked = page.replace("</head>", f'<link rel="stylesheet" href="{sheet.as_uri()}"></head>')

    def ours():
        pdf.render(plan_paper(Plan.objects.get(pk=plan_id)))

    mine, peer = side_by_side(
        ours, lambda: weasyprint.HTML(string=linked).write_pdf(), rounds=15, clock=time.process_time
    )
    yield Row("plan PDF, whole request", mine, "HTML(string).write_pdf()", peer, 1.15)
    plain, engine = {"pdf_identifier": b"0" * 32}, pdf._engine()

    def write(**options):
        with pdf._LOCK, pdf._collector_paused():
            engine.document(page, [engine.sheet(html.STYLESHEET)]).write_pdf(**plain, **options)

    mine, peer = side_by_side(ours, lambda: write(), rounds=15, clock=time.process_time)
    yield Row("plan PDF, whole request", mine, "our warm engine alone, untagged", peer, None)
    mine, peer = side_by_side(
        lambda: write(pdf_variant="pdf/a-2b", pdf_tags=True), write, rounds=15, clock=time.process_time
    )
    yield Row("plan PDF/A with tags", mine, "plain PDF", peer, 1.08)


def _first():
    """The first paper of a worker that was warmed up, beside its later ones."""
    program = (
        "import django; django.setup(); import time; from bench import annexes; from documents.writing import pdf;"
        "paper = annexes._paper(20); pdf.warm_up(); times = []\n"
        "for _ in range(8):\n    start = time.process_time(); pdf.render(paper); times.append(time.process_time() - start)\n"
        "print(times[0], sorted(times[1:])[3])"
    )
    firsts, laters = [], []
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=settings.BASE_DIR
        )
        first, later = done.stdout.split()
        firsts.append(float(first))
        laters.append(float(later))
    return Row("first PDF of a warmed worker", sorted(firsts)[1], "its later ones", sorted(laters)[1], 1.2)


def _paper(count):
    """A report with an annex of `count` units and nine columns, turned on its side."""
    columns = tuple(Column(f"Cột {number}", width) for number, width in enumerate(_WIDTHS, 1))
    lines = [
        (str(n), _TEXT.format(n), "35", "33", "1", "1", "0", "94,3 %", "Hoàn thành trước ngày 05/7/2026, còn học bù")
        for n in range(1, count + 1)
    ]
    tables = tuple(Table(columns, tuple(lines[start : start + 500]), landscape=True) for start in range(0, count, 500))
    return Paper(
        kind=PaperKind.REPORT,
        letterhead=Letterhead("Đảng bộ tỉnh Tuyên Quang", "Đảng ủy phường Nông Tiến"),
        number_line=NumberLine("BC/ĐU", 3),
        place_date=PlaceDate("Nông Tiến"),
        subject="kết quả học tập",
        blocks=(Paragraph("Kết quả ở phụ lục."),),
        signature=Signature("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Trần Văn Mẫu"),
        annexes=(Annex("Kết quả theo đơn vị", tables),),
    )
