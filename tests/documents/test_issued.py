import hashlib
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from documents.choices import DispatchChannel
from documents.content import NumberLine
from documents.models import Dispatch, IssuedPaper, StoredFile
from documents.paper_json import from_dict
from documents.services.dispatches import receive_lines, send_lines
from documents.services.files import open_stored
from documents.services.issued import (
    DispatchLine,
    freeze_paper,
    make_dispatches,
    withdraw_paper,
)
from documents.services.numbers import take_number
from tests.documents.papers import short_plan
from tests.factories import NOW, TODAY, make_book, make_paper
from units.models import AuditEvent


@pytest.mark.pdf
def test_freeze_paper_keeps_text_pdf_and_hash(cast):
    paper = short_plan()
    entry = take_number(
        book=make_book(cast.ward), number=12, dated_on=TODAY, subject=paper.subject, signer_name="A", by=cast.clerk
    )
    issued = freeze_paper(
        paper=paper,
        ward=cast.ward,
        entry=entry,
        kind=paper.kind,
        dated_on=TODAY,
        signer_name="A",
        by=cast.clerk,
        at=NOW,
    )
    issued.refresh_from_db()
    with open_stored(issued.pdf) as file:
        data = file.read()
    assert from_dict(issued.content) == paper
    assert data.startswith(b"%PDF")
    assert issued.sha256 == issued.pdf.sha256 == hashlib.sha256(data).hexdigest()
    assert (issued.number_text, issued.entry, issued.subject) == ("12-KH/ĐU", entry, paper.subject)
    assert AuditEvent.objects.filter(verb="paper.issue").count() == 1


def test_paper_for_signature_is_not_issued(cast):
    paper = replace(short_plan(), number_line=NumberLine("KH/ĐU"))
    with pytest.raises(ValidationError) as refused:
        freeze_paper(
            paper=paper, ward=cast.ward, entry=None, kind="KH", dated_on=TODAY, signer_name="A", by=cast.clerk, at=NOW
        )
    assert refused.value.code == "not_numbered"
    assert (IssuedPaper.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_withdrawal_needs_a_reason_and_happens_once(cast):
    paper = make_paper(cast.ward)
    with pytest.raises(ValidationError):
        withdraw_paper(paper=paper, reason=" ", by=cast.clerk, at=NOW)
    withdraw_paper(paper=paper, reason="Sai thời hạn", by=cast.clerk, at=NOW)
    assert (paper.withdrawn_at, paper.withdrawn_by, paper.withdrawal_reason) == (NOW, cast.clerk, "Sai thời hạn")
    with pytest.raises(ValidationError) as refused:
        withdraw_paper(paper=paper, reason="Lần nữa", by=cast.clerk, at=NOW)
    assert refused.value.code == "withdrawn"


def test_send_list_is_written_once_in_order_and_marked(cast):
    paper = make_paper(cast.ward)
    lines = [
        DispatchLine("Ban Tuyên giáo và Dân vận Tỉnh ủy", note="báo cáo", copies=2),
        DispatchLine("TDP 1", unit=cast.own_unit),
    ]
    made = make_dispatches(paper=paper, lines=lines, by=cast.clerk)
    assert make_dispatches(paper=paper, lines=lines, by=cast.clerk) == made
    assert list(Dispatch.objects.values_list("position", "addressee", "note", "copies", "unit")) == [
        (1, "Ban Tuyên giáo và Dân vận Tỉnh ủy", "báo cáo", 2, None),
        (2, "TDP 1", "", 1, cast.own_unit.pk),
    ]
    one, other = (Dispatch.objects.filter(pk=line.pk) for line in made)
    assert send_lines(paper=paper, lines=one, channel=DispatchChannel.PAPER, by=cast.clerk, at=NOW) == 1
    assert send_lines(paper=paper, lines=one, channel=DispatchChannel.EMAIL, by=cast.admin, at=NOW) == 0
    assert receive_lines(paper=paper, lines=other, by=cast.clerk, at=NOW) == 1
    assert (one.get().sent_by, one.get().channel) == (cast.clerk, DispatchChannel.PAPER)
    assert (other.get().sent_by, other.get().received_by) == (cast.clerk, cast.clerk)
    assert AuditEvent.objects.filter(verb__in=["paper.sent", "paper.received"]).count() == 2
