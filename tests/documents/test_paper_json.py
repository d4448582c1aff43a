import json
from dataclasses import replace

import pytest

from documents.content import NumberLine, PlaceDate
from documents.paper_json import from_dict, from_json, to_dict, to_json
from tests.documents import papers, papers_kinds


@pytest.mark.parametrize(
    "paper",
    [
        papers.short_plan(),
        papers.long_plan(),
        papers.unit_report(),
        papers.short_plan(number_line=NumberLine("KH/ĐU"), place_date=PlaceDate("Nông Tiến")),
        papers.short_plan(number_line=None, signature=None),
    ],
)
def test_round_trip_gives_an_equal_paper_and_equal_bytes(paper):
    text = to_json(paper)
    assert from_json(text) == paper
    assert to_json(from_json(text)) == text
    assert from_dict(to_dict(paper)) == paper


def test_json_is_readable_vietnamese_with_a_version():
    document = json.loads(to_json(papers.short_plan()))
    assert document["schema"] == 1
    assert document["paper"]["place_date"] == {"place": "Nông Tiến", "day": "2026-06-05", "expected": None}
    assert "Đảng ủy phường Nông Tiến" in to_json(papers.short_plan())


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d.update(schema=2),
        lambda d: d["paper"].update(extra=1),
        lambda d: d["paper"].pop("subject"),
        lambda d: d["paper"].update(draft="yes"),
        lambda d: d["paper"].update(blocks="x"),
        lambda d: d["paper"]["blocks"][0].update(block="script"),
        lambda d: d["paper"].update(kind="decree"),
        lambda d: d["paper"]["number_line"].update(number=True),
    ],
)
def test_a_damaged_copy_is_refused(damage):
    document = json.loads(to_json(papers.short_plan()))
    damage(document)
    with pytest.raises(ValueError):  # noqa: PT011 -- any ValueError is the refusal
        from_json(json.dumps(document))


def test_for_signature_is_a_blank_number_or_day():
    paper = papers.short_plan()
    assert [
        paper.for_signature,
        replace(paper, number_line=NumberLine("KH/ĐU")).for_signature,
        replace(paper, place_date=PlaceDate("Nông Tiến")).for_signature,
    ] == [False, True, True]


def test_a_text_from_before_copies_and_stamps_is_still_read():
    document = to_dict(papers.short_plan())
    for later in ("urgency", "circulation", "title", "copy"):
        del document["paper"][later]
    assert from_dict(document) == papers.short_plan()


@pytest.mark.parametrize("kind", papers_kinds.KINDS)
def test_every_kind_comes_back_equal(kind):
    paper = papers_kinds.KINDS[kind]()
    assert from_json(to_json(paper)) == paper
