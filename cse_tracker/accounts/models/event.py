"""The change log: who did what, from which value to which, when. Append-only."""

from collections.abc import Iterable
from typing import Self

from django.db import models

from cse_tracker.accounts.models.organisation import Organisation
from cse_tracker.accounts.models.user import User
from cse_tracker.accounts.verbs import EDITED, RESTORED_VERSION

REWORDING = [EDITED, RESTORED_VERSION, "wrote", "renamed"]


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, target: models.Model) -> Self:
        """What happened to one row, newest first."""
        return self.filter(
            target_type=target._meta.label_lower, target_id=target.pk
        ).order_by("-pk")

    def rewording(self, names: Iterable[str]) -> Self:
        """Changes of words that somebody had entered before: of any of these fields."""
        return self.filter(verb__in=REWORDING, changes__has_any_keys=list(names))


def was_reworded(
    model: type[models.Model], names: Iterable[str], *, pk: str = "pk"
) -> models.Exists:
    """Whether a row has earlier versions to read, as a part of another query.

    ``pk`` leads to its key from the rows of that query.
    """
    events = Event.objects.rewording(names).filter(
        target_type=model._meta.label_lower, target_id=models.OuterRef(pk)
    )
    return models.Exists(events)


class Event(models.Model):
    """One change, written by a service in the transaction that made it.

    ``changes`` maps a field to ``[from, to]``. ``assessment_id`` and ``node_id`` are plain
    numbers: this layer stands below the tables they name.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    verb = models.CharField(max_length=40)
    target_type = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    target_label = models.CharField(max_length=200)
    changes = models.JSONField(default=dict)
    assessment_id = models.BigIntegerField(null=True)
    node_id = models.BigIntegerField(null=True)
    batch = models.UUIDField(null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "id"], name="event_by_organisation"),
            models.Index(fields=["target_type", "target_id"], name="event_by_target"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_label}"
