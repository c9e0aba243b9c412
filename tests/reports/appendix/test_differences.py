"""What changed since an appendix was printed, comment by comment."""

from dataclasses import replace

from assessments.ratings import Rating
from reports.appendix.differences import differences
from reports.appendix.facts import Answer, snapshot
from tests.reports.appendix.samples import ACTION, point, sample_facts, subject


def changed(before, after) -> list[tuple[str, str, str]]:
    found = differences(snapshot(before), snapshot(after))
    return [(each.place, each.printed, each.now) for each in found]


def test_equal_facts_differ_in_nothing():
    facts = sample_facts(subject("1.3.4", point(actions=(ACTION,))))

    assert changed(facts, facts) == []


def test_a_changed_response_is_shown_from_shortly_before_the_change():
    long = "We will look at every form, one by one, with those who use it. " * 5
    before = sample_facts(subject("1.3.4", point("Few.", f"{long}In May.")))
    after = sample_facts(subject("1.3.4", point("Few.", f"{long}In June.")))

    [(place, printed, now)] = changed(before, after)

    assert place == "1.3.4, responses"
    assert printed.startswith("… ")
    assert printed.endswith("In May.")
    assert now.endswith("In June.")
    assert len(printed) < 60


def test_a_rating_title_and_statement_are_told_apart():
    before = sample_facts(subject("1.3.4", point()))
    after = sample_facts(
        subject("1.3.4", point(), rating=Rating.NON, title="New", statement="Anew.")
    )

    assert changed(before, after) == [
        ("1.3.4, rating", "PC", "NC"),
        ("1.3.4, element", "Title of 1.3.4", "New"),
        ("1.3.4, statement", "We do what 1.3.4 asks.", "Anew."),
    ]


def test_a_rating_that_is_not_printed_makes_no_difference():
    before = sample_facts(improvements=(subject("1.2.1", rating=Rating.PLUS),))
    after = sample_facts(improvements=(subject("1.2.1", rating=Rating.COMPLIANT),))

    assert snapshot(before) == snapshot(after)
    # As papers keep it that were built before.
    kept = snapshot(before)
    kept["improvements"][0]["rating"] = "CP"
    assert differences(kept, snapshot(after)) == []


def test_new_points_agreement_decisions_and_actions_each_have_their_place():
    one = point("Few.", decision="undecided")
    agreed = (Answer("Yes.", is_agreed=True),)
    due = replace(ACTION, status="Closed")
    before = sample_facts(
        subject("1.3.4", replace(one, answers=(Answer("Yes.", False),)))
    )
    after = sample_facts(
        subject("1.3.4", replace(one, answers=agreed, decision="act", actions=(due,))),
        subject("2.1.1", point("New.", finding_id=2)),
        is_confirmed=False,
    )

    assert [place for place, _, _ in changed(before, after)] == [
        "State of the assessment",
        "1.3.4, responses",
        "1.3.4, decision",
        "1.3.4, actions",
        "2.1.1, element",
        "2.1.1, comment",
        "2.1.1, responses",
        "2.1.1, actions",
    ]
