"""What an annex says and what the data says by now, place by place. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from reports.about import differences_about
from reports.differences import ABSENT, Difference


def differences(
    printed: Mapping[str, Any], current: Mapping[str, Any]
) -> list[Difference]:
    """Every difference between two snapshots, in the order of the paper."""
    return [
        *differences_about(printed, current),
        *_in_years(printed, current),
        *_in_rows(printed, current),
    ]


def _in_years(
    printed: Mapping[str, Any], current: Mapping[str, Any]
) -> Iterator[Difference]:
    """Of years on both sides; one that is new, or gone, is told by its cells."""
    after = {year["label"]: _year(year) for year in current["years"]}
    for year in printed["years"]:
        label = year["label"]
        was, now = _year(year), after.get(label, ABSENT)
        if now not in {was, ABSENT}:
            yield Difference(f"Head of {label}", was, now)


def _year(year: Mapping[str, Any]) -> str:
    examined = "all" if year["examines_everything"] else "a sample"
    return ", ".join(filter(None, (year["visit_code"], f"{examined} examined")))


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
        found[ref, ""] = ": ".join(filter(None, (row["title"], row["statement"])))
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
