"""Every number printed in a compiled report is worked out again from the rows of the database, by other code.

The counting here is deliberately plain: loops over submissions, sessions and duties, nothing of reports/figures.py or
reports/measures.py. Each check has a control: a number that is wrong by one must be found.
"""

import datetime as dt
import io
import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from campaigns.choices import AssignmentState, Product
from campaigns.models import Assignment
from reports.choices import SubmissionState
from reports.measures import MEASURES
from reports.models import Submission
from reports.papers.compiled import compiled_report_paper
from reports.selectors.evidence import evidence_of
from reports.services.compiling import draft_report
from tests import factories
from units.choices import UnitKind

NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
COUNTED = {SubmissionState.ACCEPTED, SubmissionState.APPRAISED}
OUTSIDE = ("outside_officials", "outside_youth", "outside_members", "outside_people")


def printed(value, places=0):
    """A number in Vietnamese writing, by hand."""
    if value is None:
        return "chưa có số liệu"
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, part = str(rounded).partition(".")
    groups = []
    while whole:
        whole, last = whole[:-3], whole[-3:]
        groups.insert(0, last)
    return ".".join(groups) + (f",{part}" if part else "")


def percent(part, whole):
    return "chưa có số liệu" if part is None or not whole else printed(Decimal(part) * 100 / Decimal(whole), 1) + " %"


class Recount:
    """The figures of one plan, straight from the tables."""

    def __init__(self, plan, *, kind=None):
        duties = Assignment.objects.filter(plan=plan, product__in=[Product.STUDY, Product.REPORT])
        duties = [one for one in duties.select_related("unit", "duty") if kind in (None, one.unit.get_kind_display())]
        self.exempt = {
            one.unit_id for one in duties if one.product == Product.REPORT and one.state == AssignmentState.EXEMPT
        }
        self.report = {
            one.unit_id: one for one in duties if one.product == Product.REPORT and one.unit_id not in self.exempt
        }
        self.study = {
            one.unit_id: one for one in duties if one.product == Product.STUDY and one.unit_id not in self.exempt
        }
        sent = Submission.objects.filter(plan=plan, unit__in=self.report, submitted_at__isnull=False)
        self.submissions = {one.unit_id: one for one in sent.select_related("unit")}

    def having(self, *states):
        return [one for one in self.submissions.values() if one.state in states]

    def summed(self, read):
        values = [read(one) for one in self.having(*COUNTED) if not one.unit.figures_withheld]
        known = [value for value in values if value is not None]
        return sum(known) if known else None

    def of_sessions(self, name, directive=None):
        def read(submission):
            held = submission.sessions.filter(directives=directive) if directive else submission.sessions.all()
            known = [getattr(one, name) for one in held if getattr(one, name) is not None]
            return sum(known) if known else None

        return self.summed(read)

    def required(self, submission):
        """Only beside a known number present: half a pair would make a false rate."""
        if submission.members is None or all(one.present is None for one in submission.sessions.all()):
            return None
        return submission.members - submission.exempt - submission.away + submission.received

    def on_time(self, submission):
        """By the strict last day, on D of "trước ngày D" where the ward is tolerant, or let pass."""
        duty = self.report[submission.unit_id]
        day = submission.submitted_at.astimezone(factories.HANOI).date()
        grace = 1 if duty.extended_at is None and submission.plan.deadline_reading == "tolerant" else 0
        return day <= duty.due_on + dt.timedelta(days=grace) or duty.excused_at is not None

    def points(self):
        read = [
            one.appraised_total if one.appraised_total is not None else one.self_total for one in self.having(*COUNTED)
        ]
        return [value for value in read if value is not None]

    def value(self, name):
        """The figure `name`, as a number or already as a text when it is a rate."""
        received = self.having(*COUNTED, SubmissionState.SUBMITTED)
        counted = self.having(*COUNTED)
        plain = {
            "asked": len(self.report),
            "studied": sum(one.state in AssignmentState.SETTLED for one in self.study.values()),
            "accepted": len(counted),
            "sent": len(self.having(SubmissionState.SUBMITTED)),
            "returned": len(self.having(SubmissionState.RETURNED)),
            "missing": len(self.report) - len(self.submissions),
            "withheld": sum(one.unit.figures_withheld for one in counted),
            "received": len(received),
            "timed": sum(duty.due_on is not None for duty in self.report.values()),
            "in_time": sum(self.on_time(one) for one in received),
            "late": sum(not self.on_time(one) for one in received),
            "concrete": sum(bool(one.works) for one in counted),
            "own_text": sum(bool(one.own_resolution) for one in counted),
            "scored": len(self.points()),
            "differing": sum(
                None not in (one.self_total, one.appraised_total) and one.self_total != one.appraised_total
                for one in counted
            ),
            "required": self.summed(self.required),
            "outside": self.summed(lambda one: sum(getattr(s, n) or 0 for s in one.sessions.all() for n in OUTSIDE)),
            "sessions": self.summed(lambda one: one.sessions.count()),
            "works": self.summed(lambda one: len(one.works)),
        }
        if name in plain:
            return plain[name]
        if name in {"present", "exempt_present", "opinions", *OUTSIDE}:
            return self.of_sessions(name)
        return self.summed(lambda one: getattr(one, name))

    def text(self, name):
        """As it must be printed."""
        if name == "score_mean":
            points = self.points()
            return printed(sum(points) / len(points), 1)
        if name == "attendance":
            return percent(self.value("present"), self.value("required"))
        if name == "completeness":
            return percent(self.value("received"), self.value("asked"))
        if name == "timeliness":
            return percent(self.value("in_time"), self.value("timed"))
        if name.startswith("level:"):
            level = name.removeprefix("level:")
            return printed(sum((one.appraised_level or one.self_level) == level for one in self.having(*COUNTED)))
        return printed(self.value(name))


def worked_out(plan, name):
    """The text that the figure `name` of `plan` must have."""
    if name.startswith("kind:"):
        kind, _, inner = name.removeprefix("kind:").rpartition(":")
        return Recount(plan, kind=kind).text(inner)
    if name.startswith("directive:"):
        _, pk, inner = name.split(":")
        recount = Recount(plan)
        if inner == "present":
            return printed(recount.of_sessions("present", directive=pk))
        return printed(sum(one.sessions.filter(directives=pk).exists() for one in recount.having(*COUNTED)))
    return Recount(plan).text(name)


def wrong_numbers(report):
    """Sentences of the report's text that print something else than the database says, or a number nobody vouches for."""
    plans = {plan.pk: plan for plan in report.plans.all()}
    wrong = []
    for section in report.sections.all():
        unvouched = section.body
        for sentence in section.sentences:
            texts = [text for _name, text in sentence["figures"]]
            if numbers_of(sentence["text"], plans.values(), report) != numbers_of(" ".join(texts), (), report):
                wrong.append(sentence["text"])
            for name, text in sentence["figures"]:
                wrong.extend(
                    f"{name}: {text}"
                    for pk in sentence["plans"]
                    if worked_out(plans[pk], name).replace("\xa0", " ") != text.replace("\xa0", " ")
                )
            unvouched = unvouched.replace(sentence["text"], "")
        wrong.extend(numbers_of(unvouched, plans.values(), report))
    return wrong


def numbers_of(text, plans, report):
    """The numbers of a text in order, without those that belong to names of papers and days."""
    for plan in plans:
        names = [str(directive) for directive in plan.directives.all()]
        for name in (*names, plan.paper.number_text, "03/6/2026", "13/6/2026"):
            text = text.replace(name, "")
    return NUMBER.findall(text.replace("/", " "))


@pytest.fixture
def report(cast):
    """Two plans over eleven units of three kinds: everything that changes a figure happens at least once."""
    ward = cast.ward
    residential = [factories.make_unit(ward, kind=UnitKind.RESIDENTIAL) for _ in range(5)]
    schools = [factories.make_unit(ward, kind=UnitKind.SCHOOL) for _ in range(4)]
    police = factories.make_unit(ward, kind=UnitKind.POLICE, figures_withheld=True)
    exempt = factories.make_unit(ward, kind=UnitKind.SCHOOL)
    both = [factories.make_directive(), factories.make_directive()]
    first = factories.make_issued_plan(ward, units=[*residential, *schools, police, exempt], directives=both)
    second = factories.make_issued_plan(ward, units=[*residential, *schools])
    Assignment.objects.filter(plan=first, unit=exempt).update(state=AssignmentState.EXEMPT)
    one, other = both
    rows = [
        (residential[0], {"present": 950, "outside_people": 40}, [one, other], {"members": 1010, "exempt": 20, "excused": 30, "unexcused": 10}),
        (residential[1], {"present": 24, "outside_youth": 3}, [one], {"self_total": "91.5", "self_level": "Tốt", "works": [{"what": "Việc.", "who": "", "by": ""}]}),
        (residential[2], {"present": 25, "opinions": 7}, [one, other], {"self_total": "0", "self_level": "Yếu", "oral_sessions": 2, "excused": 1, "unexcused": 0}),
        (schools[0], {"present": 24}, [one, other], {"self_total": "88", "appraised_total": "80.5", "appraised_level": "Khá", "self_level": "Tốt"}),
        (police, {"present": 700}, [one, other], {"members": 900, "self_total": "95", "self_level": "Tốt"}),
    ]  # fmt: skip
    for unit, session, directives, fields in rows:
        held = factories.make_session(unit, directives=directives, **session)
        factories.make_submission(unit, first, sessions=[held], state=SubmissionState.ACCEPTED, **fields)
        Assignment.objects.filter(plan=first, unit=unit, product=Product.STUDY).update(state=AssignmentState.DONE)
    late = {"submitted_at": dt.datetime(2026, 6, 7, 9, tzinfo=factories.HANOI)}
    factories.make_submission(schools[1], first, state=SubmissionState.SUBMITTED)
    factories.make_submission(schools[2], first, state=SubmissionState.RETURNED)
    factories.make_submission(
        residential[3], first, state=SubmissionState.ACCEPTED, own_resolution="Nghị quyết 3", members=None, **late
    )
    factories.make_submission(schools[0], second, state=SubmissionState.ACCEPTED)
    counted = dt.datetime(2026, 6, 3, 9, tzinfo=factories.HANOI) + dt.timedelta(days=10)
    return draft_report(ward=ward, plans=[first, second], by=cast.compiler, now=counted)


def test_every_number_of_the_text_comes_out_again(report):
    assert wrong_numbers(report) == []


def test_the_check_finds_a_figure_that_is_wrong_by_one(report):
    """Control: one member more in the database than in the text, one number more in the text than anybody counted."""
    Submission.objects.filter(members=1010).update(members=1011)
    found = wrong_numbers(report)
    assert any(line.startswith("required: ") for line in found)
    section = report.sections.get(slot="study")
    section.body += " Ngoài ra có 7 buổi khác."
    section.save(update_fields=["body"])
    assert "7" in wrong_numbers(report)


def test_the_texts_say_what_the_plans_had_apart(report):
    """What makes the fixture worth counting: split directives, kinds, both rates, withheld, returned and late units."""
    text = "\n".join(section.body for section in report.sections.all())
    for words in (
        "Riêng ",
        "Tỷ lệ dự theo loại hình",
        "đạt ",
        "lực lượng vũ trang",
        "đang bổ sung",
        "sau thời hạn",
        "nộp đúng hạn",
    ):
        assert words in text
    assert "1.0" in text or "1.00" in text


def test_the_rows_behind_a_sentence_add_up_to_it(report):
    """The page's last line is the printed number, and each line above belongs to a unit of the ward."""
    checked = 0
    for section in report.sections.all():
        for sentence in section.sentences:
            said = dict(sentence["figures"])
            for plan in evidence_of(report, sentence):
                by_words = dict(zip(plan.headings, plan.totals, strict=True)) | dict(plan.rates)
                for name, text in said.items():
                    if name in MEASURES:
                        assert by_words[MEASURES[name].words] == text
                        checked += 1
    assert checked > 25


def cells(recount, names):
    """The figures as the cells of a printed table: what nobody told is a dash."""
    texts = [recount.text(name).replace("\xa0", " ") for name in names]
    return ["–" if text == "chưa có số liệu" else text for text in texts]


BY_KIND = ("asked", "studied", "accepted", "required", "present", "attendance")


def wrong_cells(report):
    """Cells of the annexes that the database does not bear out: totals, kinds, plans."""
    paper = compiled_report_paper(report)
    plans = list(report.plans.order_by("pk"))
    wrong = []
    *of_units, of_plans = paper.annexes
    for plan, annex in zip(plans, of_units, strict=True):
        units, kinds = annex.blocks[0], annex.blocks[2]
        sums = cells(Recount(plan), ("required", "present", "attendance"))
        wrong += [units.total] if [text.removesuffix(" %") for text in sums] != list(units.total[2:5]) else []
        rows = {row[0]: [text.replace("\xa0", " ") for text in row[1:7]] for row in (*kinds.rows, kinds.total)}
        for kind, shown in rows.items():
            wrong += [shown] if cells(Recount(plan, kind=None if kind == "Cộng" else kind), BY_KIND) != shown else []
    shown = {row[1]: list(row[2:]) for row in of_plans.blocks[0].rows if not row[0].startswith("Riêng")}
    for plan in plans:
        told = cells(Recount(plan), (*BY_KIND, "completeness", "timeliness"))
        wrong += [shown] if told != [text.replace("\xa0", " ") for text in shown[plan.paper.number_text]] else []
    return wrong


def test_every_sum_of_the_annexes_comes_out_again(report):
    report.late_list_printed = True
    assert wrong_cells(report) == []


def test_a_wrong_cell_of_the_annexes_is_found(report):
    """Control: one member more in the database than on the paper."""
    Submission.objects.filter(members=1010).update(members=1011)
    assert len(wrong_cells(report)) >= 3  # the total, its kind and "Cộng" by kind


def test_the_workbook_holds_the_same_sums_with_codes_to_stack_by(cast, report, sign_in):
    answer = sign_in(cast.compiler).get(reverse("reports:report-workbook", args=[report.pk]))
    book = load_workbook(io.BytesIO(answer.content))
    plans = list(report.plans.order_by("pk"))
    assert book.sheetnames[len(plans) :] == ["Theo loại hình", "Theo văn bản", "Mã cột"]
    whole = [row for row in book["Theo văn bản"].iter_rows(min_row=2, values_only=True) if not row[2].startswith("Riêng ")]
    for plan, row in zip(plans, whole, strict=True):
        told = [Recount(plan).value(name) for name in ("asked", "studied", "accepted", "required", "present")]
        assert [row[0], row[1], *row[3:8]] == [cast.ward.code, plan.paper.number_text, *told]
    units = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert {row[3] for row in units} == {"đã tiếp nhận", "chờ tiếp nhận", "đang bổ sung", "chưa báo cáo", "được miễn"}
    headings = [cell.value for cell in book.worksheets[0][1]]
    assert headings == [row[0] for row in book["Mã cột"].iter_rows(min_row=2, values_only=True)]
    assert sum(row[5] or 0 for row in units) == Recount(plans[0]).value("present")


def test_the_page_opens_the_rows_behind_a_number(cast, report, sign_in):
    section = report.sections.get(slot="study")
    index = next(place for place, one in enumerate(section.sentences) if "vắng có lý do" in one["text"])
    client = sign_in(cast.leader)
    detail = client.get(reverse("reports:report-detail", args=[report.pk])).content.decode()
    url = reverse("reports:report-evidence", args=[report.pk, section.pk, index])
    page = client.get(url).content.decode()
    assert url in detail
    assert "950" in page
    assert client.get(reverse("reports:report-evidence", args=[report.pk, section.pk, 99])).status_code == 404
