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
}
DOCUMENTS: dict[str, Line] = {
    # documents/urls.py, sorted by name
}
CAMPAIGNS: dict[str, Line] = {
    # campaigns/urls.py, sorted by name
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
