"""Checks of the archive: every file is there, unaltered and known; numbers agree with papers."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import Count

from documents.models import IssuedPaper, NumberEntry, StoredFile
from documents.services.files import FOLDER, stored_path
from units.backup_format import digest_of
from units.sanity import Fault, sanity_check


@sanity_check("files")
def files_are_as_stored() -> Iterator[Fault]:
    """Each stored file lies on the disk with the size and SHA-256 of the day it came."""
    for stored in StoredFile.objects.order_by("pk").iterator():
        path = stored_path(stored.path)
        if not path.is_file():
            yield Fault("files", "error", f"Mất tệp “{stored.shown_name}” (số {stored.pk}).")
            continue
        with path.open("rb") as file:
            if digest_of(file) != (stored.sha256, stored.size):
                yield Fault("files", "error", f"Tệp “{stored.shown_name}” (số {stored.pk}) khác với lúc lưu.")


@sanity_check("orphans")
def no_file_without_a_row() -> Iterator[Fault]:
    """What lies in the store is known to the database."""
    root = Path(settings.MEDIA_ROOT)
    known = set(StoredFile.objects.values_list("path", flat=True))
    for path in sorted((root / FOLDER).rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and name not in known:
            yield Fault("orphans", "warning", f"Tệp {name} không thuộc về dòng nào.")


@sanity_check("papers")
def papers_agree_with_their_files() -> Iterator[Fault]:
    """The SHA-256 kept with a paper is that of its PDF."""
    for paper in IssuedPaper.objects.select_related("pdf").order_by("pk").iterator():
        if paper.sha256 != paper.pdf.sha256:
            yield Fault("papers", "error", f"{paper}: mã băm không khớp với bản PDF.")


@sanity_check("numbers")
def numbers_are_used_once() -> Iterator[Fault]:
    """No number twice in a book, no two papers of a ward under one number and date."""
    twice = NumberEntry.objects.order_by().values("book", "number").annotate(rows=Count("pk")).filter(rows__gt=1)
    for row in twice:
        yield Fault("numbers", "error", f"Số {row['number']} có {row['rows']} dòng trong sổ {row['book']}.")
    papers = IssuedPaper.objects.exclude(number_text="").filter(withdrawn_at__isnull=True).order_by()
    for row in papers.values("ward", "number_text", "dated_on").annotate(rows=Count("pk")).filter(rows__gt=1):
        yield Fault(
            "numbers", "error", f"Số {row['number_text']}, ngày {row['dated_on']:%d/%m/%Y} có {row['rows']} văn bản."
        )
