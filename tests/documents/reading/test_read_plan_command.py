"""manage.py read_plan: JSON on stdout, one sentence on stderr, no database."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.once
PLAN = Path(__file__).parents[2] / "plans" / "dev" / "xa_hai_lang.txt"


def run(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command("read_plan", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_json_is_printed_with_vietnamese_letters():
    code, out, err = run(str(PLAN), "--json")
    assert (code, err, json.loads(out)["issuer"], json.loads(out)["number"]) == (
        0,
        "",
        "Ban Thường vụ Đảng ủy xã",
        "21",
    )
    assert "Đảng ủy xã" in out


def test_a_readable_outline_is_the_default():
    code, out, _ = run(str(PLAN))
    assert code == 0
    assert "  IV. TỔ CHỨC THỰC HIỆN" in out
    assert "T/M BAN THƯỜNG VỤ / PHÓ BÍ THƯ THƯỜNG TRỰC / Lê Quang Thạch" in out


@pytest.mark.parametrize(
    ("name", "content"), [("thieu.txt", None), ("hong.pdf", b"%PDF-1.4 nothing"), ("hong.docx", b"PK\x03\x04")]
)
def test_what_cannot_be_read_ends_with_2_and_one_sentence(tmp_path, name, content):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    code, out, err = run(str(path), "--json")
    assert (code, out) == (2, "")
    assert err.strip().endswith(".")
    assert len(err.strip().splitlines()) == 1
