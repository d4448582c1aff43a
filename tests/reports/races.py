"""Races of two people, started at one barrier: two phones on one report, a unit that sends while the office closes."""

from collections import Counter

from django.core.exceptions import ValidationError

from reports.models import CompiledReport, Filing, FilingCopy, Submission
from reports.selectors.report_changes import changes_since
from reports.services.compiling import draft_report, freeze_report
from reports.services.sending import submit
from reports.services.snapshot import take_figures
from reports.services.submissions import accept_submission
from tests import factories
from tests.crowd import together, until_free
from tests.reports import steps
from tests.reports.test_session_offline import OTHER_PHONE, PHONE, client_of, keep
from tests.reports.test_supplements import LATER


def two_phones(races):
    """{(status of the first to be kept, of the other): number}, and how many texts of `races` stand nowhere afterwards.

    Both phones show the same version and write another speaker into the same step.
    """
    cast = factories.make_cast()
    steps.asked(cast)
    phones = {PHONE: client_of(cast.secretary), OTHER_PHONE: client_of(cast.helper)}
    filing = steps.start(phones[PHONE], cast.own_unit)
    answers, lost = Counter(), 0
    for number in range(races):
        version, said = Filing.objects.get(pk=filing.pk).version, {}

        def write(device, version=version, said=said, number=number):
            text = f"Lượt {number}, máy {device[0]}"
            said[device] = keep(phones[device], filing, "buoi-hoc", version=version, device=device, speaker=text)[0]

        assert together(write, list(phones)) == dict.fromkeys(phones)
        answers[tuple(sorted(said.values()))] += 1
        there = [Filing.objects.get(pk=filing.pk).content]
        there += FilingCopy.objects.filter(filing=filing).values_list("content", flat=True)
        speakers = {content["session"]["speaker"] for content in there}
        lost += len({f"Lượt {number}, máy {device[0]}" for device in phones} - speakers)
    return answers, lost


def sent_and_closed(races):
    """{(where the unit's report is found, why its sending was refused): number} of `races`.

    "missing": not in the issued report. "arrived": received after the office had counted; the page of the issued report
    names the unit as soon as the office has taken it in.
    """
    cast, outcomes = factories.make_cast(), Counter()
    for number in range(1, races + 1):
        plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
        report = draft_report(ward=cast.ward, plans=[plan], by=cast.compiler, now=LATER)
        told = {"unit": cast.own_unit, "plans": [plan], "sessions": [], "figures": {}, "points": {}}
        closing = {"report": report, "number": number, "dated_on": factories.TODAY, "by": cast.clerk, "now": LATER}
        acts = {
            "send": lambda told=told: submit(**told, by=cast.secretary, at=LATER),
            "freeze": lambda closing=closing: freeze_report(**closing),
        }
        said = together(lambda name, acts=acts: until_free(acts[name]), list(acts))
        assert said["freeze"] is None
        refused = said["send"].code if isinstance(said["send"], ValidationError) else None
        [row] = CompiledReport.objects.get(pk=report.pk).figures["plans"][0]["rows"]
        sent = Submission.objects.filter(plan=plan).first()
        assert (sent is not None) is (refused is None)
        outcomes[_after(report, sent) if sent else row["standing"], refused] += 1
    return outcomes


def _after(report, sent):
    accept_submission(submission=sent, by=report.created_by, at=LATER)
    frozen = CompiledReport.objects.get(pk=report.pk)
    [change] = changes_since(frozen, take_figures(frozen.plans.all(), counted_at=LATER))
    return change.kind
