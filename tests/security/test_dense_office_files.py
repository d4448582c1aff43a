"""Office files that pass the look at their directory and would still fill the memory (U-02)."""

import io
import os
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.choices import FilePurpose
from documents.uploads import check_upload

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _docx(body):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body)
        archive.writestr("word/media/image1.bin", os.urandom(200_000), zipfile.ZIP_STORED)
    return SimpleUploadedFile("san-pham.docx", file.getvalue())


@pytest.mark.proves("U-02")
@pytest.mark.parametrize("piece", ["<w:p/>", '<w:p a="" b="" c=""/>'])
def test_millions_of_elements_are_refused_before_they_are_parsed(piece):
    body = f"<w:document {W}>{piece * (18_000_000 // len(piece))}</w:document>"
    with pytest.raises(ValidationError) as refused:
        check_upload(_docx(body), purpose=FilePurpose.PRODUCT)
    assert refused.value.code == "bomb"


@pytest.mark.proves("U-02")
def test_a_long_paper_is_taken():
    body = f"<w:document {W}>{'<w:p><w:r><w:t>Một đoạn.</w:t></w:r></w:p>' * 20_000}</w:document>"
    assert check_upload(_docx(body), purpose=FilePurpose.PRODUCT).name == "san-pham.docx"
