"""Any file of a paper as numbered lines: the one door through which files are read."""

from django.core.exceptions import ValidationError

from documents.reading.docx_source import docx_source
from documents.reading.old_encodings import decode_text, refuse_old_encoding
from documents.reading.pdf_source import pdf_source
from documents.reading.source import Source
from documents.reading.text import text_source
from documents.secrecy import refuse_secret, secrecy_in_name, secrecy_mark
from documents.uploads import check_office, clean_name, kind_of, refuse_size

LETTER_LIMIT = 600_000  # of one paper: three hundred printed pages
LINE_LIMIT = 20_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_NOT_KEPT = "Tệp chưa được lưu"


def read_source(name: str, content: bytes) -> Source:
    """Return the lines of a .txt, .docx or .pdf; the content decides what it is, not the name.

    Args:
        name: the name of the file, shown to people and searched for a degree of secrecy.
        content: the whole file.

    Raises:
        ValidationError: with one sentence saying what to do: ``empty``, ``too_large``, ``wrong_type``, ``old_word``,
            ``scan``, ``macros``, ``bomb``, ``bad_archive``, ``encrypted``, ``no_text``, ``too_heavy``, ``not_text``,
            ``old_encoding``, ``too_long``, ``nothing`` or ``secret``. Nothing of the file is kept.
    """
    name = clean_name(name)
    refuse_size(len(content))
    refuse_secret(secrecy_in_name(name))
    source = _read(name, content)
    _refuse_length(source)
    text = "\n".join(line.raw or line.text for line in source.lines)
    refuse_secret(secrecy_mark(text))
    refuse_old_encoding(text)
    return source


def _read(name: str, content: bytes) -> Source:
    kind = kind_of(content)
    if kind == "pdf":
        return pdf_source(content, name=name)
    if kind == "docx":
        check_office(content)
        return docx_source(content, name=name)
    if kind in {"png", "jpg"}:
        raise ValidationError(
            f"Tệp này là ảnh nên chương trình không đọc được chữ. {_NOT_KEPT}; đồng chí dán phần chữ vào tệp .txt hoặc "
            "Word rồi tải lên, hoặc chỉ dán dòng tên văn bản.",
            code="scan",
        )
    if content.startswith((_OLD_OFFICE, b"{\\rtf")):
        raise ValidationError(
            f"Tệp này ở dạng Word cũ (.doc, .rtf). {_NOT_KEPT}; đồng chí mở bằng Word, chọn “Lưu thành” dạng .docx "
            "rồi tải lên lại.",
            code="old_word",
        )
    if kind or content.startswith(b"PK"):
        raise ValidationError(
            f"Chương trình chỉ đọc tệp .docx, .pdf hoặc .txt; tệp “%(name)s” thuộc loại khác. {_NOT_KEPT}; đồng chí lưu "
            "lại thành một trong ba loại đó.",
            code="wrong_type",
            params={"name": name},
        )
    return text_source(decode_text(content), name=name)


def _refuse_length(source: Source) -> None:
    if not source.lines:
        raise ValidationError(f"Tệp này không có chữ nào. {_NOT_KEPT}; đồng chí kiểm tra lại tệp.", code="nothing")
    if len(source.lines) > LINE_LIMIT or sum(len(line.raw or line.text) for line in source.lines) > LETTER_LIMIT:
        raise ValidationError(
            f"Văn bản trong tệp dài quá mức của một văn bản (khoảng ba trăm trang). {_NOT_KEPT}; đồng chí tách riêng "
            "phần kế hoạch rồi tải lên lại.",
            code="too_long",
        )
