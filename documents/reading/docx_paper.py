"""A Word file of this program, perhaps edited since, as the paper it says now.

The names of the paragraph styles tell what each line is; they survive Word and LibreOffice. A line in another style is
read by its look. The properties of the file only add what is not printed, and only where the words still agree.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from documents import dates
from documents.choices import CopyKind, PaperKind, Urgency
from documents.content import Copy, Letterhead, NumberLine, Paper, PlaceDate, Recipient, Signature
from documents.markup import joined
from documents.profiles import PROFILES, profile_for
from documents.reading.docx_body import annex_from, block_from
from documents.reading.docx_lines import Grid, Line, WordFile, runs_of, word_file
from documents.reading.docx_parts import Parts, sorted_parts
from documents.secrecy import refuse_secret, secrecy_mark
from documents.uploads import check_office, kind_of, refuse_size

_NUMBER = re.compile(r"^Số ?:? ?(\d{1,6})? ?-(.{1,40})$")
_PLACE = re.compile(r"^(.*?), ?ngày\b(.*)$")
_MONTH = re.compile(r"tháng (\d{1,2}) năm (\d{4})$")


@dataclass(frozen=True, slots=True)
class WordPaper:
    """A paper as it came back.

    Attributes:
        paper: what the file says.
        origins: for each block of ``paper.blocks`` its number in the paper the file was made from, None for a new one.
        base: fingerprint of that paper (``documents.writing.docx.fingerprint``), "" for a file from elsewhere.
        left_out: what a paper cannot hold, in words.
    """

    paper: Paper
    origins: tuple[int | None, ...]
    base: str
    left_out: tuple[str, ...]


def read_paper(content: bytes) -> Paper:
    """Return the paper that a .docx of this program says; see :func:`read_word` for the errors."""
    return read_word(content).paper


def read_word(content: bytes) -> WordPaper:
    """Return the paper of a .docx that this program made, with what came along.

    Raises:
        ValidationError: ``empty``, ``too_large``, ``wrong_type``, ``macros``, ``bomb``, ``bad_archive``, ``secret``, or
            ``not_ours`` when the file shows none of the styles of our papers.
    """
    refuse_size(len(content))
    if kind_of(content) != "docx":
        raise ValidationError(
            "Tệp này không phải tệp Word dạng .docx. Chưa có gì thay đổi; đồng chí mở bằng Word, chọn “Lưu thành” dạng "
            ".docx rồi tải lên lại.",
            code="wrong_type",
        )
    check_office(content)
    file = word_file(content)
    refuse_secret(secrecy_mark("\n".join(block.text for block in file.blocks if not isinstance(block, Grid))))
    parts = sorted_parts(file)
    if not parts.known:
        raise ValidationError(
            "Tệp Word này không phải bản tải về từ chương trình nên không đối chiếu được từng đoạn. Chưa có gì thay "
            "đổi; đồng chí bấm “Tải Word”, sửa trên tệp đó rồi gửi lại, hoặc dùng “Kiểm tra tệp”.",
            code="not_ours",
        )
    return _paper(file, parts)


def _paper(file: WordFile, parts: Parts) -> WordPaper:
    known = file.properties
    place_date = _place_date(parts.first("Địa danh, ngày tháng"), known, "")
    kind, title = _kind(parts, known)
    draft = known.get("LT_draft") == "1"
    number_line = _number_line(parts.first("Số và ký hiệu"), known, "", draft=draft)
    pairs = [pair for item in parts.body if (pair := block_from(item, known, annex=None)) is not None]
    profile = known.get("LT_profile", "")
    paper = Paper(
        kind=kind,
        letterhead=_letterhead(parts, known, ""),
        number_line=number_line,
        place_date=place_date,
        subject=parts.joined("Trích yếu công văn") or parts.joined("Trích yếu"),
        blocks=tuple(block for block, _ in pairs),
        signature=_signature(parts.signatures[-1], known, "LT_signature") if parts.signatures else None,
        recipients=tuple(map(_recipient, parts.all("Dòng nơi nhận"))),
        bases=tuple(_bare(joined(runs_of(line.stretches))) for line in parts.all("Căn cứ")),
        addressees=_addressees(parts),
        closing="\n".join(parts.closing),
        second_signature=_signature(parts.signatures[0], known, "LT_second") if len(parts.signatures) > 1 else None,
        annexes=tuple(annex_from(lines, index, known) for index, lines in enumerate(parts.annexes)),
        draft=draft,
        draft_label=parts.joined("Lần dự thảo"),
        profile=profile if profile in PROFILES else profile_for(place_date.day).name,
        duplex=known.get("LT_duplex") == "1" if known else file.mirrored,
        urgency=_urgency(parts.joined("Mức độ khẩn")),
        circulation=_cased(parts.joined("Phạm vi lưu hành"), known.get("LT_circulation", "")),
        title=title,
        copy=_copy(parts.copy, known) if parts.copy else None,
    )
    origins = tuple(origin for _, origin in pairs)
    left_out = (*file.left_out, *(f"Dòng ở phần đầu hoặc phần ký: {text}" for text in parts.strays))
    return WordPaper(paper, origins, known.get("LT_base", ""), left_out)


def _kind(parts: Parts, known: Mapping[str, str]) -> tuple[PaperKind, str]:
    """Return the kind and the title of a form that is no kind of its own."""
    printed = parts.joined("Tên loại")
    kept = known.get("LT_kind", "")
    kind = PaperKind(kept) if kept in PaperKind.values else PaperKind.LETTER if not printed else PaperKind.PLAN
    title = known.get("LT_title", "")
    if title and title.upper() == printed:
        return kind, title
    if not printed or kind.label.upper() == printed:
        return kind, ""
    labels = {one.label.upper(): one for one in PaperKind}
    return (labels[printed], "") if printed in labels else (kind, printed)


def _letterhead(parts: Parts, known: Mapping[str, str], prefix: str) -> Letterhead:
    return Letterhead(
        _cased(parts.joined("Cơ quan cấp trên"), known.get(f"LT_{prefix}superior", "")),
        _cased(parts.joined("Cơ quan ban hành"), known.get(f"LT_{prefix}body", "")),
    )


def _number_line(text: str, known: Mapping[str, str], prefix: str, *, draft: bool = False) -> NumberLine | None:
    found = _NUMBER.match(" ".join(text.split()))
    if not found:
        return None
    kept = known.get(f"LT_{prefix}number", "")
    number = int(found[1]) if found[1] else int(kept) if draft and kept.isdecimal() and len(kept) < 7 else None
    return NumberLine(found[2].strip(), number)


def _place_date(text: str, known: Mapping[str, str], prefix: str) -> PlaceDate:
    text = " ".join(text.split())
    found = _PLACE.match(text)
    if not found:
        return PlaceDate(text)
    expected = _day(known.get(f"LT_{prefix}expected", ""))
    try:
        return PlaceDate(found[1], dates.parse(text), expected)
    except ValueError:
        month = _MONTH.search(text)
    if not month or not 1 <= int(month[1]) <= 12:
        return PlaceDate(found[1])
    if expected is None or (expected.month, expected.year) != (int(month[1]), int(month[2])):
        expected = date(int(month[2]), int(month[1]), 1)
    return PlaceDate(found[1], None, expected)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _cased(printed: str, stored: str) -> str:
    """Return a name in the case it is stored in, as long as the capitals on paper are still those of it."""
    return stored if stored and " ".join(stored.upper().split()) == printed else printed


def _bare(text: str) -> str:
    return text.removeprefix("- ").rstrip(" .,;")


def _addressees(parts: Parts) -> tuple[str, ...]:
    single = parts.joined("Kính gửi").partition(":")[2]
    rows = [single, *(line.text for line in parts.all("Nơi kính gửi"))]
    return tuple(_bare(row.strip()) for row in rows if row.strip())


def _recipient(line: Line) -> Recipient:
    """Return a line of Nơi nhận, the purpose being what stands in brackets at its end."""
    text = _bare(line.text)
    name, bracket, note = text.rpartition(" (")
    return Recipient(name, note[:-1]) if bracket and note.endswith(")") else Recipient(text)


def _signature(lines: Mapping[str, str], known: Mapping[str, str], name: str) -> Signature:
    return Signature(
        _cased(lines.get("authority", ""), known.get(f"{name}_authority", "")),
        _cased(lines.get("position", ""), known.get(f"{name}_position", "")),
        lines.get("name", ""),
    )


def _urgency(printed: str) -> Urgency | None:
    return next((one for one in Urgency if one.label == printed), None)


def _copy(parts: Parts, known: Mapping[str, str]) -> Copy:
    printed = parts.joined("Loại bản sao")
    return Copy(
        kind=next((kind for kind in CopyKind if kind.label.upper() == printed), CopyKind.TRUE_COPY),
        letterhead=_letterhead(parts, known, "copy_"),
        number_line=_number_line(parts.first("Số và ký hiệu"), known, "copy_") or NumberLine(""),
        place_date=_place_date(parts.first("Địa danh, ngày tháng"), known, "copy_"),
        signature=_signature(parts.signatures[-1] if parts.signatures else {}, known, "LT_copy_signature"),
        recipients=tuple(map(_recipient, parts.all("Dòng nơi nhận"))),
    )
