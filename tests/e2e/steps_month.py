"""A month after issue: the conference with its paper and roll, changes by a paper, a merger, the letter to silent units."""

import re

from playwright.sync_api import expect

from tests.e2e.steps_people import said

BASIS = {"basis_number": "128-CV/ĐU", "basis_issuer": "Đảng ủy phường"}


def call_conference(page, plans, *, title):
    """One conference for `plans` (keys) of secretaries and the ward's bodies; its number in the program."""
    page.goto(f"/hoi-nghi/moi/?ke-hoach={','.join(map(str, plans))}")
    assert page.locator("[name=plans]:checked").count() == len(plans)
    page.locator("[name=title]").fill(title)
    for one in ("secretaries", "staff"):
        page.locator(f"[name=classes][value={one}]").check()
    page.get_by_role("button", name="Lập hội nghị và danh sách").click()
    said(page, "Đã lập hội nghị và danh sách triệu tập.")
    return int(re.search(r"/hoi-nghi/(\d+)/", page.url)[1])


def fix_day(page, conference, day):
    """The month becomes a day and an hour."""
    page.goto(f"/hoi-nghi/{conference}/thoi-gian/")
    page.locator("[name=held_on]").fill(day)
    page.locator("[name=starts_at]").fill("23:59")  # guests may answer until the hour it begins
    page.get_by_role("button", name="Ghi ngày họp").click()
    page.wait_for_url(f"**/hoi-nghi/{conference}/")


def invite_guest(page, conference, *, name, office):
    """A guest of the office's own choice is put on the list; the path of the link in the message for them alone."""
    page.goto(f"/hoi-nghi/{conference}/dai-bieu/moi/")
    page.locator("[name=kind]").select_option("guests")
    page.locator("[name=name]").fill(name)
    page.locator("[name=office]").fill(office)
    page.get_by_role("button", name="Lưu đại biểu").click()
    page.wait_for_url(f"**/hoi-nghi/{conference}/")
    for number in range(1, 6):
        page.goto(f"/hoi-nghi/{conference}/loi-moi/?page={number}")
        line = page.locator("section.sheet", has=page.get_by_role("heading", name=name))
        if line.count():
            return re.search(r"/mo/giay-moi/[\w-]+/", line.locator(".ready-text").inner_text())[0]
    raise AssertionError(f"{name} is on no page of the messages")


def send_deputy(page, link, *, name, office):
    """The guest opens the link without any account and says who comes instead."""
    page.goto(link)
    page.locator("[name=reply][value=deputy]").check()
    page.locator("[name=deputy_name]").fill(name)
    page.locator("[name=deputy_office]").fill(office)
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.locator("main")).to_contain_text(f"Đã ghi: cử người dự thay, {name}, {office}")


def draft_convening(page, conference):
    """A notice to everybody of the list, as the record tells it; the address of the draft."""
    page.goto(f"/hoi-nghi/{conference}/giay/moi/")
    page.locator("[name=kind][value=TB]").check()
    for box in page.locator("[name=groups]").all():
        box.check()
    page.get_by_role("button", name="Soạn", exact=True).click()
    page.wait_for_url("**/van-ban-soan/*/")
    return page.url


def issue_draft(page, address, *, day):
    """The clerk writes down the number taken from the book and the `day` of the signed paper; the number."""
    page.goto(address)
    page.get_by_role("link", name="Ghi số, ngày").click()
    number = int(page.locator("[name=number]").input_value())
    page.locator("[name=dated_on]").fill(day)
    page.get_by_role("button", name="Ghi sổ").click()
    page.wait_for_url("**/van-ban-di/*/")
    return number


def call_roll(page, conference):
    """The roll at the door: units that come whole, two people present and one excused, the network gone after the first.

    What is marked arrives by itself when the network is back. Returns how many people are present.
    """
    page.goto(f"/hoi-nghi/{conference}/diem-danh/")
    ids = [line.get_attribute("data-roll-line") for line in page.locator("[data-roll-line]").all()]
    hidden = page.locator("[data-roll-line]", has_text="không ghi số người").all()
    whole = {one.get_attribute("data-roll-line"): 0 for one in hidden}
    whole |= {pk: int(box.get_attribute("max")) for pk in ids if (box := page.locator(f"[name=d{pk}-present]")).count()}
    single = [pk for pk in ids if pk not in whole][:3]
    assert whole
    for place, pk in enumerate([*whole, *single]):
        value = "excused" if pk == single[-1] else "present"
        page.locator(f"[data-roll-line='{pk}'] input[value={value}]").check()
        if whole.get(pk):
            page.locator(f"[name=d{pk}-present]").fill(str(whole[pk]))
        if place == 0:
            page.context.set_offline(True)
    state = page.locator("[data-roll-state]")
    expect(state).to_contain_text("đang chờ mạng")
    page.context.set_offline(False)
    expect(state).to_contain_text("Đã gửi hết", timeout=40_000)
    expect(page.locator("[data-roll-status]")).to_contain_text(f"{len(whole) + len(single)}/{len(ids)} dòng")
    return sum(whole.values()) + len(single) - 1


def close_roll(page, conference):
    """The rest is absent; the list of those who have to make it up follows."""
    page.goto(f"/hoi-nghi/{conference}/chot/")
    page.get_by_label("Ghi vắng các dòng chưa điểm danh").check()
    page.get_by_role("button", name="Chốt điểm danh").click()
    page.wait_for_url("**/hoc-bu/")


def change_plan(page, plan, act, button, **fields):
    """A change of an issued plan: its paper, the preview of who is touched, then the change; the preview's words."""
    page.goto(f"/ke-hoach/{plan}/thay-doi/{act}/")
    if "duty" in fields:
        duty = page.locator("[name=duty] option", has_text=fields.pop("duty")).first.get_attribute("value")
        page.locator("[name=duty]").select_option(duty)
    for name, value in (BASIS | fields).items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="Xem trước những ai chịu ảnh hưởng").click()
    said(page, "Chưa có gì được ghi.")
    words = page.locator("main").inner_text()
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url("**/thay-doi/*/")
    return words


def merge_unit(page, unit, into):
    """The unit with the key `unit` goes into the one called `into`; what the preview said."""
    page.goto(f"/don-vi/{unit}/sap-nhap/")
    page.locator("[name=into]").select_option(label=into)
    page.locator("[name=basis]").fill("Quyết định số 12-QĐ/ĐU của Đảng ủy phường")
    page.get_by_role("button", name="Xem trước").click()
    said(page, "Chưa có gì được ghi.")
    words = page.locator("main").inner_text()
    page.locator("button[name=act][value=confirm]").click()
    page.wait_for_url(re.compile(r"/don-vi/\d+/$"))
    return words


def revoke_directive(page, directive):
    """A directive is taken back from above; every plan that carries it out becomes a task of the office."""
    page.goto(f"/van-ban-den/{directive}/thay-doi/")
    page.locator("[name=fate][value=revoked]").check()
    page.locator("[name=basis_kind]").select_option("TB")
    page.locator("[name=basis_number]").fill("15-TB/TU")
    page.locator("[name=basis_issuer]").fill("Ban Thường vụ Tỉnh ủy")
    if not page.locator("[name=basis_dated_on]").input_value():
        page.locator("[name=basis_dated_on]").fill(page.evaluate("new Date().toLocaleDateString('vi-VN')"))
    page.get_by_role("button", name="Ghi thay đổi").click()
    page.wait_for_url(f"**/van-ban-den/{directive}/")


def draft_chasing(page):
    """The letter about the latest due day that several units let pass; (address of the draft, units named in its annex)."""
    page.goto("/don-doc/")
    many = re.compile(r"còn ([2-9]|\d\d+) đơn vị")  # not a day that one unit or a body alone let pass
    day = page.locator("section.sheet", has=page.get_by_role("heading", name=many)).first
    silent = int(many.search(day.locator("h2").inner_text())[1])
    day.get_by_role("button", name="Soạn công văn đôn đốc").click()
    said(page, "Đã soạn công văn đôn đốc.")
    return page.url, silent


def extend(page, assignment, day, *, reason):
    """One unit gets a later day for one duty, by a paper; its page says so."""
    page.goto(f"/nhiem-vu/{assignment}/")
    page.get_by_role("link", name="Gia hạn").click()
    page.locator("[name=due_on]").fill(day)
    page.locator("[name=reason]").fill(reason)
    page.get_by_role("button", name="Gia hạn").click()
    said(page, "Đã gia hạn.")
    page.goto(f"/nhiem-vu/{assignment}/")
    expect(page.locator("main")).to_contain_text(reason)


def open_letter(phone, number):
    """The unit finds the chasing letter among the papers sent to it and reads it."""
    phone.goto("/van-ban-nhan/")
    phone.get_by_role("link", name=f"Công văn số {number:02d}-CV/").first.tap()
    phone.wait_for_url("**/van-ban-nhan/*/")
    expect(phone.locator("main")).to_contain_text("Đôn đốc việc")


def opened_by(page, paper_link, unit, person):
    """The office sees in the send list of the letter who of the unit has opened it."""
    page.goto(paper_link)
    page.get_by_role("link", name="Danh sách gửi").first.click()
    row = page.locator("tbody tr", has_text=unit).first
    expect(row).to_contain_text(person)
