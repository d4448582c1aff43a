import unicodedata

import pytest
from django.core.management import call_command

from campaigns.models import StateCounter
from documents.models import IssuedPaper, StoredFile
from documents.services.files import store_bytes, stored_path
from tests.factories import NOW, make_issued_plan, make_paper
from units.models import AuditEvent, Unit
from units.sanity import find_faults
from units.services.audit import record_event
from units.services.audit_seals import SETTLE, seal_audit


@pytest.fixture
def sound(cast):
    """A ward in which everything agrees."""
    plan = make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit])
    pdf = store_bytes(
        data=b"%PDF",
        name="a.pdf",
        content_type="application/pdf",
        purpose="paper",
        ward=cast.ward,
        by=cast.clerk,
        at=NOW,
    )
    plan.paper.pdf, plan.paper.sha256 = pdf, pdf.sha256
    plan.paper.save(update_fields=["pdf", "sha256"])
    make_twin(cast)
    StoredFile.objects.filter(path__startswith="thu/").delete()  # rows of the factories, without bytes
    record_event(by=cast.clerk, verb="paper.issue", target=plan.paper, ward=cast.ward, at=NOW)
    seal_audit(now=NOW + SETTLE)
    return plan.paper


def make_twin(cast):
    """Another issued paper, so that two may clash."""
    pdf = store_bytes(
        data=b"%PDF2",
        name="b.pdf",
        content_type="application/pdf",
        purpose="paper",
        ward=cast.ward,
        by=cast.clerk,
        at=NOW,
    )
    return make_paper(cast.ward, pdf=pdf, sha256=pdf.sha256)


def lose(paper):
    stored_path(paper.pdf.path).unlink()


def alter(paper):
    stored_path(paper.pdf.path).write_bytes(b"khac")


def leave_behind(paper):
    (stored_path(paper.pdf.path).parent / "la").write_bytes(b"la")


def change_line(paper):
    AuditEvent.objects.filter(pk=AuditEvent.objects.order_by("pk").first().pk).update(actor_label="Người khác")


def lose_line(paper):
    AuditEvent.objects.order_by("pk").first().delete()


def write_nfd(paper):
    Unit.objects.filter(pk=paper.ward_id).update(name=unicodedata.normalize("NFD", "Đảng bộ phường"))


def move_path(paper):
    Unit.objects.filter(pk=paper.ward_id).update(depth=7)


def count_wrong(paper):
    StateCounter.objects.update(count=99)


def swap_hash(paper):
    StoredFile.objects.filter(pk=paper.pdf_id).update(size=1)


def other_hash(paper):
    IssuedPaper.objects.filter(pk=paper.pk).update(sha256="f" * 64)


def number_twice(paper):
    IssuedPaper.objects.update(number_text="12-KH/ĐU", dated_on=NOW.date())


FAULTS = {
    lose: "files", alter: "files", swap_hash: "files", leave_behind: "orphans", change_line: "audit", lose_line: "audit",
    write_nfd: "nfc", move_path: "tree", count_wrong: "counters", other_hash: "papers", number_twice: "numbers",
}  # fmt: skip


@pytest.mark.proves("B-07")
def test_no_false_alarm_on_sound_data(sound, capsys):
    assert find_faults() == []
    call_command("sanity")
    assert capsys.readouterr().out == "Không thấy sai lệch nào.\n"


@pytest.mark.proves("B-07")
@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_every_planted_fault_is_found(sound, plant):
    plant(sound)
    assert FAULTS[plant] in {fault.check for fault in find_faults()}


@pytest.mark.proves("B-07")
@pytest.mark.parametrize(("plant", "code"), [(leave_behind, 1), (lose, 2)])
def test_exit_code_tells_the_weight(sound, plant, code):
    plant(sound)
    with pytest.raises(SystemExit) as ended:
        call_command("sanity")
    assert ended.value.code == code
