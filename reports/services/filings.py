"""The form of a unit on the server: opened, saved after every step, sent once."""

import datetime as dt
import secrets
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from campaigns.models import Plan
from documents.dates import short
from reports.choices import EntrySource, SubmissionState
from reports.head_changes import SHOWN, heads_of
from reports.models import Filing, Submission
from reports.places import SCORES, SESSION
from reports.selectors.filings import content_from, fresh_content
from reports.selectors.locks import is_locked, may_finish
from reports.services.evidence import discard_evidence
from reports.services.sending import receive
from reports.services.sessions import record_session
from units.models import Unit, User
from units.ready_writes import ReadyUpdate, insert_rows
from units.services.audit import record_event

SAVE_TRIES = 3
MOST_SAVES = 60  # versions back to which a phone that was long without network is still recognised


@transaction.atomic
def open_filing(
    *,
    unit: Unit,
    plans: list[Plan],
    by: User,
    at: dt.datetime,
    source: str = EntrySource.UNIT,
    told: dict | None = None,
) -> Filing:
    """The open form of `unit`, or a fresh one for `plans` with everything known filled in.

    A draft that was begun is kept as it is; plans issued since are added to it. `told` (told_by, told_on): who of the unit
    gave the figures to the office, and when. Raises ValidationError "nothing" when
    there is nothing to report.
    """
    if not plans:
        raise ValidationError(f"{unit} hiện không có kế hoạch nào cần báo cáo.", code="nothing")
    by_office = source != EntrySource.UNIT
    content = fresh_content(unit=unit, plans=plans, today=timezone.localdate(at))
    filing, made = Filing.objects.get_or_create(
        unit=unit,
        by_office=by_office,
        sent_at=None,
        defaults={"source": source, "token": secrets.token_hex(16), "content": content}
        | {"started_at": at, "edited_at": at, "edited_by": by}
        | (told or {}),
    )
    new = {plan.pk for plan in plans} - set(filing.plans.values_list("pk", flat=True))
    filing.plans.add(*new)
    if made:
        record_event(by=by, verb="filing.open", target=filing, details={"source": source}, at=at)
    elif new and SESSION not in filing.content.get("typed", []):
        filing.content[SESSION]["directives"] = content[SESSION]["directives"]
        filing.save(update_fields=["content"])
    return filing


@transaction.atomic
def open_amendment(
    *, submission: Submission, by: User, at: dt.datetime, source: str = EntrySource.UNIT, told: dict | None = None
) -> Filing:
    """The form of one returned report, as it was sent; reports of other plans stay closed.

    Raises ValidationError "state" when it is not returned, "locked", and "draft_open" when the unit has another form
    begun: that one is finished or dropped first, nothing is overwritten.
    """
    if submission.state != SubmissionState.RETURNED:
        raise ValidationError("Báo cáo này không chờ bổ sung.", code="state")
    by_office = source != EntrySource.UNIT
    opened = Filing.objects.filter(unit=submission.unit, by_office=by_office, sent_at=None).first()
    why = is_locked(submission.plan)
    if why and not (opened and may_finish(submission.plan, opened.started_at)):
        raise ValidationError(f"{why} Đồng chí gọi văn phòng Đảng ủy.", code="locked")
    if opened is not None:
        if list(opened.plans.values_list("pk", flat=True)) == [submission.plan_id]:
            return opened
        raise ValidationError(
            "Đơn vị đang viết dở một báo cáo khác. Đồng chí gửi hoặc bỏ bản đang viết rồi bổ sung báo cáo này.", code="draft_open"
        )
    filing = Filing.objects.create(
        unit=submission.unit,
        by_office=by_office,
        source=source,
        token=secrets.token_hex(16),
        content=content_from(submission),
        started_at=at,
        edited_at=at,
        edited_by=by,
        **(told or {}),
    )
    filing.plans.set([submission.plan_id])
    record_event(by=by, verb="filing.amend", target=filing, details={"submission": submission.pk}, at=at)
    return filing


@transaction.atomic
def save_filing(**save) -> Filing:
    """`keep_filing` in a transaction of its own."""
    return keep_filing(**save)


def keep_filing(
    *,
    filing: Filing,
    version: int,
    changes: dict,
    typed: Iterable[str] = (),
    device: str = "",
    by: User,
    at: dt.datetime,
    further: dict | None = None,
) -> Filing:
    """Write what was typed, right or not yet, and the fields `further` with it. `changes` replaces keys of the content; `typed` are steps now passed.

    What stands already is not written again. A save follows `version` when nobody else wrote the same steps since (another
    step, or the same phone whose answer was lost, is no conflict); who passes the last step has to have seen everything.
    Raises ValidationError "changed" when somebody did (what they wrote stays), "sent" when the report has gone.
    """
    whole = SCORES in typed
    for _ in range(SAVE_TRIES):
        content = filing.content | changes
        content["typed"] = sorted({*content.get("typed", []), *typed})
        if filing.sent_at:
            break
        if content == filing.content and not whole:
            return filing
        if not follows(filing, version=version, steps=None if whole else set(changes), device=device):
            break
        save = {"version": filing.version + 1, "device": device, "steps": sorted(changes)}
        saves = [*filing.saves, save][-MOST_SAVES:]
        values = {"content": content, "version": filing.version + 1, "saves": saves, "edited_at": at, "edited_by": by} | (further or {})
        if _unsent(pk=filing.pk, version=filing.version, changes=values):
            for name, value in values.items():
                setattr(filing, name, value)
            return filing
        filing.refresh_from_db(fields=["content", "version", "saves", "edited_at", "edited_by", "sent_at", "sent_by"])
    raise _refusal(filing)


@ReadyUpdate
def _unsent(pk, version):
    return Filing.objects.filter(pk=pk, version=version, sent_at=None)


def lock_filing(filing: Filing) -> Filing:
    """The form as it stands, held until the transaction ends: the same sending, made twice at once, waits for its receipt."""
    return Filing.objects.select_for_update(of=("self",)).select_related("unit", "edited_by", "sent_by").get(pk=filing.pk)


def follows(filing: Filing, *, version: int, steps: set[str] | None, device: str) -> bool:
    """Whether whoever saw `version` has seen `steps` (None: all) as they stand now."""
    since = [one for one in filing.saves if one["version"] > version]
    if version > filing.version or len(since) != filing.version - version:
        return False
    return all((device and one["device"] == device) or not _touches(one, steps) for one in since)


def _touches(save: dict, steps: set[str] | None) -> bool:
    return steps is None or bool(steps & set(save["steps"]))


def _refusal(filing: Filing) -> ValidationError:
    if filing.sent_at:
        return ValidationError(f"Báo cáo này đã được đồng chí {filing.sent_by} gửi.", code="sent")
    when = timezone.localtime(filing.edited_at)
    return ValidationError(
        f"Đồng chí {filing.edited_by} vừa lưu bản này lúc {when:%H} giờ {when:%M}, ngày {short(when.date())}. "
        "Bản của đồng chí được để bên, không mất. Đồng chí chọn bản sẽ dùng.",
        code="changed",
    )


def show_points(*, filing: Filing, by: User, at: dt.datetime) -> Filing:
    """Note under which head-counts the suggested points are shown for the first time; later calls change nothing."""
    if SHOWN in filing.content:
        return filing
    return save_filing(
        filing=filing, version=filing.version, changes={SHOWN: heads_of(filing.content)}, by=by, at=at
    )


@transaction.atomic
def record_from_filing(*, filing: Filing, entry: dict, by: User, at: dt.datetime) -> Filing:
    """ "Đã học, báo cáo sau": record the session of the form at once; the form stays open for the rest."""
    facts = {name: value for name, value in entry.items() if name not in {"pk", "directives"}}
    session = record_session(
        unit=filing.unit,
        directives=entry["directives"],
        by=by,
        at=at,
        token=f"{filing.token}:s",
        source=filing.source,
        **facts,
    )
    return save_filing(filing=filing, version=filing.version, changes={"session_pk": session.pk}, by=by, at=at)


@transaction.atomic
def send_filing(**sent) -> Filing:
    """`hand_in` in a transaction of its own."""
    return hand_in(**sent)


def hand_in(
    *,
    filing: Filing,
    version: int,
    by: User,
    at: dt.datetime,
    finished_at: dt.datetime | None = None,
    **sent,
) -> Filing:
    """Send the form for `plans`: one transaction, once; a second sending of the same form is the same receipt.
    `finished_at` is when a phone without network had it ready; `sent`: plans, sessions, figures, points, confirmed and ground of `receive`.

    Raises ValidationError "changed" (somebody saved since `version`) and what `receive` raises; nothing is then written.
    """
    taken = Filing.objects.filter(pk=filing.pk, version=version, sent_at=None).update(
        sent_at=at, sent_by=by, finished_at=finished_at
    )
    if not taken:
        filing.refresh_from_db()
        if filing.sent_at:
            return filing
        raise _refusal(filing)
    filing.sent_at, filing.sent_by = at, by
    return _received(filing, by=by, at=at, **sent)


def _received(filing: Filing, **sent) -> Filing:
    rows = receive(
        unit=filing.unit,
        token=filing.token,
        source=filing.source,
        told={"told_by": filing.told_by, "told_on": filing.told_on},
        begun_at=filing.started_at,
        **sent,
    )
    link = Filing.submissions.through
    insert_rows(link(filing=filing, submission=row) for row in rows)
    return filing


@transaction.atomic
def save_and_send(*, save: dict, by: User, at: dt.datetime, **sent) -> Filing:
    """The last step typed (`save`: arguments of `keep_filing`) and the whole sent, in one transaction; see `hand_in`.

    When it is refused nothing is written, so the caller saves what was typed.
    """
    filing = keep_filing(**save, by=by, at=at, further={"sent_at": at, "sent_by": by, "finished_at": None})
    return _received(filing, by=by, at=at, **sent)


@transaction.atomic
def drop_filing(*, filing: Filing, by: User, at: dt.datetime) -> None:
    """Throw a draft away; a session recorded from it stays. Raises ValidationError "sent"."""
    record_event(by=by, verb="filing.drop", target=filing, at=at)
    if filing.sent_at is None:
        discard_evidence(filing=filing, by=by, at=at)
    deleted, _ = Filing.objects.filter(pk=filing.pk, sent_at=None).delete()
    if not deleted:
        raise ValidationError("Báo cáo này đã gửi nên không bỏ được.", code="sent")
