"""Synthetic wards at any size by bulk insert, for benchmarks: real shapes, no services, no papers on disk."""

import datetime as dt
from collections import Counter

from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone

from campaigns.choices import AssignmentState, LeadGroup, PlanState, Product
from campaigns.models import Assignment, Directive, Duty, Plan, PlanDirective, StateCounter
from documents.choices import FilePurpose, PaperKind
from documents.models import IssuedPaper, StoredFile
from units.choices import Role, UnitKind
from units.folding import fold, natural_sort_key
from units.models import Membership, Unit, User, WardSettings
from units.paths import step

BATCH = 2_000
_SPREAD = (AssignmentState.TODO, AssignmentState.SUBMITTED, AssignmentState.ACCEPTED, AssignmentState.ACCEPTED)


def load_scale(*, wards, units_per_ward, plans, prefix="quymo", password="lantoa-quy-mo"):  # noqa: S107 - benchmarks only
    """Make `wards` wards of `units_per_ward` reporting units with `plans` issued plans each; returns the first ward.

    Each ward has one account "<prefix>-<n>" with every office role. About one plan in four assignments is open.
    """
    now = timezone.now()
    day = timezone.localdate(now)
    author, _ = User.objects.get_or_create(username="quymo", defaults={"full_name": "Dữ liệu quy mô"})
    province = _unit(None, UnitKind.PROVINCE, prefix, "Đảng bộ tỉnh quy mô", day)
    _insert([province])
    ward_units = _insert([_unit(province, UnitKind.WARD, f"QM-{n}", f"Đảng bộ phường số {n}", day) for n in range(1, wards + 1)])
    _accounts(ward_units, day, prefix, password)
    cells = [
        _unit(ward, UnitKind.RESIDENTIAL, f"TDP-{n}", f"Chi bộ tổ dân phố {n}", day)
        for ward in ward_units
        for n in range(1, units_per_ward + 1)
    ]
    _insert(cells)
    directive = _directive(author, day, now)
    by_ward = {}
    for cell in cells:
        by_ward.setdefault(cell.parent_id, []).append(cell)
    for round_number in range(plans):
        _issue_everywhere(ward_units, by_ward, directive, round_number, author, day, now)
    return ward_units[0]


def _unit(parent, kind, code, name, day):
    reports = kind == UnitKind.RESIDENTIAL
    return Unit(
        parent=parent,
        depth=parent.depth + 1 if parent else 0,
        kind=kind,
        code=code,
        name=name,
        short_name=name,
        must_report=reports,
        must_self_score=reports,
        member_count=24 if reports else None,
        active_from=day - dt.timedelta(days=400),
        search=fold(name),
        sort_key=natural_sort_key(name),
    )


def _insert(units):
    """Insert with paths known beforehand: primary keys are taken from the highest one in use."""
    last = Unit.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for place, unit in enumerate(units, start=1):
        unit.pk = last + place
        unit.path = (unit.parent.path if unit.parent else "") + step(unit.pk)
    Unit.objects.bulk_create(units, batch_size=BATCH)
    with connection.cursor() as cursor:  # PostgreSQL does not see keys that were given to it
        for statement in connection.ops.sequence_reset_sql(no_style(), [Unit]):
            cursor.execute(statement)
    return units


def _accounts(wards, day, prefix, password):
    first = User(username=f"{prefix}-1", full_name="Văn phòng phường số 1")
    first.set_password(password)
    people = [first]
    for number in range(2, len(wards) + 1):
        person = User(username=f"{prefix}-{number}", full_name=f"Văn phòng phường số {number}")
        person.set_unusable_password()
        people.append(person)
    people = User.objects.bulk_create(people, batch_size=BATCH)
    roles = (Role.DRAFTER, Role.CLERK, Role.COMPILER, Role.LEADER)
    Membership.objects.bulk_create(
        [
            Membership(user=person, unit=ward, role=role, starts_on=day)
            for person, ward in zip(people, wards, strict=True)
            for role in roles
        ],
        batch_size=BATCH,
    )
    WardSettings.objects.bulk_create(
        [
            WardSettings(
                ward=ward,
                superior_heading="Đảng bộ tỉnh",
                committee_heading="Đảng ủy phường",
                place_name="Phường",
                superior_name="Tỉnh ủy",
                term_name="2025 - 2030",
                term_starts_on=day,
                is_demonstration=True,
            )
            for ward in wards
        ],
        batch_size=BATCH,
    )


def _directive(author, day, now):
    directive, _made = Directive.objects.get_or_create(
        kind=PaperKind.DIRECTIVE,
        number_key="99-CT/TU",
        issuer_key="quy mo",
        dated_on=day,
        defaults={
            "number": "99",
            "sign": "CT/TU",
            "issuer": "Ban Thường vụ Tỉnh ủy",
            "subject": "về một việc mẫu",
            "registered_at": now,
            "registered_by": author,
        },
    )
    return directive


def _issue_everywhere(wards, by_ward, directive, round_number, author, day, now):
    papers = _papers(wards, round_number, author, day, now)
    drafted = [
        Plan(
            ward=ward,
            state=PlanState.ISSUED,
            subject=f"tuyên truyền, học tập đợt {round_number + 1}",
            created_at=now,
            created_by=author,
            edited_at=now,
            edited_by=author,
            issued_at=now,
            issued_by=author,
            paper=paper,
        )
        for ward, paper in zip(wards, papers, strict=True)
    ]
    plans = Plan.objects.bulk_create(drafted, batch_size=BATCH)
    PlanDirective.objects.bulk_create([PlanDirective(plan=plan, directive=directive) for plan in plans], batch_size=BATCH)
    duties = Duty.objects.bulk_create(
        [
            Duty(
                plan=plan,
                lead_group=LeadGroup.ALL_UNITS,
                lead_text="Các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc",
                text=text,
                product=product,
                last_day=day + dt.timedelta(days=offset),
            )
            for plan in plans
            for product, text, offset in ((Product.STUDY, "Tổ chức học tập.", 3), (Product.REPORT, "Báo cáo kết quả.", 6))
        ],
        batch_size=BATCH,
    )
    _owe(duties, by_ward, author, now)


def _papers(wards, round_number, author, day, now):
    files = StoredFile.objects.bulk_create(
        [
            StoredFile(
                ward=ward,
                purpose=FilePurpose.PAPER,
                path=f"quy-mo/{ward.pk}-{round_number}.pdf",
                shown_name="ke-hoach.pdf",
                content_type="application/pdf",
                size=0,
                sha256="0" * 64,
                uploaded_at=now,
                uploaded_by=author,
            )
            for ward in wards
        ],
        batch_size=BATCH,
    )
    return IssuedPaper.objects.bulk_create(
        [
            IssuedPaper(
                ward=file.ward,
                kind=PaperKind.PLAN,
                number_text=f"{round_number + 1:02d}-KH/ĐU",
                dated_on=day,
                subject="tuyên truyền, học tập",
                signer_name="",
                content={},
                pdf=file,
                sha256="0" * 64,
                issued_at=now,
                issued_by=author,
            )
            for file in files
        ],
        batch_size=BATCH,
    )


def _owe(duties, by_ward, author, now):
    rows, counted = [], Counter()
    for duty in duties:
        for place, unit in enumerate(by_ward[duty.plan.ward_id]):
            state = _SPREAD[place % len(_SPREAD)]
            if duty.product == Product.STUDY and state != AssignmentState.TODO:
                state = AssignmentState.STUDIED
            settled = state in AssignmentState.SETTLED
            rows.append(
                Assignment(
                    plan_id=duty.plan_id,
                    duty=duty,
                    unit=unit,
                    product=duty.product,
                    state=state,
                    due_on=duty.last_day,
                    settled_at=now if settled else None,
                    settled_by=author if settled else None,
                )
            )
            counted[duty, state] += 1
    Assignment.objects.bulk_create(rows, batch_size=BATCH)
    StateCounter.objects.bulk_create(
        [
            StateCounter(
                plan_id=duty.plan_id,
                duty=duty,
                product=duty.product,
                due_key=int(f"{duty.last_day:%Y%m%d}"),
                state=state,
                count=count,
            )
            for (duty, state), count in counted.items()
        ],
        batch_size=BATCH,
    )
