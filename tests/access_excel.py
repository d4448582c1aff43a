"""The office's lists as Excel, each behind the gate of its page."""

from tests.access_roles import ADMINS, COMPILERS, CONTACT, READERS, UNIT
from tests.access_words import Line, on, page

EXCEL: dict[str, Line] = {
    "campaigns:body-list-workbook": page(get=READERS, csp="file"),
    "campaigns:body-duties-workbook": on("body", get=READERS | CONTACT, csp="file"),
    "campaigns:call-workbook": page(get=COMPILERS, csp="file"),
    "campaigns:conference-workbook": on("conference", get=READERS, csp="file"),
    "campaigns:plan-assignments-workbook": on("plan", get=READERS, sees=UNIT | CONTACT, csp="file"),
    "campaigns:reminder-doubtful-workbook": page(get=ADMINS, csp="file"),
    "documents:dispatch-workbook": on("paper", get=READERS, sees=READERS | UNIT, csp="file"),
    "documents:unit-workbook": page(get=ADMINS, csp="file"),
    "reports:submission-workbook": page(get=READERS, csp="file"),
}
