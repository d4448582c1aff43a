"""Two beats and a timer ring at the same moment, minute after minute, each in a process of its own (R-04)."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from campaigns.models import Assignment, Reminder
from tests import factories
from tests.campaigns.kills import shared_database
from tests.campaigns.owed import at
from tests.campaigns.smtp import mail_server
from tests.campaigns.year_senders import forked_senders
from units.choices import Role

DAY = dt.date(2026, 6, 3)  # a Wednesday
BEGIN = at(DAY, dt.time(8, 0))
BELLS = 3  # two beats and a timer
DUTIES = 2


@dataclass
class Rung:
    """What became of `people` with DUTIES reminders each."""

    people: int
    untold: int
    lines: list[int]  # of each digest
    letters: Counter

    @property
    def letters_doubled(self):
        return sum(self.letters.values()) - len(self.letters)


def ring(folder, *, minutes, people, claims=True) -> Rung:
    """Every minute a few people's reminders fall due and BELLS ticks begin at once; `claims`: off in the control."""
    make_due_over(minutes, people=people)
    with mail_server() as server, shared_database(folder) as (url, ask):
        server.delay = 0.02 if claims else 0.2  # long enough that all are at it together, however slow the machine
        with forked_senders(url, server, at_once=BELLS, claims=claims) as senders:
            for minute in range(minutes):
                senders.tick(BEGIN + dt.timedelta(minutes=minute))
        return Rung(
            people=people,
            untold=ask("SELECT count(*) FROM campaigns_reminder WHERE state <> 'sent'")[0][0],
            lines=[row[0].count("\n") + 1 for row in ask("SELECT body FROM campaigns_notification")],
            letters=Counter(recipient for recipient, _, _ in server.letters),
        )


def make_due_over(minutes, *, people):
    """`people` secretaries whose reminders fall due one after another within `minutes`."""
    ward = factories.make_ward()
    units = [factories.make_unit(ward) for _ in range(people)]
    secretaries = [factories.make_person(unit, Role.SECRETARY, password="x") for unit in units]
    for _ in range(DUTIES):
        plan = factories.make_plan(ward, state="issued", issued_at=BEGIN, issued_by=factories.make_user())
        duty = factories.make_duty(plan, product="report", last_day=DAY)
        rows = Assignment.objects.bulk_create(
            Assignment(plan=plan, duty=duty, unit=unit, product="report", due_on=DAY) for unit in units
        )
        Reminder.objects.bulk_create(
            Reminder(
                assignment=row, person=secretaries[place], rung=0, due_version=1, remind_on=DAY,
                remind_at=BEGIN + dt.timedelta(minutes=place % minutes),
            )
            for place, row in enumerate(rows)
        )  # fmt: skip
