"""Text in the character sets that Vietnamese offices used before Unicode: found, so that nobody reads it as nonsense.

TCVN3 (fonts .VnTime, .VnTimeH) and VNI keep Vietnamese letters at the places of other signs; their capitals live in
fonts of their own, so that a conversion would lose which letters were capital. Hence they are refused, with the way out.
"""

import re

from django.core.exceptions import ValidationError

_MODERN = re.compile("[\u1ea0-\u1ef9ăĂđĐơƠưƯ]")
# Signs that no Vietnamese text holds beside a letter, and capitals with marks inside a word: TCVN3 uses them as letters.
_TCVN3 = re.compile("(?<=[A-Za-z])[\xa8-\xae\xb5-\xbe\xa7]|[\xa8-\xae\xb5-\xbe\xa7](?=[A-Za-z])|(?<=[a-z])[\xc6-\xd8\xdc-\xde]")
_VNI = re.compile("[aeouyAEOUY][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË](?![ùøûõ])|ñ|Ñ|[öôÖÔ][ùøûõïÙØÛÕÏ]?[nmtcpiaoNMTCPIAO]")
_LETTERS = re.compile(r"[^\W\d_]")
_LOOKED_AT = 50_000
_LEAST = 5  # marks: a name or a formula may hold one
_SHARE = 0.03  # of the letters; real TCVN3 and VNI texts have 0.1 to 0.3

_WAY_OUT = (
    "Tệp dùng bảng mã cũ %(name)s nên đọc ra sẽ sai chữ. Tệp chưa được lưu; đồng chí chuyển văn bản sang bảng mã "
    "Unicode (trong Unikey: Ctrl + Shift + F6, hoặc mở bằng Word rồi đổi phông sang Times New Roman Unicode), lưu lại rồi tải lên."
)


def refuse_old_encoding(text: str) -> None:
    """Raise the refusal of a text in TCVN3 or VNI; Unicode passes.

    Raises:
        ValidationError: ``old_encoding``.
    """
    head = text[:_LOOKED_AT]
    letters = len(_LETTERS.findall(head))
    if not letters or len(_MODERN.findall(head)) > letters * 0.02:
        return
    for name, marks in (("TCVN3 (ABC)", _TCVN3), ("VNI", _VNI)):
        found = len(marks.findall(head))
        if found >= _LEAST and found > letters * _SHARE:
            raise ValidationError(_WAY_OUT, code="old_encoding", params={"name": name})


def decode_text(content: bytes) -> str:
    """Return the text of a plain text file: UTF-8, UTF-16 or Windows-1258, with or without a byte order mark.

    Raises:
        ValidationError: ``old_encoding`` for TCVN3 and VNI, ``not_text`` for anything that is no text.
    """
    text = _decoded(content)
    if text is None or _is_binary(text):
        raise ValidationError(
            "Tệp này không phải văn bản mà chương trình đọc được. Tệp chưa được lưu; đồng chí lưu văn bản thành "
            "tệp .docx, .pdf hoặc .txt (UTF-8) rồi tải lên lại.",
            code="not_text",
        )
    refuse_old_encoding(text)
    return text


def _decoded(content: bytes) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _tried(content, "utf-16")
    if (text := _tried(content, "utf-8-sig")) is not None and "\0" not in text:
        return text
    head = content[:2_000]
    zeros = (head[0::2].count(0), head[1::2].count(0))  # Latin letters have an empty high byte in UTF-16
    if max(zeros) > len(head) // 8:
        return _tried(content, "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le")
    old = content.decode("latin-1")
    refuse_old_encoding(old)
    # Windows-1258 writes marks as characters of their own; flatten puts letter and mark together later on.
    return _tried(content, "cp1258")


def _tried(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_binary(text: str) -> bool:
    head = text[:_LOOKED_AT]
    controls = sum(char < " " and char not in "\t\n\r\x0b\x0c\x1a" for char in head)
    return "\0" in head or controls > len(head) // 100
