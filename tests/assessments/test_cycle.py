import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.cycle import Cycle, CycleModel, CycleRules, PastVisit, propose_next

REVIEWS, ROLLING, YEARLY = CycleModel.REVIEWS, CycleModel.ROLLING, CycleModel.YEARLY


def past(*visits):
    """``past("2014 initial", "2015 review Y1")``."""
    return [
        PastVisit(int(year), kind, " ".join(code))
        for year, kind, *code in (visit.split() for visit in visits)
    ]


@pytest.mark.parametrize(
    ("model", "starts_in", "visits", "expected"),
    [
        # Full, two reviews, full again.
        (REVIEWS, 2025, ["2025 full"], (2026, "review", "Y1")),
        (REVIEWS, 2025, ["2025 full", "2026 review Y1"], (2027, "review", "Y2")),
        (REVIEWS, 2025, ["2025 full", "2027 review Y2"], (2028, "full", "")),
        (REVIEWS, 2022, ["2025 full"], (2026, "review", "Y1")),
        (REVIEWS, 2025, ["2025 full", "2026 review"], (2027, "review", "Y2")),
        (REVIEWS, 2025, ["2025 full", "2026 review R 4"], (2027, "review", "R 5")),
        # A third each year, round and round.
        (ROLLING, 2024, ["2024 review RP1"], (2025, "review", "RP2")),
        (ROLLING, 2024, ["2025 review RP2"], (2026, "review", "RP3")),
        (ROLLING, 2024, ["2026 review RP3"], (2027, "review", "RP1")),
        (ROLLING, 2021, ["2026 review RP3"], (2027, "review", "RP1")),
        (ROLLING, 2026, ["2025 full"], (2026, "review", "RP1")),
        # Initial once, then a review each year.
        (YEARLY, 2014, ["2014 initial"], (2015, "review", "Y1")),
        (YEARLY, 2014, ["2014 initial", "2018 review Y4"], (2019, "review", "Y5")),
        (YEARLY, 2014, ["2014 initial", "2016 review"], (2017, "review", "Y3")),
        (YEARLY, None, ["2014 initial", "2018 review Y4"], (2019, "review", "Y5")),
        # The start of the cycle is not known.
        (REVIEWS, None, ["2025 full"], (2026, "review", "Y1")),
        (REVIEWS, None, ["2025 full", "2027 review Y2"], (2028, "full", "")),
        (REVIEWS, None, ["2025 review"], (2026, "review", "")),
        (ROLLING, None, ["2025 review RP2"], (2026, "review", "RP3")),
        (ROLLING, None, ["2025 review RP3"], (2026, "review", "RP1")),
        (ROLLING, None, ["2025 review"], (2026, "review", "")),
        # Whatever the certification says, the body's own letters go on.
        (ROLLING, 2014, ["2017 review Y3", "2018 review Y4"], (2019, "review", "Y5")),
        (ROLLING, None, ["2018 review Y4"], (2019, "review", "Y5")),
    ],
)
def test_the_next_visit_follows_from_the_cycle(model, starts_in, visits, expected):
    proposed = propose_next(CycleRules(model, starts_in, 3), past(*visits))

    assert (proposed.year, proposed.kind, proposed.visit_code) == expected


@pytest.mark.parametrize(
    ("model", "starts_in", "said"),
    [
        (REVIEWS, 2025, "2026 is year 2 of 3 in your cycle 2025 to 2027."),
        (REVIEWS, None, "in what looks like the cycle 2025 to 2027."),
        (ROLLING, None, "We do not know"),
        (YEARLY, None, "a review each year"),
    ],
)
def test_it_says_why(model, starts_in, said):
    proposed = propose_next(CycleRules(model, starts_in, 3), past("2025 full"))

    assert said in proposed.why


@given(
    model=st.sampled_from(CycleModel),
    starts_in=st.none() | st.integers(2008, 2040),
    length=st.integers(1, 10),
    kind=st.sampled_from(["initial", "full", "review"]),
    code=st.text(max_size=10),
)
def test_the_code_always_fits_its_field(model, starts_in, length, kind, code):
    rules = CycleRules(model, starts_in, length)

    proposed = propose_next(rules, [PastVisit(2025, kind, code)])

    assert proposed.year == 2026
    assert len(proposed.visit_code) <= 10


@given(st.integers(2008, 2060), st.integers(2008, 2060), st.integers(1, 10))
def test_a_year_lies_in_one_cycle_that_is_as_long_as_said(year, starts_in, length):
    cycle = CycleRules(REVIEWS, starts_in, length).cycle_of(year)

    assert year in cycle
    assert cycle.last_year - cycle.first_year + 1 == length
    assert (cycle.first_year - starts_in) % length == 0


def test_a_cycle_is_named_by_its_years():
    assert str(Cycle(2025, 2027)) == "2025 to 2027"
    assert str(Cycle(2025, 2025)) == "2025"
