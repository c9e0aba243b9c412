"""The list of papers: filtered, sorted, and what state each is in."""

import re

from cse_tracker.core.jobs import BuildState
from reports.models import Paper
from reports.services.ordering import order_paper
from tests.reports.conftest import NOW
from tests.reports.views.pages import list_url, words


def test_the_list_filters_by_state_and_sorts_by_the_address(lena, cast, years, build):
    papers = [
        order_paper(
            assessment=year, kind=Paper.Kind.PROGRESSION_ANNEX, now=NOW, by=cast.lena
        )
        for year in years
    ]
    lena.post(build(papers[0]).url("discard"))

    assert "2024 initial assessment" not in listed(lena, cast)
    assert "2024 initial assessment" in listed(lena, cast, state="withdrawn")
    assert "2026 review" not in listed(lena, cast, state="withdrawn")
    first, second = listed(lena, cast, sort="assessment").split("2026 review")[:2]
    assert "2025 review" in first
    assert "2025 review" not in second


def listed(client, cast, **query) -> str:
    """The papers' names in the table, not those in the form above it."""
    page = client.get(list_url(cast), query).content.decode()
    return " ".join(
        re.findall(r'<a class="govuk-link" href="[^"]+">(Progression[^<]+)', page)
    )


def test_the_list_costs_the_same_for_one_paper_and_for_many(
    lena, cast, years, build, queries_for
):
    def add(assessment):
        return build(
            order_paper(
                assessment=assessment,
                kind=Paper.Kind.PROGRESSION_ANNEX,
                now=NOW,
                by=cast.lena,
            )
        )

    add(years[0])
    one = queries_for(lena, list_url(cast))
    for year in years:
        add(year)

    assert queries_for(lena, list_url(cast)) == one
    assert one <= 14


def test_what_is_out_of_date_is_marked_in_the_list(lena, cast, built):
    result = built.assessment.results.get(node__ref="1.1.1")
    result.rating = "NC"
    result.save()
    Paper.objects.filter(pk=built.pk).update(data_version=0)

    assert "Out of date" in words(lena.get(list_url(cast)))


def test_nothing_to_list_says_what_to_do(lena, cast, standard):
    assert "No papers yet" in words(lena.get(list_url(cast)))
    assert "No paper matches" in words(lena.get(list_url(cast), {"state": "issued"}))


def test_being_built_is_the_state_while_it_is(lena, cast, paper):
    assert "Waiting" in words(lena.get(list_url(cast)))
    assert paper.build_state == BuildState.QUEUED
