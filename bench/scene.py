"""What is measured: the demonstration ward, wards of 3 and of 300 units, a plan about to be issued to 60 units."""

import datetime as dt

from django.db import connection
from django.utils import timezone

from campaigns.models import Duty, Plan
from reports.demo.scale import load_scale
from units.choices import Role
from units.models import Membership, Unit, User

PLANS = 4


def make():
    """(wards of 3, 60 and 300 units); the plan of bench/issuing.py is made in the one of 60."""
    small = load_scale(wards=1, units_per_ward=3, plans=PLANS, prefix="it")
    large = load_scale(wards=1, units_per_ward=300, plans=PLANS, prefix="nhieu")
    ward = load_scale(wards=1, units_per_ward=60, plans=PLANS, prefix="vua")
    load_scale(wards=50, units_per_ward=60, plans=PLANS, prefix="tinh")  # a province around them
    name_secretaries(ward)
    _draft(ward)
    with connection.cursor() as cursor:  # what autovacuum does on a real server
        cursor.execute("ANALYZE")
    return small, ward, large


def name_secretaries(ward):
    cells = list(Unit.objects.filter(parent=ward))
    people = User.objects.bulk_create(
        [User(username=f"bench-{cell.pk}", full_name=f"Bí thư {cell.short_name}", password="!") for cell in cells]  # noqa: S106 - no password: nobody logs in
    )
    start = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.bulk_create(
        [
            Membership(user=person, unit=cell, role=Role.SECRETARY, starts_on=start)
            for person, cell in zip(people, cells, strict=True)
        ]
    )


def _draft(ward):
    """A draft with the two duties of all units, due in twenty days."""
    model = Plan.objects.filter(ward=ward).first()
    plan = Plan.objects.create(
        ward=ward,
        subject="bench: 60 units",
        created_at=model.created_at,
        created_by=model.created_by,
        edited_at=model.edited_at,
        edited_by=model.edited_by,
    )
    last_day = timezone.localdate() + dt.timedelta(days=20)
    for duty in model.duties.all():
        Duty.objects.create(
            plan=plan, lead_group=duty.lead_group, lead_text=duty.lead_text, text=duty.text, product=duty.product, last_day=last_day
        )
