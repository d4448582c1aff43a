"""Who gets which clause of a new plan."""

import datetime as dt
from dataclasses import dataclass

from campaigns.choices import LeadGroup, PlanKind, Product
from campaigns.deadline_phrases import read_phrase
from campaigns.plan_content import DutyText
from documents.search import fold
from units.models import Unit

ALL_UNITS_NAME = LeadGroup.ALL_UNITS.label
_ALL = "all_units"


@dataclass(frozen=True)
class DutyRule:
    """One clause of the skeleton: slot of the wording, body that leads, product, which phrase gives the deadline."""

    slot: str
    body: str
    product: str
    phrase: str = ""


@dataclass(frozen=True)
class Body:
    """A body of the ward: the name when the ward has not entered it, and the words that find it."""

    name: str
    words: str


BODIES = {
    "party_building": Body("Ban Xây dựng Đảng", "ban xay dung dang"),
    "committee": Body("Ủy ban nhân dân phường", "uy ban nhan dan"),
    "office": Body("Văn phòng Đảng ủy", "van phong dang uy"),
    "council": Body("Thường trực Hội đồng nhân dân phường", "hoi dong nhan dan"),
    "front": Body("Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội phường", "mat tran to quoc"),
}
RULES = {
    PlanKind.STUDY: (
        DutyRule("duty_propaganda", "party_building", Product.ACTION, "study"),
        DutyRule("duty_compile", "party_building", Product.DOCUMENT, "compiled"),
        DutyRule("duty_committee_plan", "committee", Product.DOCUMENT, "committee"),
        DutyRule("duty_committee_spread", "committee", Product.ACTION, "study"),
        DutyRule("duty_front", "front", Product.ACTION, "study"),
        DutyRule("duty_office", "office", Product.ACTION, "committee"),
        DutyRule("duty_study", _ALL, Product.STUDY, "study"),
        DutyRule("duty_report", _ALL, Product.REPORT, "report"),
    ),
    PlanKind.IMPLEMENTATION: (
        DutyRule("duty_propaganda", "party_building", Product.ACTION, "study"),
        DutyRule("duty_compile", "party_building", Product.DOCUMENT, "compiled"),
        DutyRule("duty_committee_plan", "committee", Product.DOCUMENT, "committee"),
        DutyRule("duty_front", "front", Product.ACTION, "report"),
        DutyRule("duty_report", _ALL, Product.REPORT, "report"),
    ),
    PlanKind.REVIEW: (
        DutyRule("duty_compile", "party_building", Product.DOCUMENT, "compiled"),
        DutyRule("duty_committee_report", "committee", Product.DOCUMENT, "report"),
        DutyRule("duty_front", "front", Product.DOCUMENT, "report"),
        DutyRule("duty_office", "office", Product.DOCUMENT, "final"),
        DutyRule("duty_report", _ALL, Product.REPORT, "report"),
    ),
}


def draft_duties(*, ward: Unit, kind: str, words: dict, phrases, today: dt.date, key_only: bool, ward_conference: bool) -> tuple[DutyText, ...]:
    """Return the clauses of a plan of `kind`; a directive for key officials alone asks nothing of the units."""
    bodies = bodies_of(ward)
    found = []
    for rule in RULES[PlanKind(kind)]:
        if rule.slot not in words or (rule.body == _ALL and key_only):
            continue
        if rule.slot == "duty_office" and kind == PlanKind.STUDY and not ward_conference:
            continue
        phrase = getattr(phrases, rule.phrase) if rule.phrase else ""
        read = read_phrase(phrase, today=today)
        body = bodies.get(rule.body)
        found.append(
            DutyText(
                lead_text=ALL_UNITS_NAME if rule.body == _ALL else body.name if body else BODIES[rule.body].name,
                lead_group=LeadGroup.ALL_UNITS.value if rule.body == _ALL else LeadGroup.ONE.value,
                lead_id=body.pk if body else None,
                text=words[rule.slot],
                product=rule.product.value,
                deadline_phrase=phrase,
                rule=read.rule,
                last_day=read.last_day,
                tentative=read.tentative,
            )
        )
    return tuple(found)


def bodies_of(ward: Unit) -> dict[str, Unit]:
    """The bodies of the ward by their part in a plan; a body the ward has not entered is missing."""
    units = [(fold(unit.name), unit) for unit in Unit.objects.bodies_of(ward).filter(active_to__isnull=True)]
    found = {}
    for key, body in BODIES.items():
        # "Văn phòng HĐND và Ủy ban nhân dân" also holds the words: the name that begins with them is meant.
        fitting = [(name.index(body.words), len(name), unit.pk, unit) for name, unit in units if body.words in name]
        if fitting:
            found[key] = min(fitting)[-1]
    return found
