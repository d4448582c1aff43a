"""manage.py check_plan: exit codes, JSON of the contract, readable list."""

import io
import json

import pytest
from django.core.management import call_command

from tests.documents.checks.samples import whole

KEYS = ["file", "check", "variant", "severity", "line", "quote", "message", "suggestion"]


def _run(*args) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("check_plan", *map(str, args), stdout=out, stderr=err)
    except SystemExit as stop:
        return stop.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def bad(tmp_path):
    """A plan with a repeated word at line 5."""
    path = tmp_path / "ke_hoach.txt"
    path.write_text(whole("Các chi bộ bộ học tập."), encoding="utf-8")
    return path


def test_json_is_that_of_the_contract(bad):
    code, out, _ = _run(bad, "--json")
    rows = json.loads(out)
    assert code == 1
    assert all(list(row) == KEYS for row in rows)
    assert [row["quote"] for row in rows if row["check"] == "C06"] == ["chi bộ bộ"]
    lines = [row["line"] for row in rows]
    assert lines == sorted(lines, key=lambda line: -1 if line is None else line)


def test_the_readable_list_says_what_to_write(bad):
    code, out, _ = _run(bad)
    assert code == 1
    assert "dòng 5  C06 Lặp từ, lặp cụm từ: “chi bộ bộ” → “chi bộ”" in out


def test_several_files_and_siblings(bad, tmp_path):
    other = tmp_path / "khac.txt"
    other.write_text(whole("Học tập."), encoding="utf-8")
    code, out, _ = _run(bad, other, "--json", "--sibling", other)
    assert code == 1
    assert {row["file"] for row in json.loads(out)} == {str(bad), str(other)}


@pytest.mark.parametrize("name", ["khong_co.txt", "anh.png"])
def test_a_file_that_cannot_be_read(tmp_path, name):
    if name.endswith("png"):
        (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n")
    code, out, err = _run(tmp_path / name)
    assert (code, out) == (2, "")
    assert name in err
