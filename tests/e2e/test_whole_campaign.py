"""One whole campaign in a browser on the embedded default: from log-in to the PDF of the compiled report."""

import datetime as dt
import json

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from documents.dates import short
from tests.browser import PHONE
from tests.e2e import steps_office as office
from tests.e2e import steps_plan as plans
from tests.e2e import steps_results as results
from tests.e2e.steps_people import Hand, make_card, open_card, sign_in

pytestmark = pytest.mark.e2e
OWN, OWN_CODE = "Chi bộ TDP Tràng Đà 6", "TDP-06"
MOST_INTERACTIONS = 12
# Two units besides the secretary's own: one that reports by telephone, one that keeps silent in every plan.
OTHERS = """
import json
from campaigns.models import Assignment
from units.models import Unit
cells = Unit.objects.filter(code__startswith="TDP-").exclude(code="TDP-06").order_by("sort_key")
owing = Assignment.objects.open().filter(product="report").values("unit")
fields = ("name", "short_name", "member_count", "exempt_count")
print(json.dumps({
    "asked": Assignment.objects.filter(product="report").values("unit").distinct().count(),
    "own": cells.model.objects.filter(code="TDP-06").values(*fields)[0],
    "behalf": cells.exclude(pk__in=owing).values(*fields)[0],
    "silent": cells.filter(pk__in=owing).values(*fields)[0],
}))
"""


def test_from_an_arriving_directive_to_the_compiled_report(own_site, open_page, shoot):
    walk(own_site, open_page, shoot)


def walk(site, open_page, shoot):
    """The campaign, stage by stage; every stage is done by the person whose work it is."""
    today = timezone.localdate()
    units = json.loads(site.python(OTHERS).splitlines()[-1])
    address, code = make_card(sign_in(open_page(site), "quantri"), f"Bí thư {OWN}")
    drafter, compiler = sign_in(open_page(site), "soanthao"), sign_in(open_page(site), "tonghop")
    leader = sign_in(open_page(site, viewport=PHONE, touch=True), "lanhdao")
    clerk = sign_in(open_page(site), "vanthu")

    plan = write_plan(drafter, compiler, today, shoot)
    number = send_out(drafter, leader, clerk, plan, shoot)
    secretary = open_card(open_page, site, address, code)
    shoot(secretary, "bi-thu")
    reported = report_and_remind(site, secretary, plan, units["own"], shoot)
    handle(secretary, compiler, plan, units, reported, shoot)
    chase(site, open_page, compiler, plan, number, units, today, shoot)
    watch(leader, compiler, plan, units, shoot)
    compile_report(compiler, clerk, plan, number, units, shoot)


def write_plan(drafter, compiler, today, shoot):
    """The directive and its plan in at most twelve interactions; then deadlines, and two people at once."""
    hand = Hand(drafter)
    shoot(drafter, "van-phong")
    read = plans.register_directive(hand, plans.directive_line(today))
    assert (read["number"], read["sign"], read["issuer"]) == ("17", "CT/TU", "Ban Thường vụ Tỉnh ủy")
    shoot(drafter, "van-ban")
    plan = plans.draft_plan(hand)
    assert "lỗi cần sửa" not in plans.findings(drafter)
    hand.count += 1  # the link to the PDF
    words = plans.read_print(drafter, plan)
    assert hand.count <= MOST_INTERACTIONS
    assert "KẾ HOẠCH" in words
    assert plans.NUMBER in words
    shoot(drafter, "soan-ke-hoach")
    plans.edit_deadlines(drafter, plan, study=today + dt.timedelta(days=1), report=today + dt.timedelta(days=2))
    assert f"chậm nhất ngày {short(today + dt.timedelta(days=2))}" in plans.read_print(drafter, plan)
    assert plans.edit_together(drafter, compiler, plan) == (True, True)
    return plan


def send_out(drafter, leader, clerk, plan, shoot):
    """Submitted, approved on a telephone, issued with its scan; the number."""
    plans.submit_plan(drafter, plan)
    leader.goto("/")
    shoot(leader, "lanh-dao-duyet")
    plans.approve_plan(leader)
    shoot(leader, "lanh-dao-da-duyet")
    number = plans.issue_plan(clerk, plan)
    shoot(clerk, "ban-hanh")
    assert f"Số {number:02d}-KH/ĐU" in plans.read_print(clerk, plan)
    assert plans.send_plan(clerk, plan) > 1
    return number


def report_and_remind(site, secretary, plan, own, shoot):
    """The clock reminds who has not reported; afterwards the unit reports once for all plans and is left in peace."""
    people, reminders = office.run_clock(site, plan, OWN_CODE)
    assert people > 1
    assert reminders >= people
    assert office.read_notice(secretary, plans.NUMBER, "hạn hết") == 1  # beside the line that the plan itself was sent
    shoot(secretary, "thong-bao")
    required = own["member_count"] - own["exempt_count"]
    taps = results.report_session(secretary, present=required - 3, excused=3, shoot=shoot)
    assert taps <= results.MOST_TAPS
    shoot(secretary, "bien-nhan")
    papers = results.unit_papers(secretary)
    assert len(papers) == 3
    assert all(f"{required - 3}" in paper and "T/M CHI BỘ" in paper for paper in papers)
    assert office.run_clock(site, plan, OWN_CODE) is None
    return required


def handle(secretary, compiler, plan, units, required, shoot):
    """Returned on one field, corrected, accepted; another unit entered on its behalf and accepted."""
    reason = "Đề nghị đồng chí kiểm tra lại số vắng có lý do, biên bản ghi 4 đồng chí."
    results.find_report(compiler, plan, OWN)
    shoot(compiler, "ket-qua")
    results.return_report(compiler, place="Vắng có lý do", reason=reason)
    results.mend_report(secretary, reason=reason, shoot=shoot, present=required - 4, excused=4)
    results.find_report(compiler, plan, OWN)
    results.accept_report(compiler)
    other = units["behalf"]
    asked = other["member_count"] - other["exempt_count"]
    counts = {"members": other["member_count"], "exempt": other["exempt_count"], "present": asked - 1, "excused": 1}
    results.enter_on_behalf(compiler, other["name"], **counts)
    results.find_report(compiler, plan, other["short_name"])
    expect(compiler.locator("main")).to_contain_text("chưa xác nhận")
    results.accept_report(compiler)


def chase(site, open_page, compiler, plan, number, units, today, shoot):
    """A body's duty is done; the silent unit is on the list of calls and promises a day."""
    contact = sign_in(open_page(site), "ubnd")
    office.mark_duty_done(contact, f"{number:02d}-KH/ĐU")
    shoot(contact, "nhiem-vu-xong")
    silent = units["silent"]["short_name"]
    text = office.promise(compiler, plan, silent, short(today + dt.timedelta(days=2)))
    assert units["silent"]["name"] in text
    assert plans.NUMBER in text
    assert OWN not in text
    compiler.goto(f"/can-goi/?plan={plan}")
    shoot(compiler, "can-goi")
    row = compiler.locator("tr", has=compiler.get_by_role("link", name=silent, exact=True))
    expect(row).to_contain_text("Hẹn ngày")
    expect(compiler.get_by_role("link", name=OWN, exact=True)).to_have_count(0)


def watch(leader, compiler, plan, units, shoot):
    """The leader's four numbers and the matrix say what has happened, no more."""
    asked = units["asked"]
    required = sum(units[who]["member_count"] - units[who]["exempt_count"] for who in ("own", "behalf"))
    tiles = office.four_numbers(leader, plan)
    shoot(leader, "lanh-dao")
    assert f"2/{asked}" in tiles[0].replace(" ", "")
    assert f"2/{asked}" in tiles[1].replace(" ", "")
    assert f"{required - 5}/{required}" in tiles[2].replace(" ", "")
    assert tiles[3].startswith("0 Quá hạn")
    states = office.matrix_states(compiler, plan, OWN, units["behalf"]["short_name"], units["silent"]["short_name"])
    shoot(compiler, "tien-do")
    assert states == ["Đã tiếp nhận", "Đã tiếp nhận", "Chưa thực hiện"]


def compile_report(compiler, clerk, plan, number, units, shoot):
    """Drafted, a remark ticked, a sentence added, issued; the PDF holds the figures of the rows."""
    report = office.draft_report(compiler, plan)
    shoot(compiler, "bao-cao-du-thao")
    sentence = "Đảng ủy phường biểu dương các chi bộ báo cáo sớm."
    office.edit_report(compiler, remark="Đề nghị phát tờ gấp về phân loại rác tại nguồn.", sentence=sentence)
    draft = office.report_text(compiler, report)
    taken = office.issue_report(clerk, report)
    shoot(clerk, "bao-cao-ban-hanh")
    final = office.report_text(clerk, report)
    assert f"Số {taken:02d}-BC/ĐU" in final
    required = sum(units[who]["member_count"] - units[who]["exempt_count"] for who in ("own", "behalf"))
    for text in (draft, final):
        assert sentence in text
        assert "phân loại rác tại nguồn" in text
        assert f"2/{units['asked']}" in text
        assert str(required - 5) in text
        assert str(required) in text
        assert plans.NUMBER in text
        assert f"{number:02d}-KH/ĐU" in text
