"""Will you act on what the assessor raised?"""

from collections.abc import Sequence
from typing import Any

from django import forms

from actions.models import Action
from assessments.forms.texts import LongText
from assessments.models import Finding
from cse_tracker.core.forms import GovukForm


class DecisionForm(GovukForm):
    """Yes leads to an action, a new one or one that is there already; no needs a reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label="Will you act on it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select yes if you will act on it"},
    )
    reason = LongText(
        label="Why you will not act on it",
        required=False,
        rows=4,
        help_text="Only if you said no. The reason can be printed beside the comment.",
    )
    mark_optional = False

    def __init__(
        self, *args: Any, finding: Finding, nearby: Sequence[Action], **kwargs: Any
    ) -> None:
        kwargs["initial"] = {
            "version": finding.version,
            "decision": finding.decision,
            "reason": finding.decision_reason,
        }
        super().__init__(*args, **kwargs)
        self.nearby = {f"action-{action.number}": action for action in nearby}
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            *((key, f"Yes, with {action}") for key, action in self.nearby.items()),
            (Finding.Decision.ACT.value, "Yes, plan a new action"),
            (Finding.Decision.NO_ACTION.value, "No, and I will say why"),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        declines = cleaned.get("decision") == Finding.Decision.NO_ACTION
        if declines and not cleaned.get("reason"):
            self.add_error("reason", "Enter why you will not act on it")
        return cleaned

    @property
    def will_not_act(self) -> bool:
        """Whether the answer is no; ask once the form is valid."""
        return bool(self.cleaned_data["decision"] == Finding.Decision.NO_ACTION)

    @property
    def existing_action(self) -> Action | None:
        """The action of the plan that was chosen, None for a new one or none."""
        return self.nearby.get(self.cleaned_data["decision"])
