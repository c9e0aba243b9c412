"""The standard as loaded from its data file, and the sub-elements organisations add."""

from typing import Self

from django.db import models
from django.db.models import Q

from assessments.tree import Kind, Node
from cse_tracker.accounts.models import Organisation

# In the order of the fields of a Node.
NODE_FIELDS = ("pk", "ref", "kind", "title", "statement", "guidance")


class Standard(models.Model):
    """One version of the standard. An assessment points, through its certification, at one."""

    key = models.SlugField(max_length=40)
    edition = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    # Rises whenever the data file changed something: the tree cache is keyed by it.
    revision = models.PositiveIntegerField(default=1)
    content_sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "edition"], name="one_row_per_edition"
            )
        ]

    def __str__(self) -> str:
        return self.name


class StandardNodeQuerySet(models.QuerySet["StandardNode"]):
    def shared(self) -> Self:
        """The standard's own nodes, the same for everybody."""
        return self.filter(organisation=None)

    def added_by(self, organisation: Organisation) -> Self:
        """Sub-elements of one organisation."""
        return self.filter(organisation=organisation)

    def as_nodes(self) -> list[Node]:
        """As plain data for the pure modules: one query."""
        return [
            Node(pk, ref, Kind(kind), title, statement, guidance)
            for pk, ref, kind, title, statement, guidance in self.values_list(
                *NODE_FIELDS
            )
        ]


class StandardNode(models.Model):
    """A criterion, sub-criterion, element or, with an organisation, a sub-element."""

    standard = models.ForeignKey(
        Standard, on_delete=models.PROTECT, related_name="nodes"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    kind = models.CharField(
        max_length=15, choices=[(kind.value, kind.label) for kind in Kind]
    )
    ref = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    statement = models.TextField(blank=True)
    # One bullet a line.
    guidance = models.TextField(blank=True)

    objects = StandardNodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "ref"],
                condition=Q(organisation=None),
                name="one_shared_node_per_ref",
            ),
            models.UniqueConstraint(
                fields=["organisation", "standard", "ref"],
                condition=Q(organisation__isnull=False),
                name="one_own_node_per_ref",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.SUB_ELEMENT.value, organisation__isnull=False)
                | (~Q(kind=Kind.SUB_ELEMENT.value) & Q(organisation=None)),
                name="only_sub_elements_belong_to_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.CRITERION.value, parent=None)
                | (~Q(kind=Kind.CRITERION.value) & Q(parent__isnull=False)),
                name="all_but_criteria_have_a_parent",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]),
                name="node_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    @property
    def is_ratable(self) -> bool:
        return self.kind in {Kind.ELEMENT, Kind.SUB_ELEMENT}
