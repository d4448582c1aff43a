"""The plan as a Word file, beside LibreOffice that makes one of the same page, and beside our own PDF."""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from bench.measure import Row, seconds, side_by_side
from campaigns.models import Plan
from campaigns.paper import plan_paper
from documents.writing import docx, html, pdf


def rows():
    paper = plan_paper(Plan.objects.order_by("pk").first())

    def ours():
        docx.write_docx(paper)

    mine, printed = side_by_side(ours, lambda: pdf.render(paper), rounds=7, clock=time.process_time)
    yield Row("plan as Word", mine, "the same plan as PDF", printed, 0.4)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        yield Row("plan as Word", mine, "LibreOffice, cold", None, 0.05, "skipped: no LibreOffice")
        return
    yield Row("plan as Word", mine, "LibreOffice, cold", _cold(office, paper), 0.05)


def _cold(office, paper):
    """Seconds of one cold conversion into a Word file: fresh profile, the second of two so that the disk is warm."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "plan.html")
        source.write_text(html.render(paper), encoding="utf-8")
        times = []
        for number in range(2):
            profile = f"-env:UserInstallation=file://{folder}/profile-{number}"
            command = [office, profile, "--headless", "--infilter=HTML (StarWriter)", "--convert-to"]
            command += ["docx:MS Word 2007 XML", "--outdir", folder, str(source)]
            times.append(seconds(lambda command=command: subprocess.run(command, check=True, capture_output=True)))
        return times[-1]
