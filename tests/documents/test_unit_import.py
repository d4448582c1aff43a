import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.services.unit_import import confirm_import, preview_import
from documents.spreadsheets import Sheet, write_workbook
from documents.unit_rows import parse_list
from tests.factories import TODAY, make_unit
from units.models import AuditEvent, Membership, Unit, User

HEADER = [
    "Họ tên bí thư",
    "Mã đơn vị",
    "TÊN ĐƠN VỊ (*)",
    "Loại hình",
    "Số đảng viên",
    "Số được miễn",
    "Điện thoại",
    "Trực thuộc",
]
GOOD = [
    ["Trần Văn A", "TDP-06", "Chi bộ Tổ dân phố Tràng Đà 6", "Tổ dân phố", "28", "3", "+84 912.345.678", ""],
    ["", "CB-KT", "Chi bộ Kinh tế", "Chi bộ trực thuộc đảng ủy cơ sở", "", "", "", "DB-UB"],
    ["Lê Thị B", "DB-UB", "Đảng bộ Ủy ban nhân dân phường", "đảng bộ ủy ban nhân dân", "45", "", "912345679", ""],
]


def table(*rows):
    return [["DANH SÁCH ĐƠN VỊ"], [], HEADER, *rows]


def book(*rows):
    return SimpleUploadedFile("Danh sách.xlsx", write_workbook([Sheet("Đơn vị", (), table(*rows))]))


def test_every_bad_row_is_named_with_its_column():
    bad = [
        ["", "", "Chi bộ không mã", "tdp", "", "", "", ""],
        ["", "A1", "Chi bộ A1", "Chi bộ tổ dân fố", "hai mươi", "", "", ""],
        ["", "A2", "Chi bộ A2", "tdp", "5", "6", "", ""],
        ["", "A3", "Chi bộ A3", "tdp", "", "", "091234", ""],
        ["", "a3", "Chi bộ A3 nữa", "tdp", "", "", "", ""],
        ["", "A4", "Chi bộ A4", "tdp", "", "", "0912345678", ""],
    ]
    found = parse_list(table(*bad))
    assert [(problem.row, problem.column, problem.sentence) for problem in found.problems] == [
        (4, "Mã đơn vị", "Thiếu mã đơn vị."),
        (5, "Loại hình", "Không có loại hình “Chi bộ tổ dân fố”. Có phải “Chi bộ tổ dân phố” không?"),
        (5, "Số đảng viên", "“hai mươi” không phải là một số nguyên không âm."),
        (6, "Số được miễn", "Số được miễn (6) lớn hơn số đảng viên (5)."),
        (7, "Điện thoại bí thư", "“091234” không phải là số điện thoại Việt Nam."),
        (9, "Họ tên bí thư", "Có điện thoại hoặc thư điện tử mà chưa có họ tên bí thư."),
    ]


def test_same_code_twice_is_named():
    rows = [["", "A3", "Chi bộ A3", "tdp"], ["", "a3", "Chi bộ A3 nữa", "tdp"]]
    assert [(problem.row, problem.sentence) for problem in parse_list(table(*rows)).problems] == [
        (5, "Mã “a3” đã có ở dòng 4.")
    ]


def test_missing_columns_are_named():
    sentence = parse_list([["STT", "Mã đơn vị"], ["1", "A"]]).problems[0].sentence
    assert sentence == "Không thấy cột “Tên đơn vị”, “Loại hình” trong hàng tiêu đề. Hãy dùng tệp mẫu hoặc đổi tên cột."


def test_unknown_parent_and_loops_are_named(cast):
    rows = [
        ["", "A", "Chi bộ A", "tdp", "", "", "", "B"],
        ["", "B", "Chi bộ B", "tdp", "", "", "", "A"],
        ["", "C", "Chi bộ C", "tdp", "", "", "", "KHONG-CO"],
    ]
    preview = preview_import(table=table(*rows), ward=cast.ward, on=TODAY)
    assert [(problem.row, problem.sentence) for problem in preview.problems] == [
        (4, "Các đơn vị trực thuộc lẫn nhau thành vòng."),
        (5, "Các đơn vị trực thuộc lẫn nhau thành vòng."),
        (6, "Không có đơn vị nào mang mã “KHONG-CO” trong phường hay trong tệp."),
    ]


def test_import_writes_units_people_and_roles_and_again_changes_nothing(cast):
    done = confirm_import(table=table(*GOOD), ward=cast.ward, by=cast.admin, on=TODAY)
    assert (done.new, done.changed, done.same) == (3, 0, 0)
    cell = Unit.objects.get(code="TDP-06")
    assert (cell.kind, cell.member_count, cell.exempt_count, cell.short_name) == ("tdp", 28, 3, "Tổ dân phố Tràng Đà 6")
    assert Unit.objects.get(code="CB-KT").parent == Unit.objects.get(code="DB-UB")
    secretaries = Membership.objects.filter(unit__code__in=["TDP-06", "DB-UB"]).order_by("user__full_name")
    assert [(row.user.full_name, row.user.phone, row.role, row.starts_on) for row in secretaries] == [
        ("Lê Thị B", "0912345679", "secretary", TODAY),
        ("Trần Văn A", "0912345678", "secretary", TODAY),
    ]
    before = (User.objects.count(), Unit.objects.count(), AuditEvent.objects.count())
    again = confirm_import(table=table(*GOOD), ward=cast.ward, by=cast.admin, on=TODAY)
    assert (again.new, again.changed, again.same) == (0, 0, 3)
    assert (User.objects.count(), Unit.objects.count(), AuditEvent.objects.count()) == before


def test_import_changes_only_what_differs(cast):
    confirm_import(table=table(*GOOD), ward=cast.ward, by=cast.admin, on=TODAY)
    changed = [["Phạm Văn C", "TDP-06", "Chi bộ Tổ dân phố Tràng Đà 6", "tdp", "30", "", "", ""]]
    later = date(2026, 7, 1)
    preview = preview_import(table=table(*changed), ward=cast.ward, on=later)
    assert preview.changes[0].notes == ["số đảng viên 28 → 30", "bí thư Trần Văn A → Phạm Văn C"]
    confirm_import(table=table(*changed), ward=cast.ward, by=cast.admin, on=later)
    cell = Unit.objects.get(code="TDP-06")
    assert (cell.member_count, cell.exempt_count, cell.revisions.count()) == (30, 3, 2)
    current = Membership.objects.filter(unit=cell, ends_on__isnull=True)
    assert [row.user.full_name for row in current] == ["Phạm Văn C"]


def test_bad_row_refuses_the_whole_list(cast):
    before = (Unit.objects.count(), User.objects.count(), AuditEvent.objects.count())
    with pytest.raises(ValidationError) as refused:
        confirm_import(table=table(*GOOD, ["", "X", "", "tdp"]), ward=cast.ward, by=cast.admin, on=TODAY)
    assert refused.value.code == "bad_rows"
    assert (Unit.objects.count(), User.objects.count(), AuditEvent.objects.count()) == before


def test_preview_reads_the_ward_in_few_queries(cast, django_assert_num_queries):
    for _ in range(10):
        make_unit(cast.ward)
    with django_assert_num_queries(2):
        preview_import(table=table(*GOOD), ward=cast.ward, on=TODAY)


def test_pages_upload_look_and_confirm(cast, sign_in):
    client = sign_in(cast.admin)
    before = Unit.objects.count()
    assert client.post("/don-vi/nhap/", {"upload": book(*GOOD)}).status_code == 302
    page = client.get("/don-vi/nhap/xem-truoc/")
    assert page.context["preview"].new == 3
    assert Unit.objects.count() == before
    assert client.post("/don-vi/nhap/xem-truoc/").status_code == 302
    assert Unit.objects.count() == before + 3
    assert client.get("/don-vi/nhap/xem-truoc/").status_code == 302


def test_pages_refuse_what_is_no_workbook(cast, sign_in):
    answer = sign_in(cast.admin).post("/don-vi/nhap/", {"upload": SimpleUploadedFile("a.xlsx", b"khong phai excel")})
    assert len(answer.context["form"].errors["upload"]) == 1


def test_template_can_be_filled_in_and_read_back(cast, sign_in):
    data = sign_in(cast.admin).get("/don-vi/nhap/mau/").content
    upload = SimpleUploadedFile("mau.xlsx", data)
    client = sign_in(cast.admin)
    client.post("/don-vi/nhap/", {"upload": upload})
    preview = client.get("/don-vi/nhap/xem-truoc/").context["preview"]
    assert (preview.problems, preview.new) == ([], 1)
    assert io.BytesIO(data).read(2) == b"PK"


def test_a_cell_of_any_length_waits_cut_and_is_still_told(cast, sign_in):
    client = sign_in(cast.admin)
    client.post("/don-vi/nhap/", {"upload": book([*GOOD[0][:2], "x" * 30_000, *GOOD[0][3:]])})
    assert max(len(text) for cells in client.session["unit-import"]["table"] for text in cells) == 201
    assert "dài hơn 200 ký tự" in client.get("/don-vi/nhap/xem-truoc/").content.decode()
