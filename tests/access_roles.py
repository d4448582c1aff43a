"""The sets of roles of the access table."""

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
