"""What people say about an action as it goes on, and what shows that it is done."""

from typing import Self

from django.db import models
from django.db.models import Q

from actions.models.action import Action
from cse_tracker.accounts.models import TenantModel, User
from evidence.models import EvidenceItem

# What a note holds where its author closed an action without a word; never shown as theirs.
WITHOUT_WORDS = "Accepted."


class ActionNoteQuerySet(models.QuerySet["ActionNote"]):
    def newest_first(self) -> Self:
        """By the day they are about, with their authors loaded."""
        return self.select_related("by").order_by("-day", "-pk")


class ActionNote(TenantModel):
    """One dated note about an action. Nobody changes it afterwards; another may follow."""

    class Kind(models.TextChoices):
        """The label says what the note's author did, after their name."""

        PROGRESS = "progress", "reported progress"
        COMMENT = "comment", "commented"
        CLAIMED = "claimed", "said that it is done"
        CLOSED = "closed", "closed it"
        DECLINED = "declined", "declined it"
        REOPENED = "reopened", "reopened it"

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()
    # The day that it is about; progress is often written down later.
    day = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Who said it, where that is not who entered it.
    author_name = models.CharField(max_length=150, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)

    # Whether what it reopened waited to be checked; ``notes_of`` says so.
    is_sending_back = False

    objects = ActionNoteQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(text=""), name="an_action_note_says_something"
            ),
        ]
        indexes = [models.Index(fields=["action", "day"], name="notes_of_an_action")]

    def __str__(self) -> str:
        return f"{self.author} on {self.day}"

    @property
    def did(self) -> str:
        """What the author did, after their name."""
        return "sent it back" if self.is_sending_back else self.get_kind_display()

    @property
    def words(self) -> str:
        """What the author said, empty where that was nothing."""
        is_silent = self.kind == self.Kind.CLOSED and self.text == WITHOUT_WORDS
        return "" if is_silent else self.text

    @property
    def author(self) -> str:
        return self.author_name or str(self.by)


class ActionEvidence(TenantModel):
    """An item of evidence shows that an action is done."""

    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="evidence_links"
    )
    item = models.ForeignKey(
        EvidenceItem, on_delete=models.PROTECT, related_name="action_links"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["action", "item"], name="an_item_shows_an_action_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} for {self.action}"
