"""The browsers that take notices: remembered by their owner, forgotten by them or when their push service drops them."""

import datetime as dt

from django.db import transaction

from campaigns.models import PushBrowser, PushKey
from campaigns.outgoing import push
from campaigns.outgoing.locking import lock
from campaigns.selectors.push import current_key
from units.models import User
from units.selectors.wards import ward_of_person
from units.services.audit import record_event

MOST = 5  # browsers of one person; the oldest makes room


@transaction.atomic
def ensure_key(*, at: dt.datetime) -> PushKey:
    """The installation's key, made when there is none that SECRET_KEY still opens: browsers then subscribe anew."""
    key = current_key()
    if key is None:
        private, public = push.new_key()
        key = PushKey.objects.create(public=public, locked_private=lock(private), created_at=at)
    return key


@transaction.atomic
def remember_browser(
    *, person: User, endpoint: str, p256dh: str, auth: str, label: str, at: dt.datetime
) -> PushBrowser:
    """Let this browser take notices for `person`; whoever used it before gets none on it any more.

    Raises ValidationError "push_service" unless a known browser could have made this.
    """
    push.check_subscription(endpoint=endpoint, p256dh=p256dh, auth=auth)
    facts = {"person": person, "key": ensure_key(at=at), "label": label[:120], "endpoint": endpoint}
    facts |= {"p256dh": p256dh, "auth": auth, "created_at": at, "sent_at": None}
    browser, _ = PushBrowser.objects.update_or_create(fingerprint=push.fingerprint(endpoint), defaults=facts)
    kept = PushBrowser.objects.filter(person=person).order_by("-created_at", "-pk").values_list("pk", flat=True)[:MOST]
    PushBrowser.objects.filter(person=person).exclude(pk__in=list(kept)).delete()
    record_event(by=person, verb="push.remember", target=browser, ward=ward_of_person(person), at=at)
    return browser


@transaction.atomic
def forget_browser(*, browser: PushBrowser, by: User, at: dt.datetime) -> None:
    """No more notices on that browser."""
    record_event(by=by, verb="push.forget", target=browser, ward=ward_of_person(by), at=at)
    browser.delete()
