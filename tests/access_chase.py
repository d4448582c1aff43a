"""The lines of the access table about reminding and chasing (campaigns/urls.py)."""

from tests.access_roles import COMPILERS, CONTACT, DRAFTERS, READERS, UNIT
from tests.access_words import Line, on, page

CHASE: dict[str, Line] = {
    "campaigns:chase-letter-draft": page(
        post=DRAFTERS, gives=404, args=lambda own: {"day": 20200101}
    ),  # nothing was due then
    "campaigns:chase-letter-recount": page(
        post=DRAFTERS, gives=404, args=lambda own: {"day": 20200101}
    ),  # nothing was due then
    "campaigns:chase-letter-list": page(get=READERS),
    "campaigns:plan-chase": on("plan", get=READERS, sees=READERS | UNIT | CONTACT),
    "campaigns:plan-ladder": on("plan", get=COMPILERS, post=COMPILERS, sees=READERS | UNIT | CONTACT),
    "campaigns:unit-chase": on("unit", get=READERS),
}
