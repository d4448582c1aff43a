"""Hooks of the web server."""

import threading


def post_worker_init(worker):
    """Load the printer behind the first requests: the first PDF of a fresh worker would take seconds otherwise."""
    from documents.writing.pdf import warm_up  # noqa: PLC0415 - Django is set up only now

    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
