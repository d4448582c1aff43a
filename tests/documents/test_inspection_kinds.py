"""Every kind of paper, printed and measured: no row of the checklist may fail, in either profile."""

from dataclasses import replace
from datetime import date

import pytest

from documents.choices import CopyKind
from documents.content import PlaceDate
from documents.inspection import inspect
from documents.profiles import PROFILES
from documents.writing import pdf
from tests.documents import papers_kinds

pytestmark = pytest.mark.pdf
BOTH = pytest.mark.parametrize("profile", ["HD36_2018", "HD05_2026"])


def measured(paper):
    return {one.row: one for one in inspect(pdf.render(paper).data, profile=PROFILES[paper.profile])}


def failures(paper):
    return {row: one.found for row, one in measured(paper).items() if one.holds is False}


@BOTH
@pytest.mark.parametrize("kind", papers_kinds.KINDS)
def test_every_kind_holds_every_row(kind, profile):
    assert failures(papers_kinds.KINDS[kind](profile=profile)) == {}


@pytest.mark.parametrize("kind", ["letter", "notice", "proposal", "invitation", "annexed", "extreme"])
def test_the_paper_for_signature_and_the_draft_hold_too(kind):
    paper = papers_kinds.KINDS[kind]()
    blank = replace(
        paper,
        number_line=replace(paper.number_line, number=None),
        place_date=PlaceDate("Nông Tiến", expected=date(2026, 6, 1)),
    )
    draft = replace(blank, draft=True, draft_label="Dự thảo lần 2", circulation="Tài liệu hội nghị")
    assert (failures(blank), failures(draft)) == ({}, {})
    assert measured(draft)["draft"].holds


@pytest.mark.parametrize("kind", ["annexed", "extreme", "copied"])
def test_both_sides_of_a_sheet(kind):
    paper = papers_kinds.KINDS[kind](duplex=True)
    assert failures(paper) == {}
    assert measured(paper)["margin, even page (duplex option)"].holds in {True, None}


@pytest.mark.parametrize("kind", CopyKind)
def test_a_copy_is_ruled_off_across_the_text(kind):
    row = measured(papers_kinds.copied(kind))["bản sao"]
    assert (row.holds, row.found) == (True, "165 mm, Số 03-BS/ĐU")


def test_a_row_that_does_not_apply_says_so():
    silent = {
        kind: {
            row
            for row, one in measured(papers_kinds.KINDS[kind]()).items()
            if one.holds is None and row in {"số ký hiệu", "địa danh, ngày", "trích yếu", "“Nơi nhận:”", "công văn", "TTr"}
        }
        for kind in ("letter", "invitation", "minutes", "slip")
    }
    assert silent == {
        "letter": {"trích yếu", "TTr"},
        "invitation": {"trích yếu", "công văn", "TTr"},
        "minutes": {"số ký hiệu", "địa danh, ngày", "“Nơi nhận:”", "công văn", "TTr"},
        "slip": {"số ký hiệu", "“Nơi nhận:”", "công văn", "TTr"},
    }


def test_the_urgency_stamp_stands_under_the_number():
    assert measured(papers_kinds.letter())["khẩn stamp"].holds is True


def test_a_slip_stays_on_one_page_with_the_longest_subject():
    assert pdf.render(papers_kinds.slip(subject=papers_kinds.LONG_SUBJECT)).pages == 1
