"""What an annex says and what the data says by now, place by place. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

WORDS = {
    "organisation": "Organisation",
    "standard": "Standard",
    "scope": "Scope",
    "certification_body": "Certification body",
    "assessment": "Assessment",
    "visit_code": "Visit code",
    "visit": "Visit",
    "outcome": "Outcome",
}
# Where a year or an element stands on one side only.
ABSENT = "not there"


@dataclass(frozen=True)
class Difference:
    """One thing that the paper prints otherwise than the data has it now."""

    place: str
    printed: str
    now: str


def differences(
    printed: Mapping[str, Any], current: Mapping[str, Any]
) -> list[Difference]:
    """Every difference between two snapshots, in the order of the paper."""
    return [
        *_in_fields(printed, current),
        *_in_state(printed, current),
        *_in_rows(printed, current),
    ]


def _in_fields(
    printed: Mapping[str, Any], current: Mapping[str, Any]
) -> Iterator[Difference]:
    for name, words in WORDS.items():
        before, after = printed.get(name), current.get(name)
        if before != after:
            yield Difference(words, _plain(before), _plain(after))


def _in_state(
    printed: Mapping[str, Any], current: Mapping[str, Any]
) -> Iterator[Difference]:
    names = {True: "confirmed", False: "not confirmed"}
    before, after = bool(printed.get("is_confirmed")), bool(current.get("is_confirmed"))
    if before != after:
        yield Difference("State of the assessment", names[before], names[after])


def _in_rows(
    printed: Mapping[str, Any], current: Mapping[str, Any]
) -> Iterator[Difference]:
    before, after = _cells(printed), _cells(current)
    for ref, label in dict.fromkeys([*before, *after]):
        place = ref, label
        if before.get(place, ABSENT) != after.get(place, ABSENT):
            words = f"{ref} in {label}" if label else f"{ref}, wording"
            yield Difference(words, before.get(place, ABSENT), after.get(place, ABSENT))


def _cells(snapshot: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """Words for each cell by ref and year, and for each row's wording with an empty year."""
    labels = [year["label"] for year in snapshot["years"]]
    found: dict[tuple[str, str], str] = {}
    for ref, row in snapshot["rows"].items():
        found[ref, ""] = " ".join(filter(None, (row["title"], row["statement"])))
        for label, cell in zip(labels, row["cells"], strict=True):
            found[ref, label] = _cell(cell)
    return found


def _cell(cell: list[Any] | None) -> str:
    if cell is None:
        return ABSENT
    if len(cell) == 1:
        return str(cell[0])
    rating, basis, sampled, *carried = cell
    words = [rating or "not rated", "sampled" if sampled else basis]
    if carried:
        source, differs = carried
        words.append(f"from {source}{', differs' if differs else ''}")
    return ", ".join(words)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return " to ".join(str(part) for part in value if part) or "nothing"
    return str(value) if value else "nothing"
