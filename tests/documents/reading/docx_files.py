"""Files of a word processor, made for the tests: with python-docx, and by hand where it cannot make them."""

import io
import zipfile

from docx import Document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/></Types>'
)


def docx_of(body, *, numbering="", styles="", extra=None):
    """A .docx with the given inside of <w:body>; `extra` are other parts by name."""
    parts = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
    }
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {W}>{numbering}</w:numbering>"
    if styles:
        parts["word/styles.xml"] = f"<w:styles {W}>{styles}</w:styles>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (parts | (extra or {})).items():
            archive.writestr(name, text)
    return file.getvalue()


def p(text, *, list_id="", level=0, style=""):
    """A paragraph of one run, in a list when it has one."""
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>' if list_id else ""
    own = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{own}{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def saved(document):
    """The bytes of a python-docx document."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def letterhead_document():
    """A plan as an office types it: a table without lines for the head, one for the signing, a ruled one between."""
    document = Document()
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "ĐẢNG BỘ TỈNH TUYÊN QUANG\nĐẢNG ỦY PHƯỜNG MẪU\n*"
    head.cell(1, 0).text = "Số 12-KH/ĐU"
    head.cell(0, 1).text = "ĐẢNG CỘNG SẢN VIỆT NAM"
    head.cell(1, 1).text = "Mẫu, ngày 05 tháng 6 năm 2026"
    title = document.add_paragraph()
    title.add_run("KẾ HOẠCH\nhọc tập Chỉ thị số 05-CT/TU").bold = True
    document.add_heading("I. MỤC ĐÍCH", level=1)
    text = document.add_paragraph("Hoàn thành trước ngày ")
    text.add_run("05/7/2026").bold = True
    text.add_run(".")
    grid = document.add_table(rows=3, cols=3, style="Table Grid")
    for place, word in enumerate(("TT", "Nội dung", "Số liệu")):
        grid.cell(0, place).text = word
    grid.cell(1, 0).merge(grid.cell(1, 2)).text = "Tỉnh ủy"
    grid.cell(2, 0).text = "1"
    grid.cell(2, 1).text = "Số buổi học"
    sign = document.add_table(rows=1, cols=2)
    sign.cell(0, 0).text = "Nơi nhận:\n- Ban Tuyên giáo,\n- Lưu Văn phòng."
    sign.cell(0, 1).text = "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nTrần Văn Mẫu"
    return document
