"""Several people at one moment: threads on PostgreSQL that start at one barrier."""

import threading

from django.core.exceptions import ValidationError
from django.db import DatabaseError, OperationalError, connections


def together(act, arguments):
    """Run `act` for each argument in a thread of its own, started at one barrier; returns argument -> error or None."""
    barrier, outcomes = threading.Barrier(len(arguments)), {}

    def run(argument):
        barrier.wait()
        try:
            act(argument)
            outcomes[argument] = None
        except (ValidationError, DatabaseError) as error:
            outcomes[argument] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[argument]) for argument in arguments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def until_free(act, *arguments):
    """`act`, as whoever presses again: a slow machine prints longer than the database lets the next one wait, and the page
    then asks for that with everything typed still there."""
    while True:
        try:
            return act(*arguments)
        except OperationalError as busy:
            if "lock" not in str(busy):
                raise
