"""The official wording of the Standard, as an organisation took it from its own document."""

from typing import Self

from django.db import models
from django.db.models import Q

from assessments.models.standard import Standard, StandardNode
from cse_tracker.accounts.models import ImportRun, Organisation, TenantModel
from cse_tracker.core.locking import Versioned


class WordingQuerySet(models.QuerySet["Wording"]):
    def of(self, organisation: Organisation, standard: Standard) -> Self:
        """All that the organisation has in its language, also what it has put away."""
        return self.filter(
            organisation=organisation,
            language=organisation.language,
            node__standard=standard,
        )

    def shown(self) -> Self:
        """What is shown and printed in place of our own words."""
        return self.filter(withdrawn_at=None)


class Wording(TenantModel, Versioned):
    """An element in the words of one organisation's document.

    Put away, it stays and can be shown again; our own words then stand in its place. What is
    blank here is ours too: a document may have statements and no guidance.
    """

    node = models.ForeignKey(StandardNode, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=10)
    statement = models.TextField(blank=True)
    # One bullet a line.
    guidance = models.TextField(blank=True)
    # The import it was adopted from and the place in its file; none where somebody typed it.
    adopted_from = models.ForeignKey(
        ImportRun, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source_cell = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = WordingQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "node", "language"],
                name="one_wording_per_node_and_language",
            ),
            models.CheckConstraint(
                condition=~Q(statement="") | ~Q(guidance=""),
                name="a_wording_has_words",
            ),
            models.CheckConstraint(
                condition=Q(adopted_from__isnull=False) | Q(source_cell=""),
                name="a_wording_names_a_cell_of_its_import",
            ),
        ]

    def __str__(self) -> str:
        return f"wording of {self.node.ref}"

    @property
    def source(self) -> str:
        """Where it comes from, in words."""
        if self.adopted_from is None:
            return "Typed by hand"
        return f"From {self.adopted_from}, {self.source_cell}"

    @property
    def is_shown(self) -> bool:
        return self.withdrawn_at is None
