"""Severities that a ward changes: kept, used by the checks, gone back to the program's own."""

import pytest
from django.core.exceptions import ValidationError

from documents.models import WardCheckSeverity
from documents.selectors.checking import check_context
from documents.selectors.severities import ward_severities
from documents.services.severities import set_severities
from tests.factories import TODAY, make_ward
from units.models import AuditEvent

PAGE = "/thiet-lap/muc-do-luu-y/"


@pytest.fixture
def ward(db):
    return make_ward()


def test_a_severity_is_kept_and_used(ward, cast):
    assert set_severities(ward=ward, severities={"C07.preferred": "error", "C06.doubled_word": ""}, by=cast.admin) == 1
    assert ward_severities(ward) == {"C07.preferred": "error"}
    assert check_context(ward, today=TODAY).severities == {"C07.preferred": "error"}
    assert AuditEvent.objects.get(verb="settings.severities").details == {"C07.preferred": "error"}


def test_back_to_the_programs_own(ward, cast):
    set_severities(ward=ward, severities={"C07.preferred": "error"}, by=cast.admin)
    assert (
        set_severities(ward=ward, severities={"C07.preferred": "info"}, by=cast.admin) == 1
    )  # info is the program's own
    assert not WardCheckSeverity.objects.exists()


@pytest.mark.parametrize("severities", [{"C99.nothing": "error"}, {"C07.preferred": "fatal"}])
def test_what_does_not_exist_is_refused_whole(ward, cast, severities):
    with pytest.raises(ValidationError) as refused:
        set_severities(ward=ward, severities={"C06.doubled_word": "info"} | severities, by=cast.admin)
    assert refused.value.code == "unknown"
    assert not WardCheckSeverity.objects.exists()


def test_the_page_shows_every_check_and_keeps_a_choice(cast, sign_in):
    client = sign_in(cast.admin)
    page = client.get(PAGE).content.decode()
    assert "C06. Lặp từ, lặp cụm từ" in page
    assert "Như mặc định (lỗi)" in page
    assert client.post(PAGE, {"C06.doubled_word": "warning"}).status_code == 302
    assert ward_severities(cast.ward) == {"C06.doubled_word": "warning"}


def test_the_page_refuses_an_unknown_severity_and_other_roles(cast, sign_in):
    answer = sign_in(cast.admin).post(PAGE, {"C06.doubled_word": "fatal"})
    assert answer.status_code == 200
    assert "Chưa có gì được lưu" in answer.content.decode()
    assert sign_in(cast.drafter).get(PAGE).status_code == 403
