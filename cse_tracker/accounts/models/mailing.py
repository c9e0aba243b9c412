"""A row that is a mail to one member: taken once, tried again where the server refuses."""

from datetime import datetime, timedelta
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

Row = TypeVar("Row", bound="Mailing")

# A mail server that refuses is asked again after so long, so often.
TRY_AGAIN_AFTER = timedelta(minutes=10)
TRIES = 6


class MailingQuerySet(models.QuerySet[Row]):
    def to_mail(self, *, now: datetime) -> Self:
        """Those that are still to be sent, to members who may sign in."""
        return self.filter(
            _waits(now), membership__ended_at=None, membership__user__is_active=True
        )

    def claim(self, pk: int, *, now: datetime) -> bool:
        """Take one mail to send, as sent. False where another process has taken it.

        Whoever is killed between this and the sending loses one mail and sends none twice.
        """
        if not self.to_mail(now=now).filter(pk=pk).exists():
            return False
        # By its own columns alone: with a join PostgreSQL does not look again at a row that
        # another process took meanwhile.
        mine = self.filter(_waits(now), pk=pk)
        return bool(mine.update(mailed_at=now, mail_attempts=F("mail_attempts") + 1))

    def put_back(self, pk: int, *, now: datetime) -> None:
        """The mail server did not take it: try again later."""
        self.filter(pk=pk).update(mailed_at=None, next_try_at=now + TRY_AGAIN_AFTER)


def _waits(now: datetime) -> Q:
    """Not sent, not given up, and due to be tried."""
    is_due = Q(next_try_at=None) | Q(next_try_at__lte=now)
    return is_due & Q(mailed_at=None, mail_attempts__lt=TRIES)


class Mailing(models.Model):
    """How the sending of a row's mail goes. The row has a ``membership``."""

    mail_attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
