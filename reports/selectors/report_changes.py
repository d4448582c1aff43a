"""What a page shows of changes in a compiled report."""

from dataclasses import dataclass

from documents.word_diff import word_diff
from reports.choices import ReportState, SubmissionState
from reports.differences import UnitChange, conference_changes, unit_changes
from reports.models import OutlineAnswer, ReportOutlineText, ReportSection
from reports.selectors.compiled import line_before, newest_of
from units.models import Unit


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A section that the rules write otherwise since the last refresh; `edited` by hand, so its own words were kept."""

    section: ReportSection
    edited: bool
    words: list


def rewritten_sections(report):
    """The sections of the last refresh, in the report's order; `edited` as they stand now."""
    sections = {section.pk: section for section in report.sections.all()}
    return [
        Rewritten(section, section.body != section.drafted, word_diff(change["was"], change["now"]))
        for change in report.changes.get("sections", ())
        if (section := sections.get(change["section"]))
    ]


def changes_since(report, figures) -> list[UnitChange]:
    """What `figures`, taken now, hold beyond the newest issued report of the line of `report`; nothing while it is a draft."""
    newest = newest_of(report)
    if newest.state != ReportState.FROZEN:
        return []
    return [*unit_changes(newest.figures, figures), *conference_changes(newest.figures, figures)]


def new_words(report) -> list[Unit]:
    """Units and bodies whose text under a heading of the outline is in no report of the line that `report` ends."""
    newest = newest_of(report)
    told = set(
        ReportOutlineText.objects.filter(report__in=[newest.pk, *line_before(newest)]).values_list(
            "submission_id", "heading_id", "text"
        )
    )
    answers = OutlineAnswer.objects.filter(
        submission__plan__in=newest.plans.all(), submission__state__in=SubmissionState.COUNTED
    ).values_list("submission__unit_id", "submission_id", "heading_id", "text")
    units = {unit for unit, *text in answers if tuple(text) not in told}
    return list(Unit.objects.filter(pk__in=units).order_by("sort_key", "pk")) if units else []
