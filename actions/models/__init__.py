"""Actions: what will be done about findings, by whom, by when."""

from actions.models.action import (
    Action,
    ActionFinding,
    ActionQuerySet,
    being_done,
    due_within,
    of_service,
    outstanding,
    overdue,
)
from actions.models.calendar import CalendarFeed
from actions.models.note import ActionEvidence, ActionNote

__all__ = [
    "Action",
    "ActionEvidence",
    "ActionFinding",
    "ActionNote",
    "ActionQuerySet",
    "CalendarFeed",
    "being_done",
    "due_within",
    "of_service",
    "outstanding",
    "overdue",
]
