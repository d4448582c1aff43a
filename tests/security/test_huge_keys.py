"""Keys and counters beyond all numbers: 400 or a sentence, never 500, on both engines (A-11)."""

import pytest
from django.urls import reverse

from reports.models import StudySession
from tests.reports import steps
from tests.world import make_world

pytestmark = pytest.mark.django_db
HUGE = ("9" * 24, "9" * 5000)


@pytest.mark.proves("A-11")
@pytest.mark.parametrize("typed", HUGE)
def test_forged_keys_of_the_office(typed, client, db, clock):
    world = make_world()
    posts = [
        ("drafter", "campaigns:plan-edit", "draft", {"act": f"duties-{typed}-up", "directives-TOTAL_FORMS": typed}),
        ("drafter", "campaigns:plan-edit", "draft", {"act": "save", "version": typed, "general-signer_id": typed}),
        ("drafter", "campaigns:plan-submit", "draft", {"version": typed}),
        ("drafter", "campaigns:directive-edit", "directive", {"parents": [typed]}),
        ("compiler", "reports:submission-accept-many", None, {"chon": [typed]}),
        ("compiler", "reports:report-new", None, {"plans": [typed]}),
        ("admin", "documents:cards-print", None, {"memberships": [typed]}),
    ]
    codes = {}
    for who, name, kind, data in posts:
        client.force_login(getattr(world.cast, who))
        codes[name] = client.post(reverse(name, args=[world.own[kind].pk] if kind else []), data).status_code
    assert {name: code for name, code in codes.items() if code not in {200, 302, 400, 409}} == {}
    client.force_login(world.cast.drafter)
    assert client.get(reverse("campaigns:plan-new"), {"van-ban": typed}).status_code == 200


@pytest.mark.proves("A-11")
def test_forged_directives_of_a_report(cast, client, clock):
    steps.asked(cast)
    client.force_login(cast.secretary)
    filing = steps.start(client, cast.own_unit)
    answer = steps.post(client, filing, "buoi-hoc", **(steps.SESSION | {"directives": [HUGE[0]]}))
    step = reverse("reports:session-step", args=[filing.pk, "buoi-hoc"])
    # SQLite cannot hold the number at all; PostgreSQL finds no such directive and leads back to the same step.
    assert (answer.status_code, answer.headers.get("Location")) in {(400, None), (302, step)}
    assert client.get(step).status_code == 200
    assert not StudySession.objects.filter(unit=cast.own_unit).exists()
