"""The acts on a conference from its pages: carried out and told, or refused beside what was typed."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import factories
from tests.campaigns.conferences import make_conference

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LATER = {"held_on": "26/6/2026", "starts_at": "08:00", "place": "Hội trường phường", "reason": "Trùng lịch"}
ACTS = [
    ("time", LATER, "fixed", "Đã ghi thời gian."),
    ("postpone", {"month_on": "7/2026", "reason": "Trùng lịch"}, "planned", "Đã hoãn"),
    ("cancel", {"reason": "Không còn cần"}, "cancelled", "Đã hủy hội nghị"),
]


@pytest.fixture
def conference(cast):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    return make_conference(cast.ward, plans=[plan], held_on=dt.date(2026, 6, 20), month_on=dt.date(2026, 6, 1))


@pytest.mark.parametrize(("act", "typed", "state", "words"), ACTS)
def test_an_act_is_carried_out_once(cast, sign_in, conference, act, typed, state, words):
    client, url = sign_in(cast.compiler), reverse(f"campaigns:conference-{act}", args=[conference.pk])
    typed = typed | {"version": conference.version}
    answer = client.post(url, typed, follow=True)
    assert answer.redirect_chain == [(conference.get_absolute_url(), 302)]
    assert words in answer.content.decode()
    conference.refresh_from_db()
    assert conference.state == state
    if state == "fixed":  # on an old page: refused, and what was typed stays
        again = client.post(url, typed | {"held_on": "27/6/2026"})
        assert (again.status_code, again.context["form"]["held_on"].value()) == (200, "27/6/2026")
        assert again.context["form"].errors
        conference.refresh_from_db()
        assert conference.held_on == dt.date(2026, 6, 26)
