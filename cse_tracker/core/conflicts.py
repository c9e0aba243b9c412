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
from cse_tracker.core.texts import MAX_CHARACTERS
from cse_tracker.core.word_differences import Piece, after_of, word_differences

# What the conflict page sends and no other form: that choices were made, about which version.
SETTLING = "settling"
# Before the name of a field that says what of the row had been seen when the form was opened.
OPENED = "opened-"


class Keep(StrEnum):
    """Whose value of a field is to stay."""

    THEIRS = "theirs"
    MINE = "mine"
    # For long texts: theirs, a blank line, mine.
    BOTH = "both"
    # For long texts: words that the person makes of the two.
    MERGED = "merged"


@dataclass(frozen=True)
class Difference:
    """One field that the two left different, in words for the page."""

    name: str
    label: str
    theirs: str
    mine: str
    can_keep_both: bool
    # None where both changed it, so that only the person can say; theirs is not asked.
    proposed: Keep | None
    # What it said before either changed it; None where theirs is that, or where nobody knows.
    before: str | None = None

    @property
    def is_settled(self) -> bool:
        """Whether theirs stays unasked: I left the field as I found it."""
        return self.proposed is Keep.THEIRS

    @property
    def theirs_marked(self) -> list[Piece]:
        """Theirs, with marks on what was not there before."""
        return _marked(self._before, self.theirs)

    @property
    def mine_marked(self) -> list[Piece]:
        """Mine, with marks on what was not there before."""
        return _marked(self._before, self.mine)

    @property
    def both(self) -> str:
        return one_below_the_other(self.theirs, self.mine)

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
    """For each difference: theirs, mine or, of a long text, both or what is made of them.

    What only they changed is not asked: ``kept`` names it.

    ``earlier`` are choices made before somebody changed the row once more.
    """

    prefix = "keep"
    mark_optional = False

    def __init__(
        self,
        differing: Sequence[Difference],
        data: QueryDict | None = None,
        *,
        earlier: QueryDict | None = None,
    ) -> None:
        super().__init__(data)
        self.kept = [each for each in differing if each.is_settled]
        self.differing = [each for each in differing if not each.is_settled]
        for each in self.differing:
            merged = _merged_in(earlier, each.name) if earlier else None
            self.fields[each.name] = forms.ChoiceField(
                label=each.label,
                choices=_choices(each),
                widget=forms.RadioSelect,
                initial=each.proposed if merged is None else Keep.MERGED,
                error_messages={
                    "required": f"Select which “{each.label}” to keep",
                },
            )
            if each.can_keep_both:
                self.fields[_merged(each.name)] = forms.CharField(
                    label="Your own words",
                    required=False,
                    max_length=MAX_CHARACTERS,
                    widget=forms.Textarea(attrs={"rows": 10}),
                    initial=each.both if merged is None else merged,
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for each in self.differing:
            words = cleaned.get(_merged(each.name))
            if cleaned.get(each.name) == Keep.MERGED and words == "":
                self.add_error(_merged(each.name), "Enter the words to keep")
        return cleaned

    def rows(
        self,
    ) -> list[tuple[Difference, forms.BoundField, forms.BoundField | None]]:
        """Each difference with its question and, of a long text, the box for own words."""
        return [
            (
                each,
                self[each.name],
                self[_merged(each.name)] if each.can_keep_both else None,
            )
            for each in self.differing
        ]

    @property
    def keep(self) -> dict[str, str]:
        """Whose value stays, by field; for a valid form."""
        chosen = {each.name: self.cleaned_data[each.name] for each in self.differing}
        return chosen | {each.name: Keep.THEIRS for each in self.kept}

    @property
    def merged(self) -> dict[str, str]:
        """The own words, by field, with one character for each line end; for a valid form."""
        return {
            each.name: self.cleaned_data[_merged(each.name)].replace("\r\n", "\n")
            for each in self.differing
            if each.can_keep_both
        }


def settled(
    *,
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    keep: Mapping[str, str],
    merged: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Mine, but with theirs, both, or own words, wherever the person chose so."""
    values = dict(mine)
    for name, whose in keep.items():
        if whose == Keep.THEIRS:
            values[name] = theirs[name]
        elif whose == Keep.BOTH:
            values[name] = one_below_the_other(theirs[name], mine[name])
        elif whose == Keep.MERGED:
            values[name] = (merged or {})[name]
    return values


def one_below_the_other(theirs: str, mine: str) -> str:
    """Both texts, with a blank line between."""
    return f"{theirs}\n\n{mine}"


def before_settling(typed: QueryDict) -> QueryDict:
    """What the form held before the choices, where ``typed`` comes from the conflict page.

    Own words of that page count as typed. What had been seen is what was seen at first, so
    that saving asks again.
    """
    if SETTLING not in typed:
        return typed
    before = typed.copy()
    for name, value in typed.items():
        if name.startswith(OPENED):
            before[name.removeprefix(OPENED)] = str(value)
        field = name.removeprefix(f"{KeepForm.prefix}-")
        merged = _merged_in(typed, field)
        if merged is not None:
            before[field] = merged
    return before


def typed_again(posted: QueryDict, *, seen: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was typed, as names and values of hidden inputs.

    ``seen`` are those that say which state of the row the person has seen: the one of now.
    """
    prefix = f"{KeepForm.prefix}-"
    left_out = {
        "csrfmiddlewaretoken",
        SETTLING,
        *seen,
        *(OPENED + name for name in seen),
    }
    again = [
        (name, value)
        for name, values in posted.lists()
        if name not in left_out and not name.startswith(prefix)
        for value in values
    ]
    opened = [
        (OPENED + name, posted.get(OPENED + name, posted.get(name, "")))
        for name in seen
    ]
    return [*again, *seen.items(), *opened]


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
        choices.append((Keep.MERGED.value, "Put the two together yourself"))
    return choices


def _merged(name: str) -> str:
    """The field for the own words in place of the field ``name``."""
    return f"{name}-merged"


def _merged_in(posted: QueryDict, name: str) -> str | None:
    """The own words sent for a field; None where something else was chosen."""
    sent = f"{KeepForm.prefix}-{name}"
    if posted.get(sent) != Keep.MERGED:
        return None
    return posted.get(_merged(sent))


def _proposed(name: str, changed_by: Mapping[str, bool]) -> Keep | None:
    if name not in changed_by:
        return Keep.MINE
    return None if changed_by[name] else Keep.THEIRS
