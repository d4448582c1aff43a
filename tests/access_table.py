"""Who may open what: one line for every address of the program (reliability A-01).

A URL that is not declared here fails the build. A line is made with one of four words:

    page(get=..., post=...)              an address without an object: not allowed = 403
    on("plan", get=..., post=..., sees=...)   an address of one object (tests/world.py: the kinds): roles in `get`, `post`
                                         may; roles in `sees` know the object but may not do this = 403; for everybody
                                         else the answer is exactly that of an object that does not exist
    open_page(get=True, post=True)       no log-in needed
    redirect(...)                        like page, but the allowed answer is a redirect or whatever `gives` says

Leave `get` or `post` out when the view does not take the method: the answer must then be 405.
Options of all: gives=404 (status of an allowed GET, default 200), data=lambda own: {...} (fields of the POST),
args=lambda own: {...} (when the address has more than one part, or the part is not the primary key),
marks={"table"} (tables a GET may write, with a comment why), csp="preview" | "file", anonymous=404 (when a stranger is
not sent to the log-in page).
"""

from tests.access_words import ALL, Line, on, open_page, page, redirect

# Sets of roles, to be combined with | and -. The names are those of the cast (tests/factories.py).
DRAFTERS = {"drafter", "reviewer", "foreign_clerk"}
CLERKS = {"clerk", "foreign_clerk"}
COMPILERS = {"compiler", "foreign_clerk"}
LEADER = {"leader"}
READERS = DRAFTERS | CLERKS | COMPILERS | LEADER
ADMINS = {"admin", "foreign_admin"}
UNIT = {"secretary", "helper"}  # of own_unit
SECRETARIES = {"secretary", "other_secretary"}
REPORTERS = UNIT | SECRETARIES
CONTACT = {"contact"}
VIEWER = {"viewer"}

UNITS: dict[str, Line] = {
    # units/urls.py, sorted by name
    "units:audit-list": page(get=ADMINS),
    "units:calendar": page(get=ADMINS),
    "units:calendar-day-confirm": on("calendar_day", post=ADMINS),
    "units:calendar-day-create": page(get=ADMINS, post=ADMINS),
    "units:calendar-day-edit": on("calendar_day", get=ADMINS, post=ADMINS),
    "units:calendar-day-remove": on("calendar_day", post=ADMINS),
    "units:health": page(get=ADMINS | CLERKS),
    "units:job-download": on("job", get=CLERKS, gives=404),  # it still waits: there is no file
    "units:job-list": page(get=ALL),
    "units:settings": page(get=ADMINS | CLERKS),
    "units:settings-ward": page(get=ADMINS, post=ADMINS),
    "units:signer-create": page(get=ADMINS, post=ADMINS),
    "units:signer-edit": on("signer", get=ADMINS, post=ADMINS),
    "units:unit-close": on("unit", get=ADMINS, post=ADMINS, sees=READERS | UNIT),
    "units:unit-create": page(get=ADMINS, post=ADMINS),
    "units:unit-detail": on("unit", get=READERS | ADMINS | UNIT),
    "units:unit-edit": on("unit", get=ADMINS, post=ADMINS, sees=READERS | UNIT),
    "units:unit-list": page(get=READERS | ADMINS),
    "units:unit-revise": on("unit", get=ADMINS, post=ADMINS, sees=READERS | UNIT),
    "units:venue-create": page(get=ADMINS, post=ADMINS),
    "units:venue-edit": on("venue", get=ADMINS, post=ADMINS),
}
DOCUMENTS: dict[str, Line] = {
    # documents/urls.py, sorted by name
    "documents:book-detail": on("book", get=READERS),
    "documents:book-list": page(get=READERS),
    "documents:book-open": page(get=CLERKS, post=CLERKS),
    "documents:book-start": on("book", get=CLERKS, post=CLERKS, sees=READERS),
    "documents:file-download": on("file", get=READERS, csp="file"),
    "documents:gap-explain": on(
        "book", get=CLERKS, post=CLERKS, sees=READERS, args=lambda own: {"pk": own["book"].pk, "number": 1}
    ),
    "documents:paper-detail": on("paper", get=READERS | UNIT),
    "documents:paper-export": page(get=READERS, csp="file"),
    "documents:paper-list": page(get=READERS),
    "documents:paper-scan": on("paper", get=CLERKS, post=CLERKS, sees=READERS | UNIT),
    "documents:paper-text": on("paper", get=READERS | UNIT, csp="preview"),
    "documents:unit-import": page(get=ADMINS, post=ADMINS),
    "documents:unit-import-preview": page(get=ADMINS, post=ADMINS, gives=302),  # nothing was uploaded yet
    "documents:unit-import-template": page(get=ADMINS, csp="file"),
}
CAMPAIGNS: dict[str, Line] = {
    # campaigns/urls.py, sorted by name
    "campaigns:assignment-detail": on("assignment", get=READERS | UNIT),
    "campaigns:assignment-excuse": on("assignment", get=COMPILERS, post=COMPILERS, sees=READERS | UNIT),
    "campaigns:assignment-exempt": on("assignment", get=COMPILERS, post=COMPILERS, sees=READERS | UNIT),
    "campaigns:assignment-extend": on("assignment", get=COMPILERS, post=COMPILERS, sees=READERS | UNIT),
    "campaigns:assignment-list": page(get=REPORTERS | CONTACT),
    "campaigns:assignment-product": on("body_assignment", get=READERS | CONTACT, gives=404),  # nothing was attached yet
    "campaigns:assignment-progress": on("body_assignment", get=CONTACT, post=CONTACT, sees=READERS),
    "campaigns:assignment-reopen": on("assignment", get=COMPILERS, post=COMPILERS, sees=READERS | UNIT),
    "campaigns:call-create": on("unit", get=COMPILERS, post=COMPILERS, sees=READERS),
    "campaigns:call-list": page(get=COMPILERS),
    "campaigns:notification-list": page(get=ALL),
    "campaigns:notification-read": on("notification", post={"secretary"}),
    "campaigns:notification-read-all": page(post=ALL),
    "campaigns:plan-assignments": on("plan", get=READERS, sees=UNIT | CONTACT),
}
REPORTS: dict[str, Line] = {
    # reports/urls.py, sorted by name
}
TABLE: dict[str, Line] = {
    "healthz": open_page(get=True),
    **UNITS,
    **DOCUMENTS,
    **CAMPAIGNS,
    **REPORTS,
}

__all__ = ["ALL", "TABLE", "on", "open_page", "page", "redirect"]
