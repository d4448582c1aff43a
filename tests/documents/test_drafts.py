"""Letters, notices, minutes and copies: written, printed for signature, numbered, frozen."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from documents.choices import CopyKind, DraftState, PaperKind
from documents.content import Heading, Item, Paragraph, Recipient
from documents.draft_papers import draft_paper
from documents.draft_text import addressees_of, blocks_of, recipients_of
from documents.inspection import inspect
from documents.models import IssuedPaper, NumberEntry, PaperDraft
from documents.paper_json import from_dict, to_dict
from documents.services.drafts import create_draft, discard_draft, edit_draft, issue_draft
from documents.writing import pdf
from tests.documents.papers import short_plan
from tests.factories import NOW, TODAY, make_paper
from units.models import AuditEvent

TEXTS = {
    "subject": "về việc rà soát danh sách",
    "addressees": "- Các chi bộ;\nỦy ban nhân dân phường.",
    "body": "Đề nghị các đơn vị:\n1. Thời gian: trước ngày **15/6/2026**.\n- Gửi danh sách;\n- Cử người dự.",
    "closing": "Đề nghị các đơn vị quan tâm thực hiện.",
    "recipients": "Như trên\nThường trực Tỉnh ủy (báo cáo)\nLưu Văn phòng Đảng ủy",
}


def letter(cast, **changes):
    facts = TEXTS | {"signer": cast.ward.signers.get()} | changes
    return create_draft(ward=cast.ward, kind=PaperKind.LETTER, by=cast.drafter, now=NOW, **facts)


def issue(draft, cast, **changes):
    facts = {"expected_version": draft.version, "number": 45, "dated_on": TODAY, "by": cast.clerk, "now": NOW}
    return issue_draft(draft=draft, **(facts | changes))


def test_typed_lines_become_blocks():
    assert list(blocks_of("I. Kết quả\n\n1. Ưu điểm: nhiều\n2. Hạn chế\n3. Đây là một câu trọn.\n- ý\n+ nhỏ\nCâu.")) == [
        Heading(1, "I.", "KẾT QUẢ"),
        Heading(2, "1.", "Ưu điểm", ": nhiều"),
        Heading(2, "2.", "Hạn chế"),
        Paragraph("3. Đây là một câu trọn."),
        Item("ý"),
        Item("nhỏ", "+"),
        Paragraph("Câu."),
    ]


def test_addressees_and_recipients_lose_the_marks_typed_by_hand():
    assert addressees_of("- Các chi bộ;\n\nĐảng ủy Công an.") == ("Các chi bộ", "Đảng ủy Công an")
    assert recipients_of("- Tỉnh ủy (báo cáo);\nLưu") == (Recipient("Tỉnh ủy", "báo cáo"), Recipient("Lưu"))


@pytest.mark.pdf
def test_a_letter_goes_from_draft_to_register(cast):
    cast.ward.signers.update(name="Trần Văn Mẫu")
    draft = letter(cast)
    blank = draft_paper(draft, today=TODAY)
    assert blank.for_signature
    issued = issue(draft, cast)
    draft.refresh_from_db()
    assert (draft.state, draft.paper) == (DraftState.ISSUED, issued)
    assert (issued.kind, issued.number_text, issued.subject) == ("CV", "45-CV/ĐU", "về việc rà soát danh sách")
    assert [line.addressee for line in issued.dispatches.order_by("position")] == [
        cast.own_unit.name, cast.other_unit.name, cast.body.name, "Thường trực Tỉnh ủy", "Lưu Văn phòng Đảng ủy",
    ]  # fmt: skip
    found = inspect(pdf.render(from_dict(issued.content)).data)
    assert {one.row: one.found for one in found if one.holds is False} == {}
    verbs = list(AuditEvent.objects.filter(object_type="documents.paperdraft").values_list("verb", flat=True))
    assert verbs == ["draft.create"]


def test_what_somebody_else_saved_is_not_overwritten(cast):
    draft = letter(cast)
    edit_draft(draft=draft, expected_version=1, by=cast.drafter, now=NOW, subject="mới")
    with pytest.raises(ValidationError) as refused:
        edit_draft(draft=draft, expected_version=1, by=cast.reviewer, now=NOW, subject="khác")
    assert refused.value.code == "changed"
    assert PaperDraft.objects.get().subject == "mới"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"number": None}, "Cần ghi số"),
        ({"dated_on": date(2100, 1, 1)}, "không thể sau hôm nay"),
        ({"expected_version": 7}, "vừa được người khác sửa"),
    ],
)
def test_nothing_is_kept_of_a_refused_issue(cast, changes, text):
    draft = letter(cast)
    with pytest.raises(ValidationError) as refused:
        issue(draft, cast, **changes)
    assert text in str(refused.value.messages)
    assert (NumberEntry.objects.count(), IssuedPaper.objects.count()) == (0, 0)
    assert PaperDraft.objects.get().state == DraftState.DRAFT


def test_without_signer_nothing_is_issued(cast):
    with pytest.raises(ValidationError) as refused:
        issue(letter(cast, signer=None), cast)
    assert refused.value.code == "no_signer"


def test_an_issued_paper_cannot_be_issued_again_or_thrown_away(cast, monkeypatch):
    draft = letter(cast)
    PaperDraft.objects.filter(pk=draft.pk).update(state=DraftState.ISSUED)
    for act in (lambda: issue(draft, cast), lambda: discard_draft(draft=draft, by=cast.drafter, now=NOW)):
        with pytest.raises(ValidationError) as refused:
            act()
        assert refused.value.code == "changed"
    assert PaperDraft.objects.count() == 1


@pytest.mark.pdf
def test_minutes_take_no_number(cast):
    draft = create_draft(
        ward=cast.ward, kind=PaperKind.MINUTES, by=cast.drafter, now=NOW, subject="Hội nghị học tập",
        body="Thời gian: 07 giờ 30.\n1. Nội dung\nHọc tập nghị quyết.", chair_name="Trần Văn Mẫu", recorder_name="Lê Thị Mẫu",
    )  # fmt: skip
    issued = issue(draft, cast, number=None)
    paper = from_dict(issued.content)
    assert (issued.number_text, str(issued), issued.signer_name) == ("", "Biên bản hội nghị học tập", "Trần Văn Mẫu")
    assert (paper.second_signature.name, paper.number_line) == ("Lê Thị Mẫu", None)
    assert NumberEntry.objects.count() == 0


@pytest.mark.pdf
@pytest.mark.parametrize(("kind", "blocks"), [(CopyKind.TRUE_COPY, 15), (CopyKind.EXTRACT, 2)])
def test_a_copy_takes_the_frozen_text_and_a_number_of_its_own(cast, kind, blocks):
    original = make_paper(cast.ward, content=to_dict(short_plan()))
    draft = create_draft(
        ward=cast.ward, kind=PaperKind.COPY, by=cast.drafter, now=NOW, copy_of=original, copy_kind=kind,
        extract=[0, 3] if kind == CopyKind.EXTRACT else [], recipients="Các chi bộ\nLưu Văn phòng Đảng ủy",
        signer=cast.ward.signers.get(), subject=original.subject,
    )  # fmt: skip
    assert draft_paper(draft, today=TODAY).for_signature
    issued = issue(draft, cast, number=3)
    paper = from_dict(issued.content)
    assert (issued.kind, issued.number_text, issued.pdf.shown_name) == ("BS", "03-BS/ĐU", "BS-03-DU.pdf")
    assert (paper.number_line.number, len(paper.blocks)) == (12, blocks)


@pytest.mark.parametrize("kind", ["cong-van", "thong-bao", "to-trinh", "giay-moi", "bien-ban"])
def test_each_kind_is_written_on_its_page(client, cast, kind):
    client.force_login(cast.drafter)
    page = reverse("documents:draft-new", args=[kind])
    assert client.get(page).status_code == 200
    data = TEXTS | {"signer": cast.ward.signers.get().pk, "chair_name": "A", "recorder_name": "B"}
    answer = client.post(page, data)
    draft = PaperDraft.objects.get()
    assert answer.url == reverse("documents:draft-detail", args=[draft.pk])
    frame = client.get(reverse("documents:draft-text", args=[draft.pk])).content.decode()
    assert 'id="khoi-1"' in frame
    assert client.get(answer.url).status_code == 200


def test_an_invalid_form_comes_back_with_everything_typed(client, cast):
    client.force_login(cast.drafter)
    answer = client.post(reverse("documents:draft-new", args=["cong-van"]), {"body": "Đã gõ nhiều.", "annex_body": "x"})
    assert answer.status_code == 200
    assert "Đã gõ nhiều." in answer.content.decode()
    assert set(answer.context["form"].errors) == {"subject", "addressees", "recipients", "signer", "annex_title"}


@pytest.mark.pdf
def test_the_clerk_numbers_what_the_drafter_wrote(client, cast):
    draft = letter(cast)
    client.force_login(cast.clerk)
    page = reverse("documents:draft-issue", args=[draft.pk])
    data = {"version": 1, "number": 45, "dated_on": f"{TODAY:%d/%m/%Y}"}
    answer = client.post(page, data)
    issued = IssuedPaper.objects.get()
    assert answer.url == reverse("documents:paper-detail", args=[issued.pk])
    assert client.get(page).status_code == 404
    printed = client.get(reverse("documents:draft-detail", args=[draft.pk]))
    assert printed.url == reverse("documents:paper-detail", args=[issued.pk])


@pytest.mark.pdf
def test_the_paper_for_signature_is_blank_and_the_marked_one_says_so(client, cast):
    draft = letter(cast)
    client.force_login(cast.drafter)
    page = reverse("documents:draft-print", args=[draft.pk])
    names = [client.get(page)["Content-Disposition"], client.get(f"{page}?du-thao=1")["Content-Disposition"]]
    assert names == ['inline; filename="CV-trinh-ky-DU.pdf"'] * 2


def test_a_copy_of_a_copy_is_not_offered(client, cast):
    copy = make_paper(cast.ward, kind=PaperKind.COPY, content=to_dict(short_plan()))
    client.force_login(cast.drafter)
    assert client.get(reverse("documents:draft-copy", args=[copy.pk])).status_code == 404
