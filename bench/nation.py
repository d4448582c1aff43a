"""One ward's dashboard in a database of one ward, and of a whole country: what a page costs must not grow with the others."""

from django.db import connection
from django.test import Client, override_settings

from bench.measure import Row, side_by_side
from reports.demo.scale import load_scale
from units.models import User

WARDS = 3_321  # wards and communes of the country
UNITS = 20  # in each of the others: enough that every index is deep
PAGES = {"leader's dashboard": "/lanh-dao/", "matrix": "/tien-do/"}


def rows(wards=WARDS):
    """The same pages of the same ward before and after the others come, each time in turns with a page frame.

    Both are measured against the frame of their own minute, so that a slow minute of the machine strikes neither: the
    peer is the time in a database of one ward, scaled by what the frame cost meanwhile.
    """
    ward = load_scale(wards=1, units_per_ward=60, plans=4, prefix="rieng")
    with override_settings(ROOT_URLCONF="bench.urls"):
        client = Client()
        client.force_login(User.objects.filter(memberships__unit=ward).first())
        alone = _measure(client)
        load_scale(wards=wards - 1, units_per_ward=UNITS, plans=2, prefix="nuoc")
        crowded = _measure(client)
    for title in PAGES:
        ours, frame = crowded[title]
        before, frame_before = alone[title]
        yield Row(
            f"{title}, {wards} wards", ours, "the same in a database of one ward", before * frame / frame_before, 1.1
        )


def _measure(client):
    with connection.cursor() as cursor:  # what autovacuum does on a real server
        cursor.execute("ANALYZE")
    return {
        title: side_by_side(lambda path=path: client.get(path), lambda: client.get("/frame/"), rounds=60)
        for title, path in PAGES.items()
    }
