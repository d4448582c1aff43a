"""A directive registered from its own file; a scan without text leads to the pasted title line."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.models import Directive
from documents.models import StoredFile

pytestmark = pytest.mark.django_db

TEXT = """TỈNH ỦY TUYÊN QUANG
Số 31-NQ/TU

ĐẢNG CỘNG SẢN VIỆT NAM
Tuyên Quang, ngày 02 tháng 3 năm 2026

NGHỊ QUYẾT
CỦA BAN THƯỜNG VỤ TỈNH ỦY
về phát triển đô thị xanh

I. QUAN ĐIỂM

1. Phát triển đô thị là việc lâu dài

Nội dung của mục này.

II. NHIỆM VỤ

1. Trồng cây dọc các tuyến phố

Nội dung của mục này.

T/M BAN THƯỜNG VỤ
BÍ THƯ

Trần Văn Mẫu
"""
TITLE = "Nghị quyết số 31-NQ/TU, ngày 02/3/2026 của Ban Thường vụ Tỉnh ủy Tuyên Quang về phát triển đô thị xanh"
NEW = "campaigns:directive-new"


def read(client, content, name="nghi quyet.txt", **typed):
    upload = SimpleUploadedFile(name, content)
    return client.post(reverse(NEW), {"upload": upload, "declared": "on", "act": "file", **typed})


def test_a_file_fills_the_fields_and_offers_its_headings(cast, clock, sign_in):
    client = sign_in(cast.drafter)
    answer = read(client, TEXT.encode(), incoming_number="45", subject="sẽ được thay")
    form, core = answer.context["form"], answer.context["core"]
    names = ("kind", "number", "sign", "dated_on", "subject", "incoming_number")
    assert [form.initial[name] for name in names] == ["NQ", "31", "NQ/TU", dt.date(2026, 3, 2), "về phát triển đô thị xanh", "45"]
    assert form.initial["issuer"].startswith("Ban Thường vụ Tỉnh ủy")
    assert core.offered[0] == "I. QUAN ĐIỂM"
    assert "1. Trồng cây dọc các tuyến phố" in core.offered
    assert (Directive.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_ticked_headings_become_core_content(cast, clock, sign_in):
    client = sign_in(cast.drafter)
    answer = read(client, TEXT.encode())
    offered = answer.context["core"].offered
    fields = {**answer.context["form"].initial, "dated_on": "02/3/2026", "scope": "people", "core_content": "Đọc kỹ phần II."}
    fields.pop("parents")
    client.post(reverse(NEW), fields | {"act": "save", "offered": offered, "core": offered[-1:]})
    assert Directive.objects.get().core_content == f"Đọc kỹ phần II.\n- {offered[-1]}"


def test_a_refused_form_comes_back_with_the_ticked_headings(cast, clock, sign_in):
    client = sign_in(cast.drafter)
    offered = ["I. QUAN ĐIỂM", "II. NHIỆM VỤ"]
    answer = client.post(reverse(NEW), {"act": "save", "number": "31", "offered": offered, "core": offered[1:]})
    core = answer.context["core"]
    assert (core.offered, core["core"].value()) == (offered, offered[1:])
    assert answer.content.decode().count('name="offered"') == 2


def test_a_scan_points_to_the_title_line_which_does_as_much(cast, clock, sign_in):
    client = sign_in(cast.drafter)
    answer = read(client, b"\x89PNG\r\n\x1a\n" + b"0" * 60, "quet.png", incoming_number="45")
    assert "chỉ dán dòng tên văn bản" in answer.context["file"].errors["upload"][0]
    assert answer.context["form"].initial["incoming_number"] == "45"
    by_title = client.post(reverse(NEW), {"title": TITLE, "act": "read"}).context["form"].initial
    by_file = read(client, TEXT.encode()).context["form"].initial
    names = ("kind", "number", "sign", "dated_on", "subject")
    assert [by_title[name] for name in names] == [by_file[name] for name in names]
