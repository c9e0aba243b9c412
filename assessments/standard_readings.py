"""Reading the standard as one member may see it, with what their years say of it."""

from collections.abc import Mapping

from assessments.access import visible_assessments
from assessments.models import Assessment, Certification, Result, Standard
from assessments.ratings import Basis
from assessments.readings import note_found_years, year_columns
from assessments.standard_page import YearRating
from assessments.standard_tree import tree_for
from assessments.tree import Kind, Tree
from cse_tracker.accounts.models import Membership, Organisation
from cse_tracker.accounts.permissions import Permission


def standard_of(organisation: Organisation) -> Standard | None:
    """The standard that the organisation is certified against, or else the latest one.

    None before the platform administrator has loaded any.
    """
    certification = (
        Certification.objects.filter(organisation=organisation)
        .select_related("standard")
        .order_by("pk")
        .first()
    )
    return certification.standard if certification else Standard.objects.last()


def years_of(membership: Membership, standard: Standard) -> dict[int, Assessment]:
    """The visible assessments against a standard by id, oldest first."""
    visible = visible_assessments(membership)
    of_standard = visible.filter(certification__standard=standard)
    return {assessment.pk: assessment for assessment in of_standard}


def visible_tree(
    membership: Membership, standard: Standard, rated: Mapping[int, object]
) -> Tree:
    """The standard with the sub-elements that this member may know of.

    Who may not see work in progress sees those alone that ``rated``, by node id, has from
    the years they may see.
    """
    tree = tree_for(membership.organisation, standard)
    if membership.may(Permission.READ):
        return tree
    return tree.only(lambda node: node.kind is not Kind.SUB_ELEMENT or node.id in rated)


def sub_element_years(
    organisation: Organisation, years: Mapping[int, Assessment]
) -> dict[int, list[YearRating]]:
    """Node id of a sub-element to what each year says of it, oldest first: one query."""
    columns = {column.assessment_id: column for column in year_columns(years.values())}
    rows = Result.objects.filter(
        assessment__in=list(years), node__organisation=organisation
    ).values_list("node_id", "assessment_id", "rating", "basis")
    found: dict[int, dict[int, YearRating]] = {}
    for node_id, assessment_id, rating, basis in rows:
        year = YearRating(
            columns[assessment_id].label, rating, basis == Basis.CARRIED.value
        )
        found.setdefault(node_id, {})[assessment_id] = year
    return {
        node_id: [by_year[pk] for pk in years if pk in by_year]
        for node_id, by_year in found.items()
    }


def results_by_year(node_id: int, years: Mapping[int, Assessment]) -> list[Result]:
    """A node's results in these years, newest first, with their assessments: one query."""
    results = Result.objects.filter(
        node=node_id, assessment__in=list(years)
    ).select_related("carried_from__assessment")
    by_assessment = {result.assessment_id: result for result in results}
    for result in by_assessment.values():
        result.assessment = years[result.assessment_id]
    note_found_years(by_assessment.values())
    return [by_assessment[pk] for pk in reversed(list(years)) if pk in by_assessment]
