"""Content that a plan has its units study once it is issued: awaited, arrived, studied, or given up (domain.md 1.2)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from campaigns.awaited_words import awaited_texts, closest
from campaigns.choices import AssignmentState, DeadlineRule, LeadGroup, PlanState, Product
from campaigns.models import Assignment, AwaitedContent, Duty, Plan
from campaigns.services.assignments import record_progress
from campaigns.services.decisions import tell_units
from campaigns.services.due_days import move_due_days
from campaigns.services.expansion import insert_assignments
from campaigns.services.moves import CHANGED_MEANWHILE, move, refuse_unmoved
from campaigns.services.new_days import hold_plans
from documents.choices import FilePurpose
from documents.dates import short
from documents.models import IssuedPaper
from documents.services.files import store_upload
from units.models import Unit, User
from units.services.audit import record_event

STATE = AssignmentState


@transaction.atomic
def await_announced(*, plan: Plan, by: User, at: dt.datetime) -> list[AwaitedContent]:
    """At the issue of `plan`: a part that waits for every document its text announces "sau khi ban hành".

    A plan without a study duty of the units announces nothing to study.
    """
    if not _study_duty(plan):
        return []
    texts = [*plan.sections.order_by("position", "pk").values_list("body", flat=True)]
    texts += plan.duties.printed().order_by("position", "pk").values_list("text", flat=True)
    return [
        await_content(plan=plan, text=text, source=drafting_duty(plan, text), by=by, at=at)
        for text in awaited_texts(texts)
    ]


@transaction.atomic
def await_content(*, plan: Plan, text: str, source: Duty | None, by: User, at: dt.datetime) -> AwaitedContent:
    """Have the units of an issued plan wait for `text`: one more part of their study, "Chờ", without a day.

    What they have to study already is not touched. `source` is the clause of the plan under which it is drafted.
    Raises ValidationError "not_running", "no_study" for a plan that asks no unit to study, "twice".
    """
    if plan.state != PlanState.ISSUED:
        raise ValidationError(
            "Kế hoạch chưa ban hành hoặc đã kết thúc nên không ghi thêm được. Chưa ghi gì.", code="not_running"
        )
    study = _study_duty(plan)
    if study is None:
        raise ValidationError(
            "Kế hoạch này không giao đơn vị nào học tập nên không có phần nào phải chờ.", code="no_study"
        )
    if plan.awaited_contents.filter(text=text, dropped_at=None).exists():
        raise ValidationError({"text": ValidationError("Nội dung này đã được ghi.", code="twice")})
    part = Duty.objects.create(
        plan=plan,
        position=study.position,
        lead_group=study.lead_group,
        lead=study.lead,
        lead_text=study.lead_text,
        text=f"Học tập {text} (sau khi ban hành).",
        product=Product.CONTENT,
        deadline_phrase="sau khi ban hành",
        rule=DeadlineRule.OPEN,
        origin=study,
    )
    content = AwaitedContent.objects.create(
        plan=plan, text=text, source=source, part=part, created_at=at, created_by=by
    )
    count = insert_assignments(plan, on=timezone.localdate(at), duties=[part], state=STATE.WAITING)
    record_event(by=by, verb="content.await", target=content, ward=plan.ward, details={"assignments": count}, at=at)
    return content


@transaction.atomic
def record_arrival(
    *,
    content: AwaitedContent,
    issued_on: dt.date,
    study_by: dt.date,
    by: User,
    at: dt.datetime,
    paper: IssuedPaper | None = None,
    document_words: str = "",
    upload: UploadedFile | None = None,
    declared_not_secret: bool = False,
) -> list[Assignment]:
    """The document exists: the waiting part opens for every unit with the new day `study_by`, and the units are told.

    The clause under which it was drafted is closed with it as its product. Returns the opened assignments. Raises
    ValidationError "changed" when somebody else recorded or dropped it, "resting" while the plan rests, "no_document",
    "future", "past".
    """
    _refuse_resting(content)
    _refuse_wrong_arrival(
        content, issued_on, study_by, today=timezone.localdate(at), named=paper or document_words or upload
    )
    facts = {
        "issued_on": issued_on,
        "arrived_at": at,
        "arrived_by": by,
        "paper": paper,
        "document_words": document_words,
    }
    if upload is not None:
        facts["file"] = store_upload(
            upload=upload,
            purpose=FilePurpose.PRODUCT,
            ward=content.plan.ward,
            by=by,
            declared_not_secret=declared_not_secret,
        )
    _claim(content, facts)
    _close_source(content, by=by, at=at)
    waiting = Assignment.objects.filter(duty=content.part, state=STATE.WAITING)
    opened = move_due_days(assignments=waiting, due_on=study_by, reason="", at=at, state=STATE.TODO)
    details = {"issued_on": str(issued_on), "to": str(study_by), "assignments": len(opened)}
    record_event(by=by, verb="content.arrive", target=content, ward=content.plan.ward, details=details, at=at)
    title = f"Đã ban hành nội dung cần học, hạn hết {study_by:%d/%m/%Y}"
    tell_units(assignments=opened, key=f"content-{content.pk}", title=title, body=arrived_words(content), at=at)
    return opened


@transaction.atomic
def drop_content(*, content: AwaitedContent, reason: str, by: User, at: dt.datetime) -> int:
    """The document is not to come any more: the part that waits is stopped for every unit; returns for how many.

    Raises ValidationError "changed" when it was issued or dropped meanwhile.
    """
    _claim(content, {"dropped_at": at, "dropped_by": by, "drop_reason": reason})
    waiting = Assignment.objects.filter(duty=content.part, state=STATE.WAITING)
    stopped = move_due_days(assignments=waiting, due_on=None, reason=reason, at=at, state=STATE.CANCELLED)
    record_event(by=by, verb="content.drop", target=content, ward=content.plan.ward, details={"reason": reason}, at=at)
    return len(stopped)


@transaction.atomic
def record_content_studied(
    *, assignment: Assignment, studied_on: dt.date, note: str, by: User, at: dt.datetime
) -> Assignment:
    """A unit says on which day it studied what arrived.

    Raises ValidationError "waiting" before it is issued, "too_early", "future", "changed".
    """
    content = assignment.duty.awaited_content
    if content.arrived_at is None:
        raise ValidationError("Nội dung này chưa được ban hành nên chưa ghi được buổi học.", code="waiting")
    if studied_on < content.issued_on:
        sentence = f"Ngày học không thể trước ngày ban hành {short(content.issued_on)}."
        raise ValidationError({"studied_on": ValidationError(sentence, code="too_early")})
    if studied_on > timezone.localdate(at):
        raise ValidationError(
            {"studied_on": ValidationError("Ngày học chưa đến. Đồng chí ghi ngày đã học.", code="future")}
        )
    words = f"Đã học ngày {short(studied_on)}." + (f" {note}" if note else "")
    return refuse_unmoved(move([assignment], to=STATE.STUDIED, by=by, at=at, settled_at=at, settled_by=by, note=words))


def close_contents(
    *, unit: Unit, plans: QuerySet[Plan], studied_on: dt.date, by: User, at: dt.datetime
) -> list[Assignment]:
    """A session of `unit` for `plans` on `studied_on` closes the parts that had been issued by that day.

    Part of recording the session, whose transaction it shares: one query where nothing of the kind is owed.
    """
    parts = Assignment.objects.filter(
        unit=unit,
        plan__in=plans.values("pk"),
        product=Product.CONTENT,
        state__in=(STATE.TODO, STATE.DOING, STATE.EXEMPT),  # of those let off, only until a day: move() sees to it
        duty__awaited_content__issued_on__lte=studied_on,
    )
    words = f"Theo buổi học ngày {short(studied_on)}."
    return move(parts, to=STATE.STUDIED, by=by, at=at, settled_at=at, settled_by=by, note=words)


def arrived_words(content: AwaitedContent) -> str:
    """What arrived, with number and day as far as they are known."""
    name = str(content.paper) if content.paper_id else content.document_words
    day = f"ban hành ngày {short(content.issued_on)}"
    return f"{content.text}: {name}, {day}." if name else f"{content.text}, {day}."


def _study_duty(plan: Plan) -> Duty | None:
    studies = plan.duties.printed().filter(product=Product.STUDY)
    return (
        studies.filter(lead_group=LeadGroup.ALL_UNITS).order_by("position", "pk").first()
        or studies.order_by("position", "pk").first()
    )


def drafting_duty(plan: Plan, text: str) -> Duty | None:
    """The clause under which a body drafts `text`: of kind document, sharing most words."""
    duties = {
        duty.pk: duty for duty in plan.duties.printed().filter(product=Product.DOCUMENT, lead_group=LeadGroup.ONE)
    }
    return duties.get(closest(text, [(pk, duty.text) for pk, duty in duties.items()]))


def _refuse_resting(content):
    if hold_plans([content.plan_id])[content.plan_id] == PlanState.PAUSED:
        raise ValidationError("Kế hoạch đang tạm dừng. Đồng chí ghi khi kế hoạch tiếp tục. Chưa ghi gì.", code="resting")


def _refuse_wrong_arrival(content, issued_on, study_by, *, today, named):
    if not named:
        sentence = "Đồng chí chọn văn bản đã phát hành, đính kèm tệp hoặc ghi số, ký hiệu của văn bản."
        raise ValidationError(sentence, code="no_document")
    if issued_on > today:
        raise ValidationError({"issued_on": ValidationError("Ngày ban hành chưa đến.", code="future")})
    if study_by < today or study_by < issued_on:
        raise ValidationError({"study_by": ValidationError("Hạn học phải từ hôm nay trở đi.", code="past")})


def _claim(content: AwaitedContent, facts: dict) -> None:
    """Write `facts` if the content still waits; one of two people wins."""
    if not AwaitedContent.objects.filter(pk=content.pk, arrived_at=None, dropped_at=None).update(**facts):
        raise ValidationError(CHANGED_MEANWHILE, code="changed")
    for name, value in facts.items():
        setattr(content, name, value)


def _close_source(content: AwaitedContent, *, by: User, at: dt.datetime) -> None:
    """The body that had to draft it has done so."""
    if content.source_id is None:
        return
    for assignment in (
        Assignment.objects.open().filter(duty=content.source).select_related("plan__ward", "duty", "unit")
    ):
        words = content.document_words or f"{content.text}, ngày {short(content.issued_on)}"
        record_progress(
            assignment=assignment,
            state=STATE.DONE,
            note=f"Đã ban hành ngày {short(content.issued_on)}.",
            product_paper=content.paper,
            product_words="" if content.paper_id else words,
            by=by,
            at=at,
        )
