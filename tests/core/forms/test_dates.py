from datetime import UTC, date, datetime

import pytest

from cse_tracker.core.forms import DateField, GovukForm
from cse_tracker.core.forms.dates import date_boxes


class DueForm(GovukForm):
    due_on = DateField(label="Due date", required=False)


def typed(day="", month="", year=""):
    return DueForm({"due_on_day": day, "due_on_month": month, "due_on_year": year})


@pytest.mark.parametrize(
    ("day", "month", "year", "meant"),
    [
        ("3", "3", "2026", date(2026, 3, 3)),
        (" 03 ", "03", "2026", date(2026, 3, 3)),
        ("29", "2", "2028", date(2028, 2, 29)),
        ("3", "March", "2026", date(2026, 3, 3)),
        ("3", "sep", "2026", date(2026, 9, 3)),
        ("", "", "", None),
    ],
)
def test_a_date_is_read_from_its_three_boxes(day, month, year, meant):
    form = typed(day, month, year)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["due_on"] == meant


@pytest.mark.parametrize(
    ("boxes", "message", "faulty"),
    [
        (("3", "", "2026"), "Due date must include a month", ["month"]),
        (("", "", "2026"), "Due date must include a day and month", ["day", "month"]),
        (("3", "3", ""), "Due date must include a year", ["year"]),
        (("3", "3", "26"), "Due date must include a year with 4 numbers", ["year"]),
        (
            ("29", "2", "2026"),
            "Due date must be a real date",
            ["day", "month", "year"],
        ),
        (("3", "Ma", "2026"), "Due date must be a real date", None),
        (("1_0", "3", "2026"), "Due date must be a real date", None),
        (("9" * 30, "3", "2026"), "Due date must be a real date", None),
        (("3", "Smarch", "2026"), "Due date must be a real date", None),
    ],
)
def test_a_date_that_will_not_do_names_what_is_wrong(boxes, message, faulty):
    form = typed(*boxes)

    assert form.errors["due_on"] == [message]
    marked = [box.label.lower() for box in date_boxes(form["due_on"]) if box.is_faulty]
    assert marked == (faulty or ["day", "month", "year"])


def test_what_was_typed_stands_in_the_boxes_again():
    form = typed("31", "Feb", "2026")

    assert not form.is_valid()
    assert [box.value for box in date_boxes(form["due_on"])] == ["31", "Feb", "2026"]


def test_the_boxes_show_the_date_there_is():
    form = DueForm(initial={"due_on": date(2026, 3, 9)})

    assert [box.value for box in date_boxes(form["due_on"])] == ["9", "3", "2026"]


def test_a_moment_is_shown_as_its_day_in_the_united_kingdom():
    summer_night = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    form = DueForm(initial={"due_on": summer_night})

    assert [box.value for box in date_boxes(form["due_on"])] == ["1", "7", "2026"]


@pytest.mark.parametrize(("day", "changed"), [("9", False), ("10", True)])
def test_a_date_counts_as_changed_only_when_it_is_another_day(day, changed):
    data = {"due_on_day": day, "due_on_month": "3", "due_on_year": "2026"}
    form = DueForm(data, initial={"due_on": date(2026, 3, 9)})

    assert form.has_changed() is changed


def test_outside_our_forms_a_date_still_speaks_plainly():
    with pytest.raises(Exception, match="The date must include a month"):
        DateField().clean(["3", "", "2026"])
