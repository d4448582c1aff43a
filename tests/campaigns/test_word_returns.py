"""An edited Word file put back into its plan: every change lands in the content or is named, never lost."""

import random
from dataclasses import replace

import pytest

from campaigns.choices import ConferenceLevel, LeadGroup
from campaigns.paper import plan_blocks
from campaigns.plan_content import ConferenceText, DutyText, PlanContent, RecipientText, SectionText
from campaigns.plan_sources import block_sources
from campaigns.word_returns import take_back, unfit, without_unit
from documents.canonical import canonical
from documents.content import Heading, Item, Letterhead, Paragraph, Recipient
from documents.proposals import apply, compare
from documents.words_of import words_of
from tests.documents import papers
from tests.factories import TODAY

pytestmark = pytest.mark.once
CONTENT = PlanContent(
    subject="tổ chức học tập Chỉ thị số 05-CT/TU",
    opening="Thực hiện Chỉ thị số 05-CT/TU, Ban Thường vụ ban hành Kế hoạch như sau:",
    closing="Trên đây là Kế hoạch.",
    sections=(
        SectionText("Mục đích, yêu cầu", slot="aims"),
        SectionText("Mục đích", "Nâng cao nhận thức.\n\nTạo chuyển biến.", level=2),
        SectionText("Yêu cầu", "- Nghiêm túc;\n- Thiết thực.", level=2),
        SectionText("Chưa viết gì", slot="content"),
        SectionText("Hội nghị", slot="conferences"),
        SectionText("Tổ chức thực hiện", slot="duties"),
        SectionText("Kinh phí", "Theo quy định.", level=1),
    ),
    duties=(
        DutyText("Ban Xây dựng Đảng", "Tham mưu hướng dẫn.", lead_id=7),
        DutyText("Ban Xây dựng Đảng", "Tổng hợp báo cáo.", lead_id=7, deadline_phrase="Hoàn thành trước ngày 15/7/2026"),
        DutyText("Các chi bộ", "Tổ chức học tập", lead_group=LeadGroup.ALL_UNITS.value, deadline_phrase="trước ngày 05/7/2026"),
    ),
    conferences=(
        ConferenceText(ConferenceLevel.WARD.value, "Trong tháng 6/2026", place="Hội trường phường", participants="Bí thư chi bộ"),
        ConferenceText(ConferenceLevel.GRASSROOTS.value, form="Trực tiếp"),
    ),
    recipients=(RecipientText("Ban Thường vụ Tỉnh ủy", "báo cáo"), RecipientText("Các chi bộ", all_units=True, copies=2)),
)


def paper_of(content):
    return canonical(
        papers.short_plan(
            subject=content.subject,
            blocks=tuple(plan_blocks(content)),
            closing=content.closing,
            recipients=tuple(Recipient(one.name, one.note) for one in content.recipients),
        )
    )


PAPER = paper_of(CONTENT)


def edited(**places):
    """The paper with blocks found by their words replaced: None takes one out, a tuple stands for several."""
    blocks = []
    for block in PAPER.blocks:
        new = places.get(words_of(block), block)
        blocks += [] if new is None else new if isinstance(new, tuple) else [new]
    return replace(PAPER, blocks=tuple(blocks))


def taken(new):
    changes = compare(PAPER, new)
    assert changes
    found = take_back(CONTENT, PAPER, changes, today=TODAY)
    return found.content, found.left_over


def test_every_block_knows_its_source():
    assert block_sources(CONTENT) == [
        ("opening", 0),
        ("section", 0),
        ("section", 1),
        ("line", 1, 0),
        ("line", 1, 2),
        ("section", 2),
        ("line", 2, 0),
        ("line", 2, 1),
        ("section", 4),
        ("conference", 0),
        ("conference", 0, "time_phrase"),
        ("conference", 0, "place"),
        ("conference", 0, "participants"),
        ("conference", 1),
        ("conference", 1, "form"),
        ("section", 5),
        ("lead", 0),
        ("duty", 0),
        ("duty", 1),
        ("lead", 2),
        ("duty", 2),
        ("section", 6),
        ("line", 6, 0),
    ]


def test_words_of_a_section_and_new_lines():
    new = edited(**{
        "Tạo chuyển biến.": (Paragraph("Tạo chuyển biến **rõ nét**."), Paragraph("Thêm một đoạn.")),
        "- Nghiêm túc;": None,
    })  # fmt: skip
    sections = list(CONTENT.sections)
    sections[1] = replace(sections[1], body="Nâng cao nhận thức.\nTạo chuyển biến **rõ nét**.\nThêm một đoạn.")
    sections[2] = replace(sections[2], body="- Thiết thực.")
    assert taken(new) == (replace(CONTENT, sections=tuple(sections)), [])


def test_a_duty_with_another_deadline():
    text = "Tổng hợp, thẩm định báo cáo. Hoàn thành trước ngày **20/7/2026**."
    content, left = taken(edited(**{"- Tổng hợp báo cáo. Hoàn thành trước ngày 15/7/2026.": Item(text)}))
    duty = content.duties[1]
    assert left == []
    assert (duty.text, duty.deadline_phrase) == ("Tổng hợp, thẩm định báo cáo.", "Hoàn thành trước ngày 20/7/2026")
    assert (duty.lead_id, str(duty.last_day), duty.rule) == (7, "2026-07-19", "before")


def test_a_new_duty_below_its_body():
    old = "- Tham mưu hướng dẫn."
    content, left = taken(edited(**{old: (Item("Tham mưu hướng dẫn."), Item("Mời báo cáo viên trước ngày **01/7/2026**."))}))
    assert left == []
    assert [(duty.lead_id, duty.text) for duty in content.duties] == [
        (7, "Tham mưu hướng dẫn."),
        (7, "Mời báo cáo viên"),
        (7, "Tổng hợp báo cáo."),
        (None, "Tổ chức học tập"),
    ]
    assert str(content.duties[1].last_day) == "2026-06-30"


def test_conference_subject_closing_and_recipients():
    new = edited(**{
        "- Địa điểm: Hội trường phường.": Item("Địa điểm: Nhà văn hóa phường."),
        "- Thời gian: trong tháng 6/2026.": Item("Thời gian: ngày **20/6/2026**."),
    })  # fmt: skip
    recipients = (Recipient("Các chi bộ trực thuộc"), PAPER.recipients[0], Recipient("Lưu Văn phòng Đảng ủy"))
    new = replace(new, subject="tổ chức quán triệt Chỉ thị số 05-CT/TU", closing="Hết.", recipients=recipients)
    content, left = taken(new)
    assert content.conferences[0].place == "Nhà văn hóa phường"
    assert content.subject == "tổ chức quán triệt Chỉ thị số 05-CT/TU"
    assert content.closing == "Hết."
    assert content.recipients == (
        RecipientText("Các chi bộ trực thuộc", all_units=True, copies=2),
        RecipientText("Ban Thường vụ Tỉnh ủy", "báo cáo"),
        RecipientText("Lưu Văn phòng Đảng ủy"),
    )
    assert {words_of(one.new) for one in left} <= {"- Thời gian: ngày 20/6/2026."}


def test_new_sections_and_headings_are_numbered_by_the_program():
    new = edited(**{"II. HỘI NGHỊ": (
        Heading(1, "II.", "NỘI DUNG"), Heading(2, "1.", "Phần đầu"), Paragraph("Đọc kỹ."), Heading(1, "III.", "HỘI NGHỊ"),
    )})  # fmt: skip
    content, left = taken(new)
    assert left == []
    assert [(one.level, one.title) for one in content.sections] == [
        (1, "Mục đích, yêu cầu"),
        (2, "Mục đích"),
        (2, "Yêu cầu"),
        (1, "Chưa viết gì"),
        (1, "NỘI DUNG"),
        (2, "Phần đầu"),
        (1, "Hội nghị"),
        (1, "Tổ chức thực hiện"),
        (1, "Kinh phí"),
    ]


def test_a_body_under_another_name_has_no_unit_yet():
    old = "1. Ban Xây dựng Đảng"
    content, left = taken(edited(**{old: Heading(2, "1.", "Văn phòng Đảng ủy")}))
    assert left == []
    assert [(duty.lead_text, duty.lead_id) for duty in content.duties[:2]] == [("Văn phòng Đảng ủy", None)] * 2
    assert without_unit(CONTENT, content) == ["Văn phòng Đảng ủy"]
    content, left = taken(edited(**{old: Heading(2, "1.", "Ban Xây dựng Đảng phường")}))
    assert [(duty.lead_text, duty.lead_id) for duty in content.duties[:2]] == [("Ban Xây dựng Đảng phường", 7)] * 2
    assert without_unit(CONTENT, content) == []


def test_what_has_no_place_is_named():
    line = "- Báo cáo viên: đồng chí Bí thư"
    new = edited(**{"2. CẤP CƠ SỞ": None, "- Địa điểm: Hội trường phường.": (Item("Địa điểm: Hội trường phường."), Item(line))})
    new = replace(new, letterhead=Letterhead("Đảng bộ tỉnh Hà Giang", new.letterhead.body), closing="Hết.")
    changes = compare(PAPER, new)
    content, left = taken(new)
    assert {one.part for one in left} >= {"letterhead", "blocks"}
    assert content.closing == "Hết."
    closing = next(one.key for one in changes if one.part == "closing")
    assert closing not in unfit(CONTENT, PAPER, changes, today=TODAY)
    assert {one.key for one in changes if one.part == "letterhead"} <= unfit(CONTENT, PAPER, changes, today=TODAY)


def test_nothing_taken_changes_nothing():
    assert take_back(CONTENT, PAPER, [], today=TODAY).content == CONTENT


@pytest.mark.parametrize("seed", range(60))
def test_every_change_lands_or_is_named(seed):
    chance = random.Random(seed)
    changes = compare(PAPER, canonical(_jumbled(chance)))
    accepted = [one for one in changes if chance.random() < 0.8]
    found = take_back(CONTENT, PAPER, accepted, today=TODAY)
    wanted, printed = apply(PAPER, accepted), paper_of(found.content)
    missing = _words(wanted) - _words(printed)
    assert missing <= {word for one in found.left_over for _, text in one.words for word in text.upper().split()}
    unfit(CONTENT, PAPER, changes, today=TODAY)


def _words(paper):
    blocks = [replace(block, marker="") if isinstance(block, Heading) else block for block in paper.blocks]
    return set(" ".join([*map(words_of, blocks), *map(words_of, paper.recipients)]).upper().split())


def _jumbled(chance):
    blocks = list(PAPER.blocks)
    for number in range(chance.randrange(1, 7)):
        place = chance.randrange(len(blocks))
        act = chance.choice(["drop", "move", "words", "new", "heading"])
        if act == "drop" and len(blocks) > 3:
            del blocks[place]
        elif act == "move":
            blocks.insert(chance.randrange(len(blocks)), blocks.pop(place))
        elif act == "words":
            text = f"{blocks[place].text} sửa{number}".strip()
            blocks[place] = replace(blocks[place], text=text)
        elif act == "new":
            blocks.insert(place, chance.choice([Item, Paragraph])(f"Câu mới{number} trước ngày **0{number + 1}/7/2026**."))
        else:
            blocks.insert(place, Heading(chance.randrange(1, 4), "9.", f"Mục mới{number}"))
    return replace(PAPER, blocks=tuple(blocks))
