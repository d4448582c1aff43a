"""Hooks of the web server."""

import gc
import threading

# The program itself (hundreds of thousands of objects) never becomes garbage: it is not walked through again and again,
# and the rest only after as many new objects as a few pages make.
NEW_OBJECTS = 50_000


def post_worker_init(worker):
    """Load the printer behind the first requests: the first PDF of a fresh worker would take seconds otherwise."""
    from documents.writing.pdf import warm_up  # noqa: PLC0415 - Django is set up only now

    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 20, 50)
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
