"""Two people changed one row: what differs, the question which to keep, and the outcome.

Values are domain values by field name. *Theirs* stand in the database, *mine* were typed by
the person who came second.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django import forms
from django.http import QueryDict

from cse_tracker.core.dates import long_date
from cse_tracker.core.forms import GovukForm
from cse_tracker.core.word_differences import Piece, after_of, word_differences

# What the conflict page sends and no other form: that choices were made, about which version.
SETTLING = "settling"


class Keep(StrEnum):
    """Whose value of a field is to stay."""

    THEIRS = "theirs"
    MINE = "mine"
    # For long texts: theirs, a blank line, mine.
    BOTH = "both"


@dataclass(frozen=True)
class Difference:
    """One field that the two left different, in words for the page."""

    name: str
    label: str
    theirs: str
    mine: str
    can_keep_both: bool
    # None where both changed it, so that only the person can say.
    proposed: Keep | None
    # What it said before either changed it; None where theirs is that, or where nobody knows.
    before: str | None = None

    @property
    def theirs_marked(self) -> list[Piece]:
        """Theirs, with marks on what was not there before."""
        return _marked(self._before, self.theirs)

    @property
    def mine_marked(self) -> list[Piece]:
        """Mine, with marks on what was not there before."""
        return _marked(self._before, self.mine)

    @property
    def _before(self) -> str:
        return self.theirs if self.before is None else self.before


def differences(
    *,
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    labels: Mapping[str, str],
    texts: Collection[str] = (),
    changed_by: Mapping[str, bool],
    before: Mapping[str, str] | None = None,
) -> list[Difference]:
    """The fields of ``labels`` in which theirs and mine differ, in that order.

    ``texts`` are the long ones, of which both can be kept. ``changed_by`` names the fields
    that they changed, and says whether I changed the field too; ``before`` is what those
    said before, where that can be said in words.
    """
    return [
        Difference(
            name=name,
            label=label,
            theirs=in_words(theirs[name]),
            mine=in_words(mine[name]),
            can_keep_both=name in texts and bool(theirs[name] and mine[name]),
            proposed=_proposed(name, changed_by),
            before=(before or {}).get(name),
        )
        for name, label in labels.items()
        if theirs[name] != mine[name]
    ]


class KeepForm(GovukForm):
    """For each difference: theirs, mine or, of a long text, both."""

    prefix = "keep"

    def __init__(
        self, differing: Sequence[Difference], data: QueryDict | None = None
    ) -> None:
        super().__init__(data)
        self.differing = differing
        for each in differing:
            self.fields[each.name] = forms.ChoiceField(
                label=each.label,
                choices=_choices(each),
                widget=forms.RadioSelect,
                initial=each.proposed,
                error_messages={
                    "required": f"Select which “{each.label}” to keep",
                },
            )

    def rows(self) -> list[tuple[Difference, forms.BoundField]]:
        """Each difference with its question."""
        return [(each, self[each.name]) for each in self.differing]


def settled(
    *,
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    keep: Mapping[str, str],
) -> dict[str, Any]:
    """Mine, but with theirs, or both, wherever the person chose so."""
    values = dict(mine)
    for name, whose in keep.items():
        if whose == Keep.THEIRS:
            values[name] = theirs[name]
        elif whose == Keep.BOTH:
            values[name] = f"{theirs[name]}\n\n{mine[name]}"
    return values


def typed_again(posted: QueryDict, *, seen: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was typed, as names and values of hidden inputs.

    ``seen`` are those that say which state of the row the person has seen: the one of now.
    """
    prefix = f"{KeepForm.prefix}-"
    left_out = {"csrfmiddlewaretoken", SETTLING, *seen}
    again = [
        (name, value)
        for name, values in posted.lists()
        if name not in left_out and not name.startswith(prefix)
        for value in values
    ]
    return [*again, *seen.items()]


def in_words(value: Any) -> str:
    """A value as a page shows it."""
    match value:
        case None | "":
            return "Nothing"
        case bool():
            return "Yes" if value else "No"
        case date():
            return long_date(value)
        case frozenset():
            return ", ".join(sorted(map(in_words, value)))
        case _:
            # A choice knows what people call it.
            return str(getattr(value, "label", value))


def _marked(before: str, after: str) -> list[Piece]:
    return after_of(word_differences(before, after))


def _choices(difference: Difference) -> list[tuple[str, str]]:
    choices = [
        (Keep.THEIRS.value, "Keep what is there now"),
        (Keep.MINE.value, "Use what you typed"),
    ]
    if difference.can_keep_both:
        choices.append((Keep.BOTH.value, "Put what you typed below what is there now"))
    return choices


def _proposed(name: str, changed_by: Mapping[str, bool]) -> Keep | None:
    if name not in changed_by:
        return Keep.MINE
    return None if changed_by[name] else Keep.THEIRS
