"""All checks, numbered: how grave each is, what people read, and which goes before which. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from assessments.checks import finding_rules, rating_rules, visit_rules
from assessments.checks.facts import YearView
from assessments.checks.hits import Found
from cse_tracker.core.importing.problems import Severity

Rule = Callable[[YearView], Iterator[Found]]


class Place(StrEnum):
    """Where it is mended."""

    FILE = "file", "the file that is brought in"
    RATING = "rating", "the rating of the element"
    COMMENTS = "comments", "the comments of the element"
    DETAILS = "details", "the details of the assessment"
    ASSESSMENTS = "assessments", "the list of assessments"

    label: str

    def __new__(cls, value: str, label: str = "") -> "Place":
        place = str.__new__(cls, value)
        place._value_ = value
        place.label = label
        return place


class Cause(StrEnum):
    """Of one cause an element is told once: by the first check in the catalogue that finds it."""

    # Each mistake of a file stands in a cell of its own.
    THE_FILE = "the file"
    NO_RATING = "no rating"
    MOVED = "a rating that moved"
    CONTRADICTED = "a rating that something contradicts"
    UNANSWERED = "what must be put right"
    NOT_SEEN = "not sampled"
    VISIT_DATE = "the date of the visit"
    GAP = "a missing year"
    WORDING = "the wording"


@dataclass(frozen=True, slots=True)
class Check:
    """One entry. ``rule`` None: found while a file is read, where its cells are known."""

    number: str
    severity: Severity
    cause: Cause
    title: str
    why: str
    mending: str
    place: Place
    rule: Rule | None = None

    @property
    def may_be_accepted(self) -> bool:
        """An error is wrong whatever anybody says of it; what a file says is not kept."""
        return self.severity is Severity.FLAG and self.place is not Place.FILE


ERROR, FLAG = Severity.ERROR, Severity.FLAG
# In this order within a cause, the first one found is told and the others are not.
CHECKS: tuple[Check, ...] = (
    Check(
        "CHK-101",
        ERROR,
        Cause.THE_FILE,
        "Refs that the standard doesn't have",
        "A rating under an unknown ref belongs to no element, so it would be lost.",
        "Correct the ref in the file and upload it again.",
        Place.FILE,
    ),
    Check(
        "CHK-102",
        ERROR,
        Cause.THE_FILE,
        "Refs that appear more than once",
        "Two rows for one element can say two things.",
        "Correct the ref of the second row and upload the file again.",
        Place.FILE,
    ),
    Check(
        "CHK-103",
        ERROR,
        Cause.THE_FILE,
        "Rows under another criterion or sub-criterion",
        "Either the ref or the place is wrong, and totals by criterion count it wrongly.",
        "Correct the ref, or move the row, and upload the file again.",
        Place.FILE,
    ),
    Check(
        "CHK-104",
        ERROR,
        Cause.THE_FILE,
        '"Elements sampled" figures that don\'t match the marks',
        "A typed total that differs makes the paper contradict its own table.",
        "Nothing needs to be mended here: totals are counted from the marks.",
        Place.FILE,
    ),
    Check(
        "CHK-105",
        ERROR,
        Cause.VISIT_DATE,
        "Years that can't be right",
        "Nobody can have found something at a visit that has not taken place.",
        "Correct the year or the dates of the visit.",
        Place.DETAILS,
        visit_rules.in_the_future,
    ),
    Check(
        "CHK-106",
        ERROR,
        Cause.THE_FILE,
        "Headings that name another part of the standard",
        "Readers take the rows below for elements of another sub-criterion.",
        "Correct the heading in your own document.",
        Place.FILE,
    ),
    Check(
        "CHK-201",
        FLAG,
        Cause.NO_RATING,
        "Sampled, but without a rating",
        "The assessor looked at it, so there must be a result.",
        "Enter the rating from the assessor's report, or take the mark away.",
        Place.RATING,
        rating_rules.sampled_without_rating,
    ),
    Check(
        "CHK-202",
        FLAG,
        Cause.NO_RATING,
        "Elements without a rating",
        "Counts and percentages leave it out.",
        "Enter the rating, or say that the element does not apply.",
        Place.RATING,
        rating_rules.blank_rating,
    ),
    Check(
        "CHK-203",
        FLAG,
        Cause.MOVED,
        "Carried ratings that differ from their source",
        "The year it was carried from says something else now.",
        "Rate it again, so that it is carried anew or recorded with a reason.",
        Place.RATING,
        rating_rules.carried_differs_from_source,
    ),
    Check(
        "CHK-204",
        FLAG,
        Cause.MOVED,
        "Partial compliances closed without being sampled",
        "A partial compliance must be put right, and nothing shows that somebody looked.",
        "Mark it as sampled, or give the reason for the change.",
        Place.RATING,
        rating_rules.partial_closed_unsampled,
    ),
    Check(
        "CHK-205",
        FLAG,
        Cause.MOVED,
        "Compliance Plus lost",
        "The governing body will ask why.",
        "Check the rating against the assessor's report, then accept it with the reason.",
        Place.RATING,
        rating_rules.plus_lost,
    ),
    Check(
        "CHK-206",
        FLAG,
        Cause.MOVED,
        "Ratings that changed in a year in which the element was not sampled",
        "Ratings of elements that were not sampled are carried forward unchanged.",
        "Mark it as sampled, or give the reason for the change.",
        Place.RATING,
        rating_rules.changed_unsampled,
    ),
    Check(
        "CHK-207",
        FLAG,
        Cause.CONTRADICTED,
        "Elements whose rating differs from their worst sub-element",
        "An element is as good as the worst of its parts.",
        "Correct the rating of the element or of the sub-element.",
        Place.RATING,
        rating_rules.parent_differs,
    ),
    Check(
        "CHK-208",
        FLAG,
        Cause.CONTRADICTED,
        "Comments on non-compliance at compliant elements",
        "Rating and comment contradict each other.",
        "Correct the rating, or the kind of the comment.",
        Place.COMMENTS,
        finding_rules.finding_of_non_compliance,
    ),
    Check(
        "CHK-209",
        FLAG,
        Cause.MOVED,
        "Carried forward at a visit that examines everything",
        "An initial or full assessment examines each element.",
        "Rate it as the assessor found it.",
        Place.RATING,
        rating_rules.carried_where_all_is_examined,
    ),
    Check(
        "CHK-301",
        FLAG,
        Cause.UNANSWERED,
        "Partial or non-compliance without an assessor's comment",
        "Nobody can put right what nobody has written down.",
        "Enter the assessor's comment on why the element is not fully compliant.",
        Place.COMMENTS,
        finding_rules.partial_without_finding,
    ),
    Check(
        "CHK-302",
        FLAG,
        Cause.UNANSWERED,
        "Partial or non-compliance without response or action",
        "What is only partly met must be put right before the next visit.",
        "Write a response, plan an action, or say why you will not act.",
        Place.COMMENTS,
        finding_rules.partial_unanswered,
    ),
    Check(
        "CHK-401",
        FLAG,
        Cause.NOT_SEEN,
        "Elements that were never sampled in a cycle",
        "Each element is to be examined at least once in a cycle.",
        "Ask the assessor to sample it at the next visit.",
        Place.RATING,
        visit_rules.never_sampled,
    ),
    Check(
        "CHK-402",
        FLAG,
        Cause.NOT_SEEN,
        "Open partial compliances that this visit did not review",
        "It may have been put right long ago, and nobody looked.",
        "Ask the assessor to sample it; if it was sampled, mark it.",
        Place.RATING,
        visit_rules.open_partial_unseen,
    ),
    Check(
        "CHK-501",
        FLAG,
        Cause.GAP,
        "Compared across a missing year",
        "What changed may have changed in any of the years between.",
        "Bring the missing year in, or accept that there is none.",
        Place.ASSESSMENTS,
        visit_rules.across_missing_years,
    ),
    Check(
        "CHK-601",
        FLAG,
        Cause.WORDING,
        "Words that differ from those you adopted",
        "Two documents of yours state one element in two ways.",
        "Correct the file, or adopt its wording.",
        Place.FILE,
    ),
)
BY_NUMBER = {check.number: check for check in CHECKS}
