"""What a page shows of changes in a compiled report."""

from dataclasses import dataclass

from documents.word_diff import word_diff
from reports.choices import ReportState
from reports.differences import UnitChange, unit_changes
from reports.models import ReportSection
from reports.selectors.compiled import newest_of


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
    return unit_changes(newest.figures, figures) if newest.state == ReportState.FROZEN else []
