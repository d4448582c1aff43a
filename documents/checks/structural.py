"""The checks that look at the plan as a whole: its deadlines, bodies, sections and the plans beside it."""

from documents.checks import (
    c12_deadlines,
    c13_order,
    c14_working_days,
    c15_recipients,
    c16_addressees,
    c17_structure,
    c18_lists,
    c22_siblings,
    c25_scope,
    c26_references,
    c27_issuer,
    c31_owners,
)

STRUCTURAL = (
    c12_deadlines.CHECK,
    c13_order.CHECK,
    c14_working_days.CHECK,
    c15_recipients.CHECK,
    c16_addressees.CHECK,
    c17_structure.CHECK,
    c18_lists.CHECK,
    c22_siblings.CHECK,
    c25_scope.CHECK,
    c26_references.CHECK,
    c27_issuer.CHECK,
    c31_owners.CHECK,
)
