"""The kinds of long work, registered by the app that knows how to do them."""

from collections.abc import Callable
from importlib import import_module

from django.apps import apps

from units.models import Job

# progress(done, total) writes how far the work is and prolongs its lease.
Progress = Callable[[int, int], None]
Work = Callable[[Job, Progress], tuple[str, bytes]]

_KINDS: dict[str, Work] = {}


def job_kind(name: str) -> Callable[[Work], Work]:
    """Register a function (job, progress) -> (file name, bytes) as the work of jobs of the kind `name`.

    Put it in `<app>/jobs.py`, which is loaded by itself. The function may run twice after a crash, so it only reads.
    """

    def register(work: Work) -> Work:
        _KINDS[name] = work
        return work

    return register


def work_of(kind: str) -> Work | None:
    """The registered function, or None for a kind nobody knows (an older version's job)."""
    if kind not in _KINDS:
        _load()
    return _KINDS.get(kind)


def _load() -> None:
    for config in apps.get_app_configs():
        try:
            import_module(f"{config.name}.jobs")
        except ModuleNotFoundError as error:
            if error.name != f"{config.name}.jobs":
                raise
