"""Small steps through the XML of a .docx, whatever its namespace (transitional or strict)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError

MARKS_LIMIT = 600_000  # of "<" in one part: a plan of fifty pages from a word processor has about 100,000
DEPTH_LIMIT = 200


def parse_part(content: bytes) -> Element:
    """Return the root of a part of the file.

    Raises:
        ValidationError: ``bomb`` for more elements than any plan holds, ``bad_archive`` for broken XML, entities or a DTD.
    """
    if content.count(b"<") > MARKS_LIMIT:
        raise ValidationError(
            "Tệp có quá nhiều thành phần nên không đọc được. Tệp chưa được lưu; đồng chí tách tệp hoặc dán nội dung "
            "sang một tệp Word mới rồi tải lên lại.",
            code="bomb",
        )
    try:
        return ElementTree.fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as problem:
        raise broken() from problem


def broken() -> ValidationError:
    """Return the refusal of a file that is not what a word processor writes."""
    return ValidationError(
        "Tệp bị hỏng hoặc có cấu trúc không an toàn nên không đọc được. Tệp chưa được lưu; "
        "đồng chí mở tệp bằng Word, lưu lại rồi tải lên lần nữa.",
        code="bad_archive",
    )


def tag(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the children of that name."""
    if element is not None:
        yield from (one for one in element if tag(one) == name)


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of that name, or None."""
    return next(children(element, name), None)


def descend(element: Element | None, name: str) -> Element | None:
    """Return the element of that name in the properties (pPr, rPr) of ``element``, or None."""
    for properties in ("pPr", "rPr"):
        found = child(child(element, properties), name)
        if found is not None:
            return found
    return None


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute whatever its namespace, "" without it."""
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def number_of(element: Element | None, otherwise: int, *, name: str = "val") -> int:
    """Return a small whole number out of an attribute, ``otherwise`` when there is none."""
    text = attribute(element, name)
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise


def is_on(element: Element | None) -> bool | None:
    """Return whether a switch such as <w:b/> is on, None when it is not set."""
    if element is None:
        return None
    return attribute(element, "val").lower() not in {"0", "false", "off", "none"}
