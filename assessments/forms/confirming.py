"""Forms of the approver: confirm an assessment, unlock it."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django import forms

from assessments.forms.assessments import VersionForm
from assessments.rating_changes import RatingChange

FROM_A_FILE = "Its rating came from a file. Leave this blank if you don’t know."


class ConfirmForm(VersionForm):
    """The version the person saw, and a reason for each change that nobody explained.

    ``excused`` are the nodes whose change may stay without: a file said so.
    """

    mark_optional = False

    def __init__(
        self,
        *args: Any,
        unexplained: Sequence[RatingChange],
        excused: Collection[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.unexplained = unexplained
        self.may_stay_unexplained = all(each.node.id in excused for each in unexplained)
        for change in unexplained:
            ref, is_excused = change.node.ref, change.node.id in excused
            self.fields[f"seen-{change.result.id}"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=change.result.version
            )
            self.fields[f"reason-{change.result.id}"] = forms.CharField(
                label=f"Why did {ref} change from {change.before.rating} in "
                f"{change.before.year} to {change.after}?",
                help_text=FROM_A_FILE if is_excused else "",
                required=not is_excused,
                error_messages={"required": f"Enter why the rating of {ref} changed"},
            )

    def explained(self) -> Iterator[tuple[RatingChange, int, str]]:
        """Each change that has a reason now, with the version of its result and the reason."""
        for change in self.unexplained:
            reason = self.cleaned_data[f"reason-{change.result.id}"]
            if reason:
                yield change, self.cleaned_data[f"seen-{change.result.id}"], reason


class UnlockForm(VersionForm):
    """Why a confirmed assessment is opened again."""

    reason = forms.CharField(
        label="Why does it have to be unlocked?",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the reason for unlocking this assessment"},
    )
