"""Writes the content of a plan into its rows; called by the services that draft, edit and correct plans."""

import datetime as dt

from django.db.models import F

from campaigns.models import (
    FormColumn,
    FormTable,
    OutlineHeading,
    Plan,
    PlanAnnex,
    PlanConference,
    PlanDirective,
    PlanRecipient,
    PlanSection,
)
from campaigns.models.duty import Duty
from campaigns.plan_content import PLAIN_FIELDS, PlanContent
from documents.search import fold
from units.models import User


def write_plan(*, plan: Plan, content: PlanContent, by: User, now: dt.datetime) -> None:
    """Replace what may be edited of `plan` and count its version up; the caller has made sure that it may."""
    values = {name: getattr(content, name) for name in PLAIN_FIELDS}
    values["search"] = fold(f"{content.subject} {content.issuer}")
    Plan.objects.filter(pk=plan.pk).update(version=F("version") + 1, edited_at=now, edited_by=by, **values)
    write_rows(plan=plan, content=content)


def write_rows(*, plan: Plan, content: PlanContent) -> None:
    """Replace the rows below `plan`: before issue nothing else points to them."""
    for rows in (plan.directive_links, plan.sections, plan.duties, plan.conference_texts, plan.recipients):
        rows.all().delete()
    PlanDirective.objects.bulk_create(
        PlanDirective(plan=plan, directive_id=pk, position=position) for position, pk in enumerate(content.directive_ids)
    )
    _write_sections(plan, content)
    _write_duties(plan, content)
    PlanConference.objects.bulk_create(PlanConference(plan=plan, **vars(one)) for one in content.conferences)
    PlanRecipient.objects.bulk_create(
        PlanRecipient(plan=plan, position=position, **vars(one)) for position, one in enumerate(content.recipients)
    )
    if content.annexes is not None:
        plan.annexes.all().delete()
        for position, annex in enumerate(content.annexes):
            _write_annex(plan, position, annex)


def _write_sections(plan, content):
    above: list[PlanSection] = []
    for position, text in enumerate(content.sections):
        # A heading that skips a level stands below the nearest shallower one.
        del above[max(0, text.level - 1) :]
        row = PlanSection(plan=plan, position=position, slot=text.slot, title=text.title, body=text.body)
        row.parent = above[-1] if above else None
        row.save(force_insert=True)
        above.append(row)


def _write_annex(plan, position, text):
    annex = PlanAnnex.objects.create(plan=plan, position=position, label=text.label, title=text.title, subject=text.subject)
    OutlineHeading.objects.bulk_create(
        OutlineHeading(annex=annex, position=row, **vars(one)) for row, one in enumerate(text.headings)
    )
    for row, one in enumerate(text.forms):
        facts = {name: value for name, value in vars(one).items() if name != "columns"}
        form = FormTable.objects.create(annex=annex, position=row, **facts)
        FormColumn.objects.bulk_create(
            FormColumn(form=form, position=place, **vars(column)) for place, column in enumerate(one.columns)
        )


def _write_duties(plan, content):
    duties = [
        Duty(
            plan=plan,
            position=position,
            lead_group=text.lead_group,
            lead_id=text.lead_id,
            lead_text=text.lead_text,
            text=text.text,
            product=text.product,
            deadline_phrase=text.deadline_phrase,
            rule=text.rule,
            last_day=text.last_day,
            tentative=text.tentative,
        )
        for position, text in enumerate(content.duties)
    ]
    Duty.objects.bulk_create(duties)
    links = Duty.helpers.through
    links.objects.bulk_create(
        links(duty_id=duty.pk, unit_id=pk)
        for duty, text in zip(duties, content.duties, strict=True)
        for pk in text.helper_ids
    )
