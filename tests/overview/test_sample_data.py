from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from actions.models import Action
from assessments.certificate_readings import outlooks_of
from assessments.certificates import Standing
from assessments.models import Assessment, Result
from assessments.ratings import Basis
from cse_tracker.accounts.models import Membership, Organisation, User
from cse_tracker.overview.sample_data import PASSWORD, SIGN_INS, load_sample_data
from tests.factories import make_standard

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="class")
def sample(django_db_setup, django_db_blocker):
    """Loaded once; the transaction of each test is one inside that of the sample."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_standard()
        load_sample_data(now=NOW)
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("sample")
class TestTheSample:
    def test_the_council_has_five_years_of_which_the_last_is_open(self):
        council = Organisation.objects.get(slug="alderwick-borough-council")
        states = Assessment.objects.of(council).values_list("year", "state")

        assert list(states) == [
            *((year, "confirmed") for year in range(2022, 2026)),
            (2026, "in_progress"),
        ]

    def test_its_ratings_have_all_three_levels_of_the_story(self):
        bases = set(Result.objects.values_list("basis", flat=True))

        assert {Basis.ASSESSED.value, Basis.CARRIED.value} <= bases
        assert Result.objects.filter(node__kind="sub_element").exists()
        assert Action.objects.overdue(on=NOW.date()).exists()

    def test_this_years_review_has_a_plan_that_the_visit_did_not_quite_follow(self):
        planned = Result.objects.filter(planned_for_sampling=True)

        assert set(planned.values_list("assessment__slug", flat=True)) == {
            "2026-review"
        }
        assert planned.filter(sampled=True).exists()
        assert planned.filter(sampled=False).exists()

    def test_a_third_organisation_is_still_empty(self):
        empty = Organisation.objects.get(name="Highmoor District Council")

        assert not Assessment.objects.of(empty).exists()
        assert Membership.objects.filter(organisation=empty).count() == 1

    def test_everybody_on_the_list_can_sign_in(self):
        people = [User.objects.get(email=one.email) for one in SIGN_INS]

        assert all(person.check_password(PASSWORD) for person in people)


@pytest.mark.parametrize(
    "day", [datetime(2028, 2, 29, 23, 30, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)]
)
def test_it_can_be_loaded_on_any_day(standard, day):
    load_sample_data(now=day)

    assert Assessment.objects.count() == 6
    lena = Membership.objects.get(user__email="lena.hart@alderwick.example")
    [outlook] = outlooks_of(lena, on=day.date())
    visits = Assessment.objects.of(lena.organisation)
    assert all(visit.year == visit.visit_starts_on.year for visit in visits)
    assert outlook.standing is Standing.VALID
    review, end = (due.words for due in outlook.due)
    assert review.startswith("The next review (Y2) is due about")
    assert end.startswith("The certificate runs out on")


def test_it_goes_into_an_empty_database_only(cast):
    with pytest.raises(CommandError, match="empty database only"):
        call_command("sample_data")
