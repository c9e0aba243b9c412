"""Appendices about a few elements, as plain data."""

from datetime import date

from assessments.ratings import Rating
from reports.appendix.facts import (
    Answer,
    AppendixFacts,
    PlannedAction,
    Point,
    Subject,
)
from reports.options import PaperOptions

RICH = (
    "You ask **three** things:\n\n- of callers\n- of visitors, see "
    "[our page](https://ashby.example/a?b=1&c=2)\n\n3. third\n4. fourth\n\n"
    "Said plainly: https://ashby.example/plain"
)
HOSTILE = (
    "<script>alert(1)</script> <img src=\"https://evil.example/x\"> =cmd|' /C calc'!A0"
)
ACTION = PlannedAction(
    3,
    "Ask callers too",
    "Mo Farrow",
    "Customer Services",
    date(2027, 3, 3),
    "On track",
)
EVERYTHING = PaperOptions(
    with_improvements=True, with_drafts=True, with_decisions=True, with_actions=True
)


def point(comment: str = "Too few are asked.", *answers: str, **values) -> Point:
    """A comment with these agreed responses."""
    given = tuple(Answer(text, is_agreed=True) for text in answers)
    return Point(**({"finding_id": 1, "comment": comment, "answers": given} | values))


def subject(ref: str, *points: Point, **values) -> Subject:
    usual = {
        "title": f"Title of {ref}" if ref else "",
        "statement": f"We do what {ref} asks." if ref else "",
        "rating": Rating.PARTIAL,
    }
    return Subject(ref=ref, points=points, **(usual | values))


def sample_facts(*partials: Subject, **values) -> AppendixFacts:
    usual = {
        "organisation": "Ashby Borough Council",
        "standard": "Customer Service Excellence",
        "scope": "Whole organisation",
        "certification_body": "Example Certification",
        "assessment": "2026 review",
        "visit_code": "Y2",
        "visit_starts_on": date(2026, 3, 3),
        "visit_ends_on": date(2026, 3, 4),
        "outcome": "Certification continues",
        "is_confirmed": True,
        "options": PaperOptions(with_improvements=True),
        "partials": partials,
        "improvements": (),
    }
    return AppendixFacts(**(usual | values))


def many_points(count: int, comment: str = "**Said**") -> AppendixFacts:
    """So many findings, ten to an element, half of them improvements, with everything shown."""
    points = [
        point(
            f"{comment}\n\nComment {number}",
            f"Response {number}",
            decision="act",
            actions=(ACTION,),
            finding_id=number,
        )
        for number in range(count)
    ]
    subjects = tuple(
        subject(f"1.1.{place // 10 + 1}", *points[place : place + 10])
        for place in range(0, count, 10)
    )
    half = len(subjects) // 2
    return sample_facts(
        *subjects[:half], improvements=subjects[half:], options=EVERYTHING
    )
