"""Forms about checks: which of them a page shows, and why a flag may stay."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from assessments.checks.telling import Told
from assessments.tree import Node
from cse_tracker.core.forms import GovukForm
from cse_tracker.core.importing.problems import Severity

OPEN, ACCEPTED, ALL = "", "accepted", "all"
CHANGED_SINCE = (
    "What was found has changed since you opened this page. Look at it again, then select "
    "what may stay."
)


class ChecksFilterForm(GovukForm):
    """The filter, from the query string. What is not understood filters nothing."""

    state = forms.ChoiceField(
        label="State",
        choices=[(OPEN, "Open"), (ACCEPTED, "Accepted"), (ALL, "Open and accepted")],
        required=False,
    )
    kind = forms.ChoiceField(
        label="Kind",
        choices=[
            ("", "Errors and flags"),
            (Severity.ERROR.value, "Errors"),
            (Severity.FLAG.value, "Flags"),
        ],
        required=False,
    )
    criterion = forms.ChoiceField(required=False)
    mark_optional = False

    def __init__(self, data: Any, *, criteria: Iterable[Node]) -> None:
        super().__init__(data, auto_id="filter_%s")
        choices = [("", "All criteria"), *((node.ref, str(node)) for node in criteria)]
        self.fields["criterion"].choices = choices  # type: ignore[attr-defined]
        self.is_valid()
        self.errors.clear()

    @property
    def is_narrowed(self) -> bool:
        """Whether the address asks for something else than all that is open."""
        return any(self.cleaned_data.values())

    def narrow(self, told: Iterable[Told]) -> list[Told]:
        """What the person asked for, in its order."""
        return [each for each in told if self._is_asked_for(each)]

    def _is_asked_for(self, told: Told) -> bool:
        chosen = self.cleaned_data
        state, kind = chosen.get("state") or OPEN, chosen.get("kind")
        criterion = chosen.get("criterion")
        return (
            (state == ALL or told.is_accepted == (state == ACCEPTED))
            and kind in {None, "", told.check.severity.value}
            and (not criterion or told.hit.ref.startswith(f"{criterion}."))
        )


class AcceptForm(GovukForm):
    """Which flags of one check may stay, and why."""

    chosen = forms.MultipleChoiceField(
        label="What may stay as it is?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Select what may stay as it is",
            "invalid_choice": CHANGED_SINCE,
        },
    )
    reason = forms.CharField(
        label="Why may it stay?",
        help_text="Whoever reads the checks sees your reason, with your name and the date.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Enter the reason why it may stay as it is"},
    )

    def __init__(self, data: Any, *, told: Sequence[Told], ref: str = "") -> None:
        super().__init__(data)
        self.told = {choice_of(each): each for each in told}
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            (value, each.hit.message) for value, each in self.told.items()
        ]
        self.initial["chosen"] = [
            value for value, each in self.told.items() if ref in {"", each.hit.ref}
        ]

    def chosen_told(self) -> list[Told]:
        """What was selected, as it stands now."""
        return [self.told[value] for value in self.cleaned_data["chosen"]]


def choice_of(told: Told) -> str:
    """Names a flag and the facts that the person saw: other facts are another choice."""
    return f"{told.hit.ref}:{told.hit.fingerprint}"
