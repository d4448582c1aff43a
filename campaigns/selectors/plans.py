"""What people may see of plans, and plans read as content."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from campaigns.choices import DeadlineRule, LeadGroup, PlanState, Product
from campaigns.models import Plan
from campaigns.plan_content import (
    AnnexText,
    ColumnText,
    ConferenceText,
    DutyText,
    FormText,
    OutlineText,
    PlanContent,
    RecipientText,
    SectionText,
)
from documents.search import fold
from units.models import Unit
from units.permissions import Permission


def visible_plans(access) -> QuerySet[Plan]:
    """The office sees all plans of its ward; a unit or body those issued to it."""
    office = access.reach(Permission.READ_WARD, prefix="ward__")
    units = Unit.objects.filter(access.reach(Permission.REPORT_UNIT) | access.reach(Permission.DO_DUTY))
    addressed = Q(assignments__unit__in=units) | Q(paper__dispatches__unit__in=units)
    issued = Plan.objects.filter(addressed, state__in=PlanState.FROZEN)
    return Plan.objects.filter(office | Q(pk__in=issued.values("pk")))


def search_plans(queryset, *, words="", state="", kind="") -> QuerySet[Plan]:
    """Narrow the list; words find whatever their tone marks."""
    for word in fold(words).split():
        queryset = queryset.filter(search__contains=word)
    if state:
        queryset = queryset.filter(state=state)
    if kind:
        queryset = queryset.filter(kind=kind)
    return queryset.select_related("ward", "paper").prefetch_related("directive_links__directive")


def plan_content(plan) -> PlanContent:
    """Read what a person may edit of the plan."""
    return PlanContent(
        subject=plan.subject,
        opening=plan.opening,
        closing=plan.closing,
        issuer=plan.issuer,
        signer_id=plan.signer_id,
        scored=plan.scored,
        essay_required=plan.essay_required,
        window_starts_on=plan.window_starts_on,
        directive_ids=tuple(link.directive_id for link in plan.directive_links.order_by("position", "pk")),
        sections=_sections(plan),
        duties=tuple(_duty(duty) for duty in plan.duties.printed().order_by("position", "pk").prefetch_related("helpers")),
        conferences=tuple(_conference(one) for one in plan.conference_texts.order_by("-level")),
        recipients=tuple(
            RecipientText(name=one.name, note=one.note, all_units=one.all_units, unit_id=one.unit_id, copies=one.copies)
            for one in plan.recipients.order_by("position", "pk")
        ),
        annexes=tuple(_annex(one) for one in plan.annexes.order_by("position", "pk")),
    )


@dataclass(frozen=True)
class PlanWarning:
    """Something the office should look at before the plan is signed; it never blocks."""

    where: str
    text: str


def plan_warnings(content, *, calendar, today=None) -> list[PlanWarning]:
    """Deadlines that fall on days off, duties without a day or a unit, and no time left to compile.

    `calendar` answers is_working_day(day) and previous_working_day(day), as units.workdays.WorkCalendar does; with
    `today` a deadline that has passed is named too.
    """
    found = []
    for row, duty in enumerate(content.duties):
        found.extend(_duty_warnings(f"duties-{row}", duty, calendar))
        if today and duty.last_day and duty.last_day < today and not duty.tentative and duty.rule != DeadlineRule.RECURRING:
            found.append(PlanWarning(f"duties-{row}", "Hạn này đã qua; kế hoạch mới không trình được với hạn đã qua."))
    reports = [d.last_day for d in content.duties if d.product == Product.REPORT and d.last_day]
    compiled = [d.last_day for d in content.duties if d.product == Product.DOCUMENT and d.last_day]
    if reports and compiled and max(reports) >= max(compiled):
        text = "Các đơn vị báo cáo cùng ngày hoặc sau ngày phải xong báo cáo tổng hợp: không còn thời gian tổng hợp."
        found.append(PlanWarning("duties", text))
    if content.signer_id is None:
        found.append(PlanWarning("general", "Kế hoạch chưa chọn người ký."))
    return found


def _duty_warnings(where, duty, calendar):
    tracked = duty.product != Product.NONE
    if tracked and duty.lead_group == LeadGroup.ONE and duty.lead_id is None:
        text = f"“{duty.lead_text}” chưa gắn với đơn vị nào nên việc này không được giao và không được nhắc."
        yield PlanWarning(where, text)
    # Propaganda and logistics run as long as the campaign does: no day of their own is no defect.
    if tracked and duty.last_day is None and duty.product != Product.ACTION:
        yield PlanWarning(where, f"Nhiệm vụ của “{duty.lead_text}” chưa có thời hạn.")
    elif duty.last_day and not calendar.is_working_day(duty.last_day):
        before = calendar.previous_working_day(duty.last_day)
        yield PlanWarning(where, f"Hạn rơi vào ngày nghỉ; ngày làm việc cuối trước đó là {before:%d/%m/%Y}.")


def _sections(plan):
    levels: dict[int | None, int] = {None: 0}
    texts = []
    for row in plan.sections.order_by("position", "pk"):  # written parents first, so a parent's level is known
        levels[row.pk] = levels.get(row.parent_id, 0) + 1
        texts.append(SectionText(title=row.title, body=row.body, level=levels[row.pk], slot=row.slot))
    return tuple(texts)


def _annex(annex):
    return AnnexText(
        title=annex.title,
        label=annex.label,
        subject=annex.subject,
        headings=tuple(
            OutlineText(title=one.title, level=one.level, guidance=one.guidance, fill=one.fill)
            for one in annex.headings.order_by("position", "pk")
        ),
        forms=tuple(_form(one) for one in annex.forms.order_by("position", "pk").prefetch_related("columns")),
    )


def _form(form):
    return FormText(
        title=form.title,
        columns=tuple(
            ColumnText(**{name: getattr(one, name) for name in ColumnText.__dataclass_fields__}) for one in form.columns.all()
        ),
        groups=form.groups,
        blank_rows=form.blank_rows,
        repeating=form.repeating,
        landscape=form.landscape,
        period_from=form.period_from,
        period_to=form.period_to,
    )


def _duty(duty):
    return DutyText(
        lead_text=duty.lead_text,
        text=duty.text,
        lead_group=duty.lead_group,
        lead_id=duty.lead_id,
        helper_ids=tuple(sorted(unit.pk for unit in duty.helpers.all())),
        product=duty.product,
        deadline_phrase=duty.deadline_phrase,
        rule=duty.rule,
        last_day=duty.last_day,
        tentative=duty.tentative,
    )


def _conference(one):
    return ConferenceText(
        level=one.level,
        time_phrase=one.time_phrase,
        last_day=one.last_day,
        tentative=one.tentative,
        form=one.form,
        place=one.place,
        participants=one.participants,
        speaker=one.speaker,
    )
