"""A person's own list."""

import pytest

from campaigns.models import Notification
from campaigns.services.notifications import mark_read, notify
from tests import factories

pytestmark = pytest.mark.usefixtures("clock")


def test_one_key_is_one_line(cast):
    for title in ("Một", "Hai"):
        notify(person=cast.secretary, key="tra-lai:1", title=title, at=factories.NOW)
    assert list(Notification.objects.values_list("title", flat=True)) == ["Một"]


def test_reading_one_leads_on_and_lowers_the_figure(cast, sign_in):
    line = notify(person=cast.clerk, key="a", title="Có việc mới", url="/nhiem-vu/")
    notify(person=cast.clerk, key="b", title="Việc khác")
    client = sign_in(cast.clerk)
    page = client.get("/thong-bao/")
    assert "Có việc mới" in page.content.decode()
    assert page.context["notification_count"] == 2
    answer = client.post(f"/thong-bao/{line.pk}/da-xem/")
    assert (answer.status_code, answer["Location"]) == (302, "/nhiem-vu/")
    assert client.get("/thong-bao/").context["notification_count"] == 1


def test_all_are_read_at_once(cast, sign_in):
    for key in "abc":
        notify(person=cast.clerk, key=key, title="A")
    client = sign_in(cast.clerk)
    client.post("/thong-bao/da-xem/")
    assert Notification.objects.filter(read_at__isnull=True).count() == 0


def test_nobody_opens_or_marks_the_line_of_another(cast, sign_in):
    line = notify(person=cast.secretary, key="a", title="Chỉ của bí thư")
    client = sign_in(cast.clerk)
    assert "Chỉ của bí thư" not in client.get("/thong-bao/").content.decode()
    assert client.post(f"/thong-bao/{line.pk}/da-xem/").status_code == 404
    assert mark_read(person=cast.clerk, at=factories.NOW, notification=line) == 0
    assert Notification.objects.get().read_at is None


def test_reading_the_list_marks_nothing(cast, sign_in):
    notify(person=cast.clerk, key="a", title="A")
    sign_in(cast.clerk).get("/thong-bao/")
    assert Notification.objects.get().read_at is None
