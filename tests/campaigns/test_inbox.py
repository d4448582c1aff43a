"""Văn bản gửi chi bộ: who finds which papers, the first reading, the unit's own word, what comes enclosed."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaigns.choices import DirectiveScope
from campaigns.models import DirectiveFile
from documents.choices import FilePurpose, PaperKind
from documents.paper_json import to_dict
from documents.services.dispatches import state_made_known
from documents.services.files import stored_path
from tests import factories
from tests.documents.papers import short_plan
from units.choices import Role, UnitKind
from units.models import AuditEvent


def place(line, name="detail"):
    return reverse(f"campaigns:inbox-{name}", args=[line.pk])


@pytest.fixture
def sent(cast):
    """A plan's paper sent to own_unit and to the people's committee."""
    paper = factories.make_paper(
        cast.ward, by=cast.clerk, content=to_dict(short_plan()), subject="học tập Chỉ thị số 05"
    )
    return factories.make_dispatch(paper, cast.own_unit), factories.make_dispatch(paper, cast.body)


@pytest.mark.parametrize("who", ["secretary", "helper", "contact"])
def test_an_addressee_finds_the_papers_sent_to_it_and_no_other(cast, sign_in, sent, who):
    other = factories.make_dispatch(factories.make_paper(cast.ward), cast.other_unit)
    client = sign_in(getattr(cast, who))
    page = client.get(reverse("campaigns:inbox-list"))
    assert [line.pk for line in page.context["page_obj"]] == [sent[who == "contact"].pk]
    assert [client.get(place(one)).status_code for one in (other, sent[who != "contact"])] == [404, 404]


def test_the_first_opening_is_recorded_once_with_who_and_when(cast, sign_in, clock, sent):
    line = sent[0]
    client = sign_in(cast.helper)
    client.head(place(line))
    line.refresh_from_db()
    assert line.first_opened_at is None
    page = client.get(place(line)).content.decode()
    clock.shift(dt.timedelta(hours=2))
    sign_in(cast.secretary).get(place(line))
    line.refresh_from_db()
    assert (line.first_opened_at, line.first_opened_by) == (factories.NOW, cast.helper)
    assert AuditEvent.objects.filter(verb="dispatch.opened").count() == 1
    assert "Học tập Chỉ thị số 05" in page
    assert "bí thư bấm nút" in page  # the helper may not speak for the unit


def test_the_file_itself_counts_as_opening_whatever_page_led_there(cast, sign_in, sent):
    paper = sent[0].paper
    target = stored_path(paper.pdf.path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(factories.PDF_BYTES)
    address = reverse("documents:file-download", args=[paper.pdf_id])
    assert sign_in(cast.clerk).get(address).status_code == 200
    sent[0].refresh_from_db()
    assert sent[0].first_opened_at is None
    assert sign_in(cast.secretary).get(address).status_code == 200
    for line in sent:
        line.refresh_from_db()
    assert (sent[0].first_opened_by, sent[1].first_opened_by) == (cast.secretary, None)


def test_the_paper_page_counts_as_opening_too(cast, sign_in, sent):
    assert sign_in(cast.contact).get(reverse("documents:paper-detail", args=[sent[1].paper_id])).status_code == 200
    sent[1].refresh_from_db()
    assert sent[1].first_opened_by == cast.contact


def test_the_home_of_a_phone_counts_what_is_unread(cast, sign_in, sent):
    client = sign_in(cast.secretary)
    assert client.get("/").context["unread"] == 1
    client.get(place(sent[0]))
    assert client.get("/").context["unread"] == 0
    paper = factories.make_paper(cast.ward, withdrawn_at=factories.NOW, withdrawn_by=cast.clerk)
    factories.make_dispatch(paper, cast.own_unit)
    assert client.get("/").context["unread"] == 0


def test_the_home_of_a_body_says_so_in_a_line(cast, sign_in, sent):
    client = sign_in(cast.contact)
    assert "1 văn bản gửi đến chưa mở." in client.get("/").content.decode()
    client.get(place(sent[1]))
    assert "gửi đến chưa mở" not in client.get("/").content.decode()


def test_a_plan_entered_after_the_fact_is_no_news(cast, sign_in):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit], recorded_past=True)
    factories.make_dispatch(plan.paper, cast.own_unit)
    client = sign_in(cast.secretary)
    assert client.get("/").context["unread"] == 0
    assert len(client.get(reverse("campaigns:inbox-list")).context["page_obj"]) == 1


def test_the_secretary_says_for_the_cell_that_it_is_made_known(cast, sign_in, clock, sent):
    line = sent[0]
    client = sign_in(cast.secretary)
    client.get(place(line))
    clock.shift(dt.timedelta(hours=1))
    client.post(place(line, "state"))
    clock.shift(dt.timedelta(hours=1))
    page = client.post(place(line, "state"), follow=True).content.decode()
    line.refresh_from_db()
    assert (line.stated_at, line.stated_by, line.stated_name) == (
        factories.NOW + dt.timedelta(hours=1), cast.secretary, str(cast.secretary),
    )  # fmt: skip
    assert f"Đồng chí {cast.secretary} báo lúc" in page
    client.post(place(line, "unstate"))
    line.refresh_from_db()
    assert (line.stated_at, line.stated_by, line.stated_name) == (None, None, "")
    assert list(AuditEvent.objects.filter(verb__contains="stated").order_by("pk").values_list("verb", flat=True)) == [
        "dispatch.stated", "dispatch.unstated",
    ]  # fmt: skip


def test_the_contact_speaks_for_a_body_the_helper_for_nobody(cast, sign_in, sent):
    assert sign_in(cast.contact).post(place(sent[1], "state")).status_code == 302
    assert sign_in(cast.helper).post(place(sent[0], "state")).status_code == 403
    for line in sent:
        line.refresh_from_db()
    assert (sent[0].stated_by, sent[1].stated_by) == (None, cast.contact)


@pytest.mark.parametrize(
    ("fields", "code"), [({"kind": PaperKind.INVITATION}, "not_asked"), ({"withdrawn": True}, "withdrawn")]
)
def test_no_word_is_asked_of_an_invitation_or_of_a_paper_taken_back(cast, sign_in, fields, code):
    if fields.pop("withdrawn", False):
        fields |= {"withdrawn_at": factories.NOW, "withdrawn_by": cast.clerk, "withdrawal_reason": "Sai ngày"}
    line = factories.make_dispatch(factories.make_paper(cast.ward, **fields), cast.own_unit)
    with pytest.raises(ValidationError) as refused:
        state_made_known(line=line, by=cast.secretary, at=factories.NOW)
    assert refused.value.code == code
    client = sign_in(cast.secretary)
    assert "đã quán triệt</button>" not in client.get(place(line)).content.decode()
    assert client.post(place(line, "state"), follow=True).status_code == 200
    line.refresh_from_db()
    assert line.stated_at is None


def test_a_paper_for_key_officials_comes_without_its_file(cast, sign_in):
    wide, narrow = (
        factories.make_directive(scope=scope) for scope in (DirectiveScope.PARTY, DirectiveScope.KEY_OFFICIALS)
    )
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit], directives=[wide, narrow])
    line = factories.make_dispatch(plan.paper, cast.own_unit)
    files = [
        DirectiveFile.objects.create(
            directive=one,
            title="Toàn văn",
            file=factories.make_file(cast.ward, by=cast.clerk, purpose=FilePurpose.DIRECTIVE),
        )
        for one in (wide, narrow)
    ]
    client = sign_in(cast.secretary)
    page = client.get(place(line)).content.decode()
    links = [reverse("campaigns:directive-file", args=[one.directive_id, one.pk]) for one in files]
    assert [link in page for link in links] == [True, False]
    assert "không gửi tệp" in page
    assert client.get(links[1]).status_code == 404
    assert client.get(reverse("documents:file-download", args=[files[1].file_id])).status_code == 404


def test_a_committee_does_not_open_for_its_branch(cast, sign_in):
    committee = factories.make_unit(cast.ward, kind=UnitKind.GRASSROOTS_COMMITTEE, name="Đảng bộ Trường A")
    branch = factories.make_unit(committee, kind=UnitKind.SUBORDINATE_CELL)
    line = factories.make_dispatch(factories.make_paper(cast.ward), branch)
    above = factories.make_person(committee, Role.SECRETARY)
    client = sign_in(above)
    assert client.get(place(line)).status_code == 404
    client.get(reverse("documents:paper-detail", args=[line.paper_id]))
    line.refresh_from_db()
    assert line.first_opened_at is None


def test_the_list_takes_as_many_queries_with_one_paper_as_with_many(cast, sign_in, sent, django_assert_max_num_queries):
    client = sign_in(cast.secretary)
    address = reverse("campaigns:inbox-list")
    client.get(address)
    with django_assert_max_num_queries(20) as one:
        client.get(address)
    for _ in range(12):
        factories.make_dispatch(factories.make_paper(cast.ward), cast.own_unit)
    with django_assert_max_num_queries(len(one)):
        assert len(client.get(address).context["page_obj"]) == 13


def test_an_addressee_named_twice_has_the_paper_once(cast, sign_in, sent):
    factories.make_dispatch(sent[0].paper, cast.own_unit)
    client = sign_in(cast.secretary)
    assert len(client.get(reverse("campaigns:inbox-list")).context["page_obj"]) == 1
    assert client.get("/").context["unread"] == 1
    client.get(place(sent[0]))
    assert client.get("/").context["unread"] == 0
