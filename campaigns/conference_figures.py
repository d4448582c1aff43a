"""Counting a roll: convened, present, excused, absent and the replies, never typed and never guessed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from campaigns.choices import Attendance, Reply


@dataclass
class RollTotals:
    """Heads of one list. `uncounted` lines have no figure (not told, or withheld); their heads are in no number here.

    `outdated` answers were given for another time or place and are in no other number of answers.
    convened = present + excused + absent + waiting, where `waiting` is heads not called yet.
    """

    lines: int = 0
    convened: int = 0
    present: int = 0
    excused: int = 0
    absent: int = 0
    uncounted: int = 0
    called: int = 0
    outdated: int = 0
    replies: Counter = field(default_factory=Counter)

    @property
    def waiting(self) -> int:
        """Heads convened for whom the roll was not taken."""
        return self.convened - self.present - self.excused - self.absent

    @property
    def uncalled(self) -> int:
        """Lines for which the roll was not taken."""
        return self.lines - self.called

    @property
    def replied(self) -> int:
        """Lines that answered the letter."""
        return self.lines - self.replies[Reply.NONE.value]

    @property
    def coming(self) -> int:
        """Lines that come themselves or send somebody."""
        return self.replies[Reply.COMING.value] + self.replies[Reply.DEPUTY.value]

    @property
    def declined(self) -> int:
        """Lines that asked leave."""
        return self.replies[Reply.EXCUSED.value]


def roll_totals(invitees: Iterable) -> RollTotals:
    """Add up the lines of a list."""
    total = RollTotals()
    for one in invitees:
        total.lines += 1
        total.outdated += one.reply_outdated
        total.replies[Reply.NONE.value if one.reply_outdated else str(one.reply)] += 1
        total.called += one.attendance != Attendance.NONE
        if one.heads is None:
            total.uncounted += 1
            continue
        total.convened += one.heads
        total.present += one.present or 0
        total.excused += one.excused or 0
        total.absent += one.absent or 0
    return total
