"""What a certificate is worth on a day, and what may follow on what happened to it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.certificates import (
    CertificateFacts,
    Change,
    HistoryEntry,
    Standing,
    current_or_none,
    following,
)

ISSUED, EXPIRES = date(2024, 3, 3), date(2027, 3, 2)


def certificate(*changes, pk=1, issued=ISSUED, expires=EXPIRES):
    history = [HistoryEntry(Change.GRANTED, issued)]
    history += [HistoryEntry(change, day) for change, day in changes]
    return CertificateFacts(pk, issued, expires, history)


SUSPENDED = (Change.SUSPENDED, date(2025, 6, 1))


@pytest.mark.parametrize(
    ("changes", "day", "standing"),
    [
        ([], ISSUED - timedelta(days=1), Standing.NOT_YET),
        ([], ISSUED, Standing.VALID),
        ([], EXPIRES, Standing.VALID),
        ([], EXPIRES + timedelta(days=1), Standing.EXPIRED),
        ([SUSPENDED], date(2025, 5, 31), Standing.VALID),
        ([SUSPENDED], date(2025, 6, 1), Standing.SUSPENDED),
        ([SUSPENDED], EXPIRES + timedelta(days=1), Standing.EXPIRED),
        (
            [SUSPENDED, (Change.REINSTATED, date(2025, 9, 1))],
            date(2025, 9, 1),
            Standing.VALID,
        ),
        ([(Change.WITHDRAWN, date(2026, 1, 1))], date(2030, 1, 1), Standing.WITHDRAWN),
    ],
)
def test_its_standing_follows_the_day_and_the_history(changes, day, standing):
    assert certificate(*changes).standing(day) is standing


def test_after_withdrawal_nothing_follows():
    history = certificate(SUSPENDED, (Change.WITHDRAWN, date(2026, 1, 1))).history

    assert following(history) == ()
    assert following(history[:2]) == (Change.REINSTATED, Change.WITHDRAWN)
    assert following([]) == (Change.GRANTED,)


@given(st.lists(st.sampled_from(list(Change)), max_size=8), st.integers(-400, 2000))
def test_on_each_day_it_has_one_standing_and_expired_is_never_recorded(changes, days):
    day = ISSUED + timedelta(days=days)
    entries = [(change, ISSUED) for change in changes]

    standing = certificate(*entries).standing(day)

    assert (standing is Standing.NOT_YET) == (day < ISSUED)
    if standing is Standing.VALID:
        assert ISSUED <= day <= EXPIRES


def test_the_renewal_counts_from_the_day_of_its_issue():
    renewal = certificate(pk=2, issued=date(2027, 2, 1), expires=date(2030, 1, 31))

    both = [certificate(), renewal]

    assert current_or_none(both, date(2027, 1, 31)).id == 1
    assert current_or_none(both, date(2027, 2, 1)).id == 2
    assert current_or_none(both, date(2020, 1, 1)) is None
