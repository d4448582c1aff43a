"""Chasing, watching and compiling: the clock, the telephone, duties of bodies, the leader's page, the report."""

import json
import re

from tests.e2e.steps_people import said
from tests.e2e.steps_plan import text_of

# The clock at the moment the plan's next reminder is due: (people told, reminders told).
TICK = """
import json
from django.utils import timezone
from campaigns.models import Notification, Reminder
from campaigns.services.clock import tick
waiting = Reminder.objects.filter(assignment__plan={plan}, state="waiting", assignment__unit__code="{unit}")
moment = waiting.order_by("remind_at").values_list("remind_at", flat=True).first()
done = tick(now=moment) if moment else None
# The browser's clock has not reached that moment: what was told then is told now.
Notification.objects.filter(created_at__gt=timezone.now()).update(created_at=timezone.now())
print(json.dumps([done.people, done.reminders] if done else None))
"""


def run_clock(site, plan, unit):
    """Let the clock strike when the next reminder to `unit` (its code) about `plan` is due; None when none waits."""
    return json.loads(site.python(TICK.format(plan=plan, unit=unit)))


def read_notice(page, *words):
    """How many lines of the person's own list say all of `words`."""
    page.goto("/thong-bao/")
    note = page.locator(".note-card")
    for one in words:
        note = note.filter(has_text=one)
    note.first.wait_for()
    return note.count()


def mark_duty_done(page, plan_name):
    """A body's contact says that its duty of the plan is done."""
    page.goto("/nhiem-vu/")
    card = page.locator(".duty-card", has_text=plan_name).first
    card.get_by_role("link", name="Ghi tiến độ").click()
    page.locator("input[value=done]").check()
    page.get_by_label("Nội dung đã làm").fill("Đã ban hành kế hoạch của Ủy ban nhân dân phường.")
    number = page.locator("[name=product_words]")  # asked where the duty ends with a document
    if number.count():
        number.fill("Kế hoạch số 30/KH-UBND")
    page.get_by_role("button", name="Lưu tiến độ").click()
    said(page, "Đã ghi tiến độ.")


def promise(page, plan, unit, day):
    """The book of calls: the unit's ready text; a promise for `day` is written down. Returns the text."""
    page.goto(f"/can-goi/?plan={plan}")
    row = page.locator("tr", has=page.get_by_role("link", name=unit, exact=True))
    row.locator("summary").click()
    text = row.locator(".ready-text").inner_text()
    row.get_by_role("link", name="Hẹn ngày").click()
    page.locator("input[value=promised]:checked").wait_for()
    page.locator("[name=promised_on]").fill(day)
    page.get_by_role("button", name="Ghi cuộc gọi").click()
    said(page, f"Đã ghi cuộc gọi đến {unit}.")
    return text


def four_numbers(phone, plan):
    """The leader's tiles of the plan: {label: what it says}."""
    phone.goto(f"/lanh-dao/?plan={plan}")
    return [" ".join(tile.split()) for tile in phone.locator(".tile").all_inner_texts()]


def matrix_states(page, plan, *units):
    """The words of the plan's cells for `units`."""
    page.goto("/tien-do/")
    states = []
    for unit in units:
        row = page.locator("tr", has=page.get_by_role("rowheader", name=unit, exact=True))
        title = row.locator(f"a.cell[href*='ke_hoach={plan}&']").get_attribute("title")
        states.append(title.rpartition(": ")[2])
    return states


def draft_report(page, plan):
    """A compiled report of one plan; its number in the program."""
    page.goto(f"/bao-cao/moi/?plan={plan}")
    page.get_by_role("button", name="Soạn dự thảo").click()
    page.wait_for_url("**/sua/")
    said(page, "Đã soạn dự thảo báo cáo")
    return int(re.search(r"/bao-cao/(\d+)/", page.url)[1])


def edit_report(page, *, remark, sentence):
    """Tick a remark of a unit, add a sentence to the first section."""
    page.get_by_label(remark).check()
    first = page.locator("[name^=section-]").first
    first.fill(f"{first.input_value()}\n{sentence}")
    page.get_by_role("button", name="Lưu dự thảo").click()
    said(page, "Đã lưu dự thảo báo cáo.")


def report_text(page, report):
    """The words of the report's PDF; the frozen one once it is issued."""
    answer = page.request.get(f"/bao-cao/{report}/pdf/")
    assert answer.headers["content-type"] == "application/pdf"
    return text_of(answer.body())


def issue_report(page, report):
    """The clerk takes the number; (number, the page's words)."""
    page.goto(f"/bao-cao/{report}/")
    page.get_by_role("link", name="Ghi số, ban hành").click()
    number = int(page.locator("[name=number]").input_value())
    page.get_by_role("button", name="Ghi ban hành").click()
    page.wait_for_url(f"**/bao-cao/{report}/")
    said(page, "Đã ghi báo cáo vào sổ")
    return number
