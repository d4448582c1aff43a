"""Evenings for some directives of a plan alone: a further session names its own, heads are checked by directive."""

import pytest
from django.urls import reverse

from campaigns.choices import AssignmentState, Product
from reports.choices import SubmissionState
from reports.forms.filing import FilingForms
from reports.models import Filing, StudySession, Submission
from reports.selectors.compiling import unit_rows
from reports.selectors.submissions import figures_of
from tests import factories
from tests.reports import steps

EXTRA = {"kind": "shift", "held_on": "03/6/2026", "form": "cell_meeting", "way": "in_person", "named": "True"}


@pytest.fixture
def two(cast, clock):
    """Two directives of one plan."""
    directives = [factories.make_directive(), factories.make_directive()]
    return directives, steps.asked(cast, directives=directives)[0]


def add(client, filing, *texts, **data):
    """Add a further session about `texts`."""
    url = reverse("reports:session-extra", args=[filing.pk])
    return client.post(url, EXTRA | {"directives": [str(one.pk) for one in texts]} | data)


def test_two_evenings_for_two_directives_are_no_more_heads_than_members(cast, two, sign_in):
    (first, second), plan = two
    client = sign_in(cast.secretary)
    filing = steps.start(client, cast.own_unit)
    form = client.get(reverse("reports:session-extra", args=[filing.pk])).context["form"]
    assert form["directives"].value() == [str(first.pk), str(second.pk)]  # all are ticked at first
    assert add(client, filing, second, present="23").status_code == 302
    steps.fill(client, filing, session={"directives": [str(first.pk)]})
    assert (
        "học " + second.number_text
        in client.get(reverse("reports:session-step", args=[filing.pk, "buoi-hoc"])).content.decode()
    )
    steps.send(client, filing)
    submission = Submission.objects.get()
    assert (figures_of(submission).present, figures_of(submission).sessions) == (24, 2)
    held = [(one.heads, one.directives.get()) for one in submission.sessions.order_by("held_on")]
    assert held == [(24, first), (23, second)]
    assert plan.assignments.get(unit=cast.own_unit, product=Product.STUDY).state == AssignmentState.STUDIED
    Submission.objects.update(state=SubmissionState.ACCEPTED)
    row = next(one for one in unit_rows(plan, counted_at=factories.NOW) if one.code == cast.own_unit.code)
    assert (row.counts["present"], row.by_directive) == (24, {str(first.pk): 24, str(second.pk): 23})


def test_more_heads_for_one_directive_than_were_to_come_are_refused_with_its_name(cast, two, sign_in):
    (first, second), _plan = two
    client = sign_in(cast.secretary)
    filing = steps.start(client, cast.own_unit)
    add(client, filing, second, present="23")
    steps.fill(client, filing)  # the main session left both ticked: 24 + 23 of 26
    forms = FilingForms(Filing.objects.get(), at=factories.NOW)
    said = " ".join(forms.form("counts").errors["present"])
    assert f"{second}: có mặt 47 nhưng phải dự chỉ 26." in said
    assert str(first) not in said


def test_people_who_make_all_of_it_up_still_add_to_the_count(cast, two, sign_in):
    directives, _plan = two
    client = sign_in(cast.secretary)
    filing = steps.start(client, cast.own_unit)
    add(client, filing, *directives, kind="make_up", present="2")
    steps.fill(client, filing, counts={"excused": "0"})
    steps.send(client, filing)
    assert figures_of(Submission.objects.get()).present == 26
    assert not StudySession.objects.exclude(present_again=None).exists()


def test_half_of_a_plan_without_another_evening_is_still_asked_about(cast, two, sign_in):
    (first, _second), _plan = two
    client = sign_in(cast.secretary)
    filing = steps.start(client, cast.own_unit)
    steps.fill(client, filing, session={"directives": [str(first.pk)]})
    forms = FilingForms(Filing.objects.get(), at=factories.NOW)
    assert "đồng chí thêm một buổi" in " ".join(forms.form("session").errors["directives"])


def test_a_further_session_about_nothing_is_refused(cast, two, sign_in):
    client = sign_in(cast.secretary)
    filing = steps.start(client, cast.own_unit)
    assert "chọn ít nhất một văn bản" in add(client, filing, present="2").content.decode()
    assert Filing.objects.get().content["extra"] == []


def test_a_returned_report_opens_with_the_directives_of_each_session(cast, two, sign_in):
    (first, second), _plan = two
    client = sign_in(cast.secretary)
    filing = steps.start(client, cast.own_unit)
    add(client, filing, second, present="23")
    steps.fill(client, filing, session={"directives": [str(first.pk)]})
    steps.send(client, filing)
    sign_in(cast.compiler).post(
        reverse("reports:submission-return", args=[Submission.objects.get().pk]),
        {"field": "present", "reason": "Xem lại số có mặt."},
    )
    client = sign_in(cast.secretary)
    client.post(reverse("reports:session-amend", args=[Submission.objects.get().pk]))
    again = Filing.objects.get(sent_at=None)
    forms = FilingForms(again, at=factories.NOW)
    assert forms.session_directives == [first]
    assert [(one["directives"], one["present_again"]) for one in forms.extra_entries] == [([second], 23)]
