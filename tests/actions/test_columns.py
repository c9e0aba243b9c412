"""The columns of the list, as the address says."""

import pytest

from actions.columns import chosen_columns


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ([], ["elements", "owner", "service", "due", "status"]),
        (["title"], []),
        (["status", "priority"], ["priority", "status"]),
        (["moved", "nonsense", "moved"], ["moved"]),
        (["nonsense"], ["elements", "owner", "service", "due", "status"]),
    ],
)
def test_number_and_title_stand_first_and_then_what_was_asked_for(asked, shown):
    keys = [column.key for column in chosen_columns(asked)]

    assert keys == ["number", "title", *shown]
