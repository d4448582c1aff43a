"""Units that keep their heads to themselves (decisions 8): asked nowhere, shown nowhere, also what was given before."""

import pytest
from django.urls import reverse

from reports.forms.filing import FilingForms
from reports.models import Filing
from tests import factories
from tests.reports import steps

pytestmark = pytest.mark.django_db
SECRET = 8_761


@pytest.mark.proves("A-02")
def test_counts_given_before_are_shown_to_nobody(cast, client, clock):
    plan, *_ = steps.asked(cast)
    directives = list(plan.directives.all())
    session = factories.make_session(cast.own_unit, directives=directives, present=SECRET, speakers=SECRET)
    facts = {"members": SECRET, "exempt": 0, "excused": 0, "unexcused": 0, "state": "submitted"}
    sent = factories.make_submission(cast.own_unit, plan, by=cast.secretary, sessions=[session], **facts)
    pages = [reverse("reports:submission-list"), reverse("reports:submission-detail", args=[sent.pk])]
    client.force_login(cast.compiler)

    def shown():
        return [str(SECRET) in _plain(client.get(page)) for page in pages]

    assert shown() == [True, True]
    type(cast.own_unit).objects.filter(pk=cast.own_unit.pk).update(figures_withheld=True)
    assert shown() == [False, False]


@pytest.mark.proves("A-02")
def test_a_further_session_asks_for_no_heads_and_keeps_none_that_are_posted(cast, client, clock):
    type(cast.own_unit).objects.filter(pk=cast.own_unit.pk).update(figures_withheld=True)
    steps.asked(cast)
    client.force_login(cast.secretary)
    filing = steps.start(client, cast.own_unit)
    steps.post(client, filing, "buoi-hoc", **(steps.SESSION | {"directives": steps.directives_of(filing)}))
    url = reverse("reports:session-extra", args=[filing.pk])
    assert sorted(client.get(url).context["form"].fields) == sorted(
        ["kind", "held_on", "form", "way", "online_points", "minutes", "speaker", "head_speaks", "minutes_kept"]
    )
    extra = {"kind": "make_up", "held_on": "02/6/2026", "present": "5", "form": "cell_meeting", "way": "in_person"}
    assert client.post(url, extra).status_code == 302
    forms = FilingForms(Filing.objects.get(pk=filing.pk), at=factories.NOW)
    assert [(one["present"], one["speakers"]) for one in forms.extra_entries] == [(None, None)]
    assert client.get(reverse("reports:session-step", args=[filing.pk, "buoi-hoc"])).status_code == 200


def _plain(answer):
    """The content of the page, without what surrounds it."""
    page = answer.content.decode()
    return page[page.index("<main") : page.index("</main>")]
