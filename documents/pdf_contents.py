"""Looking into an uploaded PDF without running anything in it (reliability tests U-06 and U-12)."""

import io
import logging
import re

import pypdf

logger = logging.getLogger(__name__)
PAGES_READ = 30
DRAWING_LIMIT = 4 * 1024 * 1024  # a dense page of text takes 50 KB; about two seconds of reading for each megabyte
_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|OpenAction|AA|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|GoToR|ImportData)(?![A-Za-z])"
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKED_LIMIT = 200


def has_active_content(data: bytes) -> bool:
    """Return whether the file names scripts, actions or embedded files, also inside packed objects."""
    if _ACTIVE.search(_unescaped(data)):
        return True
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        packed = {place[0] for place in reader.xref_objStm.values()}
        streams = [reader.get_object(number) for number in sorted(packed)[:_PACKED_LIMIT]]
        return any(_ACTIVE.search(_unescaped(stream.get_data())) for stream in streams if stream is not None)
    except Exception:  # noqa: BLE001 -- damaged files fail in a hundred ways; what cannot be read is not trusted
        logger.info("An uploaded PDF could not be looked into; it is marked as active.")
        return True


def text_of_pdf(data: bytes) -> str:
    """Return the text layer of the first 30 pages, "" for a scan or a file that cannot be read.

    Only as far as ``DRAWING_LIMIT`` bytes of drawing go: 3 KB can unpack to minutes of work for every page.
    """
    pages: list[str] = []
    left = DRAWING_LIMIT
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        for page in reader.pages[:PAGES_READ]:
            left -= _drawing_size(page)
            if left < 0:
                logger.info("An uploaded PDF draws more than is read; the rest of its text is not looked at.")
                break
            pages.append(page.extract_text())
    except Exception:  # noqa: BLE001 -- as above; a scan has no text either, and people declare what it is
        logger.info("The text of an uploaded PDF could not be read.")
    return "\n".join(pages)


def _drawing_size(page: pypdf.PageObject) -> int:
    """Return the unpacked bytes of a page's drawing and of the forms it may draw, in bytes."""
    contents = page.get_contents()
    drawing = contents.get_data() if contents is not None else b""
    forms, calls = 0, drawing.count(b"Do")
    waiting, seen = [page.get("/Resources")], set()
    while waiting:
        resources = waiting.pop()
        resources = resources.get_object() if resources is not None else {}
        for reference in (resources.get("/XObject") or pypdf.generic.DictionaryObject()).get_object().values():
            form = reference.get_object()
            if form.get("/Subtype") == "/Form" and id(form) not in seen:
                seen.add(id(form))
                inner = form.get_data()
                forms, calls = forms + len(inner), calls + inner.count(b"Do")
                waiting.append(form.get("/Resources"))
    return len(drawing) + forms * max(calls, 1)  # a form is drawn, and read, as often as it is called


def _unescaped(data: bytes) -> bytes:
    """Undo "#xx" in names, by which "/J#61vaScript" hides."""
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), data) if b"#" in data else data
