"""The ways out of a simulated year: a signed gateway for SMS and a push service, and what must hold on every channel."""

import base64
import contextlib
import datetime as dt
import json
from collections import Counter, defaultdict

from django.utils import timezone

from campaigns.choices import Channel, DeliveryState
from campaigns.models import Delivery, Notification, Reminder, WardChannel
from campaigns.outgoing.locking import lock
from campaigns.outgoing.push import JWT_LIFE
from campaigns.quiet import quiet_until
from campaigns.services.push_browsers import ensure_key, remember_browser
from tests.campaigns.gateway import gateway, make_certificate
from tests.campaigns.test_push import Browser
from units.models import User

SECRET = "khoa-cua-cong"
SENT, FOLDED, CANCELLED = DeliveryState.SENT, DeliveryState.FOLDED, DeliveryState.CANCELLED


class Ways:
    """Everybody of the ward has a telephone number and an address, one a browser too."""

    def __init__(self, sms, pusher, certificate):
        self.sms, self.pusher, self.certificate, self.browser = sms, pusher, certificate, None

    @property
    def settings(self):
        """What the senders must know to call servers inside this machine."""
        inside = [f"127.0.0.1:{server.port}" for server in (self.sms, self.pusher)]
        return {"OUTGOING_INSIDE": inside, "PUSH_SERVICES": inside[1:], "OUTGOING_CA_FILE": str(self.certificate)}

    def tell(self, settings):
        """Let this process know it too."""
        for name, value in self.settings.items():
            setattr(settings, name, value)

    def open(self, cast, *, at):
        """The ward switches both channels on, before anything is due."""
        url, secret = f"http://127.0.0.1:{self.sms.port}/sms", lock(SECRET)
        WardChannel.objects.create(ward=cast.ward, channel=Channel.SMS, is_on=True, url=url, locked_secret=secret)
        WardChannel.objects.create(ward=cast.ward, channel=Channel.PUSH, is_on=True)
        ensure_key(at=at)
        self.browser = Browser(self.pusher)
        remember_browser(person=cast.other_secretary, label="Chrome, Android", at=at, **self.browser.facts)

    def reached(self, cast):
        """{channel: keys of the people whom it reaches}."""
        numbered = set(User.objects.exclude(phone="").values_list("pk", flat=True))
        return {Channel.SMS: numbered, Channel.PUSH: {cast.other_secretary.pk}}

    def arrived(self):
        """{channel: [what arrived, by the name that a repetition bears again]}."""
        tags = [self.browser.read(call.body)["tag"] for call in self.pusher.calls]
        return {Channel.SMS: [call.message["id"] for call in self.sms.calls], Channel.PUSH: tags}

    def moments(self):
        """When each call was made, by the clock of the senders."""
        stamps = [int(call.headers["X-LanToa-Timestamp"]) for call in self.sms.calls]
        stamps += [signed_at(call.headers["Authorization"]) for call in self.pusher.calls]
        return [dt.datetime.fromtimestamp(stamp, tz=dt.UTC) for stamp in stamps]


def signed_at(authorization):
    """The moment in the signature of a push (RFC 8292): its end less its life."""
    claims = authorization.split("t=")[1].split(",")[0].split(".")[1]
    return json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["exp"] - JWT_LIFE


@contextlib.contextmanager
def year_ways(folder):
    """Both servers, on loopback."""
    certificate = make_certificate(folder / "own.pem")
    with gateway() as sms, gateway(certificate=certificate) as pusher:
        yield Ways(sms, pusher, certificate)


def check_ways(year, per_day):
    """Each delivery of each channel once (again only after a kill), none in silence, none about work already done."""
    ways = year.ways
    arrived = ways.arrived()
    for channel, keys in ways.reached(year.cast).items():
        rows = list(Delivery.objects.filter(channel=channel).select_related("folded_into"))
        # whoever the channel reaches has every digest on it too
        digests = {(row.person_id, row.day) for row in rows if not row.notice_id}
        assert digests == {key for key in per_day if key[0] in keys}
        sent = [row for row in rows if row.state == SENT]
        assert len(sent) + len([row for row in rows if row.state == FOLDED]) > len(rows) * 0.9
        assert {row.state for row in rows} <= {SENT, FOLDED, CANCELLED}
        assert {row.folded_into.state for row in rows if row.state == FOLDED} <= {SENT, CANCELLED}
        assert 0 <= len(arrived[channel]) - len(sent) <= year.kills
        check_names(channel, Counter(arrived[channel]), sent, kills=year.kills)
        print(f"{channel}: {len(sent)} sent, {len(arrived[channel]) - len(sent)} of them again after a kill")
    assert all(call.is_signed_with(SECRET) for call in ways.sms.calls)
    assert [moment for moment in ways.moments() if quiet_until(moment)] == []
    check_only_open_work()
    check_conferences(year, arrived)


def check_names(channel, names, sent, *, kills):
    """What arrived is what is noted as sent; what a telephone shows is named after the last notice in it, or after the day."""
    if channel == Channel.PUSH:
        notices = {f"thong-bao-{pk}" for pk in Notification.objects.values_list("pk", flat=True)}
        days = {f"nhac-viec-{timezone.localdate(row.sent_at):%Y%m%d}" for row in sent}
        assert set(names) <= notices | days
        return
    noted = {row.message_id for row in sent}
    assert noted <= set(names)
    assert len(set(names) - noted) <= kills


def check_only_open_work():
    """A digest that left a channel had something to say that was not settled at that moment."""
    about = defaultdict(list)
    rows = Reminder.objects.filter(state="sent").values_list("person_id", "delivery_day", "assignment__settled_at")
    for person, day, settled in rows:
        about[person, day].append(settled)
    days = defaultdict(set)
    for row in Delivery.objects.filter(state=FOLDED):
        days[row.folded_into_id].add(row.day)
    for row in Delivery.objects.filter(channel__in=Channel.OUTSIDE, state=SENT, notice=None):
        ends = [end for day in days[row.pk] | {row.day} for end in about[row.person_id, day]]
        assert any(end is None or end > row.sent_at for end in ends), row


def check_conferences(year, arrived):
    """Everybody convened was told of the day of the conference on each channel that reaches them, once."""
    told = Notification.objects.filter(key__startswith="conference-")
    assert {one.person_id for one in told} >= {year.cast.secretary.pk, year.cast.other_secretary.pk}
    names = {Channel.EMAIL: set(year.senders.message_ids()), Channel.SMS: set(arrived[Channel.SMS])}
    reached = year.ways.reached(year.cast)
    for one in told:
        ways = {row.channel: row.folded_into or row for row in one.deliveries.select_related("folded_into")}
        wanted = {channel for channel, keys in reached.items() if one.person_id in keys} | {Channel.EMAIL}
        assert set(ways) == wanted
        assert {row.state for row in ways.values()} == {SENT}
        assert all(row.message_id in names[channel] for channel, row in ways.items() if channel in names)
