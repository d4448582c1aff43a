import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import SINCE, make_unit
from units.models import Unit


def titles(answer):
    return [(group.title, [unit.short_name for unit in group.units]) for group in answer.context["groups"]]


@pytest.fixture
def tree(cast):
    committee = make_unit(cast.ward, kind="db", name="Đảng bộ Ủy ban nhân dân", short_name="ĐB UBND")
    make_unit(committee, kind="cbtt", name="Chi bộ Kinh tế", short_name="CB Kinh tế")
    for number in (10, 2):
        make_unit(cast.ward, name=f"Chi bộ Tràng Đà {number}", in_charge=cast.leader, member_count=20)
    return committee


def test_list_groups_by_kind_with_children_below_their_parent(cast, tree, sign_in):
    answer = sign_in(cast.admin).get("/don-vi/")
    groups = dict(titles(answer))
    assert groups["Đảng bộ cơ sở"] == ["ĐB UBND", "CB Kinh tế"]
    assert groups["Chi bộ tổ dân phố"][-2:] == ["Tràng Đà 2", "Tràng Đà 10"]


def test_list_groups_by_person_in_charge_and_searches_without_tones(cast, tree, sign_in):
    answer = sign_in(cast.clerk).get("/don-vi/", {"q": "trang da", "nhom": "person"})
    assert titles(answer) == [(f"Đồng chí {cast.leader.full_name}", ["Tràng Đà 2", "Tràng Đà 10"])]
    assert answer.context["groups"][0].members == 40


def test_list_costs_the_same_for_many_units(cast, sign_in, django_assert_num_queries):
    client = sign_in(cast.admin)
    client.get("/don-vi/")  # the first request of a session pays more
    with CaptureQueriesContext(connection) as few:
        client.get("/don-vi/")
    for _ in range(20):
        make_unit(cast.ward, in_charge=cast.leader)
    with django_assert_num_queries(len(few)):
        client.get("/don-vi/")


def test_create_keeps_what_was_typed_and_names_the_field(cast, sign_in):
    posted = {
        "kind": "tdp",
        "parent": cast.ward.pk,
        "code": cast.own_unit.code,
        "name": "Chi bộ mới",
        "short_name": "Mới",
    }
    posted |= {"active_from": "31/02/2026", "member_count": "5", "exempt_count": "6"}
    answer = sign_in(cast.admin).post("/don-vi/moi/", posted)
    assert answer.context["form"].errors == {
        "active_from": ["Ngày chưa đúng. Hãy gõ ngày, tháng, năm, ví dụ 05/6/2026."],
        "exempt_count": ["Số được miễn không thể lớn hơn số đảng viên."],
    }
    assert 'value="Chi bộ mới"' in answer.content.decode()
    posted |= {"active_from": "01/7/2025", "exempt_count": "1"}
    answer = sign_in(cast.admin).post("/don-vi/moi/", posted)
    assert answer.context["form"].non_field_errors() == ["Mã đơn vị này đã dùng cho một đơn vị khác của cùng cấp."]
    assert sign_in(cast.admin).post("/don-vi/moi/", posted | {"code": "MOI"}).status_code == 302
    assert Unit.objects.get(code="MOI").active_from == SINCE


def test_revise_and_close_pages(cast, sign_in, clock):
    client, unit = sign_in(cast.admin), cast.own_unit
    posted = {
        "effective_from": "03/6/2026",
        "basis": "QĐ 1",
        "kind": "tdp",
        "parent": cast.ward.pk,
        "name": "Tên mới",
        "short_name": "TM",
    }
    assert client.post(f"/don-vi/{unit.pk}/thay-doi/", posted).status_code == 302
    unit.refresh_from_db()
    assert unit.name == "Tên mới"
    page = client.get(f"/don-vi/{unit.pk}/").content.decode()
    assert "Căn cứ: QĐ 1." in page
    assert (
        client.post(f"/don-vi/{unit.pk}/thoi-hoat-dong/", {"on": "03/6/2026", "reason": "Sáp nhập"}).status_code == 302
    )
    assert "Thôi hoạt động sau ngày 03/6/2026." in client.get(f"/don-vi/{unit.pk}/").content.decode()


def test_secretary_sees_own_unit_only(cast, sign_in):
    client = sign_in(cast.secretary)
    assert client.get(f"/don-vi/{cast.own_unit.pk}/").status_code == 200
    assert client.get(f"/don-vi/{cast.other_unit.pk}/").status_code == 404
    assert client.get("/don-vi/").status_code == 403
