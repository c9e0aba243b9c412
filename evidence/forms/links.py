"""Which elements an item supports, over the years."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from assessments.models import Assessment
from assessments.models.assessment import AssessmentQuerySet
from assessments.tree import Node, Tree
from evidence.forms.fields import MarkFields
from evidence.models import EvidenceLink
from evidence.services.links import Mark


class LinkMoreForm(MarkFields):
    """Years and elements: every element chosen is linked in every year chosen."""

    years = forms.ModelMultipleChoiceField(
        queryset=Assessment.objects.none(),
        label="In which years?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one year"},
    )
    field_order = ["years"]

    def __init__(
        self, *args: Any, assessments: AssessmentQuerySet, tree: Tree, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["years"].queryset = assessments  # type: ignore[attr-defined]
        self.criteria = tree.criteria
        for criterion in self.criteria:
            self.fields[_name(criterion)] = forms.TypedMultipleChoiceField(
                label=str(criterion),
                choices=[
                    (node.id, str(node))
                    for node in tree.within(criterion)
                    if node.is_ratable
                ],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple(
                    attrs={"class": "govuk-checkboxes--small"}
                ),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = [_name(criterion) for criterion in self.criteria]
        untouched = not any(name in self.errors for name in names)
        if untouched and not any(cleaned.get(name) for name in names):
            self.add_error(names[0], "Select at least one element")
        return cleaned

    def element_questions(self) -> list[tuple[BoundField, int]]:
        """One question a criterion, with how many of its elements are chosen."""
        questions = [self[_name(criterion)] for criterion in self.criteria]
        return [(question, len(question.value() or [])) for question in questions]

    @property
    def places(self) -> Sequence[tuple[Assessment, int]]:
        """Every (assessment, node id) that was chosen."""
        node_ids = [
            node_id
            for criterion in self.criteria
            for node_id in self.cleaned_data[_name(criterion)]
        ]
        return [
            (assessment, node_id)
            for assessment in self.cleaned_data["years"]
            for node_id in node_ids
        ]


class EditLinkForm(MarkFields):
    """One link as the person saw it when the form was opened."""

    seen_locator = forms.CharField(
        required=False, max_length=100, widget=forms.HiddenInput
    )
    seen_strongest = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, link: EvidenceLink, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "locator": link.locator,
            "is_strongest": link.is_strongest,
            "seen_locator": link.locator,
            "seen_strongest": link.is_strongest,
        }
        super().__init__(*args, **kwargs)

    @property
    def seen(self) -> Mark:
        """What stood there when the form was opened."""
        cleaned = self.cleaned_data
        return Mark(cleaned["seen_locator"], cleaned["seen_strongest"])


def _name(criterion: Node) -> str:
    return f"elements_{criterion.ref}"
