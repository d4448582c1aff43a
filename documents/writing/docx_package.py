"""The Word file as a package: its parts in a fixed order with fixed times, so that equal papers give equal bytes.

No author, machine or program is named. What the printed words do not tell (the kind in full, the case in which a name
is stored, the widths of a table) travels in the document's properties, which Word and LibreOffice keep.
"""

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from documents.writing.docx_styles import PAGE_NUMBER, W, styles_part
from documents.writing.docx_text import paragraph

PROPERTY_LENGTH = 200  # Word shows and keeps 255 characters of one
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_WORD = f"{_OFFICE}.wordprocessingml"
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TYPES = {
    "/word/document.xml": f"{_WORD}.document.main+xml",
    "/word/styles.xml": f"{_WORD}.styles+xml",
    "/word/settings.xml": f"{_WORD}.settings+xml",
    "/word/header1.xml": f"{_WORD}.header+xml",
    "/word/header2.xml": f"{_WORD}.header+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/docProps/custom.xml": f"{_OFFICE}.custom-properties+xml",
}
_PARTS = (("styles", "styles.xml"), ("settings", "settings.xml"), ("header", "header1.xml"), ("header", "header2.xml"))
# Relationship numbers of the two headers in word/document.xml.
NUMBERED_HEADER, FIRST_HEADER = "rId3", "rId4"


def package(body: str, *, title: str, dated: date | None, properties: Mapping[str, str], draft: bool, duplex: bool) -> bytes:
    """Return the bytes of a .docx with the given body of word/document.xml."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            (
                (f"{_R}/officeDocument", "word/document.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                (f"{_R}/custom-properties", "docProps/custom.xml"),
            )
        ),
        "docProps/core.xml": _core(title, dated),
        "docProps/custom.xml": _custom(properties),
        "word/_rels/document.xml.rels": _relationships((f"{_R}/{kind}", target) for kind, target in _PARTS),
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{_R}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": styles_part(),
        "word/settings.xml": _settings(duplex),
        "word/header1.xml": _header(_NUMBER, draft=draft),
        "word/header2.xml": _header("", draft=draft),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 0
            archive.writestr(entry, (_HEADER + content).encode())
    return file.getvalue()


def split_property(name: str, value: str) -> dict[str, str]:
    """Return a long value as several properties "name", "name.1", ... that Word keeps whole."""
    pieces = [value[start : start + PROPERTY_LENGTH] for start in range(0, len(value), PROPERTY_LENGTH)]
    return {f"{name}.{number}" if number else name: piece for number, piece in enumerate(pieces)}


def _content_types() -> str:
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in _TYPES.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(targets) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _core(title: str, dated: date | None) -> str:
    day = f"{dated.isoformat()}T00:00:00Z" if dated else ""
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}</dcterms:{name}>' for name in ("created", "modified") if day
    )
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title>{times}<dc:language>vi-VN</dc:language></cp:coreProperties>"
    )


def _custom(properties: Mapping[str, str]) -> str:
    rows = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), start=2)
    )
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{rows}</Properties>'
    )


def _settings(duplex: bool) -> str:
    mirrored = "<w:mirrorMargins/>" if duplex else ""
    return (
        f'<w:settings xmlns:w="{W}">{mirrored}<w:defaultTabStop w:val="720"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="vi-VN"/></w:settings>'
    )


def _header(content: str, *, draft: bool) -> str:
    """Return a header: the number or nothing, centred, and the mark of a draft behind the page."""
    line = paragraph(PAGE_NUMBER, (_OVERLAY if draft else "") + content)
    names = f'xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    return f"<w:hdr {names}>{line}</w:hdr>"


_NUMBER = "".join(
    f"<w:r>{part}</w:r>"
    for part in (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve">PAGE</w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>2</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
)
# "DỰ THẢO" across the page, the way Word makes its own watermarks.
_OVERLAY = (
    '<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
    'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/><o:lock v:ext="edit" text="t" shapetype="t"/>'
    '</v:shapetype><v:shape id="LTDuThao" o:spid="_x0000_s2049" type="#_x0000_t136" alt="" '
    'style="position:absolute;margin-left:0;margin-top:0;width:400pt;height:90pt;rotation:325;z-index:-251658752;'
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#d9d9d9" stroked="f">'
    '<v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:80pt;font-weight:bold" string="DỰ THẢO"/>'
    "</v:shape></w:pict></w:r>"
)
