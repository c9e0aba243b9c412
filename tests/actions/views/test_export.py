"""The plan as a file, with the filters of the list."""

import csv
from datetime import date
from io import BytesIO, StringIO

from openpyxl import load_workbook

from tests.factories import ServiceFactory

LIST = "/o/ashby/actions/"


def test_the_plan_downloads_as_it_is_shown(signed_in, cast, plan, finding):
    parks = ServiceFactory.create(organisation=cast.ashby, name="Parks")
    plan(
        "=HYPERLINK(1)",
        finding=finding,
        owner="Jo Partner",
        service=parks,
        due_on=date(2026, 4, 6),
        resource_note="Two\nlines",
    )
    plan("Ask nobody")

    answer = signed_in(cast.mo).get(f"{LIST}export/?q=hyper&format=csv")

    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="action-plan.csv"'
    )
    lines = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0][:2] == ["Number", "Action"]
    assert lines[1:] == [
        [
            *("1", "'=HYPERLINK(1)", "", "1.3.4", "Jo Partner", "Parks"),
            *("Medium", "", "2026-04-06", "Not started"),
            *("An assessor's comment", "Two\nlines"),
            *("", "2026-03-03", "", "", ""),
        ]
    ]


def test_a_workbook_keeps_text_that_looks_like_a_formula(signed_in, cast, plan):
    plan("=1+1", due_on=date(2026, 4, 6))

    answer = signed_in(cast.mo).get(f"{LIST}export/")

    sheet = load_workbook(BytesIO(answer.content))["Action plan"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
