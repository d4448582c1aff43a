"""Papers of a conference: drafted from the record, numbered in their own series, sent to those they are for."""

import datetime as dt
import io

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from pypdf import PdfReader

from campaigns.choices import ConferenceMoveKind, LetterPurpose, ParticipantClass
from campaigns.letter_texts import LISTED, letter_texts
from campaigns.models import Conference, ConferenceLetter, ConferenceMove
from campaigns.selectors.conference_letters import letter_facts, letter_invitees, purposes_for, without_letter
from campaigns.selectors.conference_replies import reply_address
from campaigns.services.conference_letters import draft_letter
from campaigns.services.conferences import cancel_conference, merge_conferences, postpone_conference
from documents.choices import PaperKind
from documents.models import NumberBook
from documents.services.drafts import discard_draft, issue_draft
from tests.campaigns.conferences import make_conference, make_invitee
from tests.e2e.qr import read_card
from tests.factories import NOW, TODAY, make_issued_plan

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def conference(cast):
    plan = make_issued_plan(cast.ward, units=[cast.own_unit])
    facts = {"held_on": dt.date(2026, 6, 12), "starts_at": dt.time(7, 30), "month_on": dt.date(2026, 6, 1)}
    facts |= {
        "title": "Hội nghị quán triệt Chỉ thị",
        "chair": "Bí thư Đảng ủy",
        "programme": "- Quán triệt\n- Thảo luận;",
    }
    conference = make_conference(cast.ward, plans=[plan], by=cast.compiler, **facts)
    make_invitee(conference, cast.own_unit, person=cast.secretary, name="Trần Văn Mẫu")
    make_invitee(conference, cast.other_unit)
    make_invitee(conference, None, kind=ParticipantClass.GUESTS, name="Lê Thị Khách", office="Phó Giám đốc")
    return conference


def drafted(conference, cast, *, kind=PaperKind.NOTICE, guests=False, **changes):
    classes = conference.classes.filter(kind=ParticipantClass.GUESTS if guests else ParticipantClass.SECRETARIES)
    facts = {"purpose": LetterPurpose.CONVENE, "groups": classes, "personal": guests, "signer": cast.ward.signers.get()}
    return draft_letter(conference=conference, kind=kind, by=cast.drafter, now=NOW, **facts | changes)


def issued(letter, cast, number=12):
    draft = letter.draft
    facts = {"expected_version": draft.version, "number": number, "dated_on": TODAY, "by": cast.clerk, "now": NOW}
    return issue_draft(draft=draft, **facts)


def test_a_notice_names_basis_time_place_and_the_list(cast, conference):
    draft = drafted(conference, cast).draft
    plan = conference.plans.get().paper
    committee = cast.ward.ward_settings.committee_heading
    venue = conference.venue.name
    assert (draft.subject, draft.addressees) == ("triệu tập hội nghị quán triệt Chỉ thị", "")
    assert draft.body.splitlines() == [
        (
            f"Thực hiện Kế hoạch số {plan.number_text}, ngày 03/6/2026, {committee} triệu tập hội nghị quán triệt Chỉ thị, "
            "cụ thể như sau:"
        ),
        "1. Thời gian: 07 giờ 30, thứ Sáu, ngày 12/6/2026.",
        f"2. Địa điểm: {venue}.",
        "3. Chủ trì: Bí thư Đảng ủy.",
        f"4. Thành phần: {LISTED}.",
        "5. Nội dung: Quán triệt; Thảo luận.",
        (
            "6. Báo dự, báo vắng: Đề nghị báo dự, xin vắng (nêu lý do) hoặc người dự thay qua đường dẫn riêng đã gửi, "
            "hoặc với Văn phòng Đảng ủy, điện thoại 0207 3800 000, trước giờ họp."
        ),
    ]
    assert draft.annex_body.splitlines() == [
        "I. Bí thư chi bộ, đảng bộ cơ sở, chi bộ trực thuộc",
        f"- Đồng chí Trần Văn Mẫu, Bí thư, {cast.own_unit.name};",
        f"- Bí thư, {cast.other_unit.name}.",
    ]
    assert set(draft.sent_to.all()) == {cast.own_unit, cast.other_unit}
    assert [one.name for one in without_letter(conference)] == ["Lê Thị Khách"]


def test_a_letter_addresses_few_by_name_and_many_by_the_list(cast, conference):
    assert drafted(conference, cast, kind=PaperKind.LETTER).draft.addressees.splitlines() == [
        f"Đồng chí Trần Văn Mẫu, Bí thư, {cast.own_unit.name}",
        f"Bí thư, {cast.other_unit.name}",
    ]
    for _ in range(7):
        make_invitee(conference, cast.own_unit)
    assert drafted(conference, cast, kind=PaperKind.LETTER).draft.addressees == LISTED[:1].upper() + LISTED[1:]


@pytest.mark.pdf
def test_an_issued_letter_has_its_own_series_and_reaches_its_units(cast, conference, sign_in):
    paper = issued(drafted(conference, cast), cast)
    invitation = issued(drafted(conference, cast, kind=PaperKind.INVITATION, guests=True), cast)
    assert (paper.number_text, invitation.number_text) == ("12-TB/ĐU", "12-GM/ĐU")
    assert set(NumberBook.objects.values_list("kind_sign", flat=True)) == {"TB", "GM"}
    units = {cast.own_unit.pk, cast.other_unit.pk}
    assert set(paper.dispatches.exclude(unit=None).values_list("unit", flat=True)) == units
    assert "Như danh sách kèm theo" not in paper.dispatches.values_list("addressee", flat=True)
    page = reverse("documents:paper-detail", args=[paper.pk])
    own, office = sign_in(cast.secretary).get(page), sign_in(cast.clerk).get(page)
    doors = [reverse("documents:paper-list"), reverse("documents:book-detail", args=[paper.entry.book_id])]
    assert [f'href="{door}"' in own.text for door in doors] == [False, False]  # a unit may open neither
    assert [f'href="{door}"' in office.text for door in doors] == [True, True]
    assert (own.status_code, "đã gửi" in own.text, "nơi nhận; đã gửi" in office.text) == (200, False, True)


@pytest.mark.pdf
def test_each_guest_gets_a_copy_with_name_and_own_link(cast, conference, sign_in):
    make_invitee(conference, None, kind=ParticipantClass.GUESTS, name="Vũ Văn Khách", office="Chủ tịch Hội")
    letter = drafted(conference, cast, kind=PaperKind.INVITATION, guests=True)
    page = reverse("campaigns:letter-copies", args=[conference.pk, letter.pk])
    assert sign_in(cast.clerk).get(page).status_code == 404
    paper = issued(letter, cast)
    response = sign_in(cast.clerk).get(page)
    pages = [" ".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(response.content)).pages]
    assert [("Lê Thị Khách" in text, "Vũ Văn Khách" in text) for text in pages] == [(True, False), (False, True)]
    assert all("12-GM/ĐU" in text and LISTED not in text and "- Như trên;" in text for text in pages)
    assert not any("danh sách kèm theo" in text for text in pages)
    links = [reply_address(one).rpartition("/giay-moi/")[2][:12] for one in letter.invitees.order_by("position")]
    assert [link in text.replace(" ", "") for link, text in zip(links, pages, strict=True)] == [True, True]
    own = [reply_address(one) for one in letter.invitees.order_by("position")]
    assert [read_card(response.content, page=number) for number in range(2)] == own
    assert ["Quét để trả lời" in text for text in pages] == [True, True]
    assert sign_in(cast.drafter).get(page).status_code == 403
    paper.refresh_from_db()
    assert LISTED in str(paper.content)


def test_no_paper_before_the_day_is_fixed_and_none_for_nobody(cast, conference):
    with pytest.raises(ValidationError) as refused:
        drafted(conference, cast, groups=[])
    assert refused.value.code == "empty"
    Conference.objects.filter(pk=conference.pk).update(state="planned", held_on=None, starts_at=None)
    conference.refresh_from_db()
    with pytest.raises(ValidationError) as refused:
        drafted(conference, cast)
    assert (refused.value.code, ConferenceLetter.objects.count()) == ("purpose", 0)


@pytest.mark.pdf
def test_a_notice_of_change_names_the_letter_before_and_the_reason(cast, conference):
    first = issued(drafted(conference, cast), cast)
    assert purposes_for(conference) == [LetterPurpose.CONVENE]
    reason = {"before": "08 giờ 00, 05/6/2026, Hội trường cũ", "reason": "trùng lịch họp tỉnh.", "made_at": NOW, "made_by": cast.compiler}
    ConferenceMove.objects.create(conference=conference, kind=ConferenceMoveKind.MOVED, **reason)
    assert purposes_for(conference) == [LetterPurpose.CONVENE, LetterPurpose.MOVED]
    body = drafted(conference, cast, purpose=LetterPurpose.MOVED).draft.body.splitlines()
    assert body[0].startswith(f"Tại Thông báo số {first.number_text}, ngày 03/6/2026, ")
    assert "Lý do: trùng lịch họp tỉnh. " in body[0]
    assert body[0].endswith("đổi thời gian, địa điểm như sau, thay cho 08 giờ 00, 05/6/2026, Hội trường cũ:")
    assert body[1] == "1. Thời gian: 07 giờ 30, thứ Sáu, ngày 12/6/2026."
    Conference.objects.filter(pk=conference.pk).update(state="cancelled")
    conference.refresh_from_db()
    assert purposes_for(conference) == [LetterPurpose.CANCELLED]
    subject = drafted(conference, cast, purpose=LetterPurpose.CANCELLED).draft.subject
    assert subject == "không tổ chức hội nghị quán triệt Chỉ thị"


def test_an_online_conference_names_its_points(cast, conference):
    conference.way, conference.online_points = "hybrid", 4
    conference.save()
    assert "3. Hình thức: Trực tiếp kết hợp trực tuyến, 4 điểm cầu." in drafted(conference, cast).draft.body.splitlines()


def test_the_letter_of_a_merged_conference_says_into_which(cast, conference):
    issued(drafted(conference, cast), cast)
    facts = {"held_on": dt.date(2026, 6, 19), "starts_at": dt.time(14), "month_on": dt.date(2026, 6, 1)}
    kept = make_conference(cast.ward, title="Hội nghị chung tháng 6", by=cast.compiler, **facts)
    merge_conferences(kept=kept, gone=conference, by=cast.compiler, at=NOW)
    assert purposes_for(conference) == [LetterPurpose.MERGED]
    draft = drafted(conference, cast, purpose=LetterPurpose.MERGED).draft
    first, *rest = draft.body.splitlines()
    assert first.startswith("Tại Thông báo số 12")
    assert first.endswith("thông báo gộp hội nghị quán triệt Chỉ thị vào hội nghị chung tháng 6, cụ thể như sau:")
    assert rest == ["1. Thời gian: 14 giờ 00, thứ Sáu, ngày 19/6/2026.", f"2. Địa điểm: {kept.venue.name}."]
    assert "không tổ chức" not in f"{draft.subject} {draft.body}"
    cancel_conference(conference=kept, version=kept.version, reason="Bão", by=cast.compiler, at=NOW)
    assert purposes_for(conference) == [LetterPurpose.CANCELLED]


def test_the_letter_of_a_postponed_conference_names_the_month_and_why(cast, conference, sign_in):
    now = {"by": cast.compiler, "at": NOW}
    version = conference.version
    postpone_conference(conference=conference, version=version, month_on=dt.date(2026, 7, 1), reason="Bão số 3", **now)
    draft = drafted(conference, cast, purpose=LetterPurpose.POSTPONED).draft
    assert draft.subject == "hoãn hội nghị quán triệt Chỉ thị"
    assert "Lý do: Bão số 3. " in draft.body
    assert "dự kiến tổ chức trong tháng 7/2026; ngày, giờ cụ thể sẽ được thông báo sau." in draft.body
    client = sign_in(cast.drafter)
    page = client.get(reverse("campaigns:letter-list", args=[conference.pk])).text
    assert ("soạn giấy báo hoãn" in page, "Soạn giấy mời khách" in page) == (True, False)
    assert "Báo hoãn" in client.get(reverse("campaigns:letter-new", args=[conference.pk])).text


def test_a_discarded_draft_frees_its_lines(cast, conference):
    letter = drafted(conference, cast)
    discard_draft(draft=letter.draft, by=cast.drafter, now=NOW)
    assert (ConferenceLetter.objects.count(), without_letter(conference).count()) == (0, 3)


def test_the_pages_draft_and_list(cast, conference, sign_in):
    client = sign_in(cast.drafter)
    page = reverse("campaigns:letter-list", args=[conference.pk])
    assert "Còn 3 dòng trong danh sách" in client.get(page).text
    form = client.get(reverse("campaigns:letter-new", args=[conference.pk]) + "?khach").context["form"]
    assert [one.kind for one in conference.classes.filter(pk__in=form.initial["groups"])] == [ParticipantClass.GUESTS]
    typed = {"purpose": "convene", "kind": "GM", "groups": form.initial["groups"], "personal": "co"}
    typed["signer"] = cast.ward.signers.get().pk
    client.post(reverse("campaigns:letter-new", args=[conference.pk]), typed)
    letter = ConferenceLetter.objects.get()
    assert (letter.personal, letter.draft.kind) == (True, PaperKind.INVITATION)
    shown = client.get(page).text
    assert reverse("documents:draft-detail", args=[letter.draft_id]) in shown
    assert "Còn 2 dòng trong danh sách" in shown


@pytest.mark.parametrize("lines", [3, 60])
def test_the_words_take_as_many_queries_for_60_lines_as_for_3(cast, conference, django_assert_max_num_queries, lines):
    for _ in range(lines):
        make_invitee(conference, cast.own_unit)
    with django_assert_max_num_queries(8):
        invitees = letter_invitees(conference, groups=list(conference.classes.all()))
        facts = letter_facts(conference, invitees=invitees, purpose=LetterPurpose.CONVENE)
        letter_texts(facts, kind=PaperKind.NOTICE, purpose=LetterPurpose.CONVENE)
