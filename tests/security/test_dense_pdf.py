"""A PDF of a few kilobytes that unpacks to minutes of reading (U-02): the text is looked at as far as is reasonable."""

import io
import zlib

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from documents import pdf_contents

TEXT = b"BT /F1 9 Tf (MAT) Tj ET\n"


def _pdf(drawing, *, pages=1, form=None):
    writer = pypdf.PdfWriter()
    stream = DecodedStreamObject()
    stream.set_data(drawing)
    contents = writer._add_object(stream.flate_encode())
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    names = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    resources = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): names})})
    if form is not None:
        inner = DecodedStreamObject()
        inner.set_data(form)
        inner.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")})
        resources[NameObject("/XObject")] = DictionaryObject({NameObject("/X"): writer._add_object(inner)})
    for _ in range(pages):
        page = writer.add_blank_page(200, 200)
        page[NameObject("/Contents")], page[NameObject("/Resources")] = contents, resources
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.proves("U-02")
def test_reading_stops_where_the_drawing_grows_beyond_reason(monkeypatch):
    monkeypatch.setattr(pdf_contents, "DRAWING_LIMIT", 10 * len(TEXT))
    assert pdf_contents.text_of_pdf(_pdf(TEXT * 4, pages=9)).count("MAT") == 8
    assert pdf_contents.text_of_pdf(_pdf(TEXT * 11)) == ""
    assert pdf_contents.text_of_pdf(_pdf(b"/X Do\n" * 200, form=TEXT)) == ""


def test_a_small_file_is_read_whole():
    assert pdf_contents.text_of_pdf(_pdf(TEXT * 3, pages=2)).count("MAT") == 6


def test_what_is_packed_is_small():
    """The control: what the limit is there for costs its sender nothing."""
    data = _pdf(TEXT * 40_000, pages=30)
    assert (len(data) < 40_000, len(zlib.compress(TEXT * 40_000)) < 10_000) == (True, True)
