"""The last look before something leaves: a batch is read together, and again as soon as what was read is old."""

from collections.abc import Iterable

from django.utils import timezone

from campaigns.choices import Channel
from campaigns.models import Delivery, WardChannel
from campaigns.selectors.channels import silent_wards
from campaigns.selectors.told import Told, told_in
from campaigns.services.delivery_queue import Watch
from units.models import User

FRESH = 2  # seconds for which what was read about a batch may be told: who reports meanwhile is not reminded


class FreshLook:
    """What the deliveries of one claimed batch say, to whom and by which channel, never older than FRESH seconds."""

    def __init__(self, *, watch: Watch):
        self.watch = watch
        self._told: dict[int, Told] = {}
        self._silent: set[int] = set()
        self._read_at: float | None = None

    def at(self, delivery: Delivery, *, rest: Iterable[Delivery]) -> Told:
        """What `delivery` says now; `rest`: what is sent after it, read along. Person and channel are set on the rows."""
        if self._read_at is None or self.watch.elapsed() - self._read_at > FRESH:
            batch = [delivery, *rest]
            if self._read_at is not None:  # the claim itself read them the first time
                _read_again(batch)
            on = timezone.localdate(self.watch.now())
            self._told, self._read_at = told_in(batch, on=on), self.watch.elapsed()
            self._silent = silent_wards() if delivery.channel == Channel.EMAIL else set()
        return self._told[delivery.pk]

    def may_write(self, told: Told) -> bool:
        """Whether a letter may say `told`: not when every ward it is about has switched letters off meanwhile."""
        return bool(told.wards - self._silent)


def _read_again(batch: list[Delivery]) -> None:
    """An account closed, a channel stopped or switched off meanwhile: the rows know it from here on."""
    people = User.objects.filter(pk__in={row.person_id for row in batch}).select_related("contact_choice").in_bulk()
    channels = WardChannel.objects.in_bulk({row.via_id for row in batch if row.via_id})
    for row in batch:
        row.person, row.via = people[row.person_id], channels.get(row.via_id)
