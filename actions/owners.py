"""Who owns actions of the plan, as the list offers and the address names them."""

from django.db.models import Q

from actions.models import Action
from actions.summary import NONE
from cse_tracker.accounts.models import Organisation

# Before the name of an owner without an account; before nothing else stands a letter.
NAMED = "name:"


def owner_choices(organisation: Organisation) -> list[tuple[str, str]]:
    """Address to name of everybody who owns an action, by name: one query."""
    rows = (
        Action.objects.of(organisation)
        .order_by()
        .values_list("owner", "owner__user__full_name", "owner_name")
        .distinct()
    )
    people = {
        str(pk) if pk else f"{NAMED}{named}": full_name or named
        for pk, full_name, named in rows
        if pk or named
    }
    by_name = sorted(people.items(), key=lambda choice: choice[1].casefold())
    return [("", "Everybody"), *by_name, (NONE, "Nobody yet")]


def of_owner(choice: str) -> Q:
    """The actions of one of ``owner_choices``."""
    if choice == NONE:
        return Q(owner=None, owner_name="")
    if choice.startswith(NAMED):
        return Q(owner=None, owner_name=choice.removeprefix(NAMED))
    return Q(owner=int(choice))
