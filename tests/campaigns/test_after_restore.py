"""A backup of yesterday comes back: nothing goes until released, what went before does not go again (R-12)."""

import datetime as dt
import io

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from openpyxl import load_workbook

from campaigns.models import Delivery, Notification, Reminder
from campaigns.selectors.doubtful import doubts_of, lines_of
from campaigns.services.after_restore import ALREADY, mark_already_sent, release_sending, sending_hold
from campaigns.services.clock import Ticked, tick
from campaigns.services.decisions import tell_units
from campaigns.services.reminders import plan_reminders
from tests import factories
from tests.campaigns.owed import at
from units.models import AuditEvent
from units.services.backup import write_backup
from units.services.heartbeat import SENDING_HELD, beat
from units.services.restore import restore_backup

ISSUED_AT = at(dt.date(2026, 5, 20))
FIRST = at(dt.date(2026, 5, 28), dt.time(7, 30))  # seven days before the last day
BACKED_UP = at(dt.date(2026, 5, 28), dt.time(12, 0))
SECOND = at(dt.date(2026, 6, 1), dt.time(7, 30))  # a Monday, three days before the last day
RESTORED = at(dt.date(2026, 6, 1), dt.time(14, 0))
MINUTE = dt.timedelta(minutes=1)
URL = reverse("campaigns:reminder-doubtful")


def issued(cast, **who):
    plan = factories.make_issued_plan(cast.ward, issued_at=ISSUED_AT, **who)
    plan_reminders(assignments=list(plan.assignments.all()), now=ISSUED_AT)
    return plan


def decide(plan, *, now):
    """The office gives everybody a new day for the session: a notice that leaves the program."""
    rows = plan.assignments.filter(product="study")
    return tell_units(
        assignments=rows, key=f"day-{plan.pk}", title="Hạn mới hết 20/6/2026", body="Công văn số 1.", at=now
    )


def sent_from(number):
    """Of the letters after the first `number`: [(to, Message-ID)] in order of the address."""
    return sorted((letter.to[0], letter.extra_headers["Message-ID"]) for letter in mail.outbox[number:])


@pytest.fixture
def restored(cast, settings, tmp_path):
    """Sent, backed up, sent more, restored; (letters before the backup, letters between it and the restore)."""
    plan = issued(cast, units=[cast.own_unit, cast.other_unit], bodies=[cast.body])
    tick(now=FIRST)
    before = sent_from(0)
    decide(plan, now=BACKED_UP)
    # in the very minute of the backup one letter is in the hands of a sender
    in_hand = Delivery.objects.filter(person=cast.contact, channel="email")
    in_hand.update(state="sending", lease_until=BACKED_UP + MINUTE, next_try_at=BACKED_UP + MINUTE, sent_at=None)
    write_backup(path=tmp_path / "b.zip", now=BACKED_UP)
    for now in (BACKED_UP + 3 * MINUTE, SECOND):
        tick(now=now)
    between = sent_from(len(before))
    settings.MEDIA_ROOT = tmp_path / "another"
    restore_backup(path=tmp_path / "b.zip", now=RESTORED, confirm=cast.ward.name)
    return before, between


def listed(ward):
    hold = sending_hold()
    return lines_of(doubts_of(ward, until=hold.beat_at), ward=ward, until=hold.beat_at)


@pytest.mark.proves("R-12")
def test_restored_held_looked_at_and_released(restored, cast, sign_in):
    before, between = restored
    whole = len(mail.outbox)
    assert len(before) == 3
    for minutes in (1, 2, 70):
        assert tick(now=RESTORED + minutes * MINUTE) == Ticked(held=True)
    assert len(mail.outbox) == whole  # nothing goes while nobody has looked
    lines = {(line.person, line.doubt.kind, line.doubt.day): line for line in listed(cast.ward)}
    # the list names every letter that went out between backup and restore, and the one in hand
    assert sorted(line.person.email for line in lines.values()) == sorted(to for to, _ in between)
    monday, thursday = SECOND.date(), FIRST.date()
    assert set(lines) == {
        (cast.contact, "d", thursday), (cast.secretary, "n", thursday), (cast.other_secretary, "n", thursday),
        (cast.contact, "r", monday), (cast.secretary, "r", monday), (cast.other_secretary, "r", monday),
        (cast.leader, "n", monday),
    }  # fmt: skip
    own = lines[cast.secretary, "r", monday]
    assert own.channels == ["Trong chương trình", "Thư điện tử"]
    assert [words.split(" theo ")[0] for words in own.what] == [
        f"{cast.own_unit.short_name}: tổ chức buổi học", f"{cast.own_unit.short_name}: nộp báo cáo kết quả"
    ]  # fmt: skip
    assert lines[cast.secretary, "n", thursday].what == ["Thông báo: Hạn mới hết 20/6/2026"]
    ticked = [line.doubt.key for line in lines.values() if line.person in {cast.secretary, cast.leader}]
    page = sign_in(cast.admin).post(URL, {"chon": ticked}, follow=True).content.decode()
    assert "Đã ghi nhận 3 dòng là đã gửi" in page
    assert cast.secretary.full_name not in page
    release_sending(by=cast.admin, at=RESTORED)
    tick(now=RESTORED + 80 * MINUTE)
    tick(now=RESTORED + 90 * MINUTE)
    again = sent_from(whole)
    # what went before the backup does not go again, but for the letter that was in hand, which is the same letter
    in_hand = next(one for one in before if one[0] == cast.contact.email)
    assert set(again) & set(before) == {in_hand}
    # what the office ticked does not go; the rest does: the letter in hand and, folded into one, all of the days missed
    assert [to for to, _ in again] == [cast.contact.email] * 2 + [cast.other_secretary.email]
    (folded,) = [letter.body for letter in mail.outbox[whole:] if letter.to == [cast.other_secretary.email]]
    assert ("Hạn mới hết 20/6/2026" in folded, "nộp báo cáo kết quả" in folded) == (True, True)
    assert not Reminder.objects.filter(state="waiting", remind_at__lte=RESTORED).exists()


def test_what_is_ticked_stays_readable_with_its_reason(restored, cast):
    keys = frozenset(line.doubt.key for line in listed(cast.ward))
    assert (
        mark_already_sent(ward=cast.ward, keys=keys, by=cast.admin, at=RESTORED) == 6
    )  # no Monday line was written yet
    assert set(Reminder.objects.filter(remind_at__range=(BACKED_UP, RESTORED)).values_list("state", "problem")) == {
        ("cancelled", ALREADY)
    }
    assert Delivery.objects.get(person=cast.contact, channel="email", day=FIRST.date()).problem == ALREADY
    assert not Notification.objects.filter(leaves=True).exists()
    assert AuditEvent.objects.get(verb="reminders.already-sent").details == {"lines": 6, "of": 6}
    assert doubts_of(cast.ward, until=RESTORED) == []


@pytest.mark.proves("R-12")
def test_the_control_without_the_hold_sends_again(restored, cast):
    """Switch the hold off, and what went out between backup and restore goes a second time."""
    _before, between = restored
    whole = len(mail.outbox)
    release_sending(by=cast.admin, at=RESTORED)
    tick(now=RESTORED + MINUTE)
    assert {to for to, _ in sent_from(whole)} == {to for to, _ in between}


def test_what_falls_due_after_the_restore_is_not_on_the_list(restored, cast):
    later = issued(cast, units=[cast.own_unit])
    Reminder.objects.filter(assignment__plan=later).update(remind_at=RESTORED + MINUTE)
    decide(later, now=RESTORED + MINUTE)
    assert len(listed(cast.ward)) == 6


def test_a_notice_that_reaches_nobody_outside_is_not_on_the_list(restored, cast):
    type(cast.secretary).objects.filter(pk=cast.secretary.pk).update(email="")
    assert {line.doubt.kind for line in listed(cast.ward) if line.person == cast.secretary} == {"r"}


def test_another_ward_sees_and_ticks_nothing_of_it(restored, cast):
    assert listed(cast.foreign_ward) == []
    keys = frozenset(line.doubt.key for line in listed(cast.ward))
    assert mark_already_sent(ward=cast.foreign_ward, keys=keys, by=cast.foreign_admin, at=RESTORED) == 0
    assert len(listed(cast.ward)) == 6


def test_who_releases_for_other_wards_too_is_told_so(restored, cast, sign_in):
    url, words = reverse("campaigns:reminder-release"), "Máy chủ này còn phục vụ đảng bộ khác"
    assert words not in sign_in(cast.admin).get(url).content.decode()
    assert words in sign_in(cast.foreign_admin).get(url).content.decode()


def test_after_the_release_nothing_is_marked(restored, cast, sign_in):
    keys = frozenset(line.doubt.key for line in listed(cast.ward))
    release_sending(by=cast.admin, at=RESTORED)
    with pytest.raises(ValidationError, match="đã được gửi trở lại"):
        mark_already_sent(ward=cast.ward, keys=keys, by=cast.admin, at=RESTORED)
    client = sign_in(cast.admin)
    assert "không có gì thay đổi" in client.post(URL, {"ca_danh_sach": "1"}, follow=True).content.decode()
    assert "Không còn dòng nào có thể đã gửi" in client.get(URL).content.decode()


def test_the_pages_count_name_and_download_it(restored, cast, sign_in):
    client = sign_in(cast.admin)
    release = client.get(reverse("campaigns:reminder-release")).content.decode()
    assert "<strong>6</strong> dòng có thể đã gửi" in release
    assert "5 lời nhắc, 2 thông báo và 1 thư" in release
    assert cast.other_secretary.full_name in client.get(URL).content.decode()
    sheet = load_workbook(io.BytesIO(client.get(reverse("campaigns:reminder-doubtful-workbook")).content)).active
    assert sheet.max_row >= 6
    assert "chưa đánh dấu dòng nào" in client.post(URL, {}, follow=True).content.decode()


def test_three_hundred_people_fill_pages_and_are_marked_at_once(cast, sign_in, django_assert_max_num_queries):
    units = [factories.make_unit(cast.ward) for _ in range(120)]
    for unit in units:
        factories.make_person(unit, "secretary")
    for _ in range(2):
        issued(cast, units=units)
    beat(name=SENDING_HELD, at=SECOND + MINUTE)
    client = sign_in(cast.admin)
    with django_assert_max_num_queries(30):
        page = client.get(URL).content.decode()
    assert "Trang 1/5" in page
    assert "Cả danh sách 240 dòng" in page
    assert client.get(URL, {"page": "5"}).content.decode().count('name="chon"') == 40
    with django_assert_max_num_queries(30):
        assert mark_already_sent(ward=cast.ward, keys=None, by=cast.admin, at=RESTORED) == 240
    release_sending(by=cast.admin, at=RESTORED)
    assert tick(now=RESTORED).reminders == 0
