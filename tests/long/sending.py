"""Many secretaries press Gửi at once: real processes, prepared forms, and what each was answered."""

import http.client
import json
import random
import secrets
import statistics
import sys
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

PREPARE = """
import json
import datetime as dt
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from bench.filings import ready_filings, typed_points
from bench.scene import name_secretaries
from campaigns.models import Plan
from reports.demo.scale import load_scale
from units.models import Unit
from django.contrib.sessions.models import Session

load_scale(wards={wards}, units_per_ward={units}, plans=1, prefix="tai")
wards = Unit.objects.filter(kind="ward")
for ward in wards:
    name_secretaries(ward)
filings = ready_filings(*Plan.objects.filter(ward__in=wards, state="issued"))
store, end, rows, told = SessionStore(), timezone.now() + dt.timedelta(hours=2), [], []
data = typed_points(filings[0])
for filing in filings:
    person = filing.edited_by
    content = {{SESSION_KEY: str(person.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[1], HASH_SESSION_KEY: person.get_session_auth_hash()}}
    key = f"tai{{filing.pk:029d}}"
    rows.append(Session(session_key=key, session_data=store.encode(content), expire_date=end))
    told.append([filing.pk, key])
Session.objects.bulk_create(rows, batch_size=1000)
print(json.dumps({{"filings": told, "data": data, "cookie": settings.SESSION_COOKIE_NAME, "csrf": settings.CSRF_COOKIE_NAME}}))
"""

RECOUNT = """
import json
from campaigns.models import Plan, StateCounter
from campaigns.services.counters import recount
from reports.models import Criterion, Filing, Score, StudySession, Submission, SubmissionRevision

def counters():
    return sorted(StateCounter.objects.filter(count__gt=0).values_list("plan", "duty", "due_key", "state", "count"))

before = counters()
recount(plan_ids=Plan.objects.values_list("pk", flat=True))
receipts = list(Submission.objects.filter(state="submitted").values_list("plan", "receipt_number"))
print(json.dumps({
    "sent": sorted(Filing.objects.exclude(sent_at=None).values_list("pk", flat=True)),
    "submissions": Submission.objects.filter(state="submitted").count(),
    "sessions": StudySession.objects.count(),
    "revisions": SubmissionRevision.objects.count(),
    "scores": Score.objects.count(),
    "lines_of_the_sheet": Criterion.objects.count(),
    "receipts_once": len(receipts) == len(set(receipts)),
    "counters_hold": before == counters(),
}))
"""

TRIES = 10


@dataclass(frozen=True)
class Outcome:
    """Forms answered with a receipt, the rest with what was answered, seconds of each until its last answer, and how many
    were told to come again (503) and did."""

    taken: list[int]
    refused: list[tuple[int, int]]
    seconds: list[float]
    lasted: float
    again: int

    @property
    def rate(self):
        return len(self.taken) / self.lasted

    @property
    def p95(self):
        return statistics.quantiles(self.seconds, n=20)[-1] if len(self.seconds) > 1 else 0.0


def prepare(site, *, wards, units):
    """Wards, units, secretaries with an open session, and one form a unit filled in but for the last step."""
    return json.loads(site.python(PREPARE.format(wards=wards, units=units)).splitlines()[-1])


def recount(site):
    """What the database holds afterwards."""
    return json.loads(site.python(RECOUNT).splitlines()[-1])


def send_all(url, prepared, *, at_once, lasting):
    """Send forms one after another from `at_once` threads until `lasting` seconds are over or none is left.

    Wards are mixed, as on the evening of a deadline; who is told that the database is busy sends the same form again.
    """
    waiting, lock = list(prepared["filings"]), threading.Lock()
    _warm(url, at_once)
    random.Random(1).shuffle(waiting)
    taken, refused, seconds, again = [], [], [], []
    started = time.monotonic()

    def work():
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        while time.monotonic() - started < lasting:
            with lock:
                if not waiting:
                    return
                pk, key = waiting.pop()
            before = time.monotonic()
            for _ in range(TRIES):
                status, place = _send(connection, prepared, pk, key)
                if status != http.HTTPStatus.SERVICE_UNAVAILABLE:
                    break
                again.append(pk)
                time.sleep(1)
            with lock:
                seconds.append(time.monotonic() - before)
                if status == 302 and place.endswith("/bien-nhan/"):
                    taken.append(pk)
                else:
                    refused.append((pk, status))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Outcome(sorted(taken), refused, seconds, time.monotonic() - started, len(again))


def _warm(url, at_once):
    """Let every worker load the program first: a server that has just started is not what is measured."""
    for _ in range(at_once * 2):
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=120)
        connection.request("GET", "/dang-nhap/")
        connection.getresponse().read()
        connection.close()


def _send(connection, prepared, pk, key):
    token = secrets.token_hex(16)
    body = urlencode(prepared["data"] | {"csrfmiddlewaretoken": token})
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"{prepared['cookie']}={key}; {prepared['csrf']}={token}",
    }
    try:
        connection.request("POST", f"/bao-cao-buoi-hoc/{pk}/tu-cham/", body=body, headers=headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as problem:
        sys.stderr.write(f"{pk}: {problem}\n")
        connection.close()
        return 0, ""
    return answer.status, answer.getheader("Location", "")
