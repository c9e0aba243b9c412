"""The running numbers that people cite: Action 14, Evidence 7."""

from typing import Any

from django.db import models, transaction

from cse_tracker.accounts.models import Organisation


def next_number(
    rows: models.QuerySet[Any], organisation: Organisation, *, field: str = "number"
) -> int:
    """One above the highest that the organisation has used, 1 for its first.

    Call inside the transaction that writes the row: the organisation stays locked until it
    ends, so parallel creations wait for each other and no number is skipped or given twice.
    """
    transaction.get_connection().validate_no_broken_transaction()
    # no_key: rows that refer to the organisation can still be written meanwhile, and two
    # transactions that each wrote such a row don't lock each other out.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    highest = rows.filter(organisation=organisation).aggregate(
        highest=models.Max(field)
    )
    return (highest["highest"] or 0) + 1
