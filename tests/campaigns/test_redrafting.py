"""A plan for the next directive from an earlier one: nothing of the old directive is left, deadlines work again."""

import datetime as dt
import re
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.directive_swap import Swap, swap_text
from campaigns.plan_content import AnnexText, FormText, OutlineText
from campaigns.selectors.plans import plan_content
from campaigns.services.deadline_chain import DraftPhrases
from campaigns.services.directives import register_directive
from campaigns.services.drafting import draft_plan
from campaigns.services.plans import save_plan_draft
from campaigns.services.redrafting import redraft_plan, redrafted
from campaigns.services.stale_words import places
from documents import dates
from documents.choices import PaperKind
from tests import factories
from tests.campaigns.office import START, directive_facts, make_office

LATER = dt.datetime(2026, 9, 7, 8, 0, tzinfo=factories.HANOI)
# The deadlines of a real plan of May 2026: units and compiler on one day, a Sunday.
PHRASES = DraftPhrases(
    study="Hoàn thành trong tháng 5/2026",
    report="trước ngày 05/6/2026",
    compiled="Hoàn thành trước ngày 05/6/2026",
    committee="Hoàn thành trong tháng 5/2026",
    conference="Dự kiến trong tháng 5/2026",
)


@dataclass(frozen=True)
class Paper:
    """A directive without a database."""

    kind: PaperKind
    number: str
    sign: str
    dated_on: dt.date
    issuer: str
    subject: str

    @property
    def number_text(self):
        return f"{self.number}-{self.sign}"

    def get_kind_display(self):
        return self.kind.label


OLD = Paper(PaperKind.DIRECTIVE, "05", "CT/TU", dt.date(2026, 5, 5), "Ban Thường vụ Tỉnh ủy", "về khởi nghiệp sáng tạo")
NEW = Paper(PaperKind.RESOLUTION, "91", "NQ/TW", dt.date(2026, 8, 12), "Bộ Chính trị", "về hạ tầng số")


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy về khởi nghiệp sáng tạo",
         "Nghị quyết số 91-NQ/TW, ngày 12/8/2026 của Bộ Chính trị về hạ tầng số"),
        ("CHỈ THỊ 5 - CT/TU; chỉ thị số: 05-CT/TU", "Nghị quyết 91-NQ/TW; nghị quyết số: 91-NQ/TW"),
        ("ban hành ngày 05 tháng 5 năm 2026 (5/5/2026, 05.05.2026)", "ban hành ngày 12 tháng 8 năm 2026 (12/8/2026, 12/8/2026)"),
        ("Khởi nghiệp  sáng tạo “khởi nghiệp sáng tạo”", "hạ tầng số “hạ tầng số”"),
        ("tinh thần Chỉ thị; Chỉ thị số 19-CT/TU của Ban Thường vụ Tỉnh ủy", "tinh thần Nghị quyết; Chỉ thị số 19-CT/TU của Ban Thường vụ Tỉnh ủy"),
        ("Ban Thường vụ Tỉnh ủy; Ban Thường vụ Đảng ủy; 105-CT/TU", "Bộ Chính trị; Ban Thường vụ Đảng ủy; 105-CT/TU"),
    ],
)  # fmt: skip
def test_every_written_form_of_a_fact_gives_way(text, expected):
    assert swap_text(text, [Swap(OLD, NEW, keep=("Ban Thường vụ Đảng ủy",))]) == expected


WORDS = st.text(alphabet="abcdeghiklmnopqrstuvxyăâđêôơưáàảãạ", min_size=2, max_size=7).filter(lambda word: word not in {"ngày", "của", "về"})
PAPERS = st.builds(
    Paper,
    kind=st.sampled_from([PaperKind.DIRECTIVE, PaperKind.RESOLUTION, PaperKind.CONCLUSION, PaperKind.PROGRAMME]),
    number=st.integers(1, 999).map(lambda number: f"{number:02d}"),
    sign=st.sampled_from(["CT/TU", "NQ/TU", "KL/TW", "CTr/TU", "NQ/TW"]),
    dated_on=st.dates(dt.date(2020, 1, 1), dt.date(2026, 6, 1)),
    issuer=st.sampled_from(["Ban Thường vụ Tỉnh ủy", "Ban Chấp hành Đảng bộ tỉnh", "Ban Bí thư", "Bộ Chính trị", "Thường trực Tỉnh ủy Tuyên Quang"]),
    subject=st.lists(WORDS, min_size=3, max_size=12).map(lambda words: f"về {' '.join(words)}"),
)  # fmt: skip


def forms_of(paper):
    """Every way in which an office writes the facts of a directive, made without the code under test."""
    day, subject = paper.dated_on, paper.subject.removeprefix("về ")
    number, kind = paper.number.lstrip("0"), paper.get_kind_display()
    return {
        "numbers": [f"{one}-{paper.sign}" for one in (number, number.zfill(2))],
        "days": [
            dates.short(day), f"{day.day}/{day.month}/{day.year}", f"{day.day:02d}/{day.month:02d}/{day.year}",
            f"{day.day:02d}.{day.month:02d}.{day.year}", dates.long(day), f"{day.day} tháng {day.month} năm {day.year}",
        ],
        "subjects": [subject, subject.upper(), subject.replace(" ", "  ")],
        "issuers": [paper.issuer, paper.issuer.upper()],
        "short": [f"{kind} số {paper.number_text}", f"{kind} {paper.number_text}"],
    }  # fmt: skip


@pytest.mark.once
@pytest.mark.proves("N-06")
@settings(max_examples=150, deadline=None)
@given(old=PAPERS, new=PAPERS, data=st.data())
def test_no_old_string_survives_in_any_text(old, new, data):
    forms = forms_of(old)
    pieces = [piece for group in forms.values() for piece in group]
    text = " và ".join(data.draw(st.permutations(pieces)))
    changed = " ".join(swap_text(text, [Swap(old, new)]).lower().split())
    right = " ".join(" ".join(piece for group in forms_of(new).values() for piece in group).lower().split())
    left = [piece for piece in pieces if (found := " ".join(piece.lower().split())) in changed and found not in right]
    assert [piece for piece in left if not re.search(rf"\w{re.escape(piece)}|{re.escape(piece)}\w", changed)] == []


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def old_plan(office):
    """A drafted plan in which people also wrote by hand, with an annex."""
    directive = register_directive(by=office.clerk, **directive_facts())
    plan = draft_plan(ward=office.ward, directives=[directive], kind="study", by=office.clerk, now=START, phrases=PHRASES)
    content = plan_content(plan)
    sections = list(content.sections)
    by_hand = "Ban hành ngày 05 tháng 5 năm 2026. Học Chỉ thị 5-CT/TU trong tháng 5/2026, xong trước ngày 05/6/2026. Thực hiện Quy định số 22-QĐ/TU của Ban Thường vụ Tỉnh ủy. Lan tỏa tinh thần khởi nghiệp trong thanh niên."
    sections[1] = replace(sections[1], body=by_hand)
    outline = AnnexText(headings=(OutlineText("Quán triệt Chỉ thị 05-CT/TU", 1),), forms=(FormText("Văn bản thực hiện Chỉ thị số 05-CT/TU"),))
    content = replace(content, sections=tuple(sections), annexes=(outline,))
    return save_plan_draft(plan=plan, expected_version=1, content=content, by=office.clerk, now=START)


def next_directive(office, **changes):
    facts = {"kind": "NQ", "number": "17", "sign": "NQ/TW", "dated_on": dt.date(2026, 8, 28), "issuer": "Bộ Chính trị"}
    return register_directive(by=office.clerk, **directive_facts(**facts | {"subject": "về phát triển hạ tầng số"} | changes))


def test_the_new_plan_says_nothing_of_the_old_directive(office, old_plan):
    new = redraft_plan(plan=old_plan, directives=[next_directive(office)], by=office.clerk, now=LATER)
    words = " ".join(" ".join(text for _, text in places(plan_content(new))).split())
    stale = ["05-CT/TU", "5-CT/TU", "05/5/2026", "05 tháng 5", "khởi nghiệp đổi mới", "Chỉ thị", "5/2026", "05/6/2026", "tháng 5", "tháng 6"]
    assert [one for one in stale if one in words] == []
    assert new.subject == "tuyên truyền, quán triệt và tổ chức học tập Nghị quyết số 17-NQ/TW, ngày 28/8/2026 của Bộ Chính trị về phát triển hạ tầng số"
    assert "(sau đây viết tắt là Nghị quyết số 17-NQ/TW)" in new.opening
    assert "Quy định số 22-QĐ/TU của Ban Thường vụ Tỉnh ủy" in words
    assert plan_content(new).annexes[0].headings[0].title == "Quán triệt Nghị quyết 17-NQ/TW"
    assert (new.state, new.version, new.pk == old_plan.pk, old_plan.directives.get().number) == ("draft", 1, False, "05")


def test_deadlines_move_into_a_feasible_chain(office, old_plan):
    new = redraft_plan(plan=old_plan, directives=[next_directive(office)], by=office.clerk, now=LATER)
    phrases = list(new.duties.exclude(product="action").order_by("position").values_list("product", "deadline_phrase", "last_day"))
    assert phrases == [
        ("document", "Hoàn thành chậm nhất ngày 02/10/2026", dt.date(2026, 10, 2)),
        ("document", "Hoàn thành trước ngày 25/9/2026", dt.date(2026, 9, 24)),
        ("study", "Hoàn thành chậm nhất ngày 25/9/2026", dt.date(2026, 9, 25)),
        ("report", "trước ngày 02/10/2026", dt.date(2026, 10, 1)),
    ]
    conferences = list(new.conference_texts.order_by("-level").values_list("time_phrase", "last_day", "tentative"))
    assert conferences == [
        ("Dự kiến trước ngày 24/9/2026", dt.date(2026, 9, 23), True),
        ("Hoàn thành chậm nhất ngày 25/9/2026", dt.date(2026, 9, 25), False),
    ]


def test_the_chain_ends_before_the_superiors_day(office, old_plan):
    directive = next_directive(office, superior_due_on=dt.date(2026, 9, 20))
    made = redrafted(plan=old_plan, directives=[directive], today=LATER.date())
    days = [duty.last_day for duty in made.content.duties if duty.product != "action"]
    assert max(days) == dt.date(2026, 9, 17)
    assert len(set(days)) == len(days)


def test_what_changed_and_what_a_person_must_decide_is_listed(office, old_plan):
    new = redraft_plan(plan=old_plan, directives=[next_directive(office)], by=office.clerk, now=LATER)
    changed = new.draft_notes.filter(kind="changed")
    assert {"Trích yếu", "Đoạn mở đầu", "Đoạn kết", "Nhiệm vụ, dòng 1", "Hội nghị, dòng 1", "Phụ lục, dòng 1"} <= set(changed.values_list("place", flat=True))
    subject = changed.get(place="Trích yếu")
    assert ("05-CT/TU" in subject.before, "17-NQ/TW" in subject.after) == (True, True)
    review = list(new.draft_notes.filter(kind="review").values_list("place", "before"))
    assert review == [
        ("Mục “Mục đích”", "Thực hiện Quy định số 22-QĐ/TU của Ban Thường vụ Tỉnh ủy."),
        ("Mục “Mục đích”", "Lan tỏa tinh thần khởi nghiệp trong thanh niên."),
    ]


def test_the_same_directive_is_refused(office, old_plan):
    with pytest.raises(Exception, match="văn bản khác") as caught:
        redraft_plan(plan=old_plan, directives=[old_plan.directives.get()], by=office.clerk, now=LATER)
    assert caught.value.code == "same_directives"
