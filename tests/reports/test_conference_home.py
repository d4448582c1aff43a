"""Where the office and the units meet a conference: on the home page and on the page of its plan."""

import datetime as dt

import pytest

from campaigns.choices import ConferenceLevel
from campaigns.models import Invitee, PlanConference
from tests import factories
from tests.campaigns.conferences import make_conference, make_invitee

pytestmark = pytest.mark.usefixtures("clock")
TODAY = factories.TODAY
JUNE = dt.date(2026, 6, 1)


@pytest.fixture
def plan(cast):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    PlanConference.objects.create(plan=plan, level=ConferenceLevel.WARD, last_day=dt.date(2026, 6, 28))
    return plan


def home_of(client):
    return client.get("/").content.decode()


def test_the_office_is_led_through_a_conference(cast, plan, sign_in):
    client = sign_in(cast.compiler)
    assert "1 kế hoạch đã nêu hội nghị cấp phường, chưa lập hội nghị." in home_of(client)
    facts = {"plans": [plan], "state": "planned", "held_on": None, "starts_at": None, "month_on": JUNE}
    conference = make_conference(cast.ward, title="Hội nghị tháng 6", **facts)
    line = make_invitee(conference, cast.own_unit)
    page = home_of(client)
    assert "“Hội nghị tháng 6” dự kiến tháng 6/2026, chưa định ngày." in page
    assert f"/hoi-nghi/{conference.pk}/thoi-gian/" in page
    assert "chưa lập hội nghị" not in page
    conference.state, conference.held_on, conference.starts_at = "fixed", TODAY + dt.timedelta(days=5), dt.time(8)
    conference.save()
    page = home_of(client)
    assert "Hội nghị 08/6/2026: 1/1 nơi chưa trả lời." in page
    assert "08 giờ 00" in page  # of the next seven days
    Invitee.objects.filter(pk=line.pk).update(reply="coming", replied_at=factories.NOW)
    assert "nơi chưa trả lời" not in home_of(client)
    conference.held_on = TODAY
    conference.save()
    assert "Hội nghị 03/6/2026: 1/1 dòng chưa điểm danh." in home_of(client)
    marked = {"attendance": "present", "present": 1, "excused": 0, "absent": 0, "marked_at": factories.NOW}
    Invitee.objects.filter(pk=line.pk).update(marked_by=cast.compiler, **marked)
    assert "Hội nghị 03/6/2026: đã điểm danh, chưa chốt." in home_of(client)
    conference.state = "held"
    conference.save()
    assert "Hội nghị 03/6/2026" not in home_of(client)


def test_who_is_convened_finds_the_invitation_at_home_until_it_is_answered(cast, sign_in):
    conference = make_conference(cast.ward, title="Hội nghị tháng 6", held_on=TODAY + dt.timedelta(days=9))
    line = make_invitee(conference, cast.own_unit, person=cast.secretary)
    make_invitee(conference, cast.body, kind="ubnd")
    client = sign_in(cast.secretary)
    page = home_of(client)
    assert "Mời họp 08 giờ 00, 12/6/2026: Hội nghị tháng 6." in page
    address = page.split('href="/mo/giay-moi/')[1].split('"')[0]
    assert client.post(f"/mo/giay-moi/{address}", {"reply": "coming"}).status_code == 302
    assert "Mời họp" not in home_of(client)
    Invitee.objects.filter(pk=line.pk).update(reply_outdated=True)
    assert "Trả lời lại" in home_of(client)
    assert "Mời họp" in home_of(sign_in(cast.contact))
    assert "Mời họp" not in home_of(sign_in(cast.other_secretary))


def test_another_ward_and_another_role_are_not_asked(cast, plan, sign_in):
    make_conference(cast.ward, plans=[plan], title="Hội nghị của phường", held_on=TODAY)
    assert "Hội nghị" not in home_of(sign_in(cast.foreign_clerk)).split("<main", 1)[1]
    assert "chưa điểm danh" not in home_of(sign_in(cast.clerk))


def test_the_page_of_a_plan_leads_to_its_conferences(cast, plan, sign_in):
    client, url = sign_in(cast.compiler), plan.get_absolute_url()
    assert f"/hoi-nghi/moi/?ke-hoach={plan.pk}" in client.get(url).content.decode()
    conference = make_conference(cast.ward, plans=[plan], title="Hội nghị tháng 6", held_on=dt.date(2026, 6, 12))
    page = client.get(url).content.decode()
    assert conference.get_absolute_url() in page
    assert "chưa lập hội nghị" not in page
    unit = sign_in(cast.secretary).get(url).content.decode()
    assert ("Hội nghị tháng 6" in unit, conference.get_absolute_url() in unit) == (True, False)
    conference.state = "cancelled"
    conference.save()
    assert "Hội nghị tháng 6" not in sign_in(cast.secretary).get(url).content.decode()
