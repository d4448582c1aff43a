"""Who may open calendars, papers of conferences and invitations: a part of tests/access_table.py, where the words are explained."""

from tests.access_roles import CLERKS, COMPILERS, DRAFTERS, READERS
from tests.access_words import ALL, Line, on, open_page, page

LETTERS: dict[str, Line] = {
    "campaigns:conference-links": on("conference", get=COMPILERS, sees=READERS),
    "campaigns:conference-links-renew": on("conference", post=COMPILERS, sees=READERS),
    "campaigns:letter-copies": on(
        "conference",
        get=CLERKS | COMPILERS,
        sees=READERS,
        gives=404,  # it has no number yet
        args=lambda own: {"pk": own["conference"].pk, "letter_pk": own["letter"].pk},
    ),
    "campaigns:letter-list": on("conference", get=READERS),
    "campaigns:letter-new": on("conference", get=DRAFTERS, post=DRAFTERS, sees=READERS),
    "campaigns:invitation": open_page(get=True, post=True, gives=404, args=lambda own: {"token": "khong-co"}),
    "campaigns:invitation-event": open_page(get=True, gives=404, args=lambda own: {"token": "khong-co"}),
    "campaigns:invitee-answer": on(
        "conference",
        get=COMPILERS,
        post=COMPILERS,
        sees=READERS,
        args=lambda own: {"pk": own["conference"].pk, "invitee_pk": own["invitee"].pk},
    ),
    "campaigns:invitee-link-renew": on(
        "conference",
        post=COMPILERS,
        sees=READERS,
        args=lambda own: {"pk": own["conference"].pk, "invitee_pk": own["invitee"].pk},
    ),
    "campaigns:feed-calendar": open_page(get=True, gives=404, args=lambda own: {"token": "khong-co"}),
    "campaigns:feed-detail": page(get=ALL),
    "campaigns:feed-renew": page(post=ALL),
    "campaigns:feed-stop": page(post=ALL),
}
