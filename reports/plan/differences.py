"""What an action plan says and what the data says by now, action by action. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from reports.differences import ABSENT, Difference, day_in_words, difference_in_texts

WORDS = {"organisation": "Organisation", "service": "Service", "since": "Plan before"}
DAYS = {"since", "starts_on", "due_on", "finished_on"}
# What is told of an action, each place with the parts that are told together.
PARTS = {
    "action": ("title", "done_looks_like", "refs"),
    "owner": ("owner", "service"),
    "priority": ("priority",),
    "dates": ("starts_on", "due_on", "moved"),
    "status": ("status", "is_overdue", "finished_on", "reason"),
    "progress": ("progress",),
}


def differences(
    printed: Mapping[str, Any], current: Mapping[str, Any]
) -> list[Difference]:
    """Every difference between two snapshots, by the actions' numbers."""
    return [*_about(printed, current), *_in_actions(_texts(printed), _texts(current))]


def _about(
    printed: Mapping[str, Any], current: Mapping[str, Any]
) -> Iterator[Difference]:
    for name, words in WORDS.items():
        before = _value(name, printed.get(name)) or "none"
        after = _value(name, current.get(name)) or "none"
        if before != after:
            yield Difference(words, before, after)


def _in_actions(
    before: Mapping[int, Mapping[str, str]], after: Mapping[int, Mapping[str, str]]
) -> Iterator[Difference]:
    for number in sorted(before.keys() | after.keys()):
        place = f"Action {number}"
        was, now = before.get(number), after.get(number)
        if was and now:
            for name in PARTS:
                if was[name] != now[name]:
                    where = f"{place}, {name}"
                    yield difference_in_texts(where, was[name], now[name])
        else:
            yield Difference(place, _title(was), _title(now))


def _title(texts: Mapping[str, str] | None) -> str:
    return texts["action"] if texts else ABSENT


def _texts(snapshot: Mapping[str, Any]) -> dict[int, dict[str, str]]:
    """The words of each action by its number, in whichever table it stands."""
    actions = [action for group in snapshot["groups"] for action in group["actions"]]
    actions += [
        {"status": name.capitalize(), **action}
        for name in ("closed", "declined")
        for action in snapshot[name]
    ]
    return {action["number"]: _words(action) for action in actions}


def _words(action: Mapping[str, Any]) -> dict[str, str]:
    return {
        place: ", ".join(
            filter(None, (_value(name, action.get(name)) for name in names))
        )
        or "nothing"
        for place, names in PARTS.items()
    }


def _value(name: str, value: Any) -> str:
    if name in DAYS:
        return day_in_words(value)
    if isinstance(value, bool):
        return "overdue" if value else ""
    if isinstance(value, Mapping):
        return f"{day_in_words(value['day'])}: {value['text']}"
    if isinstance(value, list):
        return ", ".join(value)
    return str(value or "")
