"""How everything here is timed: ours and the peer in turns, so that a slow minute of the machine strikes both."""

import statistics
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table: seconds of ours and of the peer, the goal as a ratio, or a word why it was skipped."""

    work: str
    ours: float | None
    peer_name: str
    peer: float | None
    goal: float | None
    note: str = ""

    @property
    def ratio(self):
        return None if self.ours is None or not self.peer else self.ours / self.peer

    @property
    def holds(self):
        """Whether the goal is met; None when there is nothing to compare."""
        return None if self.ratio is None or self.goal is None else self.ratio <= self.goal


def seconds(work, clock=time.perf_counter):
    """Seconds that one call of `work` took by `clock`."""
    started = clock()
    work()
    return clock() - started


def side_by_side(ours, peer, *, rounds=15, warm=2, clock=time.perf_counter):
    """Median seconds of both, called in turns after `warm` unmeasured calls each; `clock` may count processor time."""
    for _ in range(warm):
        ours()
        peer()
    times = [(seconds(ours, clock), seconds(peer, clock)) for _ in range(rounds)]
    return statistics.median(one for one, _ in times), statistics.median(other for _, other in times)


def print_table(rows):
    """The table that `make bench` prints; the last column says whether the goal holds."""
    head = ("work", "ours (ms)", "limit or peer", "peer (ms)", "ratio", "goal", "")
    lines = [head]
    for row in rows:
        verdict = {None: row.note or "-", True: "holds", False: "MISSED"}[row.holds]
        lines.append(
            (row.work, _ms(row.ours), row.peer_name, _ms(row.peer), _ratio(row.ratio), _ratio(row.goal), verdict)
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _ms(value):
    return "-" if value is None else f"{value * 1000:.1f}"


def _ratio(value):
    return "-" if value is None else f"{value:.2f}"
