"""Dull makers of rows, and the named cast: plain functions that write what they are told, without any service.

A test of a service uses them for what was there before; the service itself is called by the test.
Every maker takes the fields of its model as keywords and fills in the rest. The day everything revolves around is
TODAY (a Wednesday); `clock` in conftest.py stands still at NOW.
"""

import datetime as dt
import itertools
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from campaigns.choices import AssignmentState, DeadlineRule, LeadGroup, PlanState, Product
from campaigns.models import Assignment, Directive, Duty, Plan, PlanDirective
from campaigns.services.counters import recount
from documents.choices import FilePurpose, NumberState, PaperKind
from documents.models import Dispatch, IssuedPaper, NumberBook, NumberEntry, StoredFile
from reports.choices import SubmissionState
from reports.models import (
    CompiledReport,
    Criterion,
    Filing,
    PinnedRubric,
    Rubric,
    RubricGroup,
    RubricLevel,
    StudySession,
    Submission,
)
from units.choices import Role, UnitKind
from units.folding import fold, natural_sort_key
from units.models import Membership, Signer, Unit, User, Venue, WardSettings
from units.paths import step

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = dt.date(2026, 6, 3)
NOW = dt.datetime(2026, 6, 3, 8, 0, tzinfo=HANOI)
SINCE = dt.date(2025, 7, 1)
LAST_DAY = dt.date(2026, 6, 4)
PASSWORD = "mat-khau-thu-nghiem"
PDF_BYTES = b"%PDF-1.7\n%%EOF\n"

numbers = itertools.count(1)
places = itertools.count(1)  # what the database holds as a small number: counted apart, a long run goes past 32,767


# --- units --------------------------------------------------------------------------------------------------------


def make_unit(parent=None, **fields):
    """A residential cell below `parent` unless `kind` says otherwise; path, search and sort key are kept right."""
    number = next(numbers)
    kind = fields.setdefault("kind", UnitKind.RESIDENTIAL)
    studies = kind in UnitKind.CELLS
    name = fields.pop("name", f"Chi bộ Tổ dân phố {number}")
    values = {
        "name": name,
        "short_name": name.removeprefix("Chi bộ ")[:80],
        "code": f"DV-{number:03d}",
        "is_party_org": kind != UnitKind.BODY,
        "must_report": studies,
        "must_self_score": studies,
        "member_count": 30 if studies else None,
        "exempt_count": 4 if studies else None,
        "active_from": SINCE,
    } | fields
    values |= {
        "search": fold(f"{values['code']} {values['short_name']} {name}")[:320],
        "sort_key": natural_sort_key(values["short_name"])[:320],
    }
    unit = Unit.objects.create(parent=parent, depth=parent.depth + 1 if parent else 0, path=f"~{number}", **values)
    unit.path = (parent.path if parent else "") + step(unit.pk)
    unit.save(update_fields=["path"])
    return unit


def make_province(**fields):
    return make_unit(**{"kind": UnitKind.PROVINCE, "name": "Đảng bộ tỉnh Tuyên Quang", "code": "TQ"} | fields)


def make_ward(parent=None, *, settings=None, **fields):
    """A ward with its settings, one signer and one venue."""
    number = next(numbers)
    ward = make_unit(
        parent,
        **{"kind": UnitKind.WARD, "name": f"Đảng bộ phường Thử Nghiệm {number}", "short_name": f"Thử Nghiệm {number}"}
        | fields,
    )
    WardSettings.objects.create(
        ward=ward,
        **{
            "superior_heading": "Đảng bộ tỉnh Tuyên Quang",
            "committee_heading": f"Đảng ủy phường {ward.short_name}"[:120],
            "place_name": ward.short_name[:60],
            "superior_name": "Tỉnh ủy Tuyên Quang",
            "term_name": "2025-2030",
            "term_starts_on": SINCE,
            "office_phone": "0207 3800 000",
        }
        | (settings or {}),
    )
    make_signer(ward)
    Venue.objects.create(ward=ward, name="Hội trường Đảng ủy", capacity=200, is_default=True)
    return ward


def make_signer(ward, **fields):
    return Signer.objects.create(
        ward=ward, **{"name": "Đồng chí Phó Bí thư", "position": "PHÓ BÍ THƯ", "active_from": SINCE} | fields
    )


def make_user(**fields):
    """A person with the password PASSWORD (MD5 in the tests)."""
    number = next(numbers)
    values = {"username": f"nguoi{number}", "full_name": f"Đồng chí {number}", "phone": f"09{number:08d}"} | fields
    values.setdefault("email", f"{values['username']}@example.vn")
    password = values.pop("password", PASSWORD)
    user = User(**values, search=fold(f"{values['full_name']} {values['username']} {values['phone']}")[:200])
    user.set_password(password)
    user.save()
    return user


def make_membership(user=None, unit=None, role=Role.SECRETARY, **fields):
    return Membership.objects.create(
        user=user or make_user(), unit=unit or make_unit(), role=role, **{"starts_on": SINCE} | fields
    )


def make_person(unit, *roles, **fields):
    """A person who holds `roles` at `unit`."""
    user = make_user(**fields)
    for role in roles:
        make_membership(user, unit, role)
    return user


# --- documents ----------------------------------------------------------------------------------------------------


def make_file(ward=None, *, by=None, **fields):
    """The row of a stored file; nothing lies on the disk (use documents.services.files for that)."""
    number = next(numbers)
    values = {"purpose": FilePurpose.PAPER, "path": f"thu/{number}.pdf", "shown_name": f"van-ban-{number}.pdf"}
    values |= {"content_type": "application/pdf", "size": len(PDF_BYTES), "sha256": "0" * 64, "uploaded_at": NOW}
    return StoredFile.objects.create(ward=ward, uploaded_by=by or make_user(), **values | fields)


def make_book(ward, **fields):
    return NumberBook.objects.create(
        body=ward, **{"kind_sign": "KH", "body_sign": "ĐU", "term_name": "2025-2030", "first_number": 1} | fields
    )


def make_entry(book, *, by=None, **fields):
    values = {"number": next(numbers), "state": NumberState.ISSUED, "dated_on": TODAY, "entered_at": NOW} | fields
    return NumberEntry.objects.create(book=book, entered_by=by or make_user(), **values)


def make_paper(ward, *, by=None, **fields):
    """An issued paper with an empty frozen content and the row of its PDF."""
    by = by or make_user()
    number = next(numbers)
    values = {
        "kind": PaperKind.PLAN,
        "number_text": f"{number:02d}-KH/ĐU",
        "dated_on": TODAY,
        "subject": f"Trích yếu {number}",
    }
    values |= {
        "signer_name": "Đồng chí Phó Bí thư",
        "content": {"kind": "KH"},
        "sha256": "0" * 64,
        "issued_at": NOW,
    } | fields
    values.setdefault("pdf", make_file(ward, by=by))
    return IssuedPaper.objects.create(ward=ward, issued_by=by, **values)


def make_dispatch(paper, unit=None, **fields):
    return Dispatch.objects.create(
        paper=paper, unit=unit, **{"addressee": unit.name if unit else "Lưu Văn phòng"} | fields
    )


# --- campaigns ----------------------------------------------------------------------------------------------------


def make_directive(*, by=None, **fields):
    """Chỉ thị số NN-CT/TU of 05/5/2026."""
    values = {
        "kind": PaperKind.DIRECTIVE,
        "number": f"{next(numbers) % 9_999 + 1:02d}",  # no body of the Party writes ten thousand a year
        "sign": "CT/TU",
        "dated_on": dt.date(2026, 5, 5),
    }
    values |= {
        "issuer": "Ban Thường vụ Tỉnh ủy Tuyên Quang",
        "subject": "về phát triển khởi nghiệp",
        "registered_at": NOW,
    }
    values |= fields
    values.setdefault("number_key", f"{values['number'].lstrip('0')}-{values['sign']}".lower())
    values.setdefault("issuer_key", fold(values["issuer"]))
    values.setdefault("search", fold(f"{values['number']}-{values['sign']} {values['subject']}"))
    return Directive.objects.create(registered_by=by or make_user(), **values)


def make_plan(ward, *, directives=None, by=None, **fields):
    """A draft for `directives` (one new directive when not given), without sections and duties."""
    by = by or make_user()
    directives = [make_directive(by=by)] if directives is None else directives
    values = {
        "subject": f"Tổ chức học tập {next(numbers)}",
        "signer": ward.signers.first(),
        "created_at": NOW,
        "edited_at": NOW,
    }
    plan = Plan.objects.create(ward=ward, created_by=by, edited_by=by, **values | fields)
    for position, directive in enumerate(directives):
        PlanDirective.objects.create(plan=plan, directive=directive, position=position)
    return plan


def make_duty(plan, *, lead=None, product=Product.STUDY, **fields):
    """A duty of all units, or of `lead` alone when given."""
    group = LeadGroup.ONE if lead else LeadGroup.ALL_UNITS
    values = {"lead_group": group, "lead": lead, "text": "Tổ chức học tập, quán triệt.", "position": next(places)}
    values |= {"lead_text": lead.name if lead else "Các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc"}
    values |= {"deadline_phrase": "trước ngày 05/6/2026", "rule": DeadlineRule.BEFORE, "last_day": LAST_DAY}
    return Duty.objects.create(plan=plan, product=product, **values | fields)


def make_assignment(duty, unit, **fields):
    """One duty owed by one unit; the counters of its plan are counted anew."""
    due_on = None if duty.tentative else duty.last_day
    values = {"plan": duty.plan, "product": duty.product, "due_on": due_on, "state": AssignmentState.TODO} | fields
    assignment = Assignment.objects.create(duty=duty, unit=unit, **values)
    recount(plan_ids=[duty.plan_id])
    return assignment


def make_issued_plan(ward, *, units, directives=None, bodies=(), by=None, **fields):
    """An issued plan: a study and a report duty for each of `units`, an action duty for each of `bodies`; no reminders."""
    by = by or make_user()
    plan = make_plan(
        ward,
        directives=directives,
        by=by,
        **{"state": PlanState.ISSUED, "issued_at": NOW, "issued_by": by, "paper": make_paper(ward, by=by)} | fields,
    )
    duties = [(make_duty(plan, product=product), units) for product in (Product.STUDY, Product.REPORT)]
    duties += [(make_duty(plan, lead=body, product=Product.ACTION, text="Tuyên truyền."), [body]) for body in bodies]
    Assignment.objects.bulk_create(
        Assignment(plan=plan, duty=duty, unit=unit, product=duty.product, due_on=duty.last_day)
        for duty, owed_by in duties
        for unit in owed_by
    )
    recount(plan_ids=[plan.pk])
    return plan


# --- reports ------------------------------------------------------------------------------------------------------


def make_rubric(ward=None, **fields):
    """One group with one criterion of 10 points, two levels; in use, or a draft of the ward with activated_at=None."""
    values = {"code": "thu", "version": next(places), "name": "Bộ tiêu chí thử", "effective_from": SINCE} | fields
    if ward is not None and "activated_at" not in values:
        values |= {"activated_at": NOW, "activated_by": make_user()}
    rubric = Rubric.objects.create(ward=ward, **values)
    group = RubricGroup.objects.create(rubric=rubric, position=1, code="I", name="Tổ chức học tập")
    Criterion.objects.create(group=group, position=1, code="1", text="Đúng thời hạn", max_points=10)
    RubricLevel.objects.create(rubric=rubric, position=1, name="Tốt", from_percent=90)
    RubricLevel.objects.create(rubric=rubric, position=2, name="Đạt", from_percent=50)
    return rubric


def pin_rubric(plan, rubric=None):
    return PinnedRubric.objects.create(plan=plan, rubric=rubric or make_rubric())


def make_session(unit, *, directives, by=None, **fields):
    values = {"held_on": TODAY, "present": 24, "recorded_at": NOW} | fields
    session = StudySession.objects.create(unit=unit, recorded_by=by or make_user(), **values)
    session.directives.set(directives)
    return session


def make_submission(unit, plan, *, by=None, sessions=(), **fields):
    """A draft that adds up: 30 members - 4 exempt = 26 = 24 present + 1 + 1; give state="submitted" for a sent one."""
    by = by or make_user()
    values = {
        "members": 30,
        "exempt": 4,
        "away": 0,
        "received": 0,
        "excused": 1,
        "unexcused": 1,
        "edited_at": NOW,
    } | fields
    if values.get("state", SubmissionState.DRAFT) != SubmissionState.DRAFT:
        sent = {"submitted_at": NOW, "submitted_by": by, "revision": 1, "receipt_number": next(numbers)}
        values = sent | values
        values.setdefault("first_sent_at", values["submitted_at"])
    submission = Submission.objects.create(unit=unit, plan=plan, edited_by=by, **values)
    submission.sessions.set(sessions)
    return submission


def make_filing(unit, *, plans, by=None, **fields):
    values = {"token": f"token-{next(numbers)}", "started_at": NOW, "edited_at": NOW, "content": {"step": 1}} | fields
    filing = Filing.objects.create(unit=unit, edited_by=by or make_user(), **values)
    filing.plans.set(plans)
    return filing


def make_report(ward, *, plans, by=None, **fields):
    """A draft of a compiled report without sections."""
    by = by or make_user()
    values = {
        "subject": f"Kết quả học tập {next(numbers)}",
        "counted_at": NOW,
        "figures": {"plans": []},
        "created_at": NOW,
        "edited_at": NOW,
    } | fields
    report = CompiledReport.objects.create(ward=ward, created_by=by, edited_by=by, **values)
    report.plans.set(plans)
    return report


# --- the cast -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cast:
    """Two wards of one province and everybody who matters; names are used as such in tests and in the access table."""

    province: Unit
    ward: Unit
    own_unit: Unit
    other_unit: Unit
    body: Unit
    foreign_ward: Unit
    foreign_unit: Unit
    drafter: User
    reviewer: User
    clerk: User
    compiler: User
    leader: User
    admin: User
    secretary: User
    helper: User
    other_secretary: User
    contact: User
    viewer: User
    foreign_clerk: User
    foreign_admin: User
    disabled: User


def make_cast():
    province = make_province()
    ward, foreign_ward = make_ward(province), make_ward(province)
    own_unit, other_unit, foreign_unit = make_unit(ward), make_unit(ward), make_unit(foreign_ward)
    body = make_unit(ward, kind=UnitKind.BODY, name="Ủy ban nhân dân phường")
    at_ward = {
        name: make_person(ward, role, username=name, full_name=Role(role).label) for name, role in _OFFICE.items()
    }
    return Cast(
        province=province,
        ward=ward,
        own_unit=own_unit,
        other_unit=other_unit,
        body=body,
        foreign_ward=foreign_ward,
        foreign_unit=foreign_unit,
        secretary=make_person(own_unit, Role.SECRETARY, username="secretary"),
        helper=make_person(own_unit, Role.HELPER, username="helper"),
        other_secretary=make_person(other_unit, Role.SECRETARY, username="other-secretary"),
        contact=make_person(body, Role.CONTACT, username="contact"),
        viewer=make_person(province, Role.VIEWER, username="viewer"),
        foreign_clerk=make_person(foreign_ward, Role.CLERK, Role.DRAFTER, Role.COMPILER, username="foreign-clerk"),
        foreign_admin=make_person(foreign_ward, Role.ADMIN, username="foreign-admin"),
        disabled=make_person(ward, *_OFFICE.values(), username="disabled", is_active=False),
        **at_ward,
    )


_OFFICE = {
    "drafter": Role.DRAFTER,
    "reviewer": Role.REVIEWER,
    "clerk": Role.CLERK,
    "compiler": Role.COMPILER,
    "leader": Role.LEADER,
    "admin": Role.ADMIN,
}
