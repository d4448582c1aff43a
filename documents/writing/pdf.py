"""The one door to PDF, and the only module that imports WeasyPrint (inside a function: it is slow to load).

Locked down (reliability tests P-02 to P-04): nothing is fetched but the fonts
that ship with the project, by their exact address. Output is byte-identical for
an equal paper on any machine: our own font, a fixed identifier, the paper's date.
"""

import gc
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import RLock
from typing import Any

from django.conf import settings

from documents import limits
from documents.content import Paper
from documents.paper_json import to_json
from documents.writing import html

# An address that belongs to nobody by RFC 2606, so that relative addresses resolve to something.
_BASE = "https://paper.invalid/static/"
_FONTS = ("Regular", "Bold", "Italic", "BoldItalic")
_DUPLEX = "@page :left { margin: 20mm 30mm 20mm 15mm }"
# Pango's font map is shared by all threads of a worker, so one paper is laid out at a time.
_LOCK = RLock()


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    """A finished PDF: a file name in plain ASCII, the bytes, the number of pages."""

    name: str
    data: bytes
    pages: int


def render(paper: Paper, *, answer_at: str = "") -> RenderedPdf:
    """Return the paper as PDF/A-2b with tags.

    Args:
        paper: what to print.
        answer_at: on a copy for one person, the address of their own page, printed as a QR; it is no part of
            the paper, which is the same for all.

    Raises:
        ValidationError: the paper is larger than ``documents.limits`` allows.
    """
    limits.check_size(paper)
    identifier = hashlib.sha256((to_json(paper) + answer_at).encode()).hexdigest()[:32].encode()
    sheets = (_DUPLEX,) if paper.duplex else ()
    data, pages = _write(html.render(paper, answer_at=answer_at), html.STYLESHEET, sheets, identifier)
    return RenderedPdf(file_name(paper), data, pages)


def render_page(markup: str, *, name: str, stylesheet: str) -> RenderedPdf:
    """Return another printed page of the program (such as access cards) as PDF.

    Args:
        markup: a whole HTML page made by a Django template.
        name: file name in plain ASCII, with ".pdf".
        stylesheet: path below ``static/``; it may name the bundled fonts.
    """
    identifier = hashlib.sha256(markup.encode()).hexdigest()[:32].encode()
    data, pages = _write(markup, stylesheet, (), identifier)
    return RenderedPdf(name, data, pages)


def warm_up() -> None:
    """Load WeasyPrint, the fonts and the style sheet, so that the first paper is as quick as the next."""
    words = "<p>Đảng ủy <b>phường</b> <i>Nông Tiến</i></p>"
    _write(f'<html lang="vi"><title>Khởi động</title>{words}</html>', html.STYLESHEET, (), b"0" * 32)


def file_name(paper: Paper) -> str:
    """Return "KH-12-DU.pdf", or "KH-trinh-ky-DU.pdf" while there is no number."""
    line = paper.copy.number_line if paper.copy else paper.number_line
    sign = line.sign if line else paper.kind.sign
    kind, _, body = sign.partition("/")
    number = "trinh-ky" if line is None or line.number is None else f"{line.number:02d}"
    parts = [_ascii(part) for part in (kind, number, body)]
    return "-".join(part for part in parts if part) + ".pdf"


def _ascii(text: str) -> str:
    flat = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return re.sub(r"[^A-Za-z0-9-]", "", flat)


def _write(markup: str, stylesheet: str, extra: tuple[str, ...], identifier: bytes) -> tuple[bytes, int]:
    with _LOCK, _collector_paused():
        engine = _engine()
        sheets = [engine.sheet(stylesheet), *[engine.css(text) for text in extra]]
        document = engine.document(markup, sheets)
        data = document.write_pdf(pdf_variant="pdf/a-2b", pdf_tags=True, pdf_identifier=identifier)
        return data, len(document.pages)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector out of the layout: it costs a third of a long paper's time and finds nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Engine:
    """WeasyPrint with one font configuration for the life of the process and a fetcher that denies all else."""

    def __init__(self, weasyprint: Any, fonts: Any, fetcher: Any) -> None:
        self._weasyprint, self._fonts, self._fetcher = weasyprint, fonts, fetcher
        self._sheets: dict[str, Any] = {}

    def sheet(self, path: str) -> Any:
        if path not in self._sheets:
            self._sheets[path] = self.css(_static(path).read_text("utf-8"), _BASE + path)
        return self._sheets[path]

    def css(self, text: str, address: str = _BASE) -> Any:
        return self._weasyprint.CSS(string=text, base_url=address, url_fetcher=self._fetcher, font_config=self._fonts)

    def document(self, markup: str, sheets: list[Any]) -> Any:
        page = self._weasyprint.HTML(string=markup, base_url=_BASE, url_fetcher=self._fetcher)
        return page.render(stylesheets=sheets, font_config=self._fonts)


@cache
def _engine() -> _Engine:
    import weasyprint  # noqa: PLC0415 -- slow to load, and only papers need it
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- as above
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 -- as above

    bundled = {f"{_BASE}fonts/tinos/Tinos-{face}.ttf": _static(f"fonts/tinos/Tinos-{face}.ttf") for face in _FONTS}

    class BundledOnly(URLFetcher):
        """Serves the fonts of the project; any other address ends the rendering of that resource."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if url not in bundled:
                raise ValueError("Only the fonts of the project are available to a paper.")
            return URLFetcherResponse(url, bundled[url].read_bytes(), {"Content-Type": "font/ttf"})

    return _Engine(weasyprint, FontConfiguration(), BundledOnly())


def _static(path: str) -> Path:
    return Path(settings.BASE_DIR) / "static" / path
