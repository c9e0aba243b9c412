"""The plan as a file, with the filters of the list."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from actions.models import ActionEvidence, ActionNote
from tests.factories import EvidenceItemFactory, ServiceFactory
from tests.pages import text_of

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


def test_the_list_says_which_download_has_the_progress_notes(signed_in, cast, plan):
    plan("Ask people")

    words = text_of(signed_in(cast.mo).get(LIST))

    assert "Excel, with all progress notes, or CSV, without them." in words


def test_a_workbook_keeps_text_that_looks_like_a_formula(signed_in, cast, plan):
    plan("=1+1", due_on=date(2026, 4, 6))

    answer = signed_in(cast.mo).get(f"{LIST}export/")

    sheet = load_workbook(BytesIO(answer.content))["Action plan"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")


def test_days_of_a_workbook_are_dates_that_a_spreadsheet_sorts(signed_in, cast, action):
    ActionNote.objects.create(
        organisation=cast.ashby,
        action=action,
        kind=ActionNote.Kind.PROGRESS,
        text="Begun.",
        day=date(2026, 3, 2),
        by=cast.mo,
    )

    answer = signed_in(cast.mo).get(f"{LIST}export/")

    workbook = load_workbook(BytesIO(answer.content))
    assert workbook["Action plan"]["I2"].value.date() == date(2026, 3, 10)
    assert workbook["Progress"]["B2"].value.date() == date(2026, 3, 2)


def test_evidence_that_was_withdrawn_is_left_out(signed_in, cast, plan):
    action = plan("Ask people")
    for title, withdrawn_at in (("Letter", None), ("Wrong letter", timezone.now())):
        item = EvidenceItemFactory.create(
            organisation=cast.ashby, title=title, withdrawn_at=withdrawn_at
        )
        ActionEvidence.objects.create(organisation=cast.ashby, action=action, item=item)

    answer = signed_in(cast.mo).get(f"{LIST}export/?format=csv")

    [line] = csv.DictReader(StringIO(answer.content.decode("utf-8-sig")))
    assert line["Evidence"] == "Letter"


@pytest.mark.slow
def test_a_download_costs_the_same_for_many_actions(queries_for, signed_in, cast, plan):
    mo = cast.mo.memberships.get()

    def add(count):
        for number in range(count):
            action = plan(f"Idea {number}", owner=mo)
            ActionNote.objects.create(
                organisation=cast.ashby,
                action=action,
                kind=ActionNote.Kind.PROGRESS,
                text="Begun.",
                day=date(2026, 3, 3),
                by=cast.mo,
            )

    client = signed_in(cast.mo)
    add(3)
    few = queries_for(client, f"{LIST}export/")
    add(47)

    assert queries_for(client, f"{LIST}export/") == few
