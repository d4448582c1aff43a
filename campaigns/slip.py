"""The phiếu trình of a plan: one page that goes with the bản trình ký from desk to desk."""

from campaigns.models import Plan
from documents.choices import PaperKind
from documents.content import Column, Item, Letterhead, Paper, Paragraph, PlaceDate, Signature, Table
from documents.dates import short
from documents.profiles import profile_for
from units.models import WardSettings

_ADDRESSEE = "Thường trực Đảng ủy"
_NAMED = 4
_SUBJECT_LIMIT = 400
_DESKS = ("Thẩm định thể thức", "Lãnh đạo Văn phòng Đảng ủy", "Thường trực Đảng ủy")


def plan_slip(plan: Plan, *, today) -> Paper:
    """Return the phiếu trình of a plan that is not issued yet.

    It is a form of the office and no kind of paper: no number, no Nơi nhận; the opinions are written by hand.
    """
    settings = WardSettings.objects.get(ward=plan.ward)
    return Paper(
        kind=PaperKind.PROPOSAL,
        title="Phiếu trình",
        letterhead=Letterhead(settings.superior_heading, settings.committee_heading),
        number_line=None,
        place_date=PlaceDate(settings.place_name, expected=today),
        subject="về việc ban hành kế hoạch",
        addressees=(_ADDRESSEE,),
        blocks=(*_facts(plan), _opinions()),
        signature=Signature("", "Người trình", plan.edited_by.full_name),
        profile=profile_for(today).name,
    )


def _facts(plan: Plan):
    subject = plan.subject.strip().rstrip(".")
    if len(subject) > _SUBJECT_LIMIT:
        subject = subject[:_SUBJECT_LIMIT].rsplit(" ", 1)[0] + "…"
    yield Paragraph(f"Kính trình {_ADDRESSEE} xem xét, cho ý kiến về dự thảo Kế hoạch {subject}.")
    names = [link.directive.short_form for link in plan.directive_links.select_related("directive")]
    if names:
        more = f" và {len(names) - _NAMED} văn bản khác" if len(names) > _NAMED else ""
        yield Item(f"Văn bản thực hiện: {', '.join(names[:_NAMED])}{more}.")
    yield Item(_duties(plan))
    if plan.signer:
        yield Item(f"Người ký: đồng chí {plan.signer.name}.")
    yield Item("Kèm theo: dự thảo Kế hoạch.")


def _duties(plan: Plan) -> str:
    days = sorted(plan.duties.exclude(last_day=None).values_list("last_day", flat=True))
    count = f"Nhiệm vụ giao: {plan.duties.count():02d}"
    if not days:
        return f"{count}."
    if days[0] == days[-1]:
        return f"{count}, hạn {short(days[0])}."
    return f"{count}, hạn sớm nhất {short(days[0])}, muộn nhất {short(days[-1])}."


def _opinions() -> Table:
    columns = (Column("Người thẩm định, phê duyệt", 3), Column("Ý kiến", 5), Column("Ngày, ký tên", 2))
    return Table(columns, tuple((desk, "", "") for desk in _DESKS))
