"""Run the tests: SQLite, then PostgreSQL with Redis, then the browser; sum up in one closing line.

    scripts/test.py                          the gate
    scripts/test.py --long                   the long suites (marker `long`)
    scripts/test.py tests/units -k tree      any pytest arguments: the same phases, restricted

`make test` calls this after scripts/setup.py. The servers are private (scripts/private_servers.py) and end with
this process, also after a failure or Ctrl-C. A phase that runs no test at all is a failure.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.private_servers import ServerStartError, private_postgres, private_redis  # noqa: E402 - after the path is set

NO_TESTS = 5
INTERRUPTED = 2
PARALLEL = ("-n", "2", "--dist", "worksteal")


@dataclass(frozen=True)
class Phase:
    """One pytest run: which tests, on which engine."""

    title: str
    marks: str
    postgres: bool = False
    parallel: bool = True
    figures: bool = False  # show what passing tests print


GATE = (
    Phase("SQLite", "not e2e and not long and not postgres and not redis"),
    Phase("PostgreSQL and Redis", "not e2e and not long and not pdf and not once", postgres=True),
    Phase("Chromium on the embedded default", "e2e and not long and not postgres", parallel=False),
    Phase("Chromium on PostgreSQL and Redis", "e2e and not long and postgres", postgres=True, parallel=False),
)
LONG = (
    Phase("long, SQLite", "long and not postgres and not redis", parallel=False, figures=True),
    Phase("long, PostgreSQL and Redis", "long and (postgres or redis)", postgres=True, parallel=False, figures=True),
)


@dataclass
class Tally:
    """What pytest counted, over all phases."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("failed", "passed", "skipped", "errors"), 0))
    codes: list[int] = field(default_factory=list)
    proved: set[str] = field(default_factory=set)

    def add(self, report: Path, code: int) -> int:
        """Add one phase; returns how many tests it ran."""
        self.codes.append(code)
        if not report.exists():
            return 0
        total = 0
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314 - pytest has just written it
            tests, failed, errors, skipped = (
                int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")
            )
            self.counts["failed"] += failed
            self.counts["errors"] += errors
            self.counts["skipped"] += skipped
            self.counts["passed"] += tests - failed - errors - skipped
            total += tests
            self.proved |= proved_by(suite)
        return total

    @property
    def code(self) -> int:
        return next((code for code in self.codes if code not in (0, NO_TESTS)), 0)

    def closing_line(self, seconds: float) -> str:
        """The same words as pytest's own last line."""
        shown = [f"{number} {word}" for word, number in self.counts.items() if number or word == "passed"]
        return f" {', '.join(shown)} in {seconds:.2f}s ".center(100, "=")


def proved_by(suite: ElementTree.Element) -> set[str]:
    """Ids of the reliability catalogue whose marked tests passed (tests/conftest.py puts them into the report)."""
    passed = (
        case for case in suite.iter("testcase") if not {child.tag for child in case} & {"failure", "error", "skipped"}
    )
    return {item.get("value") for case in passed for item in case.iter("property") if item.get("name") == "proves"}


def main(arguments: list[str]) -> int:
    phases = LONG if "--long" in arguments else GATE
    arguments = [argument for argument in arguments if argument != "--long"]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(INTERRUPTED))
    os.chdir(ROOT)
    started = time.monotonic()
    tally = Tally()
    try:
        with contextlib.ExitStack() as stack, tempfile.TemporaryDirectory(prefix="lantoa-test-") as folder:
            servers = start_servers(stack)
            ran = [run_phase(phase, arguments, servers, Path(folder), tally) for phase in phases]
    except ServerStartError as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    code = tally.code
    # Without arguments every phase must find something: a phase that has lost its tests is a broken gate.
    if code == 0 and (not any(ran) or (not arguments and not all(ran))):
        print("A phase ran no test at all.", file=sys.stderr)
        code = NO_TESTS
    # What is skipped proves nothing: a whole run either has what its tests need or fails.
    if code == 0 and not arguments and tally.counts["skipped"]:
        print("A test was skipped in a whole run.", file=sys.stderr)
        code = 1
    print(f"\nProved of the reliability catalogue: {', '.join(sorted(tally.proved)) or 'nothing'}")
    print(tally.closing_line(time.monotonic() - started), flush=True)
    return code


def start_servers(stack: contextlib.ExitStack) -> dict[str, str]:
    """Start PostgreSQL and Redis once for the whole run; returns the environment of the phases that use them."""
    print("Starting a private PostgreSQL and Redis.", flush=True)
    return {"DATABASE_URL": stack.enter_context(private_postgres()), "REDIS_URL": stack.enter_context(private_redis())}


def run_phase(phase: Phase, arguments: list[str], servers: dict[str, str], folder: Path, tally: Tally) -> int:
    """Run pytest for one phase; returns how many tests it ran."""
    print(f"\n--- {phase.title} ---", flush=True)
    report = folder / f"{len(tally.codes)}.xml"
    environment = {**os.environ, "LANTOA_VAR_DIR": str(folder / f"var-{len(tally.codes)}")}
    environment.pop("REDIS_URL", None)
    # A hundred programs start during a run; each would spend its first seconds compiling the same modules again.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["DATABASE_URL"] = "sqlite:///:memory:"
    if not phase.parallel:
        environment["LANTOA_TEST_SQLITE"] = str(folder / f"browser-{len(tally.codes)}.sqlite3")
    if phase.postgres:
        # The tests that start real workers find Redis here; the others keep Celery eager in the process.
        environment["DATABASE_URL"] = servers["DATABASE_URL"]
        environment["LANTOA_TEST_REDIS_URL"] = servers["REDIS_URL"]
    command = [sys.executable, "-m", "pytest", "-m", phase.marks, f"--junitxml={report}", "-q"]
    if phase.parallel:
        command += PARALLEL
    if phase.figures:
        command += ("-rP", "--durations=12")
    done = subprocess.run([*command, *arguments], env=environment, check=False)
    if done.returncode == INTERRUPTED:
        raise KeyboardInterrupt
    return tally.add(report, done.returncode)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
