"""What one person may see of an organisation's past: its rated assessments, by certification."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

from django.db.models import Exists, OuterRef

from assessments.access import visible_assessments
from assessments.models import Assessment, Certification, Result
from assessments.progression import Progression
from assessments.readings import progression_of
from assessments.standard_tree import tree_for
from assessments.tree import Tree
from cse_tracker.accounts.models import Event, Membership

DATA_VERSION = "data_version"


@dataclass(frozen=True)
class Record:
    """Assessments of one certification with at least one rating, oldest first.

    Self-assessments are not among them. ``data_version`` is the organisation's, read in the
    same query and so before any result.
    """

    membership: Membership
    certifications: tuple[Certification, ...]
    assessments: tuple[Assessment, ...]
    data_version: int

    @classmethod
    def of(cls, membership: Membership, chosen: str = "") -> Self:
        """The record that this member may see: one query.

        ``chosen`` is a certification's id as text; any other text means the first.
        """
        rated = Result.objects.filter(assessment=OuterRef("pk")).rated()
        version = Event.objects.data_version_of(OuterRef("organisation"))
        found = list(
            visible_assessments(membership)
            .by_assessor()
            .filter(Exists(rated))
            .annotate(**{DATA_VERSION: version})
        )
        by_id = {each.certification_id: each.certification for each in found}
        certifications = tuple(by_id[key] for key in sorted(by_id))
        ids = [str(each.pk) for each in certifications]
        wanted = chosen if chosen in ids else next(iter(ids), "")
        return cls(
            membership=membership,
            certifications=certifications,
            assessments=tuple(
                each for each in found if str(each.certification_id) == wanted
            ),
            data_version=getattr(found[0], DATA_VERSION) if found else 0,
        )

    @property
    def certification(self) -> Certification:
        """The one whose assessments these are. There must be one."""
        return self.assessments[-1].certification

    @property
    def version(self) -> tuple[int, int, int]:
        """Changes whenever anything that the record shows does."""
        standard = self.certification.standard
        return self.data_version, standard.pk, standard.revision

    @cached_property
    def tree(self) -> Tree:
        """The standard with the organisation's sub-elements: one query."""
        organisation = self.membership.organisation
        return tree_for(organisation, self.certification.standard)

    def progression(self) -> Progression:
        """All years side by side: one query, and that of the tree."""
        return progression_of(self.assessments, self.tree)
