from datetime import date

from tests.factories import NOW, TODAY
from units.banners import banners_for
from units.choices import DayKind
from units.models import AuditEvent, CalendarDay
from units.selectors.access import access_of
from units.selectors.calendar import days_of, runs_out, unconfirmed
from units.services.calendar import confirm_days, seed_calendar
from units.workdays import WorkCalendar


def test_seed_brings_the_holidays_and_swaps_of_both_years_once(db):
    added = seed_calendar()
    assert seed_calendar() == 0
    assert CalendarDay.objects.count() == added
    kinds = dict(CalendarDay.objects.values_list("day", "kind"))
    assert (kinds[date(2026, 1, 2)], kinds[date(2026, 1, 10)]) == (DayKind.OFF, DayKind.MAKE_UP)
    assert (kinds[date(2026, 8, 31)], kinds[date(2026, 8, 22)]) == (DayKind.OFF, DayKind.MAKE_UP)
    calendar = WorkCalendar.load()
    tet = [day for day in range(13, 24) if calendar.is_working_day(date(2026, 2, day))]
    assert tet == [13, 23]


def test_seeded_days_that_need_confirming(db):
    seed_calendar()
    assert [f"{row.day:%d/%m/%Y}" for row in unconfirmed(days_of(2026))] == ["24/11/2026"]
    assert [f"{row.day:%d/%m}" for row in unconfirmed(days_of(2027))] == [
        "04/02", "05/02", "06/02", "07/02", "08/02", "09/02", "10/02", "03/09", "24/11",
    ]  # fmt: skip


def test_seed_leaves_what_the_office_typed(db):
    CalendarDay.objects.create(day=date(2026, 1, 1), kind=DayKind.OFF, name="Của văn phòng")
    seed_calendar()
    assert CalendarDay.objects.get(day=date(2026, 1, 1)).name == "Của văn phòng"


def test_confirming_names_who_and_when(cast):
    seed_calendar()
    assert confirm_days(days=unconfirmed(days_of(2026)), by=cast.admin, at=NOW) == 1
    day = CalendarDay.objects.get(day=date(2026, 11, 24))
    assert (day.confirmed_by, day.confirmed_at) == (cast.admin, NOW)
    assert AuditEvent.objects.filter(verb="calendar.confirm").count() == 1


def test_calendar_warns_two_months_before_its_end(cast):
    seed_calendar()
    assert runs_out(on=date(2027, 10, 30)) is None
    assert runs_out(on=date(2027, 10, 31)) == date(2027, 12, 31)
    assert banners_for(access_of(cast.admin, on=date(2027, 11, 1)))[0]["text"].startswith(
        "Lịch ngày nghỉ chỉ có đến hết"
    )
    assert banners_for(access_of(cast.clerk, on=date(2027, 11, 1))) == []
    assert banners_for(access_of(cast.admin, on=TODAY)) == []


def test_page_adds_a_day_typed_the_vietnamese_way(cast, sign_in, clock):
    client = sign_in(cast.admin)
    posted = {"day": "05/6/2026", "kind": "off", "name": "Nghỉ thử", "source": ""}
    assert client.post("/lich/moi/", posted).status_code == 302
    assert list(CalendarDay.objects.values_list("day", "name", "confirmed_by")) == [
        (date(2026, 6, 5), "Nghỉ thử", cast.admin.pk)
    ]


def test_make_up_day_must_be_a_weekend(cast, sign_in, clock):
    answer = sign_in(cast.admin).post("/lich/moi/", {"day": "05/6/2026", "kind": "make_up", "name": "Làm bù"})
    assert answer.context["form"].errors == {"kind": ["Ngày làm bù phải là thứ Bảy hoặc Chủ nhật."]}
    assert 'value="05/6/2026"' in answer.content.decode()
