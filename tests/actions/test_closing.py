"""Who may close what somebody said is done."""

import pytest

from actions.closing import Closing, closing_rule

MO, CASS, ADA = 1, 2, 3


@pytest.mark.parametrize(
    ("closer", "claimed_by", "approvers", "rule"),
    [
        (CASS, MO, {CASS}, Closing.FREE),
        (CASS, MO, {CASS, ADA}, Closing.FREE),
        # Of two who may approve, the one did it: the other closes.
        (CASS, CASS, {CASS, ADA}, Closing.SOMEBODY_ELSE),
        (ADA, CASS, {CASS, ADA}, Closing.FREE),
        # Without the right to approve, while somebody has it.
        (MO, MO, {CASS}, Closing.SOMEBODY_ELSE),
        (ADA, MO, {CASS}, Closing.SOMEBODY_ELSE),
        # Nobody else has the right.
        (CASS, CASS, {CASS}, Closing.WITH_REASON),
        (MO, CASS, {CASS}, Closing.WITH_REASON),
        (MO, MO, set(), Closing.WITH_REASON),
        # Brought in from a file: nobody claimed it here.
        (CASS, None, {CASS}, Closing.FREE),
        (MO, None, {CASS}, Closing.SOMEBODY_ELSE),
    ],
)
def test_a_second_person_who_may_approve_closes_and_else_a_reason(
    closer, claimed_by, approvers, rule
):
    assert (
        closing_rule(closer=closer, claimed_by=claimed_by, approvers=approvers) is rule
    )
