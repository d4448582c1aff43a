"""One row of every kind that an address can be about, in the cast's ward and in the foreign one.

`make_world()` gives `own` and `foreign`, both {kind: row}. A kind is added here when an address needs it: a function
of the side (its ward, units and people) that returns the row. A kind in SHARED has no foreign twin: every ward of the
installation reads the same row.
"""

import datetime as dt
from dataclasses import dataclass

from django.contrib.sessions.models import Session

from campaigns.choices import CallOutcome, ChangeKind, DeadlineRule, DirectiveFate, PlanKind, PlanState, Product
from campaigns.models import (
    Assignment,
    CallLog,
    ConferenceLetter,
    DirectiveChange,
    DirectiveFile,
    DirectiveTask,
    Duty,
    Notification,
    PlanChange,
    PlanComment,
    PlanSection,
    PlanVersion,
    PushBrowser,
    PushKey,
    Snippet,
    WardChannel,
)
from campaigns.outgoing.locking import lock
from campaigns.plan_content_json import to_json
from campaigns.selectors.plans import plan_content
from campaigns.services.awaited import await_content
from documents.choices import FilePurpose, PaperKind
from documents.models import PaperDraft, StoredFile
from documents.paper_json import to_dict
from documents.services.files import stored_path
from reports.choices import SubmissionState
from reports.models import AnswerSheet, WardFigures
from tests import factories
from tests.campaigns.conferences import make_conference, make_invitee
from tests.documents.papers import short_plan
from units.choices import DayKind, JobState, SignIn
from units.models import AccessCard, AuditEvent, CalendarDay, Job, KnownDevice, LeaderPhone, Membership, Unit, User
from units.selectors.open_sessions import fit_of
from units.services.open_sessions import note_session

SHARED = {"directive", "calendar_day", "taken_figures"}


@dataclass(frozen=True)
class Side:
    """One ward as the kinds see it."""

    ward: Unit
    unit: Unit
    body: Unit
    office: User
    reporter: User


@dataclass(frozen=True)
class World:
    """The cast and one row of every kind, on both sides."""

    cast: factories.Cast
    own: dict
    foreign: dict


def make_world() -> World:
    cast = factories.make_cast()
    foreign_body = factories.make_unit(cast.foreign_ward, kind="body")
    foreign_secretary = factories.make_person(cast.foreign_unit, "secretary", username="foreign-secretary")
    shared = {"directive": factories.make_directive(), "calendar_day": _calendar_day()}
    shared["taken_figures"] = _taken_figures(cast, shared["directive"])
    own = Side(cast.ward, cast.own_unit, cast.body, cast.clerk, cast.secretary)
    foreign = Side(cast.foreign_ward, cast.foreign_unit, foreign_body, cast.foreign_clerk, foreign_secretary)
    return World(cast=cast, own=make_rows(own, shared), foreign=make_rows(foreign, shared))


def make_rows(side: Side, shared: dict) -> dict:
    """The rows of one side, by kind."""
    rows = dict(shared) | {"ward": side.ward, "unit": side.unit, "body": side.body, "person": side.reporter}
    rows["push_browser"] = _push_browser(side)
    rows["membership"] = Membership.objects.get(user=side.reporter, unit=side.unit)
    rows["branch"] = factories.make_unit(side.unit, kind="cbtt", name="Chi bộ trực thuộc")
    for make in (make_units_rows, make_document_rows, make_campaign_rows, make_result_rows):
        rows |= make(side, rows)
    return rows


def make_units_rows(side: Side, rows: dict) -> dict:
    made = make_office_rows(side, rows)
    card = made["card"]
    made["known_phone"] = KnownDevice.objects.create(
        card=card,
        token_hash=f"token-{side.ward.pk}",
        known_since=factories.NOW,
        last_seen_at=factories.NOW,
        expires_at=factories.NOW + dt.timedelta(days=180),
    )
    made["leader_phone"] = LeaderPhone.objects.create(
        person=side.reporter,
        token_hash=f"leader-{side.ward.pk}",
        fit=fit_of(side.reporter),
        known_since=factories.NOW,
        last_seen_at=factories.NOW,
        expires_at=factories.NOW + dt.timedelta(days=180),
    )
    key = f"phien-{side.ward.pk}"
    Session.objects.create(session_key=key, session_data="", expire_date=factories.NOW + dt.timedelta(days=1))
    made["open_session"] = note_session(person=side.reporter, key=key, way=SignIn.CARD, label="Android", now=factories.NOW)
    return made


def make_office_rows(side: Side, rows: dict) -> dict:
    return {
        "venue": side.ward.venues.get(),
        "signer": side.ward.signers.get(),
        "card": AccessCard.objects.create(
            membership=rows["membership"],
            secret_hash=f"hash-{side.ward.pk}",
            code_mac="code",
            made_at=factories.NOW,
            made_by=side.office,
            expires_at=factories.NOW + dt.timedelta(days=14),
        ),
        "job": Job.objects.create(
            kind="cards-pdf", title="In thẻ", state=JobState.WAITING, asked_at=factories.NOW, asked_by=side.office
        ),
        "audit_event": AuditEvent.objects.create(
            at=factories.NOW,
            actor_label="Thử",
            ward_id=side.ward.pk,
            verb="thu",
            object_type="thu",
            object_id="1",
            object_label="Thử",
        ),
    }


def make_document_rows(side: Side, rows: dict) -> dict:
    paper = factories.make_paper(side.ward, by=side.office, content=to_dict(short_plan()))
    book = factories.make_book(side.ward)
    return {
        "file": _kept(factories.make_file(side.ward, by=side.office, purpose=FilePurpose.DIRECTIVE)),
        "paper": paper,
        "paper_draft": PaperDraft.objects.create(
            ward=side.ward,
            kind=PaperKind.NOTICE,
            subject="triệu tập hội nghị",
            body="Kính mời dự.",
            recipients="Lưu Văn phòng Đảng ủy",
            created_at=factories.NOW,
            created_by=side.office,
            edited_at=factories.NOW,
            edited_by=side.office,
        ),
        "dispatch": factories.make_dispatch(paper, side.unit),
        "book": book,
        "entry": factories.make_entry(book, by=side.office),
    }


def _kept(file: StoredFile) -> StoredFile:
    """The bytes of a file on the disk, so that a download has something to give."""
    path = stored_path(file.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(factories.PDF_BYTES)
    return file


def make_draft_rows(side: Side, draft) -> dict:
    """What hangs on a draft: its parts, an annex, a remark, a version."""
    draft.annexes.create(title="Đề cương")
    return {
        "section": PlanSection.objects.create(plan=draft, title="MỤC ĐÍCH, YÊU CẦU"),
        "duty": factories.make_duty(draft),
        "comment": PlanComment.objects.create(
            plan=draft, block="subject", text="Viết gọn.", made_at=factories.NOW, made_by=side.office
        ),
        "version": PlanVersion.objects.create(
            plan=draft,
            number=1,
            content=to_json(plan_content(draft)),
            started_at=factories.NOW,
            made_at=factories.NOW,
            made_by=side.office,
        ),
    }


def _untold(plan, body) -> Duty:
    """A clause whose day is still to be told by the province."""
    words = {"text": "Dự hội nghị tại tỉnh.", "deadline_phrase": "theo thông báo của tỉnh"}
    duty = factories.make_duty(plan, lead=body, product=Product.DOCUMENT, rule=DeadlineRule.ON_NOTICE, last_day=None, **words)
    factories.make_assignment(duty, body)
    return duty
def make_directive_task(side: Side, plan, directive) -> DirectiveTask:
    """The directive of the plan was corrected; nobody has seen to it."""
    change = DirectiveChange.objects.create(
        directive=directive,
        fate=DirectiveFate.CORRECTED,
        basis_kind=PaperKind.LETTER,
        basis_number=f"{side.ward.pk}-CV/TU",
        basis_dated_on=factories.TODAY,
        basis_issuer="Tỉnh ủy Tuyên Quang",
        recorded_at=factories.NOW,
        recorded_by=side.office,
    )
    return DirectiveTask.objects.create(change=change, plan=plan)


def make_change(side: Side, plan) -> PlanChange:
    """A paper that dropped the first duty of the plan."""
    return PlanChange.objects.create(
        plan=plan,
        kind=ChangeKind.DROP,
        duty=plan.duties.first(),
        basis_kind=PaperKind.LETTER,
        basis_number="128-CV/ĐU",
        basis_dated_on=factories.TODAY,
        basis_issuer="Đảng ủy phường",
        made_at=factories.NOW,
        made_by=side.office,
    )


def make_changes(side: Side, plan, directive) -> dict:
    """What papers changed after the issue."""
    return {"change": make_change(side, plan), "directive_task": make_directive_task(side, plan, directive)}
def _awaited(side: Side, plan) -> dict:
    """What waits: for a day, for a document that the unit is to study once it is issued."""
    content = await_content(plan=plan, text="Kế hoạch của phường", source=None, by=side.office, at=factories.NOW)
    Assignment.objects.filter(duty=content.part).exclude(unit=side.unit).delete()  # the other units are strangers to the plan
    return {"untold_duty": _untold(plan, side.body), "awaited": content, "content_part": Assignment.objects.get(duty=content.part, unit=side.unit)}


def make_campaign_rows(side: Side, rows: dict) -> dict:
    plan = factories.make_issued_plan(
        side.ward, units=[side.unit], bodies=[side.body], directives=[rows["directive"]], by=side.office
    )
    states = {
        "draft": PlanState.DRAFT,
        "submitted_plan": PlanState.SUBMITTED,
        "approved_plan": PlanState.APPROVED,
    }
    drafts = {
        kind: factories.make_plan(side.ward, directives=[rows["directive"]], by=side.office, state=state)
        for kind, state in states.items()
    }
    owed = Assignment.objects.filter(plan=plan)
    conference = make_conference(side.ward, plans=[plan], by=side.office)
    return drafts | make_draft_rows(side, drafts["draft"]) | make_changes(side, plan, rows["directive"]) | {
        "plan": plan,
        "conference": conference,
        "invitee": make_invitee(conference, side.unit),
        "letter": ConferenceLetter.objects.create(
            conference=conference, draft=rows["paper_draft"], purpose="convene", personal=True
        ),
        "study": owed.get(product=Product.STUDY),
        "assignment": owed.get(product=Product.REPORT),
        "body_assignment": owed.get(product=Product.ACTION),
        **_awaited(side, plan),
        "directive_file": DirectiveFile.objects.create(
            directive=rows["directive"], file=rows["file"], title="Toàn văn"
        ),
        "snippet": Snippet.objects.create(
            ward=side.ward, plan_kind=PlanKind.STUDY, slot="muc-dich", title="Mục đích", text="Quán triệt."
        ),
        "call": CallLog.objects.create(
            unit=side.unit, outcome=CallOutcome.CALLED, called_at=factories.NOW, called_by=side.office
        ),
        "notification": Notification.objects.create(
            person=side.reporter, key=f"thu-{side.ward.pk}", title="Thử", created_at=factories.NOW
        ),
    }


def _sheet(side: Side, rows: dict) -> AnswerSheet:
    """An outline begun for another plan, not sent yet."""
    plan = factories.make_issued_plan(side.ward, units=[side.unit], directives=[rows["directive"]], by=side.office)
    plan.annexes.create(title="Đề cương").headings.create(title="Quán triệt")
    Assignment.objects.filter(plan=plan, product=Product.STUDY).delete()  # the outline is the whole report
    submission = factories.make_submission(side.unit, plan, by=side.reporter)
    return AnswerSheet.objects.create(submission=submission, edited_at=factories.NOW, edited_by=side.reporter)


def make_result_rows(side: Side, rows: dict) -> dict:
    session = factories.make_session(side.unit, directives=[rows["directive"]], by=side.reporter)
    submission = factories.make_submission(
        side.unit, rows["plan"], by=side.reporter, sessions=[session], state=SubmissionState.SUBMITTED
    )
    rubric = factories.make_rubric(side.ward)
    rows["plan"].annexes.create(title="Đề cương").headings.create(title="Quán triệt")
    factories.pin_rubric(rows["plan"], rubric)
    draft_rubric = factories.make_rubric(side.ward, activated_at=None)
    return {
        "session": session,
        "submission": submission,
        "sheet": _sheet(side, rows),
        "filing": factories.make_filing(
            side.unit, plans=[rows["plan"]], by=side.reporter, content={"extra": [{"held_on": "03/6/2026"}]}
        ),
        "rubric": rubric,
        "draft_rubric": draft_rubric,
        "report": factories.make_report(side.ward, plans=[rows["plan"]], by=side.office),
    }


def _taken_figures(cast, directive):
    """What the level above took in of a ward that runs apart."""
    return WardFigures.objects.create(
        province=cast.province,
        directive=directive,
        ward_code="SD",
        ward_name="Đảng bộ xã Sơn Dương",
        report_number="07-BC/ĐU",
        report_date=factories.TODAY,
        asked=40,
        file_name="so lieu.xlsx",
        imported_at=factories.NOW,
        imported_by=cast.viewer,
    )


def _calendar_day():
    return CalendarDay.objects.create(day=dt.date(2026, 9, 2), kind=DayKind.OFF, name="Quốc khánh")


def _push_browser(side: Side) -> PushBrowser:
    """A browser that takes notices; the ward has switched them on."""
    WardChannel.objects.create(ward=side.ward, channel="push", is_on=True)
    key = PushKey.objects.create(public="BA", locked_private=lock("x"), created_at=factories.NOW)
    return PushBrowser.objects.create(
        person=side.reporter, key=key, label="Chrome", fingerprint=f"{side.ward.pk}", created_at=factories.NOW
    )
