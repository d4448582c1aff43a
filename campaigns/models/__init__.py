"""WHAT: directives, plans with their clauses, obligations, and the reminders about them."""

from campaigns.models.annex import FormColumn, FormTable, OutlineHeading, PlanAnnex
from campaigns.models.awaited import AwaitedContent
from campaigns.models.calendar_feed import CalendarFeed
from campaigns.models.calls import CallLog
from campaigns.models.change import PlanChange, PlanChangeLine
from campaigns.models.channels import WardChannel
from campaigns.models.chase import ChasedUnit, ChaseLetter
from campaigns.models.conference import Conference, ConferenceClass, ConferenceMove, Invitee
from campaigns.models.conference_letter import ConferenceLetter, ConferenceMinutes
from campaigns.models.contact import ContactChoice
from campaigns.models.directive import Directive, DirectiveFile, DirectiveParent
from campaigns.models.directive_change import DirectiveChange, DirectiveTask
from campaigns.models.draft_note import DraftNote
from campaigns.models.drafting import PlanComment, PlanVersion
from campaigns.models.duty import Assignment, Duty, StateCounter
from campaigns.models.findings import DismissedFinding
from campaigns.models.ladder import LadderRung, PlanLadder
from campaigns.models.plan import Plan, PlanConference, PlanDirective, PlanRecipient, PlanRemark, PlanSection
from campaigns.models.push import PushBrowser, PushKey
from campaigns.models.reminders import Delivery, Notification, Reminder
from campaigns.models.wording import Snippet

__all__ = [
    "Assignment",
    "CalendarFeed",
    "AwaitedContent",
    "CallLog",
    "ChaseLetter",
    "ChasedUnit",
    "ContactChoice",
    "Conference",
    "ConferenceClass",
    "ConferenceLetter",
    "ConferenceMinutes",
    "ConferenceMove",
    "Delivery",
    "Directive",
    "DirectiveChange",
    "DirectiveFile",
    "DirectiveParent",
    "DirectiveTask",
    "DismissedFinding",
    "DraftNote",
    "Duty",
    "FormColumn",
    "FormTable",
    "Invitee",
    "LadderRung",
    "Notification",
    "OutlineHeading",
    "Plan",
    "PlanAnnex",
    "PlanChange",
    "PlanChangeLine",
    "PlanComment",
    "PlanConference",
    "PlanDirective",
    "PlanLadder",
    "PlanRecipient",
    "PlanRemark",
    "PlanSection",
    "PlanVersion",
    "PushBrowser",
    "PushKey",
    "Reminder",
    "Snippet",
    "StateCounter",
    "WardChannel",
]
