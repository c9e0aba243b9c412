"""How dates look when a template prints them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2026, 3, 3), "3 March 2026"),
        (datetime(2026, 7, 1, 13, 5, tzinfo=UTC), "1 July 2026 at 14:05"),
        (2026, "2026"),
        (1234567, "1234567"),
    ],
)
def test_a_value_is_shown_as_committees_write_it(value, shown):
    assert Template("{{ value }}").render(Context({"value": value})) == shown


def test_the_date_filter_writes_the_month_in_words():
    page = Template("{{ value|date }}")

    assert page.render(Context({"value": date(2026, 12, 25)})) == "25 December 2026"
