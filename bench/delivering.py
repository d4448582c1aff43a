"""Ten thousand digests by e-mail, end to end, beside smtplib alone handing the same letters to the same sink.

End to end: found in the queue, leased, looked at again, worded, handed over, marked one by one. The peer has every
letter in memory, ready made, and one open connection. Both are timed in turns of a thousand, so that a slow minute of the
machine strikes both.
"""

import contextlib
import datetime as dt
import smtplib
import subprocess
import sys

from django.db import connection
from django.db.models import Min
from django.test.utils import override_settings
from django.utils import timezone

from bench.measure import Row, seconds
from campaigns.mail import wire_of
from campaigns.models import Assignment, Delivery, Reminder
from campaigns.selectors.told import told_in
from campaigns.services.deliveries import _letter, send_letters
from campaigns.services.delivery_queue import Watch
from units.models import User

TURNS, LETTERS = 10, 1_000
SENDER = "khong-tra-loi@example.vn"


def rows():
    """After reminding.rows(): its people and their open duties are what the letters are about."""
    now = timezone.now()
    keys = _write_digests(now)
    with _sink() as port, override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=port,
        EMAIL_USE_SSL=False, DEFAULT_FROM_EMAIL=f"Lan Tỏa <{SENDER}>", SITE_URL="https://lantoa.example.vn",
    ), smtplib.SMTP("127.0.0.1", port) as peer:  # fmt: skip
        yield _side_by_side(keys, peer, now)


def _side_by_side(keys, peer, now):
    ours = theirs = 0
    for turn in range(TURNS):
        mine = keys[turn * LETTERS : (turn + 1) * LETTERS]
        letters = _ready_made(mine, now)
        Delivery.objects.filter(pk__in=mine).update(next_try_at=now)
        ours += seconds(lambda: send_letters(watch=Watch(now)))
        theirs += seconds(lambda ready=letters: [peer.sendmail(SENDER, [to], text) for to, text in ready])
    sent = Delivery.objects.filter(pk__in=keys, state="sent").count()
    if sent != TURNS * LETTERS:
        raise RuntimeError(f"only {sent} letters went out")
    return Row(f"{sent:,} deliveries end to end", ours, "smtplib, ready-made letters, one connection", theirs, 1.33)


def _ready_made(keys, now):
    """(recipient, bytes) of the same letters as the product words them."""
    batch = list(Delivery.objects.filter(pk__in=keys).select_related("person__contact_choice"))
    told = told_in(batch, on=timezone.localdate(now))
    return [(row.person.email, wire_of(_letter(row, told[row.pk], now=now)).text) for row in batch]


def _write_digests(now):
    """A day's digest each for ten thousand people, told of the duties that are due now; returns the keys of the letters."""
    day = timezone.localdate(now)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE units_user SET email = 'nguoi' || id || '@example.vn' WHERE email = ''")
    owed = Reminder.objects.filter(assignment__in=Assignment.objects.open().running())
    people = User.objects.filter(reminders__in=owed).distinct().order_by("pk")[: TURNS * LETTERS]
    people = list(people.values_list("pk", flat=True))
    one_each = owed.filter(person__in=people).order_by("person").values("person").annotate(first=Min("pk"))
    Reminder.objects.filter(pk__in=[row["first"] for row in one_each]).update(
        state="sent", delivery_day=day, handled_at=now, remind_at=now
    )
    Delivery.objects.bulk_create(
        [
            Delivery(
                person_id=pk, day=day, channel="email", created_at=now, next_try_at=now + dt.timedelta(days=1),
                message_id=f"<nhac-viec.{pk}.{day:%Y%m%d}@lantoa.example.vn>",
            )
            for pk in people
        ],
        batch_size=2_000,
    )  # fmt: skip
    with connection.cursor() as cursor:  # what autovacuum does on a real server
        cursor.execute("ANALYZE")
    return list(Delivery.objects.filter(person__in=people, channel="email", state="waiting").values_list("pk", flat=True))


@contextlib.contextmanager
def _sink():
    """A mail server in a process of its own that takes everything, and announces PIPELINING as Postfix and Exim do."""
    process = subprocess.Popen([sys.executable, "-c", _SINK], stdout=subprocess.PIPE, text=True)
    try:
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


_SINK = """
import asyncio
from aiosmtpd.smtp import SMTP

class Sink:
    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        return [responses[0], "250-PIPELINING", *responses[1:]]

    async def handle_DATA(self, server, session, envelope):
        return "250 ok"

async def main():
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Sink()), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"""
