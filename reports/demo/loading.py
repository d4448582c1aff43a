"""Loading and removing the demonstration, each in one step."""

import json
import shutil
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from reports.demo.campaign import issue_plans, register_directives
from reports.demo.clock import DemoClock
from reports.demo.meetings import add_duty, call_next_conference, hold_conference
from reports.demo.organisation import OWN_SECRETARY
from reports.demo.people import make_cast
from reports.demo.results import call_units, report_results
from reports.demo.review import review_schools
from reports.services.rubrics import load_default_rubric
from units.models import User, WardSettings
from units.services.cards import make_card

CARD_FILE = "trinh-dien-the.json"  # in VAR_DIR: the secret of a card exists in plain only when it is made


def load_demonstration(*, now=None):
    """Fill an empty database with the demonstration ward and keep the secretary's card where `demo_logins` finds it.

    Raises ValidationError "not_empty" when there is any account.
    """
    if User.objects.exists():
        raise ValidationError("Cơ sở dữ liệu đã có tài khoản nên không nạp dữ liệu trình diễn. Chưa ghi gì thêm.", code="not_empty")
    clock = DemoClock(now or timezone.now())
    with transaction.atomic():
        load_default_rubric()
        call_command("seed_calendar", verbosity=0)
        cast = make_cast(clock)
        directives = register_directives(cast, clock)
        review_schools(cast, clock)
        plans = issue_plans(cast, clock, directives)
        hold_conference(cast, clock, plans)
        add_duty(cast, clock, plans[1])
        report_results(cast, clock, plans)
        made = make_card(membership=cast.secretaries[OWN_SECRETARY[1]], by=cast.admin)
        call_units(cast, clock)
        call_next_conference(cast, clock)
    card = {"path": f"/the/{made.secret}/", "code": made.code}
    Path(settings.VAR_DIR, CARD_FILE).write_text(json.dumps(card), encoding="utf-8")


def is_demonstration():
    """Whether every ward of this installation is a demonstration, and there is one."""
    wards = WardSettings.objects.values_list("is_demonstration", flat=True)
    return bool(wards) and all(wards)


def remove_demonstration():
    """Empty the whole installation so that the first-use page comes up. Raises ValidationError "real_data".

    There is nobody left to write an audit line about it: the trail was the demonstration's too.
    """
    if not is_demonstration():
        raise ValidationError("Chương trình đang giữ dữ liệu thật nên không gỡ. Chưa xóa gì.", code="real_data")
    call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    Path(settings.VAR_DIR, CARD_FILE).unlink(missing_ok=True)
