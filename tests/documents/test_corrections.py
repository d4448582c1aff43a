"""Corrections to issued papers: a new paper that names the old one."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaigns.choices import PlanState
from documents.choices import PaperKind
from documents.correction_texts import Mistake, correction_texts, name_of
from documents.models import IssuedPaper, PaperDraft
from documents.services.corrections import draft_correction
from documents.services.drafts import issue_draft
from documents.services.issued import withdraw_paper
from tests.factories import NOW, TODAY, make_dispatch, make_paper, make_plan

WRONG = Mistake("mục II, khoản 1", "trước ngày 05/6/2026", "trước ngày 15/6/2026")


@pytest.fixture
def paper(cast):
    """An issued plan that went to one unit, to Tỉnh ủy, and was kept."""
    paper = make_paper(cast.ward, number_text="25-KH/ĐU", subject="Tổ chức học tập Chỉ thị số 01")
    make_dispatch(paper, cast.own_unit, position=1, copies=2)
    make_dispatch(paper, addressee="Thường trực Tỉnh ủy", note="báo cáo", position=2)
    make_dispatch(paper, addressee="Lưu Văn phòng Đảng ủy", position=3)
    return paper


def drafted(paper, cast, **changes):
    facts = {"kind": PaperKind.LETTER, "mistakes": [WRONG], "signer": cast.ward.signers.get()}
    return draft_correction(paper=paper, by=cast.drafter, now=NOW, **facts | changes)


def test_the_words_name_the_old_paper_and_both_readings(cast, paper):
    texts = correction_texts(paper, kind=PaperKind.LETTER, mistakes=[WRONG], committee="Đảng ủy phường Thử")
    assert name_of(paper) == "Kế hoạch số 25-KH/ĐU, ngày 03/6/2026"
    assert texts == {
        "subject": "về việc đính chính Kế hoạch số 25-KH/ĐU, ngày 03/6/2026",
        "addressees": f"{cast.own_unit.name}\nThường trực Tỉnh ủy",
        "body": "Đảng ủy phường Thử đã ban hành Kế hoạch số 25-KH/ĐU, ngày 03/6/2026, tổ chức học tập Chỉ thị số 01. "
        "Do sơ suất trong khâu soạn thảo, văn bản có chỗ chưa chính xác; Đảng ủy phường Thử đính chính như sau:\n"
        "- Mục II, khoản 1: đã in “trước ngày 05/6/2026”, nay sửa là “trước ngày 15/6/2026”.\n"
        "Các nội dung khác của Kế hoạch số 25-KH/ĐU không thay đổi.",
        "closing": "Đề nghị nơi đã nhận Kế hoạch số 25-KH/ĐU biết, thực hiện theo nội dung đính chính.",
        "recipients": "Như trên\nLưu Văn phòng Đảng ủy",
    }


def test_a_notice_prints_the_old_addressees_as_its_own(cast, paper):
    texts = correction_texts(paper, kind=PaperKind.NOTICE, mistakes=[WRONG], committee="Đảng ủy phường Thử")
    assert (texts["addressees"], texts["recipients"].splitlines()) == (
        "",
        [cast.own_unit.name, "Thường trực Tỉnh ủy (báo cáo)", "Lưu Văn phòng Đảng ủy"],
    )


@pytest.mark.pdf
def test_an_issued_correction_points_to_the_old_paper_and_reaches_who_had_it(cast, paper, sign_in):
    frozen = IssuedPaper.objects.filter(pk=paper.pk).values().get()
    draft = drafted(paper, cast)
    facts = {"expected_version": 1, "number": 45, "dated_on": TODAY, "by": cast.clerk, "now": NOW}
    issued = issue_draft(draft=draft, **facts)
    assert (issued.corrects, issued.number_text) == (paper, "45-CV/ĐU")
    assert list(issued.dispatches.order_by("position").values_list("addressee", "unit", "note", "copies")) == [
        (cast.own_unit.name, cast.own_unit.pk, "", 2),
        ("Thường trực Tỉnh ủy", None, "báo cáo", 1),
        ("Lưu Văn phòng Đảng ủy", None, "", 1),
    ]
    assert IssuedPaper.objects.filter(pk=paper.pk).values().get() == frozen
    plan = make_plan(cast.ward, state=PlanState.ISSUED, issued_at=NOW, issued_by=cast.clerk, paper=paper)
    assert reverse("documents:paper-detail", args=[issued.pk]) in sign_in(cast.leader).get(plan.get_absolute_url()).text
    shown = sign_in(cast.secretary).get(reverse("documents:paper-detail", args=[paper.pk])).text
    assert "Được đính chính bởi" in shown
    assert reverse("documents:paper-detail", args=[issued.pk]) in shown


def test_a_withdrawn_paper_is_not_corrected(cast, paper):
    withdraw_paper(paper=paper, reason="ban hành nhầm", by=cast.clerk, at=NOW)
    with pytest.raises(ValidationError) as refused:
        drafted(paper, cast)
    assert (refused.value.code, PaperDraft.objects.count()) == ("withdrawn", 0)


def test_the_page_asks_for_one_place_and_keeps_what_was_typed(cast, paper, sign_in):
    client, page = sign_in(cast.drafter), reverse("documents:paper-correct", args=[paper.pk])
    form = {"kind": "TB", "signer": cast.ward.signers.get().pk, "cho-TOTAL_FORMS": "4", "cho-INITIAL_FORMS": "0"}
    answer = client.post(page, form)
    assert (answer.status_code, PaperDraft.objects.count()) == (200, 0)
    answer = client.post(page, form | {"cho-0-where": "dòng 3", "cho-0-was": "2025", "cho-0-should_be": "2025"})
    assert "giống hệt" in answer.text
    assert 'value="dòng 3"' in answer.text
    whole = {"cho-0-where": "dòng 3", "cho-0-was": "2025", "cho-0-should_be": "2026"}
    answer = client.post(page, form | whole | {"cho-1-where": "dòng 9"})
    errors = [sorted(found) for found in answer.context["places"].errors]
    assert (errors, PaperDraft.objects.count()) == ([[], ["should_be", "was"], [], []], 0)
    answer = client.post(page, form | whole)
    draft = PaperDraft.objects.get()
    assert answer["Location"] == reverse("documents:draft-detail", args=[draft.pk])
    assert (draft.kind, draft.corrects) == (PaperKind.NOTICE, paper)
    assert "đã in “2025”, nay sửa là “2026”" in draft.body
