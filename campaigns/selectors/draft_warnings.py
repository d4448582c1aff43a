"""What the ward's figures say against a paper that is being written, told where its number is recorded (settings.DRAFT_WARNING_BY)."""

import datetime as dt

from campaigns.selectors.chase_letters import stale_annex
from campaigns.selectors.conference_minutes import unsettled_minutes
from documents.models import PaperDraft
from documents.selectors.drafts import DraftWarning


def draft_warning(draft: PaperDraft, *, on: dt.date) -> DraftWarning | None:
    """Of a công văn đôn đốc: who has reported since. Of a biên bản: that the roll says something else or is not closed."""
    return stale_annex(draft, on=on) or unsettled_minutes(draft)
