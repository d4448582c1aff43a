"""The plan as PDF beside LibreOffice, which opens cold each time, as an office does with a Word file."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from bench.measure import Row, seconds, side_by_side
from campaigns.models import Plan
from campaigns.paper import plan_paper
from documents.writing.html import render as render_html
from documents.writing.pdf import render


def rows():
    plan_id = Plan.objects.order_by("pk").values_list("pk", flat=True).first()

    def ours():
        render(plan_paper(Plan.objects.get(pk=plan_id)))

    ours()
    warm, again = side_by_side(ours, ours, rounds=7, warm=1)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        yield Row("plan PDF, warm, with database load", warm, "LibreOffice, cold", None, 0.25, "skipped: no LibreOffice")
        return
    yield Row("plan PDF, warm, with database load", warm, "LibreOffice, cold", _cold(office, plan_id), 0.25)


def _cold(office, plan_id):
    """Seconds of one cold conversion of the same plan: fresh profile, the second of two so that the disk is warm."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "plan.html")
        source.write_text(render_html(plan_paper(Plan.objects.get(pk=plan_id))), encoding="utf-8")
        times = []
        for number in range(2):
            command = [
                office,
                f"-env:UserInstallation=file://{folder}/profile-{number}",
                "--headless",
                "--convert-to",
                "pdf:writer_web_pdf_Export",
                "--outdir",
                folder,
                str(source),
            ]
            times.append(seconds(lambda command=command: subprocess.run(command, check=True, capture_output=True)))
        return times[-1]
