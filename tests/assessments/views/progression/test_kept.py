"""What was drawn once is shown to others, and never when anything that it says has changed."""

from dataclasses import replace

import pytest

from assessments.models import Result
from assessments.services.applicability import set_applicability
from assessments.services.standards import load_standard
from assessments.services.sub_elements import add_sub_element
from assessments.services.wording import word_element
from assessments.standard_tree import tree_for
from assessments.tree import Words
from cse_tracker.accounts.permissions import Role
from cse_tracker.accounts.services import rename_organisation
from tests.assessments.past import assess
from tests.assessments.views.progression.pages import row, url
from tests.factories import CertificationFactory, member, shipped_standard
from tests.pages import text_of

NEW = "Said anew"
ADDRESS = url(statements="on")


@pytest.fixture
def pat(cast, signed_in):
    """Another officer of Ashby, who may do what Lena may."""
    client = signed_in(member(cast.ashby, Role.OFFICER, full_name="Pat Lane"))
    # The first page of a session also writes when it began.
    client.get("/")
    return client


@pytest.fixture
def kept(lena, past):
    """The page as Lena saw it."""
    return text_of(lena.get(ADDRESS))


@pytest.mark.slow
def test_a_colleague_gets_what_was_drawn_in_a_frame_of_their_own(
    pat, kept, django_assert_num_queries
):
    with django_assert_num_queries(3):
        page = text_of(pat.get(ADDRESS))

    assert page == kept.replace("Lena Hart", "Pat Lane") != kept


def test_who_may_not_see_open_years_is_never_shown_what_others_see(vik, kept):
    assert "2017" in kept
    assert "2017" not in text_of(vik.get(ADDRESS))


@pytest.mark.slow
def test_another_organisations_page_says_its_own(cast, signed_in, past, kept):
    foreign = CertificationFactory(organisation=cast.elsewhere, standard=past.standard)
    assess(foreign, 2017, {"1.1.1": "NC"}, by=cast.sam)

    page = signed_in(cast.sam).get(url().replace("ashby", cast.elsewhere.slug))

    assert len(row(page, "1.1.1")) == 1
    assert "Non-compliance" in row(page, "1.1.1")[0]


def not_applicable(cast, past):
    result = Result.objects.get(assessment__year=2017, node__ref="1.1.2")
    set_applicability(
        result=result,
        seen_version=result.version,
        applicable=False,
        reason="No such service",
        by=cast.lena,
    )


def split_off(cast, past):
    tree = tree_for(cast.ashby, past.standard)
    add_sub_element(
        assessment=past.assessments.get(year=2017),
        parent=tree.by_ref["1.1.1"],
        statement=NEW,
        by=cast.lena,
    )


def reword(cast, past):
    word_element(
        organisation=cast.ashby,
        standard=past.standard,
        node=tree_for(cast.ashby, past.standard).by_ref["1.1.1"],
        seen_version=0,
        words=Words(NEW, ""),
        by=cast.lena,
    )


def load_anew(cast, past):
    file = shipped_standard()
    nodes = [replace(n, title=NEW) if n.ref == "1.1.1" else n for n in file.nodes]
    load_standard(file=replace(file, nodes=tuple(nodes), sha256="1" * 64))


def rate(cast, past):
    assess(past, 2019, {"1.1.1": "NC"}, by=cast.lena)


def rename(cast, past):
    rename_organisation(organisation=cast.ashby, name=NEW, by=cast.ada)


# Each with words that then stand on the page more often than before.
CHANGES = [
    (not_applicable, "Does not apply"),
    (split_off, NEW),
    (reword, NEW),
    (load_anew, NEW),
    (rate, "2019"),
    (rename, NEW),
]


@pytest.mark.slow
def test_what_changed_is_shown_at_once(lena, cast, past, kept):
    seen = kept
    for change, words in CHANGES:
        change(cast, past)

        page = text_of(lena.get(ADDRESS))
        assert page.count(words) > seen.count(words), change
        seen = page


def test_without_ratings_at_first_the_first_ones_are_shown(lena, cast, certification):
    assert "No ratings yet" in lena.get(url()).text

    assess(certification, 2017, {"1.1.1": "NC"}, by=cast.lena)

    assert "Non-compliance" in lena.get(url()).text
