"""All checks in the order of their ids; a new check is added here, and its variants in severities.json."""

from documents.checks import (
    c01_dates,
    c02_first_citation,
    c03_short_form,
    c04_titles,
    c05_names,
    c06_repeats,
    c07_spelling,
    c08_punctuation,
    c09_tone_marks,
    c10_capitals,
    c11_abbreviations,
    c19_emphasis,
    c20_broken_paragraphs,
    c21_numbers,
    c23_subject_case,
    c24_signature,
    c28_mail,
    c29_long_forms,
    c30_terms,
    c32_arithmetic,
    c33_bodies,
)
from documents.checks.context import Check
from documents.checks.structural import STRUCTURAL

_MODULES = (
    c01_dates,
    c02_first_citation,
    c03_short_form,
    c04_titles,
    c05_names,
    c06_repeats,
    c07_spelling,
    c08_punctuation,
    c09_tone_marks,
    c10_capitals,
    c11_abbreviations,
    c19_emphasis,
    c20_broken_paragraphs,
    c21_numbers,
    c23_subject_case,
    c24_signature,
    c28_mail,
    c29_long_forms,
    c30_terms,
    c32_arithmetic,
    c33_bodies,
)
CHECKS: tuple[Check, ...] = tuple(
    sorted((*(module.CHECK for module in _MODULES), *STRUCTURAL), key=lambda check: check.id)
)
BY_ID = {check.id: check for check in CHECKS}
