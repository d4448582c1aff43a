"""What leaders have read stays as they read it; the ward stays a ward; demonstration log-ins stay off real servers."""

import datetime as dt
import logging

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from campaigns.choices import PlanState
from campaigns.citing import full_citation
from campaigns.services.directives import revise_directive
from config.logs import OneLineFormatter
from tests import factories
from units.models import Unit, User

pytestmark = pytest.mark.django_db


@pytest.mark.proves("A-03")
def test_a_corrected_directive_does_not_reach_what_was_submitted_or_approved(cast, clock):
    directive = factories.make_directive()
    words = f"Thực hiện {full_citation(directive)}."
    states = (PlanState.DRAFT, PlanState.RETURNED, PlanState.SUBMITTED, PlanState.APPROVED)
    plans = [factories.make_plan(cast.ward, directives=[directive], state=state, opening=words) for state in states]
    revise_directive(directive=directive, by=cast.drafter, dated_on=dt.date(2026, 5, 6), at=factories.NOW)
    for plan in plans:
        plan.refresh_from_db()
    assert [plan.opening == words for plan in plans] == [False, False, True, True]


@pytest.mark.parametrize("act", ["unit-revise", "unit-close"])
def test_a_ward_does_not_become_a_cell_nor_end(act, cast, client, clock):
    before = Unit.objects.filter(pk=cast.ward.pk).values()[0]
    client.force_login(cast.admin)
    facts = {"kind": "residential", "parent": cast.own_unit.pk, "name": "Chi bộ", "short_name": "Chi bộ"}
    facts |= {"effective_from": "03/6/2026", "on": "03/6/2026", "reason": "Thử"}
    assert client.post(reverse(f"units:{act}", args=[cast.ward.pk]), facts).status_code == 403
    assert Unit.objects.filter(pk=cast.ward.pk).values()[0] == before


@pytest.mark.proves("A-12")
@pytest.mark.parametrize("tail", ["", "?next=/", " Forbidden"])
def test_the_secret_of_a_card_is_in_no_log_line(tail):
    secret = "q3Zr_xT-9aB7cD1eF5gH0w"
    record = logging.LogRecord("django.security.csrf", 30, "", 1, "Forbidden: %s", (f"/the/{secret}/{tail}",), None)
    line = OneLineFormatter().format(record)
    assert (secret in line, f"/the/***/{tail}" in line) == (False, True)
    record.args = (f"/the/tiep/{secret}/{tail}",)
    assert secret not in OneLineFormatter().format(record)
    record.args = (f"/mo/lich/{secret}.ics",)
    assert secret not in OneLineFormatter().format(record)
    for address in (f"/ngung-nhan/12.email:{secret}/", f"/hoi-nghi/quet/7-{secret}/"):
        record.args = (address,)
        assert secret not in OneLineFormatter().format(record)
    record.args = ("/the-truy-cap/12/huy/",)
    assert "/the-truy-cap/12/huy/" in OneLineFormatter().format(record)


@pytest.mark.proves("A-12")
@pytest.mark.parametrize("secret_path", ["/the/", "/mo/"])
def test_the_web_server_in_front_writes_no_secret_address(settings, secret_path):
    rules = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    block = rules.split(f"location ^~ {secret_path} {{")[1].split("}")[0]
    assert "access_log off;" in block


def test_a_real_server_takes_no_demonstration(settings):
    settings.MODE = "production"
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert User.objects.count() == 0
