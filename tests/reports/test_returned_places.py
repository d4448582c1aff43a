"""A return may name several places: each with its reason, each one tap away, ticked once changed, one round in all."""

import pytest
from django.urls import reverse

from reports.choices import EvidenceKind, ResultGroup
from reports.forms.counts import CountsStepForm
from reports.forms.evidence import EvidenceForm
from reports.forms.results import ResultsStepForm
from reports.forms.session import ExtraSessionForm, SessionStepForm
from reports.models import Evidence, Filing, Submission
from reports.selectors.returned import offered_places, returned_places
from reports.services import submissions as services
from reports.services.asked import choose_asked
from tests import factories
from tests.reports import steps
from units.models import AuditEvent

pytestmark = pytest.mark.django_db
PLACES = [
    ("excused", "Biên bản ghi 3 đồng chí vắng."),
    ("speaker", "Ghi rõ chức danh."),
    ("strengths", "Nêu một việc cụ thể."),
]


@pytest.fixture
def sent(cast, clock, sign_in):
    steps.asked(cast)
    steps.report(sign_in(cast.secretary), cast.own_unit)
    return Submission.objects.get()


@pytest.fixture
def returned(cast, sent):
    return services.return_submission(submission=sent, places=PLACES, by=cast.compiler, at=factories.NOW)


def ticks(submission):
    filing = Filing.objects.filter(sent_at=None).first()
    return [one.done for one in returned_places(submission, filing)]


def test_the_office_names_as_many_places_as_it_needs(cast, sent, sign_in):
    client, address = sign_in(cast.compiler), reverse("reports:submission-return", args=[sent.pk])
    told = {"field": "excused", "reason": "Biên bản ghi 3 đồng chí vắng."}
    page = client.post(address, told | {"more": "1"})
    assert "Đề nghị bổ sung 2 chỗ" in page.content.decode()
    assert page.context["form"]["reason"].value() == "Biên bản ghi 3 đồng chí vắng."
    assert not page.context["form"].errors
    told |= {"field_2": "speaker", "reason_2": "Ghi rõ chức danh.", "field_3": "", "reason_3": ""}
    assert client.post(address, told).status_code == 302
    sent.refresh_from_db()
    assert sent.return_places == [
        {"field": "excused", "reason": "Biên bản ghi 3 đồng chí vắng."},
        {"field": "speaker", "reason": "Ghi rõ chức danh."},
    ]
    assert (sent.return_field, sent.return_rounds) == ("excused", 1)
    assert AuditEvent.objects.filter(verb="submission.return").count() == 1
    page = client.get(reverse("reports:submission-detail", args=[sent.pk])).content.decode()
    assert "Đã đề nghị bổ sung 2 chỗ" in page
    assert "Báo cáo viên: Ghi rõ chức danh." in page


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({"field_2": "speaker", "reason_2": ""}, "reason_2"),
        ({"field_2": "", "reason_2": "Ghi rõ."}, "field_2"),
        ({"field_2": "excused", "reason_2": "Ghi rõ."}, "field_2"),
        ({"field_2": "khong-co", "reason_2": "Ghi rõ."}, "field_2"),
    ],
)
def test_half_a_place_is_refused_beside_it(cast, sent, sign_in, more, name):
    client, address = sign_in(cast.compiler), reverse("reports:submission-return", args=[sent.pk])
    page = client.post(address, {"field": "excused", "reason": "Ghi rõ."} | more)
    assert list(page.context["form"].errors) == [name]
    sent.refresh_from_db()
    assert sent.state == "submitted"


def test_the_unit_opens_each_place_by_one_tap(cast, returned, sign_in):
    client = sign_in(cast.secretary)
    for address in ("home", "reports:session-list"):
        page = client.get(reverse(address)).content.decode()
        assert "Đề nghị bổ sung 3 chỗ" in page
        assert [page.index(reason) for _field, reason in PLACES] == sorted(
            page.index(reason) for _field, reason in PLACES
        )
    for field, slug in (
        ("speaker", "buoi-hoc"),
        ("excused", "so-nguoi"),
        ("strengths", "viec-lam"),
        ("members", "so-nguoi"),
    ):
        answer = client.post(reverse("reports:session-amend", args=[returned.pk]), {"place": field})
        filing = Filing.objects.get(sent_at=None)
        wanted = field if field != "members" else "excused"  # not asked for: the first place
        assert answer["Location"] == reverse("reports:session-step", args=[filing.pk, slug]) + f"#div_id_{wanted}"


def test_what_was_changed_is_ticked_and_sending_ends_it(cast, returned, sign_in):
    client = sign_in(cast.secretary)
    client.post(reverse("reports:session-amend", args=[returned.pk]))
    filing = Filing.objects.get(sent_at=None)
    assert ticks(returned) == [False, False, False]
    filing.content["session"]["speaker"] = "Bí thư Đảng ủy phường"
    filing.content["results"]["strengths"] = "Giúp hai hộ nghèo."
    filing.save(update_fields=["content"])
    assert ticks(returned) == [False, True, True]
    page = client.get(reverse("reports:session-list")).content.decode()
    assert page.count("Đã sửa: ") == 2
    step = client.get(reverse("reports:session-step", args=[filing.pk, "so-nguoi"])).content.decode()
    assert "Đề nghị bổ sung 3 chỗ" in step
    assert f'href="{reverse("reports:session-step", args=[filing.pk, "buoi-hoc"])}#div_id_speaker"' in step


def test_a_return_from_before_names_its_one_place(cast, sent):
    Submission.objects.update(state="returned", return_field="excused", return_reason="Xem lại.", return_places=[])
    sent.refresh_from_db()
    assert [(one.field, one.reason) for one in returned_places(sent)] == [("excused", "Xem lại.")]


def test_a_second_return_counts_one_more_round(cast, returned, sign_in):
    client = sign_in(cast.secretary)
    client.post(reverse("reports:session-amend", args=[returned.pk]))
    steps.send(client, Filing.objects.get(sent_at=None))
    returned.refresh_from_db()
    again = services.return_submission(submission=returned, places=PLACES[:1], by=cast.compiler, at=factories.NOW)
    again.refresh_from_db()
    assert (again.return_rounds, len(again.return_places)) == (2, 1)


def test_the_office_completes_a_returned_report_while_another_plan_is_owed(cast, returned, sign_in):
    steps.asked(cast)  # a plan issued meanwhile, not reported yet
    office = sign_in(cast.compiler)
    url = reverse("reports:submission-on-behalf")
    page = office.get(reverse("reports:submission-detail", args=[returned.pk])).content.decode()
    assert f"{url}?unit={returned.unit_id}&amp;returned={returned.pk}" in page
    told = {"unit": returned.unit_id, "source": "phone", "returned": returned.pk}
    office.post(url, told)
    filing = Filing.objects.get(by_office=True)
    assert [plan.pk for plan in filing.plans.all()] == [returned.plan_id]
    assert filing.content["counts"]["present"] == "24"  # as it was sent
    steps.fill(office, filing, session={"directives": filing.content["session"]["directives"]})
    steps.send(office, filing)
    returned.refresh_from_db()
    assert (returned.state, returned.source) == ("submitted", "phone")
    again = office.post(url, told)
    assert "không còn chờ bổ sung" in again.content.decode()


def test_another_unit_chosen_after_all_begins_its_own_report(cast, returned, sign_in):
    steps.asked(cast)
    told = {"unit": cast.other_unit.pk, "source": "paper", "returned": returned.pk}
    sign_in(cast.compiler).post(reverse("reports:submission-on-behalf"), told)
    assert Filing.objects.get(by_office=True).unit == cast.other_unit


EXTRA = {
    "kind": "make_up",
    "held_on": "03/6/2026",
    "present": "2",
    "form": "cell_meeting",
    "way": "in_person",
    "minutes": "45",
    "speaker": "Phó Bí thư chi bộ",
}
# fields that are part of another place of the same page, or a promise rather than an answer
PART_OF = {"limit_picks": "limits", "declared": None}


@pytest.fixture
def made_up(cast, clock, sign_in):
    """A report with a session made up for, of a plan that asks everything."""
    [plan] = steps.asked(cast)
    choose_asked(plan=plan, groups=list(ResultGroup), by=cast.compiler, at=factories.NOW)
    client = sign_in(cast.secretary)
    filing = steps.start(client, cast.own_unit)
    steps.post(client, filing, "buoi-hoc", **steps.SESSION, directives=steps.directives_of(filing))
    assert client.post(reverse("reports:session-extra", args=[filing.pk]), EXTRA).status_code == 302
    steps.fill(client, filing, counts={"excused": "0"})
    steps.send(client, filing)
    return Submission.objects.get()


def all_places(submission):
    return [name for _part, places in offered_places(submission) for name, _label in places]


def test_every_field_of_the_session_the_further_ones_and_the_files_is_opened_by_one_tap(cast, made_up, sign_in):
    """Every field of every form is on a page that one of the offered places opens, at the place itself."""
    offered = all_places(made_up)
    places = [(name, "Xem lại.") for name in offered]
    returned = services.return_submission(submission=made_up, places=places, by=cast.compiler, at=factories.NOW)
    client, amend = sign_in(cast.secretary), reverse("reports:session-amend", args=[made_up.pk])
    opened = [client.post(amend, {"place": name}).url for name in offered]
    pages = {url: client.get(url.partition("#")[0]).content.decode() for url in opened}
    for url in opened:
        anchor = url.partition("#")[2]
        assert f'id="{anchor}"' in pages[url] if anchor else "/sua/" in url, url
    anchors = {url.partition("#")[2] for url in opened}
    asked = {*SessionStepForm.base_fields, *CountsStepForm.base_fields, *ResultsStepForm.base_fields, *EvidenceForm.base_fields}
    wanted = {f"div_id_{PART_OF.get(name, name)}" for name in asked} - {"div_id_None"}
    assert wanted - anchors == set()
    assert {"div_id_concrete_work", "div_id_scores", "div_id_extra"} <= anchors
    [further] = [url for url in opened if "/sua/" in url]
    fields = set(ExtraSessionForm.base_fields) - {"directives", "named"}  # one directive: nothing to choose
    assert [name for name in fields if f'id="div_id_{name}"' not in pages[further]] == []
    assert [one.label for one in returned_places(returned) if one.field.startswith("extra:")] == [
        "Buổi chia ca, học bù ngày 03/6/2026"
    ]


def test_a_further_session_is_mended_where_it_stands(cast, made_up, sign_in):
    [place] = [name for name in all_places(made_up) if name.startswith("extra:")]
    places = [(place, "Ai truyền đạt?"), ("minutes_files", "Gửi biên bản."), ("session_opinions", "Ghi số ý kiến.")]
    returned = services.return_submission(submission=made_up, places=places, by=cast.compiler, at=factories.NOW)
    client = sign_in(cast.secretary)
    url = client.post(reverse("reports:session-amend", args=[made_up.pk]), {"place": place}).url
    page = client.get(url)
    assert "Ai truyền đạt?" in page.content.decode()
    assert page.context["form"]["speaker"].value() == "Phó Bí thư chi bộ"
    filing = Filing.objects.get(sent_at=None)
    assert ticks(returned) == [False, False, False]
    changed = EXTRA | {"speaker": "Bí thư Đảng ủy phường", "version": filing.version}
    assert client.post(url, changed).status_code == 302
    late = client.post(url, changed | {"speaker": "Ai khác"})  # from a page that knows nothing of the change
    assert "vừa được sửa ở máy khác" in late.content.decode()
    kept = factories.make_file(cast.ward, purpose="evidence")
    told = {"file": kept, "kind": EvidenceKind.MINUTES, "added_at": factories.NOW, "added_by": cast.secretary}
    Evidence.objects.create(filing=filing, **told)
    steps.fill(client, filing, counts={"excused": "0", "opinions": "6"})
    assert ticks(returned) == [True, True, True]
    steps.send(client, filing)
    held = made_up.sessions.get(kind="make_up")
    assert (held.speaker, held.minutes, made_up.sessions.count()) == ("Bí thư Đảng ủy phường", 45, 2)


def test_a_further_session_taken_out_opens_the_list_it_is_gone_from(cast, made_up, sign_in):
    [place] = [name for name in all_places(made_up) if name.startswith("extra:")]
    services.return_submission(submission=made_up, places=[(place, "Trùng buổi chính?")], by=cast.compiler, at=factories.NOW)
    client, amend = sign_in(cast.secretary), reverse("reports:session-amend", args=[made_up.pk])
    client.post(amend)
    filing = Filing.objects.get(sent_at=None)
    client.post(reverse("reports:session-extra-remove", args=[filing.pk, 0]))
    assert client.post(amend).url == reverse("reports:session-step", args=[filing.pk, "buoi-hoc"]) + "#div_id_extra"
    assert client.get(reverse("reports:session-extra-edit", args=[filing.pk, 0])).status_code == 404


def test_only_what_the_unit_is_asked_can_be_named(cast, clock, sign_in):
    [plan] = steps.asked(cast)
    choose_asked(plan=plan, groups=[ResultGroup.REMARKS], by=cast.compiler, at=factories.NOW)
    steps.report(sign_in(cast.secretary), cast.own_unit)
    sent = Submission.objects.get()
    offered = all_places(sent)
    assert "strengths" in offered
    assert {"essays_due", "concrete_work", "photos"} & set(offered) == set()
    cast.own_unit.figures_withheld = True
    cast.own_unit.save(update_fields=["figures_withheld"])
    sent.refresh_from_db()
    assert "excused" not in all_places(sent)
    assert "held_on" in all_places(sent)


def test_a_field_inside_the_details_opens_by_one_tap_too(cast, sent, sign_in):
    places = [("outside_youth", "Ghi số đoàn viên."), ("minutes_kept", "Đã có biên bản chưa?")]
    returned = services.return_submission(submission=sent, places=places, by=cast.compiler, at=factories.NOW)
    client = sign_in(cast.secretary)
    amend = reverse("reports:session-amend", args=[returned.pk])
    opened = [client.post(amend, {"place": field}).url for field, _reason in places]
    assert [url.rsplit("/", 2)[-2:] for url in opened] == [["so-nguoi", "#div_id_outside_youth"], ["buoi-hoc", "#div_id_minutes_kept"]]
    page = client.get(opened[0]).content.decode()
    assert 'id="div_id_outside_youth"' in page
    assert 'id="div_id_minutes_kept"' in client.get(opened[1]).content.decode()
