"""Reliability ids: U-02, U-03, U-04, U-08."""

import contextlib
import io
import tracemalloc
import zipfile
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook, load_workbook

from documents.spreadsheets import Sheet, read_rows, write_workbook

MEGABYTE = 1024 * 1024
DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("http://x","y")', "- Chủ trì, phối hợp"]


def reopened(data: bytes):
    return load_workbook(io.BytesIO(data))


def changed(data: bytes, entry: str, edit) -> io.BytesIO:
    """Return the file with one entry edited as text."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, edit(content.decode()) if info.filename == entry else content)
    return target


def one_sheet(*rows) -> bytes:
    return write_workbook([Sheet("Bảng", rows=rows)])


@pytest.mark.proves("U-08")
def test_no_text_becomes_a_formula_and_no_text_is_changed():
    data = write_workbook([Sheet("Xuất", header=["=Đầu"], rows=[[text] for text in DANGEROUS])])
    cells = [cell for (cell,) in reopened(data).active.iter_rows()]
    assert {cell.data_type for cell in cells} == {"s", "n"} - {"n"}
    shown = [text.replace("\r", "") for text in DANGEROUS]
    assert [cell.value for cell in cells] == ["=Đầu", *shown]
    assert not has_formula(data)


def has_formula(data):
    return b"<f>" in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_a_text_written_without_our_door_becomes_a_formula():
    """Control of the test above: left to guess, openpyxl makes a formula of what begins with "="."""
    book, target = Workbook(), io.BytesIO()
    for text in DANGEROUS:
        book.active.append([text.replace("\r", "")])
    book.save(target)
    assert has_formula(target.getvalue())
    assert "f" in {cell.data_type for (cell,) in reopened(target.getvalue()).active.iter_rows()}


def test_figures_dates_and_gaps_keep_their_types():
    data = one_sheet(["Chi bộ 1", 35, 94.5, None, date(2026, 6, 5), True])
    assert [cell.value for cell in reopened(data).active[1]][:4] == ["Chi bộ 1", 35, 94.5, None]
    assert read_rows(io.BytesIO(data)) == [["Chi bộ 1", "35", "94.5", "", "05/06/2026", "có"]]


def test_sheet_names_are_made_legal_and_different():
    book = reopened(write_workbook([Sheet("KH 12/ĐU"), Sheet("KH 12/ĐU"), Sheet("")]))
    assert book.sheetnames == ["KH 12-ĐU", "KH 12-ĐU 2", "Bảng"]


def test_reading_keeps_the_place_of_blank_rows_and_drops_the_tail():
    data = one_sheet(["a"], [None], ["b"], [None], [None])
    assert read_rows(io.BytesIO(data)) == [["a"], [], ["b"]]


def test_reading_cleans_what_was_typed():
    assert read_rows(io.BytesIO(one_sheet(["Chi bộ\u200b  1 "]))) == [["Chi bộ 1"]]


@pytest.mark.proves("U-04")
def test_a_far_cell_and_a_false_dimension_cost_nothing():
    book = Workbook()
    book.active["XFD1048576"] = "xa"
    book.active["A1"] = "gần"
    target = io.BytesIO()
    book.save(target)
    assert read_rows(target) == [["gần"]]
    lying = changed(
        one_sheet(["a", "b"]), "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>', 1),
    )  # fmt: skip
    assert read_rows(lying) == [["a", "b"]]


def test_a_cell_is_cut_where_the_reader_says():
    data = one_sheet(["Chi bộ   số  1", "x" * 9_000])
    assert read_rows(io.BytesIO(data), cell_limit=11) == [["Chi bộ số 1", "x" * 11]]


@pytest.mark.proves("U-04")
def test_more_rows_than_the_limit_are_refused_and_far_columns_left_out():
    assert read_rows(io.BytesIO(one_sheet(["x"] * 60))) == [["x"] * 50]
    with pytest.raises(ValidationError) as refused:
        read_rows(io.BytesIO(one_sheet(*[["x"]] * 12)), row_limit=10)
    assert refused.value.code == "too_many_rows"


@pytest.mark.proves("U-03")
@pytest.mark.parametrize(
    "entity",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_in_a_workbook_are_refused(entity):
    hostile = changed(
        one_sheet(["a"]),
        "xl/workbook.xml",
        lambda xml: entity + xml.split("?>", 1)[-1].replace("<sheets>", "<!-- -->&a;<sheets>"),
    )
    with pytest.raises(ValidationError) as refused:
        read_rows(hostile)
    assert refused.value.code == "bad_workbook"


def bomb(entries: int, size: int, name: str = "xl/{}.xml") -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for number in range(entries):
            archive.writestr(name.format(number), b"\0" * size)
    return target


@pytest.mark.proves("U-02")
@pytest.mark.parametrize(
    "file", [bomb(1, 60 * 1024 * 1024), bomb(1, 20 * 1024 * 1024), bomb(2_001, 0), bomb(1, 10, "{}.zip")]
)
def test_bombs_are_refused_by_their_directory(file):
    with pytest.raises(ValidationError) as refused:
        read_rows(file)
    assert refused.value.code == "bomb"


@pytest.mark.parametrize("content", [b"", b"xin chao", b"PK\x03\x04 hong", b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_workbook_is_refused_in_one_sentence(content):
    with pytest.raises(ValidationError) as refused:
        read_rows(io.BytesIO(content))
    assert refused.value.code in {"bad_archive", "bad_workbook"}
    assert len(refused.value.messages) == 1


def peak(file) -> int:
    """The most memory that reading the workbook took, in bytes; whether it was refused does not matter."""
    tracemalloc.start()
    with contextlib.suppress(ValidationError):
        read_rows(file)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


@pytest.mark.once
@pytest.mark.proves("U-02")
def test_one_long_text_in_every_cell_is_refused():
    """Excel keeps a text once however many cells hold it: some kilobytes would become gigabytes of cells."""
    book, file = Workbook(), io.BytesIO()
    for _ in range(40):
        book.active.append(["ổ" * 32_000] * 50)
    book.save(file)
    assert file.tell() < MEGABYTE
    with pytest.raises(ValidationError) as refused:
        read_rows(file)
    assert refused.value.code == "bomb"


@pytest.mark.once
@pytest.mark.proves("U-02", "U-04")
def test_no_hostile_workbook_takes_more_memory_than_an_honest_one_may():
    """300 MB of blanks in 300 KB: at most 50 MB; a cell at the far corner: at most 100 MB."""
    packed, far = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(300):
            part.write(bytes(MEGABYTE))
    book = Workbook()
    book.active["XFD1048576"] = "xa"
    book.save(far)
    assert packed.tell() < MEGABYTE
    assert (peak(packed) < 50 * MEGABYTE, peak(far) < 100 * MEGABYTE) == (True, True)
