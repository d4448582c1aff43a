"""Directives: registered once in any spelling, corrected in one place, their files kept within a ward."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from campaigns.choices import DirectiveScope
from campaigns.models import Directive, DirectiveFile
from campaigns.selectors.directives import chain_above, same_directive, search_directives, visible_directive_files
from campaigns.services.directives import mark_date_unverified, register_directive, revise_directive
from campaigns.services.drafting import draft_plan
from documents.choices import PaperKind
from tests import factories
from tests.campaigns.office import START, directive_facts, make_office
from units.models import AuditEvent
from units.selectors.access import access_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return factories.make_user()


def test_register_directive_keeps_what_was_typed_and_the_trail(clerk):
    directive = register_directive(by=clerk, scope=DirectiveScope.PARTY, **directive_facts())
    assert (directive.short_form, directive.scope, directive.registered_by) == ("Chỉ thị số 05-CT/TU", "party", clerk)
    assert list(AuditEvent.objects.values_list("verb", "object_label")) == [("directive.register", "Chỉ thị số 05-CT/TU")]


@pytest.mark.proves("N-03", "N-04")
@pytest.mark.parametrize(
    ("number", "sign"),
    [("05", "CT/TU"), ("5", "CT/TU"), ("05", "ct/tu"), ("05", "CT/TU\u200b"), ("05", "CT\u2215TU"), ("05", "CТ/TU")],
)
def test_the_same_directive_is_recognised_in_another_spelling(clerk, number, sign):
    first = register_directive(by=clerk, **directive_facts())
    with pytest.raises(ValidationError) as caught:
        register_directive(by=clerk, **directive_facts(number=number, sign=sign, issuer="Ban thường vụ Tỉnh uỷ"))
    assert (caught.value.code, caught.value.params["directive"]) == ("already", first)
    assert Directive.objects.count() == 1


@pytest.mark.proves("N-04")
@pytest.mark.parametrize(
    "changes",
    [
        {"sign": "CT/TW"},
        {"number": "50"},
        {"dated_on": dt.date(2025, 5, 5)},
        {"issuer": "Ban Chấp hành Đảng bộ tỉnh"},
        {"kind": PaperKind.RESOLUTION, "sign": "NQ/TU"},
    ],
)
def test_another_directive_is_not_taken_for_the_same(clerk, changes):
    register_directive(by=clerk, **directive_facts())
    register_directive(by=clerk, **directive_facts(**changes))
    assert Directive.objects.count() == 2


@pytest.mark.proves("N-06")
def test_a_second_date_in_the_same_year_is_asked_about_and_can_be_marked(clerk):
    first = register_directive(by=clerk, **directive_facts())
    other = directive_facts(dated_on=dt.date(2026, 5, 8))
    with pytest.raises(ValidationError) as caught:
        register_directive(by=clerk, **other)
    assert (caught.value.code, caught.value.params["directive"]) == ("other_date", first)
    assert mark_date_unverified(directive=first, by=clerk).date_unverified is True
    assert register_directive(by=clerk, another_date=True, **other).pk != first.pk


@pytest.mark.proves("N-02")
@pytest.mark.parametrize("words", ["khởi nghiệp", "khoi nghiep", "KHOI  NGHIEP", "kho\u031b\u0309i nghiệp", "05-CT/TU", "5-ct/tu", "Ɖẩy mạnh", "Ðẩy mạnh"])
def test_search_ignores_marks_and_spelling(clerk, words):
    found = register_directive(by=clerk, **directive_facts())
    register_directive(by=clerk, **directive_facts(number="91", sign="NQ/TU", kind="NQ", subject="về hạ tầng"))
    assert list(search_directives(Directive.objects.all(), words=words)) == [found]


def test_revise_directive_gives_its_drafts_the_corrected_words():
    office = make_office()
    directive = register_directive(by=office.clerk, **directive_facts(number="50"))
    plan = draft_plan(ward=office.ward, directives=[directive], kind="study", by=office.clerk, now=START)
    revise_directive(directive=directive, by=office.clerk, number="05", dated_on=dt.date(2026, 5, 6))
    plan.refresh_from_db()
    assert "Chỉ thị số 05-CT/TU, ngày 06/5/2026 của Ban Thường vụ Tỉnh ủy" in plan.subject
    texts = [plan.opening, plan.closing, *plan.sections.values_list("body", flat=True), *plan.duties.values_list("text", flat=True)]
    assert [text for text in texts if "50-CT/TU" in text] == []
    assert plan.version == 2


def test_revise_directive_refuses_the_identity_of_another(clerk):
    register_directive(by=clerk, **directive_facts())
    other = register_directive(by=clerk, **directive_facts(number="06"))
    with pytest.raises(ValidationError) as caught:
        revise_directive(directive=other, by=clerk, number="5")
    assert caught.value.code == "already"
    other.refresh_from_db()
    assert other.number == "06"


def test_chain_above_shows_each_level_once(clerk):
    top = register_directive(by=clerk, **directive_facts(kind="NQ", number="20", sign="NQ/TW", issuer="Ban Chấp hành Trung ương"))
    middle = register_directive(by=clerk, parents=[top], **directive_facts(kind="KL", number="69", sign="KL/TW", issuer="Bộ Chính trị"))
    bottom = register_directive(by=clerk, parents=[middle, top], **directive_facts(kind="CTr", number="56", sign="CTr/TU"))
    assert {one for _, one in chain_above(bottom)} == {middle, top}
    assert len(chain_above(bottom)) == 2


def test_same_directive_prefers_the_same_day(clerk):
    facts = directive_facts()
    first = register_directive(by=clerk, **facts)
    second = register_directive(by=clerk, another_date=True, **directive_facts(dated_on=dt.date(2026, 6, 6)))
    asked = {name: facts[name] for name in ("kind", "number", "sign", "issuer")}
    assert same_directive(dated_on=second.dated_on, **asked) == second
    assert same_directive(dated_on=first.dated_on, **asked) == first


@pytest.mark.parametrize(("scope", "unit_sees"), [("people", True), ("party", True), ("key", False)])
def test_files_for_key_officials_are_not_linked_to_units(cast, scope, unit_sees):
    directive = factories.make_directive(scope=scope)
    factories.make_issued_plan(cast.ward, units=[cast.own_unit], directives=[directive])
    file = factories.make_file(cast.ward, purpose="directive")
    attached = DirectiveFile.objects.create(directive=directive, file=file, title="Toàn văn")
    seen = {
        name: list(visible_directive_files(access_of(getattr(cast, name)))) == [attached]
        for name in ("clerk", "secretary", "other_secretary", "foreign_clerk")
    }
    assert seen == {"clerk": True, "secretary": unit_sees, "other_secretary": False, "foreign_clerk": False}
