"""Due dates as a calendar that calendar programs subscribe to (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from actions.models import Action
from cse_tracker.accounts.notification_mail import absolute_url


def calendar_of(actions: Iterable[Action], *, name: str, now: datetime) -> bytes:
    """A calendar with one all-day entry for each action that has a due date.

    The actions come with their organisation loaded.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//CSE Tracker//Due dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=6), {"value": "DURATION"})
    for action in actions:
        if action.due_on is not None:
            calendar.add_component(_entry(action, action.due_on, now))
    return bytes(calendar.to_ical())


def _entry(action: Action, due_on: date, now: datetime) -> Event:
    entry = Event()
    organisation = action.organisation
    entry.add("uid", f"action-{action.number}@{organisation.uuid}")
    # Rises with each change, so that programs take the newer entry.
    entry.add("sequence", action.version)
    entry.add("dtstamp", now)
    entry.add("dtstart", due_on)
    entry.add("dtend", due_on + timedelta(days=1))
    entry.add("summary", f"Due: {action.title}")
    url = absolute_url(action.get_absolute_url())
    lines = [f"Action {action.number} of {organisation}", action.done_looks_like, url]
    entry.add("description", "\n\n".join(line for line in lines if line))
    entry.add("url", url)
    # A due date does not make anybody busy.
    entry.add("transp", "TRANSPARENT")
    return entry
