"""A review plan with the outline and Biểu 1 to 3 of a five-year review, issued to the units of the cast."""

from dataclasses import replace

from campaigns.choices import PlanKind, PlanState, Product
from campaigns.models import Assignment, Plan
from campaigns.selectors.plans import plan_content
from campaigns.services.counters import recount
from campaigns.services.plans import save_plan_draft
from reports.models import AnswerSheet
from reports.selectors.outline import parts_of
from tests import factories
from tests.campaigns.three_kinds import REVIEW

URL = "/de-cuong-bieu/"


def directive_19(**fields):
    """The directive that is reviewed."""
    values = {"number": "19", "sign": "CT/TU", "issuer": "Ban Thường vụ Tỉnh ủy Lào Cai", "subject": "về đội ngũ trí thức"}
    return factories.make_directive(**values | fields)


def issue(cast, *, annexes=REVIEW.annexes, units=None, study=False, directives=None):
    """The plan as the editor saves it, then issued; each unit owes the report, with `study` a session as well."""
    directives = [directive_19()] if directives is None else directives
    plan = factories.make_plan(cast.ward, directives=directives, kind=PlanKind.REVIEW, by=cast.drafter)
    content = replace(plan_content(plan), annexes=annexes)
    plan = save_plan_draft(plan=plan, expected_version=plan.version, content=content, by=cast.drafter, now=factories.NOW)
    issued = {"state": PlanState.ISSUED, "issued_at": factories.NOW, "issued_by": cast.clerk}
    Plan.objects.filter(pk=plan.pk).update(**issued, paper=factories.make_paper(cast.ward, by=cast.clerk))
    plan.refresh_from_db()
    for product in (Product.STUDY, Product.REPORT) if study else (Product.REPORT,):
        duty = factories.make_duty(plan, product=product)
        for unit in units or [cast.own_unit, cast.other_unit]:
            Assignment.objects.create(plan=plan, duty=duty, unit=unit, product=product, due_on=duty.last_day)
    recount(plan_ids=[plan.pk])
    return plan


def part(plan, slug):
    """One part by its slug."""
    return next(one for one in parts_of(plan) if one.slug == slug)


def open_sheet(client, unit, plan):
    """Press "Điền đề cương, biểu"."""
    client.post(f"{URL}mo/{unit.pk}/{plan.pk}/")
    return AnswerSheet.objects.get(submission__unit=unit, submission__plan=plan)


def texts(part, *words):
    """The fields of a section, in order of its headings."""
    return {f"muc_{one.pk}": text for one, text in zip(part.asking, words, strict=False)}


def rows(part, *lines, group=0):
    """The fields of a biểu: one tuple of cells a row, all in one group."""
    fields = {f"rows-{group}": str(len(lines))}
    for number, line in enumerate(lines):
        fields |= {f"r{group}-{number}-{one.key}": text for one, text in zip(part.asking, line, strict=True)}
    return fields


def save(client, sheet, part, fields, **more):
    """Post one part with the version its page holds."""
    sheet.refresh_from_db()
    return client.post(f"{URL}{sheet.pk}/{part.slug}/", {"version": sheet.version} | fields | more)


def send(client, sheet, version=None):
    """Press "Gửi báo cáo" on the last page."""
    sheet.refresh_from_db()
    return client.post(f"{URL}{sheet.pk}/", {"version": sheet.version if version is None else version})
