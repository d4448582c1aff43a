"""A phone's photo is small and without its place before it leaves the phone."""

import base64
import io
import os

import pytest
from django.conf import settings
from PIL import Image

from documents.services.files import open_stored
from reports.models import Evidence
from tests import factories
from tests.e2e.conftest import PHONE
from units.choices import Role

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.proves("U-09")]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
PLACE = "Trang Da 21.8N"
CHOSEN = """async (field) => {
    const bytes = new Uint8Array(await field.files[0].arrayBuffer());
    let text = ""; for (const byte of bytes) text += String.fromCharCode(byte);
    return [field.files[0].name, btoa(text)];
}"""


def taken():
    """A noisy picture of 12 million points held upright (orientation 6), with the place it was taken at."""
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = PLACE, 6
    target = io.BytesIO()
    Image.effect_noise((4000, 3000), 60).convert("RGB").save(target, "JPEG", exif=exif, quality=85)
    return {"name": "IMG_0001.JPG", "mimeType": "image/jpeg", "buffer": target.getvalue()}


@pytest.fixture
def files_page(client, live_server, open_page):
    unit = factories.make_unit(factories.make_ward(factories.make_province()))
    plan = factories.make_issued_plan(unit.parent, units=[unit])
    person = factories.make_person(unit, Role.SECRETARY)
    filing = factories.make_filing(unit, plans=[plan], by=person)
    client.force_login(person)
    page = open_page(live_server, viewport=PHONE, touch=True)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.goto(f"/bao-cao-buoi-hoc/{filing.pk}/tep/")
    return page


def test_a_photo_is_shrunk_and_cleaned_on_the_phone_and_sent(files_page):
    page, raw = files_page, taken()
    assert PLACE.encode() in raw["buffer"]  # the control
    page.set_input_files("[name=photos]", raw)
    page.wait_for_selector("[data-shrink-state]:has-text('Đã thu nhỏ 1 ảnh')")
    name, text = page.locator("[name=photos]").evaluate(CHOSEN)
    data = base64.b64decode(text)
    picture = Image.open(io.BytesIO(data))
    assert (name, picture.format, picture.size) == ("IMG_0001.jpg", "JPEG", (1200, 1600))
    assert (PLACE.encode() in data, dict(picture.getexif())) == (False, {})
    assert len(data) < len(raw["buffer"]) / 4
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator("label:has-text('không thuộc bí mật')").tap()
    page.locator("button:has-text('Lưu tệp')").tap()
    page.wait_for_selector("text=Đã lưu 1 tệp.")
    with open_stored(Evidence.objects.get().file) as file:
        assert Image.open(file).size == (1200, 1600)


def test_pressing_send_at_once_waits_for_the_shrinking(files_page):
    page = files_page
    page.locator("label:has-text('không thuộc bí mật')").tap()
    page.set_input_files("[name=photos]", taken())
    page.locator("button:has-text('Lưu tệp')").tap()
    page.wait_for_selector("text=Đã lưu 1 tệp.")
    with open_stored(Evidence.objects.get().file) as file:
        assert max(Image.open(file).size) == 1600
