"""What an edited paper proposes: all taken gives the new paper, none the old, and no word is lost."""

import random
from dataclasses import replace

import pytest

from documents.canonical import canonical
from documents.content import Heading, Item, Paragraph, Recipient
from documents.proposals import apply, compare, sources
from documents.words_of import words_of
from tests.documents import papers
from tests.documents.papers_kinds import KINDS
from tests.documents.test_docx_paper import _any_paper

pytestmark = pytest.mark.once


def test_names_what_was_done_to_each_block():
    old = papers.short_plan()
    blocks = list(old.blocks)
    blocks[7] = Item("Sau hội nghị, các chi bộ tự chấm điểm, xếp loại theo quy định.")
    del blocks[13]
    blocks.insert(5, Paragraph("Đoạn mới."))
    first = blocks.pop(0)
    blocks.append(first)
    changes = compare(old, replace(old, blocks=tuple(blocks), subject="tổ chức học tập"))
    assert [(one.kind.value, one.part, one.old_index, words_of(one.new)[:20]) for one in changes] == [
        ("changed", "subject", None, "tổ chức học tập"),
        ("added", "blocks", None, "Đoạn mới."),
        ("changed", "blocks", 7, "- Sau hội nghị, các "),
        ("removed", "blocks", 13, ""),
        ("moved", "blocks", 0, "Thực hiện Chỉ thị số"),
    ]
    assert changes[2].words == (
        ("same", "- Sau hội nghị, các chi bộ tự chấm điểm"),
        ("added", ", xếp loại"),
        ("same", " theo quy định."),
    )
    assert len({one.key for one in changes}) == len(changes)


def test_equal_papers_propose_nothing():
    assert [compare(make(), make()) for make in KINDS.values()] == [[] for _ in KINDS]


def test_bookmarks_tell_a_rewritten_block_from_a_new_one():
    old = papers.short_plan(blocks=(Paragraph("Một hai ba."), Paragraph("Bốn năm sáu.")))
    new = replace(old, blocks=(Paragraph("Hoàn toàn khác hẳn."), Paragraph("Bốn năm sáu.")))
    assert [one.kind.value for one in compare(old, new)] == ["removed", "added"]
    assert [one.kind.value for one in compare(old, new, origins=(0, 1))] == ["changed"]


def test_inside_an_annex():
    old = papers.unit_report()
    annex = old.annexes[1]
    table = replace(annex.blocks[0], rows=(*annex.blocks[0].rows[:-1], ("a", "b", "c", "d", "e")))
    new = replace(old, annexes=(replace(annex, title="Tên khác hẳn", blocks=(Paragraph("Đầu."), table)), old.annexes[0]))
    changes = compare(old, new)
    assert apply(old, changes) == new
    assert {one.part for one in changes} >= {"annexes"}


@pytest.mark.parametrize("seed", range(80))
def test_all_taken_is_the_new_paper_and_none_the_old(seed):
    chance = random.Random(seed)
    old = canonical(chance.choice([papers.short_plan, papers.unit_report, papers.long_plan, lambda: _any_paper(chance)])())
    new = canonical(_edited(old, chance))
    changes = compare(old, new)
    assert apply(old, changes) == new
    assert apply(old, []) == old
    assert len({one.key for one in changes}) == len(changes)
    some = [one for one in changes if chance.random() < 0.5]
    rest = compare(apply(old, some), new)
    assert apply(apply(old, some), rest) == new


@pytest.mark.parametrize("seed", range(30))
def test_no_changed_word_is_left_out(seed):
    chance = random.Random(seed)
    old = canonical(papers.short_plan())
    new = canonical(_edited(old, chance))
    shown = " ".join(text for one in compare(old, new) for _, text in one.words).split()
    before, after = (" ".join(map(words_of, one.blocks)).split() for one in (old, new))
    assert set(after) - set(before) <= set(shown)
    assert set(before) - set(after) <= set(shown)


def test_every_block_tells_where_it_came_from():
    old = papers.short_plan(blocks=tuple(Paragraph(f"Đoạn số {name} của văn bản này.") for name in "abcd"))
    new = replace(old, blocks=(old.blocks[3], old.blocks[0], Paragraph("Khác."), old.blocks[2]))
    assert sources("blocks", 4, compare(old, new)) == (3, 0, None, 2)


def test_recipients_keep_their_order():
    old = papers.short_plan()
    new = replace(old, recipients=(old.recipients[1], old.recipients[0], Recipient("Ủy ban Kiểm tra"), *old.recipients[2:]))
    changes = compare(old, new)
    assert sorted(one.kind.value for one in changes) == ["added", "moved"]
    assert apply(old, changes) == new


def _edited(paper, chance):
    blocks = list(paper.blocks)
    for _ in range(chance.randrange(1, 8)):
        place = chance.randrange(len(blocks) + 1)
        act = chance.choice(["add", "drop", "change", "move", "copy"])
        if act == "add" or not blocks:
            blocks.insert(place, chance.choice([Paragraph(f"Mới {place}"), Item(f"Ý {place}"), Heading(2, "9.", f"Mục {place}")]))
            continue
        index = chance.randrange(len(blocks))
        if act == "drop":
            del blocks[index]
        elif act == "change" and hasattr(blocks[index], "text"):
            blocks[index] = replace(blocks[index], text=f"{blocks[index].text} thêm từ{place}".strip())
        elif act == "move":
            blocks.insert(chance.randrange(len(blocks)), blocks.pop(index))
        else:
            blocks.insert(index, blocks[index])
    subject = f"{paper.subject} sửa" if chance.random() < 0.3 else paper.subject
    annexes = paper.annexes[::-1] if chance.random() < 0.3 else paper.annexes
    return replace(paper, blocks=tuple(blocks), subject=subject, annexes=annexes)
