"""A công văn đôn đốc whose annex names units that have reported since says so before its number is recorded."""

import datetime as dt

import pytest
from django.urls import reverse

from campaigns.selectors.chase_letters import stale_annex
from campaigns.services import assignments as duties
from campaigns.services.chase_letters import draft_chase_letter, recount_chase_letter
from documents.services.drafts import create_draft, edit_draft
from tests import factories
from tests.campaigns.owed import at

pytestmark = pytest.mark.django_db
DUE = factories.LAST_DAY  # Thursday 04/6/2026
MONDAY, LATER = at(dt.date(2026, 6, 8), dt.time(8, 15)), at(dt.date(2026, 6, 8), dt.time(14, 0))
TODAY = dt.date(2026, 6, 8)


@pytest.fixture
def letter(cast, clock):
    clock.move_to(MONDAY)
    factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit], issued_at=at(dt.date(2026, 5, 18)))
    return draft_chase_letter(ward=cast.ward, due_on=DUE, by=cast.drafter, at=MONDAY)


def reports(unit, cast):
    plan = unit.assignments.first().plan
    duties.mark_studied(unit=unit, plans=[plan], by=cast.secretary, at=LATER)
    duties.mark_submitted(unit=unit, plan=plan, by=cast.secretary, at=LATER)


def page(client, name, letter):
    return client.get(reverse(f"documents:{name}", args=[letter.draft_id])).content.decode()


def test_an_annex_that_is_still_right_is_not_warned_about(letter, cast, sign_in):
    assert stale_annex(letter.draft, on=TODAY) is None
    assert "Từ lúc lấy số liệu" not in page(sign_in(cast.clerk), "draft-issue", letter)


def test_who_has_reported_since_is_named_where_the_number_is_recorded(letter, cast, sign_in):
    reports(cast.own_unit, cast)
    client = sign_in(cast.clerk)
    for name in ("draft-issue", "draft-detail"):
        shown = page(client, name, letter)
        assert "Từ lúc lấy số liệu (08 giờ 15, thứ Hai, 08/6/2026), 1 đơn vị trong phụ lục đã xong hoặc được thêm ngày." in shown
        assert f"<li>{cast.own_unit.name}</li>" in shown
        assert f"<li>{cast.other_unit.name}</li>" not in shown
        assert 'href="/don-doc/#han-20260604">Cập nhật số liệu</a>' in shown
    assert 'id="han-20260604"' in client.get("/don-doc/").content.decode()
    recount_chase_letter(ward=cast.ward, due_on=DUE, by=cast.drafter, at=LATER)
    assert "Từ lúc lấy số liệu" not in page(client, "draft-issue", letter)


def test_a_unit_struck_off_the_annex_by_hand_is_not_warned_about(letter, cast):
    reports(cast.own_unit, cast)
    kept = [line for line in letter.draft.annex_body.splitlines() if cast.own_unit.short_name not in line and cast.own_unit.name not in line]
    draft = letter.draft
    edit_draft(draft=draft, expected_version=draft.version, annex_body="\n".join(kept), by=cast.drafter, now=LATER)
    assert stale_annex(draft, on=TODAY) is None


def test_when_nobody_is_left_the_letter_should_not_go_out(letter, cast, sign_in):
    reports(cast.own_unit, cast)
    reports(cast.other_unit, cast)
    shown = page(sign_in(cast.clerk), "draft-issue", letter)
    assert "không còn ai để đôn đốc" in shown
    assert "#han-" not in shown


def test_another_paper_is_never_warned_about(cast):
    other = create_draft(ward=cast.ward, kind="CV", by=cast.drafter, now=MONDAY, subject="mời họp", body="Mời họp.")
    assert stale_annex(other, on=TODAY) is None
