"""One button pressed several times at one moment: a double click, two tabs, two people; each on PostgreSQL, at a barrier.

The barrier stands before the first write: whoever presses has the form before them as it was.
"""

from collections import Counter
from threading import Barrier

from django.db import IntegrityError
from django.urls import reverse

from campaigns.models import Notification
from reports.models import Filing, StudySession, Submission
from tests import factories
from tests.crowd import together
from tests.reports import steps
from tests.reports.test_session_offline import client_of
from units.models import AuditEvent

PRESSES = 5
LONGEST = 30  # seconds a barrier waits before it is a failure: never reached


def pressed_together(monkeypatch, module, name, presses):
    """Let the service `name` begin only when `presses` of them have come so far."""
    meet, real = Barrier(presses), getattr(module, name)

    def begin(*args, **kwargs):
        meet.wait(LONGEST)
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, begin)


def sent_again_and_again(rounds):
    """{(answers that are the receipt, reports, revisions, lines of the trail): rounds} of the last step posted five times."""
    cast, outcomes = factories.make_cast(), Counter()
    tabs = [client_of(cast.secretary) for _ in range(PRESSES)]
    for _ in range(rounds):
        [plan] = steps.asked(cast)
        filing = steps.start(tabs[0], cast.own_unit)
        steps.fill(tabs[0], filing)
        answers = _last_step({number: (tab, filing) for number, tab in enumerate(tabs)})
        receipt = 302, reverse("reports:session-receipt", args=[filing.pk])
        outcomes[list(answers.values()).count(receipt), *_traces(plan, "submission.submit")] += 1
    return outcomes


def returned_again_and_again(rounds):
    """{(rounds counted, lines of the trail, lines for each person of the unit): rounds} of a return posted five times."""
    cast, outcomes = factories.make_cast(), Counter()
    tabs = [client_of(cast.compiler) for _ in range(PRESSES)]
    told = {"field": "present", "reason": "Biên bản ghi 23 đồng chí."}
    for _ in range(rounds):
        plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
        submission = factories.make_submission(cast.own_unit, plan, state="submitted")
        address = reverse("reports:submission-return", args=[submission.pk])
        assert set(together(lambda tab, to=address: tabs[tab].post(to, told), range(PRESSES)).values()) == {None}
        submission.refresh_from_db()
        lines = Counter(
            Notification.objects.filter(key__startswith=f"submission-{submission.pk}-").values_list("person", flat=True)
        )
        assert set(lines) == {cast.secretary.pk, cast.helper.pk}
        trail = AuditEvent.objects.filter(verb="submission.return", object_id=submission.pk).count()
        outcomes[submission.return_rounds, trail, *lines.values()] += 1
    return outcomes


def sent_by_two(rounds):
    """{(answers, reports, revisions, lines of the trail, sessions, whose figures stand): rounds}: the secretary sends 24
    present at the moment in which the office sends 23 that the unit told it on paper.

    "mixed": the report holds something of both.
    """
    cast, outcomes = factories.make_cast(), Counter()
    unit, office = client_of(cast.secretary), client_of(cast.compiler)
    for _ in range(rounds):
        [plan] = steps.asked(cast)
        own = steps.start(unit, cast.own_unit)
        office.post(reverse("reports:submission-on-behalf"), {"unit": cast.own_unit.pk, "source": "paper"})
        told = Filing.objects.get(by_office=True, sent_at=None)
        steps.fill(unit, own)
        steps.fill(office, told, counts={"present": "23", "excused": "3"})
        answers = _last_step({"unit": (unit, own), "office": (office, told)})
        sessions = StudySession.objects.filter(directives__plan_links__plan=plan).count()
        statuses = tuple(sorted(status for status, _where in answers.values()))
        outcomes[statuses, *_traces(plan, "submission.submit"), sessions, _whose(plan, cast)] += 1
        Filing.objects.filter(sent_at=None).delete()
    return outcomes


def _last_step(forms):
    """Post the last step of each of `forms` (name: (client, filing)) at one moment; {name: (status, where it leads)}."""
    posts, answers = {}, {}
    for name, (client, filing) in forms.items():
        filing.refresh_from_db()
        address = reverse("reports:session-step", args=[filing.pk, "tu-cham"])
        posts[name] = (client, address, {"version": filing.version} | steps.points(filing))

    def press(name):
        client, address, data = posts[name]
        try:
            answer = client.post(address, data)
        except IntegrityError:
            answers[name] = 500, ""
        else:
            answers[name] = answer.status_code, answer.get("Location", "")

    assert set(together(press, list(posts)).values()) == {None}
    assert set(answers) == set(posts)
    return answers


def _traces(plan, verb):
    """Reports, frozen revisions and lines of the trail about `plan`."""
    reports = Submission.objects.filter(plan=plan)
    trail = AuditEvent.objects.filter(verb=verb, object_id__in=[one.pk for one in reports]).count()
    return reports.count(), sum(one.revisions.count() for one in reports), trail


def _whose(plan, cast):
    [report] = Submission.objects.filter(plan=plan)
    [session] = report.sessions.all()
    found = (session.present, report.excused, report.submitted_by, report.source)
    whole = {(24, 2, cast.secretary, "unit"), (23, 3, cast.compiler, "paper")}
    return "one" if found in whole else "mixed"
