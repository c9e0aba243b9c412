"""What the machinery itself has to remember."""

import uuid
from collections.abc import Callable

from django.db import IntegrityError, models, transaction

from cse_tracker.core.errors import RuleBroken

CHANGED_SINCE = (
    "You have saved this form already, and what it says now is different. "
    "Change what you saved, or save again to add this beside it."
)


class Submission(models.Model):
    """One rendered form that was sent: a double click, a reload or Back finds the first result."""

    key = models.UUIDField(default=uuid.uuid4)
    # Not a foreign key: core knows no users. Keeps one person's keys apart from another's.
    submitter_id = models.BigIntegerField()
    # Of what the form said; empty where nobody compares.
    digest = models.CharField(max_length=64, blank=True, db_default="")
    result_path = models.CharField(max_length=500)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submitter_id", "key"], name="one_result_per_submission"
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


def submit_once(
    key: uuid.UUID, submitter_id: int, write: Callable[[], str], *, digest: str = ""
) -> str:
    """Run ``write`` once for this form and return the path it leads to.

    A second submission of the same form, also a parallel one, waits for the first and gets
    the first one's path; RuleBroken if it says something else, by ``digest``, since nothing
    may look saved that is not. What ``write`` raises undoes the claim, so the person can try
    again.
    """
    with transaction.atomic():
        try:
            with transaction.atomic():
                submission = Submission.objects.create(
                    key=key, submitter_id=submitter_id, digest=digest
                )
        except IntegrityError:
            first = Submission.objects.get(key=key, submitter_id=submitter_id)
            if digest != first.digest:
                raise RuleBroken(CHANGED_SINCE) from None
            return first.result_path
        submission.result_path = write()
        submission.save(update_fields=["result_path"])
        return submission.result_path
