"""What becomes of a send list: sent and received by the office, opened and made known by the units (domain.md 5.3).

Every act over many lines is one UPDATE and one line of the trail: a ward sends to 300 units at once.
"""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from documents.choices import DispatchChannel, FilePurpose, PaperKind
from documents.models import DeliveryReceipt, Dispatch, IssuedPaper
from documents.services.files import store_upload
from documents.services.issued import DispatchLine
from units.folding import fold
from units.models import User
from units.services.audit import record_event


@transaction.atomic
def send_lines(*, paper: IssuedPaper, lines: QuerySet[Dispatch], channel: str, by: User, at: datetime) -> int:
    """Record that `lines` of the list of `paper` went out by `channel`; what was sent before stays as it was."""
    changed = lines.filter(paper=paper, sent_at__isnull=True).update(sent_at=at, sent_by=by, channel=channel)
    if changed:
        details = {"lines": changed, "channel": DispatchChannel(channel).label}
        record_event(by=by, verb="paper.sent", target=paper, ward=paper.ward, details=details, at=at)
    return changed


@transaction.atomic
def receive_lines(
    *, paper: IssuedPaper, lines: QuerySet[Dispatch], by: User, at: datetime, receipt: DeliveryReceipt | None = None
) -> int:
    """Record that the addressees of `lines` have the paper; what was received was also sent."""
    lines = lines.filter(paper=paper)
    chosen = list(lines.filter(received_at__isnull=True).order_by().values_list("pk", flat=True))
    Dispatch.objects.filter(pk__in=chosen, sent_at__isnull=True).update(sent_at=at, sent_by=by)
    changed = Dispatch.objects.filter(pk__in=chosen, received_at__isnull=True).update(
        received_at=at, received_by=by, receipt=receipt
    )
    if changed:
        record_event(by=by, verb="paper.received", target=paper, ward=paper.ward, details={"lines": changed}, at=at)
    return changed


@transaction.atomic
def attach_receipt(
    *, paper: IssuedPaper, lines: QuerySet[Dispatch], upload: UploadedFile, received_on: date, declared_not_secret: bool,
    by: User, at: datetime,
) -> DeliveryReceipt:  # fmt: skip
    """Keep the scan of a signed delivery list; those who signed (`lines`) have received on `received_on`.

    A line received before keeps its moment and gets the proof, unless it has one.

    Raises:
        ValidationError: ``no_lines`` when nobody is ticked, ``future_date``, ``before_paper``, or those of the file.
            Nothing is kept.
    """
    lines = Dispatch.objects.filter(pk__in=list(lines.filter(paper=paper).order_by().values_list("pk", flat=True)))
    _refuse_wrong_receipt(paper, lines, received_on=received_on, today=timezone.localdate(at))
    scan = store_upload(
        upload=upload, purpose=FilePurpose.SCAN, ward=paper.ward, by=by, declared_not_secret=declared_not_secret, at=at
    )
    receipt = DeliveryReceipt.objects.create(paper=paper, scan=scan, received_on=received_on, added_at=at, added_by=by)
    proven = lines.filter(receipt__isnull=True).update(receipt=receipt)
    noon = timezone.make_aware(datetime.combine(received_on, time(12)))
    moment = min(noon, at)  # the list names a day; the program does not make up an hour later than now
    lines.filter(sent_at__isnull=True).update(sent_at=moment, sent_by=by)
    lines.filter(received_at__isnull=True).update(received_at=moment, received_by=by)
    details = {"lines": proven, "on": f"{received_on:%d/%m/%Y}", "sha256": scan.sha256}
    record_event(by=by, verb="paper.receipt", target=paper, ward=paper.ward, details=details, at=at)
    return receipt


@transaction.atomic
def record_opening(*, lines: QuerySet[Dispatch], by: User, at: datetime) -> int:
    """Record that somebody of the unit reads the paper; only the first time counts, and only that is in the trail."""
    unread = list(lines.filter(first_opened_at__isnull=True).select_related("paper__ward").order_by("pk"))
    opened = 0
    for line in unread:  # the lines of one person's own units on one paper: one or two
        if Dispatch.objects.filter(pk=line.pk, first_opened_at__isnull=True).update(
            first_opened_at=at, first_opened_by=by
        ):
            record_event(by=by, verb="dispatch.opened", target=line, ward=line.paper.ward, at=at)
            opened += 1
    return opened


@transaction.atomic
def state_made_known(*, line: Dispatch, by: User, at: datetime) -> Dispatch:
    """The unit says that its members know the paper: who and when are kept; the second click changes nothing.

    Raises:
        ValidationError: ``withdrawn`` for a paper taken back, ``not_asked`` for one that asks for no such word.
    """
    if line.paper.withdrawn_at:
        raise ValidationError("Văn bản này đã được thu hồi nên không cần báo quán triệt.", code="withdrawn")
    if line.paper.kind not in PaperKind.MADE_KNOWN:
        raise ValidationError("Loại văn bản này không cần báo quán triệt. Chưa có gì được ghi.", code="not_asked")
    same = Dispatch.objects.filter(paper=line.paper_id, unit=line.unit_id)
    same.filter(first_opened_at__isnull=True).update(first_opened_at=at, first_opened_by=by)
    if same.filter(stated_at__isnull=True).update(stated_at=at, stated_by=by, stated_name=str(by)[:160]):
        record_event(by=by, verb="dispatch.stated", target=line, ward=line.paper.ward, at=at)
    line.refresh_from_db()
    return line


@transaction.atomic
def take_statement_back(*, line: Dispatch, by: User, at: datetime) -> Dispatch:
    """The unit takes its word back, said by mistake; the trail keeps both."""
    same = Dispatch.objects.filter(paper=line.paper_id, unit=line.unit_id, stated_at__isnull=False)
    if same.update(stated_at=None, stated_by=None, stated_name=""):
        record_event(by=by, verb="dispatch.unstated", target=line, ward=line.paper.ward, at=at)
    line.refresh_from_db()
    return line


@transaction.atomic
def add_lines(*, paper: IssuedPaper, lines: Iterable[DispatchLine], by: User, at: datetime) -> int:
    """Send an issued paper to more addressees: whom a group of Nơi nhận stands for, or who asked for a copy.

    A unit or name that stands in the list already is passed over. The frozen paper does not change.

    Raises:
        ValidationError: ``withdrawn`` for a paper taken back.
    """
    if paper.withdrawn_at:
        raise ValidationError("Văn bản này đã được thu hồi nên không gửi thêm cho ai.", code="withdrawn")
    IssuedPaper.objects.select_for_update().get(pk=paper.pk)  # two people adding at once wait for each other
    there = list(paper.dispatches.order_by().values_list("unit", "addressee", "position"))
    units, names = {unit for unit, _, _ in there if unit}, {fold(name) for _, name, _ in there}
    last = max((position for _, _, position in there), default=0)
    rows = []
    for line in lines:
        if (line.unit.pk in units) if line.unit else (fold(line.addressee) in names):
            continue
        units.add(line.unit.pk if line.unit else 0)
        names.add(fold(line.addressee))
        rows.append(
            Dispatch(
                paper=paper,
                unit=line.unit,
                addressee=line.addressee[:200],
                note=line.note[:60],
                copies=line.copies,
                position=last + len(rows) + 1,
            )
        )
    if rows:
        Dispatch.objects.bulk_create(rows)
        record_event(by=by, verb="paper.dispatches", target=paper, ward=paper.ward, details={"lines": len(rows)}, at=at)
    return len(rows)


@transaction.atomic
def revise_line(*, line: Dispatch, copies: int, unmark: str, by: User, at: datetime) -> Dispatch:
    """Set the paper copies of an addressee and take back a mark made by mistake (`unmark`: "received" or "sent").

    What the unit itself did in the program, and what a signed list proves, is not taken back.

    Raises:
        ValidationError: ``proven`` for a line with a signed list.
    """
    line = Dispatch.objects.select_for_update().get(pk=line.pk)
    if unmark and line.receipt_id:
        raise ValidationError("Nơi này đã ký nhận trên bảng đã đính nên không bỏ ghi được.", code="proven")
    facts = {"copies": copies}
    if unmark:
        facts |= {"received_at": None, "received_by": None}
    if unmark == "sent":
        facts |= {"sent_at": None, "sent_by": None, "channel": DispatchChannel.PAPER}
    Dispatch.objects.filter(pk=line.pk).update(**facts)
    details = {"copies": copies} | ({"unmark": unmark} if unmark else {})
    record_event(by=by, verb="dispatch.revise", target=line, ward=line.paper.ward, details=details, at=at)
    line.refresh_from_db()
    return line


def _refuse_wrong_receipt(paper, lines, *, received_on, today):
    if not lines.exists():
        raise ValidationError(
            {"lines": ValidationError("Đồng chí đánh dấu những nơi đã ký nhận. Tệp chưa được lưu.", code="no_lines")}
        )
    if received_on > today:
        raise ValidationError(
            {"received_on": ValidationError("Ngày ký nhận không thể sau hôm nay.", code="future_date")}
        )
    if received_on < paper.dated_on:
        text = f"Ngày ký nhận không thể trước ngày văn bản ({paper.dated_on:%d/%m/%Y})."
        raise ValidationError({"received_on": ValidationError(text, code="before_paper")})
