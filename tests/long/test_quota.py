"""A thousand uploads of one person in one day: 200 MB are kept, the rest is refused in a sentence (reliability U-11)."""

import pytest
from django.core.exceptions import ValidationError

from documents.models import StoredFile
from tests.documents.test_files import MEGABYTE, pdf_of, store

pytestmark = [pytest.mark.long, pytest.mark.django_db]
UPLOADS, SIZE = 1000, MEGABYTE // 4


@pytest.mark.proves("U-11")
def test_of_a_thousand_uploads_those_within_the_quota_are_kept(cast):
    refused = 0
    for _ in range(UPLOADS):
        try:
            store(cast, upload=pdf_of(SIZE))
        except ValidationError as quota:
            assert quota.code == "quota"  # noqa: PT017 - two hundred of them
            refused += 1
    kept = 200 * MEGABYTE // SIZE
    assert (StoredFile.objects.count(), refused) == (kept, UPLOADS - kept)
