"""`make bench`: one table of ours beside a limit or a peer, everything measured in this one run.

    bench/run.py            on a private PostgreSQL
    bench/run.py --sqlite   on the embedded database
"""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.private_servers import private_postgres  # noqa: E402 - after the path is set


def main(arguments):
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"LANTOA_ENV": "test", "LANTOA_VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        if "--sqlite" in arguments:
            run()
            return
        with private_postgres() as url:
            os.environ["DATABASE_URL"] = url
            run()


def run():
    import django  # noqa: PLC0415 - after the environment is set

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after the environment is set

    call_command("migrate", verbosity=0)
    from bench import annexes, checking, delivering, issuing, measure, nation, pages, paper, reminding, scene, submitting, word  # noqa: I001, PLC0415 - these import models

    call_command("load_demo", verbosity=0)
    wards = scene.make()
    rows = [*paper.rows(), *word.rows(), *annexes.rows(), *checking.rows(), *pages.rows(*wards), *issuing.rows()]
    rows += [*submitting.rows(wards[1]), *nation.rows(), *reminding.rows(), *delivering.rows()]
    measure.print_table(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
