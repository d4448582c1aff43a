"""All checks in the order of their ids; a new check is added here, and its variants in severities.json."""

from documents.checks.c01_dates import CHECK as C01
from documents.checks.c02_first_citation import CHECK as C02
from documents.checks.c03_short_form import CHECK as C03
from documents.checks.c04_titles import CHECK as C04
from documents.checks.c05_names import CHECK as C05
from documents.checks.c06_repeats import CHECK as C06
from documents.checks.c07_spelling import CHECK as C07
from documents.checks.c08_punctuation import CHECK as C08
from documents.checks.c09_tone_marks import CHECK as C09
from documents.checks.c10_capitals import CHECK as C10
from documents.checks.c11_abbreviations import CHECK as C11
from documents.checks.c12_deadlines import CHECK as C12
from documents.checks.c13_order import CHECK as C13
from documents.checks.c14_working_days import CHECK as C14
from documents.checks.c15_recipients import CHECK as C15
from documents.checks.c16_addressees import CHECK as C16
from documents.checks.c17_structure import CHECK as C17
from documents.checks.c18_lists import CHECK as C18
from documents.checks.c19_emphasis import CHECK as C19
from documents.checks.c20_broken_paragraphs import CHECK as C20
from documents.checks.c21_numbers import CHECK as C21
from documents.checks.c22_siblings import CHECK as C22
from documents.checks.c23_subject_case import CHECK as C23
from documents.checks.c24_signature import CHECK as C24
from documents.checks.c25_scope import CHECK as C25
from documents.checks.c26_references import CHECK as C26
from documents.checks.c27_issuer import CHECK as C27
from documents.checks.c28_mail import CHECK as C28
from documents.checks.c29_long_forms import CHECK as C29
from documents.checks.c30_terms import CHECK as C30
from documents.checks.c31_owners import CHECK as C31
from documents.checks.c32_arithmetic import CHECK as C32
from documents.checks.c33_bodies import CHECK as C33
from documents.checks.context import Check

CHECKS: tuple[Check, ...] = (
    C01, C02, C03, C04, C05, C06, C07, C08, C09, C10, C11,
    C12, C13, C14, C15, C16, C17, C18, C19, C20, C21, C22,
    C23, C24, C25, C26, C27, C28, C29, C30, C31, C32, C33,
)  # fmt: skip
BY_ID = {check.id: check for check in CHECKS}
