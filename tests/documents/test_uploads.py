"""Reliability ids: U-02, U-03, U-05, U-06, U-07, U-09, U-12."""

import io
import zipfile

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from documents.spreadsheets import Sheet, write_workbook
from documents.uploads import CONTENT_TYPES, CheckedUpload, check_upload, clean_name, kind_of

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(*paragraphs: str, extra: dict[str, bytes] | None = None, head: str = "", types: str = "") -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    parts = {
        "[Content_Types].xml": f"<Types>{types}</Types>".encode(),
        "word/document.xml": f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode(),
        **(extra or {}),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def pdf_file(edit=lambda writer: None) -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    edit(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def picture(kind: str, size=(40, 30), **options) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(target, kind, **options)
    return target.getvalue()


def check(data: bytes, name: str, purpose: str = "product") -> CheckedUpload:
    return check_upload(SimpleUploadedFile(name, data), purpose=purpose)


def refusal(data: bytes, name: str, purpose: str = "product") -> str:
    with pytest.raises(ValidationError) as refused:
        check(data, name, purpose)
    assert len(refused.value.messages) == 1
    return refused.value.code


def test_honest_files_pass_with_their_real_type():
    workbook = write_workbook([Sheet("Bảng", rows=[["Chi bộ 1", 35]])])
    files = {
        "pdf": pdf_file(), "docx": docx("Kế hoạch"), "xlsx": workbook, "png": picture("PNG"), "jpg": picture("JPEG"),
    }  # fmt: skip
    kept = {kind: check(data, f"Kế hoạch 12.{kind}") for kind, data in files.items()}
    assert {kind: one.content_type for kind, one in kept.items()} == CONTENT_TYPES
    assert {one.name for one in kept.values()} == {f"Kế hoạch 12.{kind}" for kind in files}
    assert {kind: one.data == files[kind] for kind, one in kept.items() if kind in {"pdf", "docx", "xlsx"}} == {
        "pdf": True, "docx": True, "xlsx": True,
    }  # fmt: skip
    assert not any(one.has_active_content for one in kept.values())


@pytest.mark.proves("U-02", "U-03", "U-05", "U-09", "U-12")
@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b"x" * (12 * 1024 * 1024 + 1), "a.pdf", "too_large"),
        (b"<html><script>1</script></html>%PDF-1.4", "a.pdf", "wrong_type"),
        (b"GIF89a=1;alert(1)", "a.png", "wrong_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.docx", "wrong_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "wrong_type"),
        (b"II*\0" + b"\0" * 50, "a.jpg", "wrong_type"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "a.jpg", "wrong_type"),
        (docx("x"), "a.pdf", "name_differs"),
        (docx("x"), "a.docm", "name_differs"),
        (pdf_file(), "a.exe", "name_differs"),
        (docx("x", extra={"word/vbaProject.bin": b"x"}), "a.docx", "macros"),
        (docx("x", types='<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'), "a.docx", "macros"),
        (docx("x", extra={"xl/workbook.xml": b"<x/>"}), "a.docx", "wrong_type"),
        (docx("x", extra={"word/media/a.bin": b"\0" * (55 * 1024 * 1024)}), "a.docx", "bomb"),
        (docx("x", extra={"in.zip": b"PK"}), "a.docx", "bomb"),
        (docx("x", extra={f"a/{n}": b"" for n in range(2_100)}), "a.docx", "bomb"),
        (b"PK\x03\x04" + b"rac" * 90, "a.docx", "bad_archive"),
        (docx("&a;", head='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "a.docx", "bad_archive"),
        (docx("&b;", head='<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'), "a.docx", "bad_archive"),
        (docx("ĐẢNG ỦY", "TỐI MẬT", "KẾ HOẠCH"), "a.docx", "secret"),
        (docx("x"), "Tuyệt mật.docx", "secret"),
        (write_workbook([Sheet("a", rows=[["MẬT"]])]), "a.xlsx", "secret"),
        (b"\x89PNG\r\n\x1a\n hong", "a.png", "bad_image"),
        (picture("JPEG")[:200], "a.jpg", "bad_image"),
        (picture("PNG", size=(5_000, 4_001)), "a.png", "too_many_pixels"),
        (picture("PNG", save_all=True, append_images=[Image.new("RGB", (40, 30))]), "a.png", "bad_image"),
    ],
)  # fmt: skip
def test_what_may_not_be_kept_is_refused_with_one_reason(data, name, code):
    assert refusal(data, name) == code


def test_each_purpose_takes_its_own_types():
    assert refusal(docx("x"), "a.docx", "scan") == "wrong_type"
    assert refusal(picture("PNG"), "a.png", "paper") == "wrong_type"
    assert check(pdf_file(), "a.pdf", "scan").content_type == "application/pdf"


def test_a_stamp_in_the_text_layer_of_a_pdf_is_found():
    # A tiny PDF whose only text is the stamp, in a simple font with a ToUnicode map.
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        b"3 beginbfchar <41> <004D> <42> <1EAC> <43> <0054> endbfchar endcmap end end"
    )
    content = b"BT /F1 14 Tf 20 100 Td (ABC) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(data)
    data += b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    assert refusal(data, "a.pdf") == "secret"


@pytest.mark.proves("U-06")
@pytest.mark.parametrize(
    "edit",
    [
        lambda writer: writer.root_object.update(
            {pypdf.generic.NameObject("/JavaScript"): pypdf.generic.TextStringObject("app.alert(1)")}
        ),
        lambda writer: writer.add_attachment("a.txt", b"x"),
        lambda writer: writer.root_object.update(
            {pypdf.generic.NameObject("/OpenAction"): pypdf.generic.DictionaryObject()}
        ),
    ],
)
def test_active_parts_of_a_pdf_are_flagged_and_kept_as_they_are(edit):
    data = pdf_file(edit)
    kept = check(data, "a.pdf")
    assert (kept.has_active_content, kept.data) == (True, data)


@pytest.mark.proves("U-06")
def test_hidden_names_and_damaged_files_count_as_active():
    assert check(b"%PDF-1.4\n1 0 obj<</J#61vaScript 2 0 R>>endobj", "a.pdf").has_active_content
    assert check(b"%PDF-1.4\nrac", "a.pdf").has_active_content


def test_links_and_embedded_objects_of_a_document_are_flagged():
    link = b'<Relationships><Relationship TargetMode="External" Target="http://x"/></Relationships>'
    assert check(docx("x", extra={"word/_rels/document.xml.rels": link}), "a.docx").has_active_content
    assert check(docx("x", extra={"word/embeddings/a.bin": b"x"}), "a.docx").has_active_content


@pytest.mark.proves("U-09")
def test_pictures_lose_place_device_comment_and_tail():
    exif = Image.Exif()
    exif[0x0110] = "DienThoai"
    exif[0x0112] = 6
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "noi-chup")
    jpeg = check(picture("JPEG", exif=exif, comment=b"noi-chup") + b"<html>", "a.jpeg").data
    png = check(picture("PNG", pnginfo=told) + b"<html>", "a.png").data
    for data in (jpeg, png):
        assert [word for word in (b"DienThoai", b"noi-chup", b"<html>") if word in data] == []
    # Orientation 6 is a phone held upright: the points themselves are turned.
    assert Image.open(io.BytesIO(jpeg)).size == (30, 40)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P", "1", "LA", "I;16"])
def test_every_mode_of_picture_survives(mode):
    target = io.BytesIO()
    Image.new(mode, (8, 8)).save(target, "PNG")
    assert kind_of(check(target.getvalue(), "a.png").data) == "png"


@pytest.mark.proves("U-07")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../x.pdf", "x.pdf"),
        ("C:\\Users\\a\\kế hoạch.pdf", "kế hoạch.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("ba\u202efdp.exe", "bafdp.exe"),
        ("con.pdf", "tep-con.pdf"),
        ("NUL", "tep-NUL"),
        ("Ke\u0302\u0301 hoa\u0323ch.pdf", "Kế hoạch.pdf"),
        ("", "tep"),
        ("...", "tep"),
        (".htaccess", "htaccess"),
        ('a"b;c\r\nd.pdf', "ab;cd.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_are_made_fit_to_show(name, shown):
    assert clean_name(name) == shown
