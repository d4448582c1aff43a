"""What a secretary may type into the form of a report, however odd: kept, refused in a sentence, never a broken page."""

import pytest
from django import forms
from django.urls import reverse

from reports.forms.fields import DayField
from reports.services.parcels import MOST_EXTRA
from reports.views.session_pages import _number
from tests import factories
from tests.reports import steps

pytestmark = pytest.mark.django_db
class _DayForm(forms.Form):
    day = DayField()


EXTRA = {"kind": "make_up", "held_on": "02/6/2026", "present": "1", "form": "cell_meeting", "way": "in_person"}


@pytest.mark.parametrize("typed", ["²", "፩", "9" * 5000, "\0", "-", "1e9"])
def test_a_count_that_is_no_number_breaks_no_page(typed, cast, client, clock):
    steps.asked(cast)
    client.force_login(cast.secretary)
    filing = steps.start(client, cast.own_unit)
    steps.fill(client, filing)
    assert steps.post(client, filing, "so-nguoi", **(steps.COUNTS | {"members": typed})).status_code in {302, 422}
    assert client.get(reverse("reports:session-step", args=[filing.pk, "so-nguoi"])).status_code == 200


def test_what_is_no_figure_is_nothing():
    assert [_number(text) for text in ("²", "9" * 5000, "", None, "٣", " 37 ")] == [None, None, None, None, 3, 37]


@pytest.mark.parametrize("typed", ["1/1/99999999999999999999", "99999999999999999999/1/2026", "1/1/" + "9" * 5000])
def test_a_day_beyond_all_years_is_refused(typed, clock):
    form = _DayForm({"day": typed})
    assert form.errors == {"day": ["Đồng chí ghi ngày theo thứ tự ngày, tháng, năm. Thí dụ: 05/6/2026."]}


@pytest.mark.proves("P-06")
def test_the_draft_is_bounded_and_without_nul(cast, client, clock):
    """PostgreSQL keeps no NUL in JSON, and a draft of megabytes would be read again with every page."""
    steps.asked(cast)
    client.force_login(cast.secretary)
    filing = steps.start(client, cast.own_unit)
    steps.post(client, filing, "viec-lam", concrete_work="a\0b" + "x" * 100_000, oral_sessions="1\0")
    filing.refresh_from_db()
    kept = filing.content["results"]
    assert (kept["concrete_work"][:3], len(kept["concrete_work"]), kept["oral_sessions"]) == ("abx", 20_000, "1")


def test_further_sessions_of_one_report_are_bounded(cast, client, clock):
    steps.asked(cast)
    client.force_login(cast.secretary)
    filing = steps.start(client, cast.own_unit)
    steps.fill(client, filing)
    filing.refresh_from_db()
    filing.content["extra"] = [EXTRA] * MOST_EXTRA
    filing.save(update_fields=["content"])
    assert client.post(reverse("reports:session-extra", args=[filing.pk]), EXTRA).status_code == 302
    filing.refresh_from_db()
    assert len(filing.content["extra"]) == MOST_EXTRA


def test_a_unit_code_cannot_write_a_header(cast, client, clock):
    plan, *_ = steps.asked(cast)
    unit = cast.own_unit
    type(unit).objects.filter(pk=unit.pk).update(code='a"; filename="b.html')
    sent = factories.make_submission(unit, plan, state="submitted", by=cast.secretary)
    client.force_login(cast.secretary)
    answer = client.get(reverse("reports:submission-print", args=[sent.pk]))
    assert answer["Content-Disposition"] == f'inline; filename="bao-cao-a\\"; filename=\\"b.html-{plan.pk}.pdf"'
