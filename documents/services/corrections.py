"""Corrections to issued papers: a new paper that names the old one, signed and numbered like any other."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from documents.choices import PaperKind
from documents.correction_texts import Mistake, correction_texts
from documents.models import IssuedPaper, PaperDraft
from documents.services.drafts import create_draft
from units.models import Signer, User, WardSettings


@transaction.atomic
def draft_correction(
    *, paper: IssuedPaper, kind: PaperKind, mistakes: Iterable[Mistake], signer: Signer, by: User, now: dt.datetime
) -> PaperDraft:
    """Begin the correction of `paper`: a draft with the words written and the old paper's addressees.

    Raises:
        ValidationError: ``withdrawn`` when the paper no longer stands, ``empty`` without a mistake, and those of a draft.
    """
    mistakes = list(mistakes)
    if paper.withdrawn_at:
        raise ValidationError("Văn bản này đã thu hồi nên không đính chính. Chưa có gì được lập.", code="withdrawn")
    if not mistakes:
        raise ValidationError("Đồng chí ghi ít nhất một chỗ cần đính chính.", code="empty")
    committee = WardSettings.objects.get(ward=paper.ward).committee_heading
    texts = correction_texts(paper, kind=kind, mistakes=mistakes, committee=committee)
    return create_draft(ward=paper.ward, kind=kind, by=by, now=now, corrects=paper, signer=signer, **texts)
