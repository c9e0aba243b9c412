"""Actions: what will be done about findings, by whom, by when."""

from actions.models.action import (
    Action,
    ActionFinding,
    ActionQuerySet,
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
    "due_within",
    "of_service",
    "outstanding",
    "overdue",
]
