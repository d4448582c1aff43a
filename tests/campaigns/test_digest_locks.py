"""A digest that meets an act of the office on PostgreSQL: neither waits for the other, nothing is lost."""

import pytest
from django.db import OperationalError

from campaigns.models import Assignment, Notification, Reminder
from campaigns.services.clock import tick
from campaigns.services.digests import write_digest
from campaigns.services.reminders import plan_reminders
from tests import factories
from tests.campaigns.owed import held_elsewhere
from units.models import Membership

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.proves("R-08")]
MORNING = factories.NOW.replace(hour=9)


@pytest.fixture
def due(cast, settings):
    """The reminders of one secretary about a study and a report, due now."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    plan_reminders(assignments=list(plan.assignments.all()), now=MORNING)
    Reminder.objects.exclude(rung=0).delete()
    Reminder.objects.update(remind_at=MORNING)
    return list(Reminder.objects.filter(person=cast.secretary).order_by("pk"))


def waiting(cast):
    return list(Reminder.objects.filter(person=cast.secretary, state="waiting").values_list("pk", flat=True))


def test_a_row_that_somebody_holds_is_left_to_the_next_minute(due, cast):
    held = due[0]
    with held_elsewhere(Reminder, held.pk):
        tick(now=MORNING)
        assert waiting(cast) == [held.pk]
    tick(now=MORNING)
    assert waiting(cast) == []
    digest = Notification.objects.get(person=cast.secretary)
    assert len(digest.body.splitlines()) == len(due) == 2


def test_a_digest_that_hands_on_does_not_wait_for_a_change_of_the_plan(due, cast):
    successor = factories.make_user()
    Membership.objects.filter(user=cast.secretary, unit=cast.own_unit).update(user=successor)
    with held_elsewhere(Assignment, due[0].assignment_id):
        with pytest.raises(OperationalError, match="could not obtain lock"):  # at once, not after lock_timeout
            write_digest(person_id=cast.secretary.pk, now=MORNING)
        tick(now=MORNING)
        assert set(waiting(cast)) == {row.pk for row in due}
    tick(now=MORNING)
    assert waiting(cast) == []
    assert Reminder.objects.filter(person=successor).exists()
