"""Running numbers. That parallel creations leave no gap is proved where actions are planned."""

import pytest
from django.db.transaction import TransactionManagementError

from actions.models import Action
from cse_tracker.accounts.services.numbering import next_number
from tests.factories import OrganisationFactory


@pytest.mark.parametrize(("used", "following"), [([], 1), ([1], 2), ([1, 2, 7], 8)])
def test_the_next_number_is_one_above_the_highest(cast, used, following):
    for number in used:
        Action.objects.create(organisation=cast.ashby, number=number, title="Idea")

    assert next_number(Action.objects.all(), cast.ashby) == following


def test_another_organisations_numbers_do_not_count(cast):
    Action.objects.create(organisation=cast.elsewhere, number=9, title="Idea")

    assert next_number(Action.objects.all(), cast.ashby) == 1


@pytest.mark.postgresql
def test_a_number_outside_a_transaction_is_a_mistake(transactional_db):

    ashby = OrganisationFactory.create()

    with pytest.raises(TransactionManagementError):
        next_number(Action.objects.all(), ashby)
