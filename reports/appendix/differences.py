"""What an appendix says and what the data says by now, point by point. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from cse_tracker.core.rich_text.words import plain_words
from reports.about import differences_about
from reports.differences import ABSENT, Difference, day_in_words, difference_in_texts

SECTIONS = ("partials", "improvements")
# What is told of an element beside its title; of one that is new, or gone, the title alone.
OF_ELEMENT = ("rating", "statement", "source")

Key = tuple[str, str, int, str]


def differences(
    printed: Mapping[str, Any], current: Mapping[str, Any]
) -> list[Difference]:
    """Every difference between two snapshots, in the order of the paper."""
    return [
        *differences_about(printed, current),
        *_in_points(_texts(printed), _texts(current)),
    ]


def _in_points(before: dict[Key, str], after: dict[Key, str]) -> Iterator[Difference]:
    for key in dict.fromkeys([*before, *after]):
        was, now = before.get(key, ABSENT), after.get(key, ABSENT)
        _, ref, _, name = key
        if was != now and not (ABSENT in {was, now} and name in OF_ELEMENT):
            yield difference_in_texts(f"{ref or 'General'}, {name}", was, now)


def _texts(snapshot: Mapping[str, Any]) -> dict[Key, str]:
    """The words of each place: its section, ref, finding (0: the element) and name."""
    found: dict[Key, str] = {}
    for section in SECTIONS:
        for subject in snapshot[section]:
            ref = subject["ref"]
            for name, words in _of_element(subject, section):
                found[section, ref, 0, name] = words
            for point in subject["points"]:
                for name, words in _parts(point):
                    found[section, ref, point["finding_id"], name] = words
    return found


def _of_element(subject: Mapping[str, Any], section: str) -> Iterator[tuple[str, str]]:
    """Only what is printed: areas for improvement stand there without a rating."""
    if section == "partials":
        yield "rating", subject["rating"] or "not rated"
    yield "element", subject["title"] or "general comments"
    yield "statement", subject["statement"] or "nothing"
    yield "source", subject["carried_from"] or "this assessment"


def _parts(point: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "comment", plain_words(point["comment"]) or "no comment"
    answers = [_answer(answer) for answer in point["answers"]]
    yield "responses", " / ".join(answers) or "no response"
    if point["decision"]:
        decision = f"{point['decision'].replace('_', ' ')} {point['reason']}"
        yield "decision", decision.strip()
    actions = [_action(action) for action in point["actions"]]
    yield "actions", " / ".join(actions) or "no actions"


def _answer(answer: Mapping[str, Any]) -> str:
    state = "" if answer["is_agreed"] else "Draft: "
    refs = f" (also {', '.join(answer['refs'])})" if answer["refs"] else ""
    return f"{state}{plain_words(answer['text'])}{refs}"


def _action(action: Mapping[str, Any]) -> str:
    names = ("title", "owner", "service", "due_on", "status")
    told = {**action, "due_on": day_in_words(action["due_on"])}
    values = ", ".join(told[name] for name in names if told[name])
    return f"Action {action['number']}: {values}"
