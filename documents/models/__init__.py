"""PAPER kept: uploaded files, number books, issued papers and where they were sent."""

from documents.models.drafts import PaperDraft
from documents.models.files import StoredFile
from documents.models.issued import DeliveryReceipt, Dispatch, IssuedPaper
from documents.models.numbers import NumberBook, NumberEntry
from documents.models.severities import WardCheckSeverity

__all__ = [
    "DeliveryReceipt", "Dispatch", "IssuedPaper", "NumberBook", "NumberEntry", "PaperDraft", "StoredFile", "WardCheckSeverity",
]  # fmt: skip
