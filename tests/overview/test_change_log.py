from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from assessments.models import Finding
from assessments.ratings import Rating
from assessments.services.findings import add_finding
from assessments.services.ratings import RatingEntry, rate_nodes
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.services.events import record_event
from cse_tracker.overview.change_log import LogWords
from tests.factories import member


def rate(assessment, ref, rating, by):
    result = assessment.results.get(node__ref=ref)
    entry = RatingEntry(result.pk, result.version, rating, sampled=True)
    rate_nodes(assessment=assessment, entries=[entry], by=by)


@pytest.fixture
def lena(cast, signed_in):
    return signed_in(cast.lena)


@pytest.fixture
def url(cast):
    return reverse("overview:change_log", args=[cast.ashby.slug])


@pytest.fixture
def history(cast, open_assessment):
    rate(open_assessment, "1.1.1", Rating.PARTIAL, cast.lena)
    rate(open_assessment, "1.1.1", Rating.PLUS, cast.mo)
    rate(open_assessment, "2.1.4", Rating.COMPLIANT, cast.mo)
    return open_assessment


def rows_of(page):
    return page.text.count("<tr>") - 1


def test_on_a_phone_its_rows_are_cards_that_name_what_they_say(lena, url, history):
    page = lena.get(url).text

    assert '<table class="cse-table cse-list">' in page
    assert '<td data-label="Who">Mo Quill</td>' in page
    assert '<td data-label="Where">1.1.1, 2026 review</td>' in page


def test_it_says_who_changed_what_from_what_to_what(lena, url, history):
    page = lena.get(url)

    assert "Mo Quill" in page.text
    assert "1.1.1, 2026 review" in page.text
    assert "PC → CP" in page.text


@pytest.mark.parametrize(
    ("narrowing", "rows"),
    [
        ({"element": "1.1.1"}, 2),
        ({"element": "2.1.4"}, 1),
        ({"assessment": "2026-review", "element": "1.1.1"}, 2),
        ({"element": "9.9.9"}, 0),
    ],
)
def test_it_is_narrowed_by_what_stands_in_the_address(
    lena, url, history, narrowing, rows
):
    page = lena.get(url, narrowing)

    assert max(rows_of(page), 0) == rows


def test_it_is_narrowed_by_person(lena, cast, url, history):
    page = lena.get(url, {"who": cast.mo.pk})

    assert rows_of(page) == 2


def test_somebody_of_another_organisation_is_no_filter(lena, cast, url, history):
    page = lena.get(url, {"who": cast.sam.pk})

    assert "Sam Reed" not in page.text


def test_the_export_holds_the_same_and_no_formula(lena, cast, url, history):
    add_finding(
        assessment=history,
        node=None,
        kind=Finding.Kind.STRENGTH,
        comment="=1+1",
        by=cast.lena,
    )

    sent = lena.get(reverse("overview:change_log_export", args=[cast.ashby.slug]))
    sheet = load_workbook(BytesIO(sent.content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]

    assert any(cell.value == "=1+1" and cell.data_type == "s" for cell in cells)
    assert [cell.value for cell in sheet[1]][:3] == ["When", "Who", "What"]


def test_a_file_that_leaves_entries_out_says_so(lena, cast, url, history, monkeypatch):
    address = reverse("overview:change_log_export", args=[cast.ashby.slug])
    monkeypatch.setattr("cse_tracker.overview.views.change_log.EXPORT_LIMIT", 1)

    sent = lena.get(address, {"format": "csv", "element": "1.1.1"})

    last = sent.content.decode("utf-8-sig").splitlines()[-1]
    assert last.startswith("1 older entry is not in this file.")
    assert "A file holds the newest 1 entries." in lena.get(url).text


@pytest.mark.parametrize(
    ("target_type", "name", "codes", "words"),
    [
        (
            "assessments.assessment",
            "state",
            ["in_progress", "confirmed"],
            ["In progress", "Confirmed"],
        ),
        (
            "assessments.assessment",
            "kind",
            ["review", "full"],
            ["Review", "Full assessment"],
        ),
        (
            "assessments.finding",
            "decision",
            ["undecided", "no_action"],
            ["Not decided yet", "No, we will not act on it"],
        ),
        (
            "assessments.finding",
            "kind",
            [None, "improvement"],
            ["", "Area for improvement"],
        ),
        (
            "actions.action",
            "status",
            ["on_track", "done"],
            ["On track", "Done, to be checked"],
        ),
        ("reports.paper", "state", ["draft", "issued"], ["Draft", "Issued"]),
        (
            "accounts.membership",
            "roles",
            [[], ["governing_body", "officer"]],
            ["", "Governing body member, Officer"],
        ),
        ("assessments.result", "rating", ["PC", "C"], ["PC", "C"]),
        ("gone.thing", "state", ["old_one", None], ["old_one", ""]),
    ],
)
def test_choices_are_told_in_their_words(cast, target_type, name, codes, words):
    event = Event(target_type=target_type, at=timezone.now(), changes={name: codes})

    [entry] = LogWords(cast.ashby, [event]).entries([event])

    [change] = entry.changes
    assert [change.before, change.after] == words


def test_numbers_of_comments_and_import_choices_are_not_shown(lena, cast, url, history):
    record_event(
        by=cast.lena,
        verb="edited",
        target=history,
        organisation=cast.ashby,
        changes={
            "findings": ([7001], [7001, 7002]),
            "choices": ({}, {"year": 2019}),
            "sha256_pdf": ("", "c0ffee"),
        },
        assessment_id=history.pk,
    )

    page = lena.get(url).text

    assert "2 comments" in page
    assert "7001" not in page
    assert "Choices" not in page
    assert "c0ffee" not in page


def test_another_organisations_changes_are_not_in_it(
    lena, cast, url, history, assessment_with
):
    elsewhere = assessment_with(nodes=3, organisation=cast.elsewhere)
    ref = elsewhere.results.first().node.ref
    rate(elsewhere, ref, Rating.NON, member(cast.elsewhere, full_name="Una Else"))

    assert "Una Else" not in lena.get(url).text


def test_it_costs_the_same_for_many_entries(lena, cast, url, history, queries_for):
    few = queries_for(lena, url)
    for rating in [Rating.COMPLIANT, Rating.PLUS] * 10:
        rate(history, "1.2.1", rating, cast.lena)

    assert queries_for(lena, url) == few
