"""The three kinds of plan made in the browser to the last line: what was typed is read from the printed PDF and the Word file."""

import re
from dataclasses import replace

import pytest
from django.utils import timezone

from documents.reading.files import read_source
from documents.reading.plan import read_plan
from documents.reading.plan_json import to_json
from tests.campaigns.three_kinds import KINDS, UNITS, facts_entered, facts_read
from tests.e2e.steps_people import said, sign_in

pytestmark = pytest.mark.e2e
SIGNER = "Nguyễn Văn Minh"
SECTION_CHILDREN = {"002": ("sections-3-child",), "003": ("sections-3-child", "sections-3-child")}


def test_what_is_typed_in_the_browser_is_read_from_the_pdf_and_the_word_file(site, open_page):
    make_signer(sign_in(open_page(site), "quantri"))
    page = sign_in(open_page(site), "soanthao")
    for entered in KINDS:
        register(page, entered.directive)
        plan = draft(page, entered.kind)
        type_plan(page, entered)
        if entered.outline:
            add_annex(page, plan, entered)
        expected = facts_entered(replace(entered, position="PHÓ BÍ THƯ THƯỜNG TRỰC"), signer=SIGNER)
        for name in ("ban-in", "ban-word"):
            content = page.request.get(f"/ke-hoach/{plan}/{name}/").body()
            source = read_source(f"{name}.{'pdf' if name == 'ban-in' else 'docx'}", content)
            assert facts_read(to_json(read_plan(source, today=timezone.localdate())), entered) == expected


def make_signer(page):
    page.goto("/thiet-lap/nguoi-ky/moi/")
    page.fill("[name=name]", SIGNER)
    page.fill("[name=position]", "PHÓ BÍ THƯ THƯỜNG TRỰC")
    page.fill("[name=active_from]", f"{timezone.localdate():%d/%m/%Y}")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "moi" not in url)


def register(page, title):
    page.goto("/van-ban-den/moi/")
    page.fill("[name=title]", title)
    page.locator("button[value=read]").click()
    page.locator("[name=number]:not([value=''])").wait_for()
    button = page.locator("main button[type=submit]:has-text('Đăng ký văn bản')")
    with page.expect_navigation():
        button.click()
    if page.locator("[name=another_date]").count():  # the demonstration ward holds this number with another day
        page.locator("[name=another_date]").check()
        button.click()
    page.wait_for_url(re.compile(r"/van-ban-den/\d+/$"))


def draft(page, kind):
    """A plan of the kind for the directive whose page is open."""
    page.get_by_role("link", name="Tạo kế hoạch").click()
    page.wait_for_url("**/ke-hoach/moi/**")
    page.select_option("[name=kind]", kind)
    page.get_by_role("button", name="Tính lại thời hạn").click()
    page.locator(f"[name=kind] option[value={kind}][selected]").wait_for(state="attached")
    page.get_by_role("button", name="Soạn dự thảo").click()
    page.wait_for_url("**/sua/")
    return int(re.search(r"/ke-hoach/(\d+)/", page.url)[1])


def type_plan(page, entered):
    """Every field of the editor; rows are added and taken out with the page's own buttons."""
    for act in SECTION_CHILDREN.get(entered.name, ()):
        press(page, act)
    lists = {"sections": entered.sections, "duties": entered.duties, "conferences": entered.conferences, "recipients": entered.recipients}
    for part, rows in lists.items():
        while (count := int(page.input_value(f"[name={part}-TOTAL_FORMS]"))) != len(rows):
            press(page, f"{part}-{count - 1}-remove" if count > len(rows) else f"{part}-add")
    fill(page, {f"general-{name}": getattr(entered, name) for name in ("subject", "opening", "closing", "issuer")})
    signer = page.locator("[name=general-signer_id] option", has_text=SIGNER).first
    page.select_option("[name=general-signer_id]", signer.get_attribute("value"))
    for row, (level, title, body, _) in enumerate(entered.sections):
        page.select_option(f"[name=sections-{row}-level]", str(level))
        fill(page, {f"sections-{row}-title": title, f"sections-{row}-body": body})
    for row, (body, text, product, phrase, _, _) in enumerate(entered.duties):
        everyone = body == UNITS
        fill(page, {f"duties-{row}-lead": UNITS if everyone else "", f"duties-{row}-lead_text": "" if everyone else body})
        fill(page, {f"duties-{row}-text": text, f"duties-{row}-phrase": phrase, f"duties-{row}-helpers": ""})
        page.select_option(f"[name=duties-{row}-product]", product)
    for row, (level, phrase, place, people, speaker, *_) in enumerate(entered.conferences):
        page.select_option(f"[name=conferences-{row}-level]", level)
        names = {"time_phrase": phrase, "form": "", "place": place, "participants": people, "speaker": speaker}
        fill(page, {f"conferences-{row}-{name}": text for name, text in names.items()})
    for row, (name, note) in enumerate(entered.recipients):
        fill(page, {f"recipients-{row}-name": name, f"recipients-{row}-note": note, f"recipients-{row}-unit": ""})
        page.locator(f"[name=recipients-{row}-all_units]").set_checked(name == UNITS)
    page.get_by_role("button", name="Lưu kế hoạch").first.click()
    said(page, "Đã lưu kế hoạch.")


def add_annex(page, plan, entered):
    """The drafted outline gives way to a pasted one; its subject is typed in the editor of the annex."""
    page.goto(f"/ke-hoach/{plan}/phu-luc/")
    page.locator("button[value='0-remove']").click()
    said(page, "Đã lưu danh sách phụ lục.")
    page.fill("[name=pasted]", entered.outline)
    page.locator("button[value=add]").click()
    page.wait_for_url(re.compile(r"/phu-luc/1/$"))
    page.fill("[name=general-subject]", entered.annex_subject)
    page.get_by_role("button", name="Lưu phụ lục").first.click()
    said(page, "Đã lưu phụ lục.")


def press(page, act):
    """A button of a row, then the page that comes back with one row more or less."""
    part = act.partition("-")[0]
    count = int(page.input_value(f"[name={part}-TOTAL_FORMS]")) + (-1 if act.endswith("remove") else 1)
    page.locator(f"button[name=act][value='{act}']").first.click()
    page.locator(f"[name={part}-TOTAL_FORMS][value='{count}']").wait_for(state="attached")


def fill(page, values):
    for name, value in values.items():
        page.locator(f"[name='{name}']").fill(value)
