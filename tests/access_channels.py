"""The lines of the access table about channels: the ward's, one's own, and the link that stops one (campaigns/urls.py)."""

from tests.access_roles import ADMINS, VIEWER
from tests.access_words import ALL, Line, on, open_page, page

CHANNELS: dict[str, Line] = {
    "campaigns:channel-edit": page(get=ADMINS, post=ADMINS, args=lambda own: {"channel": "sms"}),
    "campaigns:channel-list": page(get=ADMINS),
    "campaigns:channel-secret": page(get=ADMINS, post=ADMINS, args=lambda own: {"channel": "sms"}),
    "campaigns:channel-test": page(post=ADMINS, args=lambda own: {"channel": "sms"}),
    "campaigns:delivery-list": page(get=ADMINS),
    "campaigns:push-forget": on("push_browser", post={"secretary"}),
    "campaigns:push-remember": page(post=ALL - VIEWER),  # who belongs to a ward that has switched notices on
    "campaigns:contact-choice": page(get=ALL, post=ALL),
    "campaigns:sending-stop": open_page(
        get=True, post=True, gives=404, one_click=True, args=lambda own: {"token": "khong-co"}
    ),
}
