"""RESULT: rubric and scores, study sessions, submissions, the compiled report."""

from reports.models.answers import AnswerSheet, FormAnswer, OutlineAnswer
from reports.models.asked import AskedResults
from reports.models.branch import BranchReport
from reports.models.compiled import CompiledReport, ReportRemark, ReportSection
from reports.models.evidence import Evidence
from reports.models.filing import Filing, FilingCopy, Parcel
from reports.models.report_outline import ReportOutlineText
from reports.models.rubric import Criterion, PinnedRubric, Rubric, RubricGroup, RubricLevel
from reports.models.session import StudySession
from reports.models.submission import Score, Submission, SubmissionRevision
from reports.models.ward_figures import WardFigures

__all__ = [
    "AskedResults",
    "BranchReport",
    "AnswerSheet",
    "CompiledReport",
    "Criterion",
    "Evidence",
    "Filing",
    "FilingCopy",
    "FormAnswer",
    "OutlineAnswer",
    "Parcel",
    "PinnedRubric",
    "ReportOutlineText",
    "ReportRemark",
    "ReportSection",
    "Rubric",
    "RubricGroup",
    "RubricLevel",
    "Score",
    "StudySession",
    "Submission",
    "SubmissionRevision",
    "WardFigures",
]
