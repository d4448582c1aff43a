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
one_click=True (the POST needs no CSRF token: RFC 8058),
marks={"table"} (tables a GET may write, with a comment why), csp="preview" | "file", anonymous=404 (when a stranger is
not sent to the log-in page).
"""

from campaigns.conference_links import CHECK_IN, token_of
from tests.access_channels import CHANNELS
from tests.access_chase import CHASE
from tests.access_excel import EXCEL
from tests.access_letters import LETTERS
from tests.access_roles import (
    ADMINS,
    CLERKS,
    COMPILERS,
    CONTACT,
    DRAFTERS,
    LEADER,
    READERS,
    REPORTERS,
    UNIT,
    VIEWER,
)
from tests.access_units import UNITS
from tests.access_words import ALL, Line, on, open_page, page, redirect

FIRST_READING = {"documents_dispatch", "units_auditevent"}  # when and by whom a unit first read a paper sent to it

DOCUMENTS: dict[str, Line] = {
    # documents/urls.py, sorted by name
    "documents:book-detail": on("book", get=READERS),
    "documents:book-list": page(get=READERS),
    "documents:book-open": page(get=CLERKS, post=CLERKS),
    "documents:book-start": on("book", get=CLERKS, post=CLERKS, sees=READERS),
    "documents:cards-print": page(post=ADMINS),
    "documents:dispatch-edit": on("dispatch", get=CLERKS, post=CLERKS, sees=READERS | UNIT),
    "documents:dispatch-new": on("paper", get=CLERKS, post=CLERKS, sees=READERS | UNIT),
    "documents:dispatch-sheet": on("paper", get=READERS, sees=READERS | UNIT),
    "documents:paper-dispatches": on("paper", get=READERS, post=CLERKS, sees=READERS | UNIT),
    "documents:receipt-new": on("paper", get=CLERKS, post=CLERKS, sees=READERS | UNIT),
    "documents:draft-copy": on("paper", get=DRAFTERS, post=DRAFTERS, sees=READERS | UNIT),
    "documents:draft-detail": on("paper_draft", get=READERS),
    "documents:draft-discard": on("paper_draft", get=DRAFTERS, post=DRAFTERS, sees=READERS),
    "documents:draft-edit": on("paper_draft", get=DRAFTERS, post=DRAFTERS, sees=READERS),
    "documents:draft-issue": on("paper_draft", get=CLERKS, post=CLERKS, sees=READERS),
    "documents:draft-list": page(get=READERS),
    "documents:draft-new": page(get=DRAFTERS, post=DRAFTERS, args=lambda own: {"kind": "cong-van"}),
    "documents:draft-print": on("paper_draft", get=READERS),
    "documents:draft-text": on("paper_draft", get=READERS, csp="preview"),
    "documents:file-check": page(get=READERS, post=READERS),
    "documents:file-download": on("file", get=READERS, csp="file"),
    "documents:first-use": open_page(get=True, post=True, gives=404),  # dead: somebody has an account
    "documents:gap-explain": on(
        "book", get=CLERKS, post=CLERKS, sees=READERS, args=lambda own: {"pk": own["book"].pk, "number": 1}
    ),
    "documents:paper-correct": on("paper", get=DRAFTERS, post=DRAFTERS, sees=READERS | UNIT),
    "documents:paper-detail": on("paper", get=READERS | UNIT, marks=FIRST_READING),
    "documents:paper-export": page(get=READERS, csp="file"),
    "documents:paper-list": page(get=READERS),
    "documents:paper-scan": on("paper", get=CLERKS, post=CLERKS, sees=READERS | UNIT),
    "documents:paper-word": on("paper", get=READERS | UNIT, csp="file"),
    "documents:paper-text": on("paper", get=READERS | UNIT, csp="preview"),
    "documents:severity-edit": page(get=ADMINS, post=ADMINS),
    "documents:unit-import": page(get=ADMINS, post=ADMINS),
    "documents:unit-import-preview": page(get=ADMINS, post=ADMINS, gives=302),  # nothing was uploaded yet
    "documents:unit-import-template": page(get=ADMINS, csp="file"),
}
CAMPAIGNS: dict[str, Line] = {
    # campaigns/urls.py, sorted by name
    "campaigns:conference-cancel": on("conference", get=COMPILERS, post=COMPILERS, sees=READERS),
    "campaigns:conference-classes": on("conference", get=COMPILERS, post=COMPILERS, sees=READERS),
    "campaigns:conference-detail": on("conference", get=READERS),
    "campaigns:conference-edit": on("conference", get=COMPILERS, post=COMPILERS, sees=READERS),
    "campaigns:conference-join": on("conference", post=COMPILERS, sees=READERS),
    "campaigns:conference-list": page(get=READERS),
    "campaigns:conference-merge": on("conference", post=COMPILERS, sees=READERS),
    "campaigns:conference-minutes": on("conference", post=DRAFTERS, sees=READERS),
    "campaigns:conference-new": page(get=COMPILERS, post=COMPILERS),
    "campaigns:conference-postpone": on("conference", get=COMPILERS, post=COMPILERS, sees=READERS),
    "campaigns:conference-time": on("conference", get=COMPILERS, post=COMPILERS, sees=READERS),
    "campaigns:invitee-edit": on(
        "conference",
        get=COMPILERS,
        post=COMPILERS,
        sees=READERS,
        args=lambda own: {"pk": own["conference"].pk, "invitee_pk": own["invitee"].pk},
    ),
    "campaigns:invitee-new": on("conference", get=COMPILERS, post=COMPILERS, sees=READERS),
    "campaigns:invitee-remove": on(
        "conference",
        post=COMPILERS,
        sees=READERS,
        args=lambda own: {"pk": own["conference"].pk, "invitee_pk": own["invitee"].pk},
    ),
    "campaigns:roll-call": on("conference", get=COMPILERS, post=COMPILERS, sees=READERS),
    "campaigns:roll-codes": on("conference", get=COMPILERS, sees=READERS),
    "campaigns:roll-print": on("conference", get=READERS),
    "campaigns:roll-revoke": on("conference", post=COMPILERS, sees=READERS),
    "campaigns:roll-scan": on(
        "invitee", get=COMPILERS, post=COMPILERS, sees=READERS, args=lambda own: {"token": token_of(own["invitee"], CHECK_IN)}
    ),
    "campaigns:roll-send": on("conference", post=COMPILERS, sees=READERS),
    "campaigns:directive-change": on("directive", get=DRAFTERS, post=DRAFTERS, sees=READERS | UNIT | CONTACT),
    "campaigns:directive-task": on("directive_task", get=READERS, post=READERS - LEADER, sees=READERS),
    "campaigns:directive-detail": on("directive", get=READERS | UNIT | CONTACT),
    "campaigns:directive-edit": on("directive", get=DRAFTERS, post=DRAFTERS, sees=READERS | UNIT | CONTACT),
    "campaigns:directive-file": on(
        "directive_file",
        get=READERS | UNIT | CONTACT,
        csp="file",
        args=lambda own: {"pk": own["directive"].pk, "file_pk": own["directive_file"].pk},
    ),
    "campaigns:directive-file-new": on("directive", get=DRAFTERS, post=DRAFTERS, sees=READERS | UNIT | CONTACT),
    "campaigns:directive-join": on("directive", post=DRAFTERS, sees=READERS | UNIT | CONTACT),
    "campaigns:directive-list": page(get=READERS),
    "campaigns:directive-new": page(get=DRAFTERS, post=DRAFTERS),
    "campaigns:directive-unverified": on("directive", post=DRAFTERS, sees=READERS | UNIT | CONTACT),
    "campaigns:plan-annex-edit": on(
        "draft", get=DRAFTERS, post=DRAFTERS, sees=READERS, args=lambda own: {"pk": own["draft"].pk, "number": 1}
    ),
    "campaigns:plan-annexes": on("draft", get=DRAFTERS, post=DRAFTERS, sees=READERS),
    "campaigns:inbox-detail": on("dispatch", get=UNIT, marks=FIRST_READING),
    "campaigns:inbox-list": page(get=REPORTERS | CONTACT),
    "campaigns:inbox-state": on("dispatch", post={"secretary"}, sees=UNIT),
    "campaigns:inbox-unstate": on("dispatch", post={"secretary"}, sees=UNIT),
    "campaigns:plan-approve": on("submitted_plan", post=LEADER, sees=READERS),
    "campaigns:plan-autosave": on("draft", post=DRAFTERS, sees=READERS),
    "campaigns:plan-close": on("plan", get=CLERKS, post=CLERKS, sees=READERS | UNIT | CONTACT),
    "campaigns:plan-comments": on("draft", get=READERS, post=DRAFTERS | LEADER, sees=READERS),
    "campaigns:plan-comment-resolve": on(
        "draft", post=DRAFTERS | LEADER, sees=READERS, args=lambda own: {"pk": own["draft"].pk, "comment_pk": own["comment"].pk}
    ),
    "campaigns:plan-deadline": on("draft", get=DRAFTERS, sees=READERS),
    "campaigns:plan-detail": on("plan", get=READERS | UNIT | CONTACT),
    "campaigns:plan-dispatches": on("plan", get=READERS, gives=302, sees=READERS | UNIT | CONTACT),
    "campaigns:plan-drafted": on("draft", get=READERS),
    "campaigns:plan-edit": on("draft", get=DRAFTERS, post=DRAFTERS, sees=READERS),
    "campaigns:plan-findings": on("draft", get=READERS, post=DRAFTERS, sees=READERS),
    "campaigns:plan-history": on("draft", get=READERS),
    "campaigns:plan-import": page(get=DRAFTERS, post=DRAFTERS),
    "campaigns:plan-import-preview": page(get=DRAFTERS, post=DRAFTERS, gives=302),  # nothing was uploaded yet
    "campaigns:plan-issue": on("approved_plan", get=CLERKS, post=CLERKS, sees=READERS),
    "campaigns:plan-list": page(get=READERS),
    "campaigns:plan-new": page(get=DRAFTERS, post=DRAFTERS),
    "campaigns:plan-new-from": on("plan", get=DRAFTERS, post=DRAFTERS, sees=READERS | UNIT | CONTACT),
    "campaigns:plan-preview": on("draft", get=DRAFTERS, sees=READERS, csp="preview"),
    "campaigns:plan-word": on("approved_plan", get=READERS, csp="file"),
    "campaigns:plan-word-return": on("draft", get=DRAFTERS, post=DRAFTERS, sees=READERS),
    "campaigns:plan-slip": on("approved_plan", get=READERS),
    "campaigns:plan-print": on("approved_plan", get=READERS, csp="preview"),
    "campaigns:plan-record": on("draft", get=CLERKS, post=CLERKS, sees=READERS),
    "campaigns:plan-reopen": on("plan", post=CLERKS, sees=READERS | UNIT | CONTACT),
    "campaigns:plan-restore": on(
        "draft", get=DRAFTERS, post=DRAFTERS, sees=READERS, args=lambda own: {"pk": own["draft"].pk, "number": own["version"].number}
    ),
    "campaigns:plan-return": on("submitted_plan", get={"reviewer", "leader"}, post={"reviewer", "leader"}, sees=READERS),
    "campaigns:plan-scan": on("plan", get=READERS | UNIT | CONTACT, gives=404),
    "campaigns:plan-scan-new": on("plan", get=CLERKS, post=CLERKS, sees=READERS | UNIT | CONTACT),
    "campaigns:plan-submit": on("draft", post=DRAFTERS, sees=READERS),
    "campaigns:plan-withdraw": on("plan", get=CLERKS, post=CLERKS, sees=READERS | UNIT | CONTACT),
    "campaigns:unit-divide": on("unit", get=ADMINS, post=ADMINS, sees=READERS | UNIT),
    "campaigns:unit-merge": on("unit", get=ADMINS, post=ADMINS, sees=READERS | UNIT),
    "campaigns:snippet-edit": on("snippet", get=ADMINS, post=ADMINS, sees=READERS | ADMINS),
    "campaigns:snippet-list": page(get=READERS | ADMINS),
    "campaigns:snippet-restore": on("snippet", post=ADMINS, sees=READERS | ADMINS),
    "campaigns:assignment-detail": on("assignment", get=READERS | UNIT),
    "campaigns:assignment-excuse": on("assignment", get=COMPILERS, post=COMPILERS, sees=READERS | UNIT),
    "campaigns:assignment-exempt": on("assignment", get=COMPILERS, post=COMPILERS, sees=READERS | UNIT),
    "campaigns:assignment-extend": on("assignment", get=COMPILERS, post=COMPILERS, sees=READERS | UNIT),
    "campaigns:assignment-list": page(get=REPORTERS | CONTACT),
    "campaigns:assignment-product": on("body_assignment", get=READERS | CONTACT, gives=404),  # nothing was attached yet
    "campaigns:assignment-progress": on("body_assignment", get=CONTACT | COMPILERS, post=CONTACT | COMPILERS, sees=READERS),
    "campaigns:assignment-studied": on("content_part", get=COMPILERS | UNIT, post=COMPILERS | UNIT, sees=READERS),
    "campaigns:awaited-arrive": on("awaited", get=COMPILERS, post=COMPILERS, sees=READERS | UNIT),
    "campaigns:awaited-drop": on("awaited", get=COMPILERS, post=COMPILERS, sees=READERS | UNIT),
    "campaigns:awaited-file": on("awaited", get=READERS | UNIT, gives=404),  # it is still to be issued
    "campaigns:plan-awaited": on("plan", get=READERS, post=COMPILERS, sees=READERS | UNIT | CONTACT),
    "campaigns:body-duties": on("body", get=READERS | CONTACT),
    "campaigns:body-list": page(get=READERS),
    "campaigns:assignment-reopen": on("assignment", get=COMPILERS, post=COMPILERS, sees=READERS | UNIT),
    "campaigns:change-detail": on("change", get=READERS),
    "campaigns:change-list": on("plan", get=READERS, sees=UNIT | CONTACT),
    "campaigns:change-new": on(
        "plan",
        get=COMPILERS | CLERKS,
        post=COMPILERS | CLERKS,
        sees=READERS | UNIT | CONTACT,
        args=lambda own: {"pk": own["plan"].pk, "kind": "doi-han"},
    ),
    "campaigns:call-create": on("unit", get=COMPILERS, post=COMPILERS, sees=READERS),
    "campaigns:call-list": page(get=COMPILERS),
    "campaigns:notification-list": page(get=ALL),
    "campaigns:notification-read": on("notification", post={"secretary"}),
    "campaigns:notification-read-all": page(post=ALL),
    "campaigns:reminder-doubtful": page(get=ADMINS, post=ADMINS),
    "campaigns:reminder-release": page(get=ADMINS, post=ADMINS),
    "campaigns:plan-extend": on("plan", get=COMPILERS, post=COMPILERS, sees=READERS | UNIT | CONTACT),
    "campaigns:duty-day": on("untold_duty", get=COMPILERS, post=COMPILERS),
    "campaigns:plan-assignments": on("plan", get=READERS, sees=UNIT | CONTACT),
}
def _group(own):
    """A group of a draft score sheet."""
    return {"pk": own["draft_rubric"].pk, "kind": "nhom", "part_pk": own["draft_rubric"].groups.first().pk}


REPORTS: dict[str, Line] = {
    "reports:conference-close": on("conference", get=COMPILERS, post=COMPILERS, sees=READERS),
    "reports:conference-make-up": on("conference", get=READERS),
    "reports:conference-reopen": on("conference", get=COMPILERS, post=COMPILERS, sees=READERS),
    # reports/urls.py, sorted by name
    "reports:branch-confirm": on("branch", post={"secretary"}, sees={"helper"}, args=lambda own: {"unit_pk": own["branch"].pk}),
    "reports:branch-edit": on("branch", get=UNIT, post=UNIT, gives=302, args=lambda own: {"unit_pk": own["branch"].pk}),  # the đảng bộ has reported
    "reports:branch-list": on("unit", get=UNIT, args=lambda own: {"unit_pk": own["unit"].pk}),
    "reports:branch-start": on("unit", post=UNIT, args=lambda own: {"unit_pk": own["unit"].pk}),
    "reports:asked-edit": on("plan", get=READERS, post=COMPILERS, sees=READERS, args=lambda own: {"plan_pk": own["plan"].pk}),
    "reports:answer-detail": on("submission", get=READERS | UNIT),
    "reports:answer-list": page(get=REPORTERS | CONTACT),
    "reports:answer-open": on(
        "unit", post=UNIT | COMPILERS, args=lambda own: {"unit_pk": own["unit"].pk, "plan_pk": own["sheet"].submission.plan_id}
    ),
    "reports:answer-part": on(
        "sheet", get=UNIT | COMPILERS, post=UNIT | COMPILERS, args=lambda own: {"pk": own["sheet"].pk, "slug": "muc-1-I"}
    ),
    "reports:answer-review": on("sheet", get=UNIT | COMPILERS, post=UNIT | COMPILERS),
    "reports:demonstration-remove": page(get=ADMINS, post=ADMINS, gives=404),  # this ward is real
    "reports:leader": page(get=READERS),
    "reports:plan-archive": on("plan", get=CLERKS, post=CLERKS, sees=READERS | UNIT | CONTACT),
    "reports:charts": page(get=READERS),
    "reports:charts-workbook": page(get=READERS, csp="file"),
    "reports:matrix": page(get=READERS),
    "reports:matrix-workbook": page(get=READERS, csp="file"),
    "reports:merged-detail": on("plan", get=READERS),
    "reports:merged-heading": on(
        "plan",
        get=READERS,
        args=lambda own: {"pk": own["plan"].pk, "heading": own["plan"].annexes.get().headings.get().pk},
    ),
    "reports:merged-list": page(get=READERS),
    "reports:merged-pdf": on("plan", get=READERS, csp="file"),
    "reports:merged-workbook": on("plan", get=READERS, csp="file"),
    "reports:overview": page(get=VIEWER),
    "reports:overview-workbook": page(get=VIEWER, csp="file"),
    "reports:figures-import": page(get=VIEWER, post=VIEWER),
    "reports:figures-preview": page(get=VIEWER, post=VIEWER, gives=302),  # nothing was uploaded
    "reports:figures-files": page(get=VIEWER),
    "reports:figures-withdraw": on("taken_figures", get=VIEWER, post=VIEWER, data=lambda own: {"reason": "nhập nhầm"}),
    "reports:figures-template": page(get=VIEWER, csp="file"),
    "reports:report-figures": on("report", get=READERS, gives=404),  # a draft hands nothing over
    "reports:report-adopt": on(
        "report", post=COMPILERS, sees=READERS, gives=404, args=lambda own: {"pk": own["report"].pk, "section": 1}
    ),  # a report without sections
    "reports:report-changes": on("report", get=COMPILERS, sees=READERS),
    "reports:report-outline": on("report", get=COMPILERS, post=COMPILERS, sees=READERS),
    "reports:report-remarks": on("report", get=COMPILERS, post=COMPILERS, sees=READERS),
    "reports:report-part": on("report", post=COMPILERS, sees=READERS),
    "reports:report-supplement": on("report", post=COMPILERS, sees=READERS),
    "reports:report-detail": on("report", get=READERS),
    "reports:report-edit": on("report", get=COMPILERS, post=COMPILERS, sees=READERS),
    "reports:report-evidence": on(
        "report", get=READERS, gives=404, args=lambda own: {"pk": own["report"].pk, "section": 1, "index": 0}
    ),  # a report without sections
    "reports:report-issue": on("report", get=CLERKS, post=CLERKS, sees=READERS),
    "reports:phone-start": open_page(get=True),
    "reports:phone-worker": open_page(get=True),
    "reports:report-list": page(get=READERS),
    "reports:report-new": page(get=COMPILERS, post=COMPILERS),
    "reports:report-word": on("report", get=READERS, csp="file"),
    "reports:report-annexes": on("report", get=READERS, gives=404),  # a report without figures has no annex
    "reports:report-pdf": on("report", get=READERS, csp="file"),
    "reports:report-refresh": on("report", post=COMPILERS, sees=READERS),
    "reports:report-workbook": on("report", get=READERS, csp="file"),
    "reports:appraisal-agree": page(post=COMPILERS),
    "reports:appraisal-list": page(get=COMPILERS),
    "reports:appraisal-sample": on("plan", post=COMPILERS),
    "reports:rubric-activate": on("draft_rubric", get=ADMINS, post=ADMINS),
    "reports:rubric-check": on("draft_rubric", get=ADMINS, post=ADMINS),
    "reports:rubric-copy": on("rubric", post=ADMINS, sees=READERS | REPORTERS),
    "reports:rubric-delete": on("draft_rubric", get=ADMINS, post=ADMINS),
    "reports:result-import": page(get=COMPILERS, post=COMPILERS),
    "reports:result-import-preview": page(get=COMPILERS, post=COMPILERS, gives=302),  # nothing was uploaded
    "reports:result-import-template": page(get=COMPILERS, csp="file"),
    "reports:year-list": page(get=READERS, args=lambda own: {"year": 2026}),
    "reports:year-workbook": page(get=READERS, csp="file", args=lambda own: {"year": 2026}),
    "reports:year-sheet": on("unit", get=READERS | UNIT, args=lambda own: {"pk": own["unit"].pk, "year": 2026}),
    "reports:year-sheet-workbook": on(
        "unit", get=READERS | UNIT, csp="file", args=lambda own: {"pk": own["unit"].pk, "year": 2026}
    ),
    "reports:rubric-detail": on("rubric", get=READERS | ADMINS | REPORTERS),
    "reports:rubric-edit": on("draft_rubric", get=ADMINS, post=ADMINS),
    "reports:rubric-list": page(get=READERS | ADMINS | REPORTERS),
    "reports:rubric-part-delete": on("draft_rubric", post=ADMINS, args=_group),
    "reports:rubric-part-edit": on("draft_rubric", get=ADMINS, post=ADMINS, args=_group),
    "reports:rubric-part-new": on("draft_rubric", get=ADMINS, post=ADMINS, args=lambda own: {"pk": own["draft_rubric"].pk, "kind": "nhom"}),
    "reports:rubric-withdraw": on("rubric", post=ADMINS, sees=READERS | REPORTERS),
    "reports:score-edit": on("submission", get=COMPILERS, post=COMPILERS, sees=READERS | UNIT, gives=302),
    "reports:session-amend": on("submission", post=UNIT, sees=READERS),
    "reports:session-confirm": on("submission", post={"secretary"}, sees=READERS | UNIT),
    "reports:session-create": on("unit", post=UNIT, args=lambda own: {"unit_pk": own["unit"].pk}),
    "reports:session-drop": on("filing", get=UNIT, post=UNIT),
    "reports:session-extra": on("filing", get=UNIT, post=UNIT),
    "reports:session-extra-edit": on(
        "filing", get=UNIT, post=UNIT, args=lambda own: {"pk": own["filing"].pk, "index": 0}
    ),
    "reports:session-extra-remove": on("filing", post=UNIT, args=lambda own: {"pk": own["filing"].pk, "index": 0}),
    "reports:session-extra-take": on("filing", post=UNIT),
    "reports:session-file-take": on("filing", post=UNIT),
    "reports:session-keep": on("filing", post=UNIT, args=lambda own: {"pk": own["filing"].pk, "slug": "buoi-hoc"}),
    "reports:session-versions": on("filing", get=UNIT, post=UNIT),
    "reports:session-whole": on("filing", get=UNIT, post=UNIT, data=lambda own: {"token": own["filing"].token}),
    "reports:session-file-remove": on(
        "filing", post=UNIT, gives=404, args=lambda own: {"pk": own["filing"].pk, "file_pk": 0}
    ),  # it holds no file
    "reports:session-files": on("filing", get=UNIT, post=UNIT),
    "reports:session-list": page(get=REPORTERS),
    "reports:session-open": on("unit", get=UNIT | COMPILERS, gives=302, args=lambda own: {"unit_pk": own["unit"].pk}),  # to the form begun
    "reports:session-receipt": on("filing", get=UNIT, gives=404),  # not sent yet
    "reports:session-step": on(
        "filing", get=UNIT, post=UNIT, args=lambda own: {"pk": own["filing"].pk, "slug": "buoi-hoc"}
    ),
    "reports:submission-accept": on("submission", post=COMPILERS, sees=READERS | UNIT),
    "reports:submission-accept-many": page(post=COMPILERS),
    "reports:submission-blank": page(get=COMPILERS | REPORTERS),
    "reports:submission-blank-all": page(post=COMPILERS),
    "reports:submission-detail": on("submission", get=READERS),
    "reports:submission-list": page(get=READERS),
    "reports:submission-on-behalf": page(get=COMPILERS, post=COMPILERS),
    "reports:submission-print": on("submission", get=READERS | UNIT),
    "reports:submission-return": on("submission", get=COMPILERS, post=COMPILERS, sees=READERS | UNIT),
    "reports:submission-scan": on("submission", get=UNIT | COMPILERS, post=UNIT | COMPILERS, sees=READERS | UNIT),
    "reports:submission-signed": on("submission", post=UNIT | COMPILERS, sees=READERS | UNIT),
}
TABLE: dict[str, Line] = {
    "healthz": open_page(get=True),
    "home": page(get=ALL),
    **UNITS,
    **DOCUMENTS,
    **CAMPAIGNS,
    **CHANNELS,
    **CHASE,
    **EXCEL,
    **LETTERS,
    **REPORTS,
}

__all__ = ["ALL", "TABLE", "on", "open_page", "page", "redirect"]
