"""The places a person sees in the navigation, by what they may do."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.permissions import Permission


@dataclass(frozen=True)
class Place:
    """One entry of the navigation. ``route`` is the name of its first page."""

    text: str
    route: str
    permission: Permission
    # Paths below the organisation that belong to this place; empty: only its own page.
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """A place as one person sees it on one page."""

    text: str
    href: str
    is_current: bool = False


PLACES = [
    Place("Year at a glance", "overview:home", Permission.READ_ISSUED),
    Place(
        "Assessments",
        "assessments:list",
        Permission.READ_ISSUED,
        ("assessments/", "import/"),
    ),
    Place("Actions", "actions:list", Permission.READ, ("actions/", "findings/")),
    Place("Evidence", "evidence:list", Permission.READ, ("evidence/",)),
    Place("Papers", "reports:list", Permission.READ_ISSUED, ("papers/",)),
    Place(
        "Progression",
        "assessments:progression",
        Permission.READ_ISSUED,
        ("progression/",),
    ),
]

# For assessors, who find no other place.
INVITED_PLACES = [
    Place("Assessments", "overview:home", Permission.ENTER, ("",)),
]

ADMINISTRATION = [
    Place(
        "Notifications", "accounts:notifications", Permission.READ, ("notifications/",)
    ),
    Place("Standard", "assessments:standard", Permission.READ_ISSUED, ("standard/",)),
    Place(
        "Certificate",
        "assessments:certificate",
        Permission.READ_ISSUED,
        ("certificate/",),
    ),
    Place("Members", "accounts:members", Permission.MANAGE_MEMBERS, ("members/",)),
    Place("Change log", "overview:change_log", Permission.READ, ("change-log/",)),
    Place("Settings", "accounts:settings", Permission.SET_UP, ("settings/",)),
]


def places_for(membership: Membership, path: str) -> list[Link]:
    """The organisation's places or, for an assessor, the one that leads to theirs."""
    is_member = membership.may(Permission.READ_ISSUED)
    return links_for(membership, PLACES if is_member else INVITED_PLACES, path)


def links_for(membership: Membership, places: list[Place], path: str) -> list[Link]:
    """The places this member may open, with the one that ``path`` belongs to marked."""
    slug = membership.organisation.slug
    base = f"/o/{slug}/"
    inside = path.removeprefix(base)
    return [
        Link(place.text, _address(place.route, slug), _is_current(place, inside))
        for place in places
        if membership.may(place.permission)
    ]


# Each page of an organisation asks for the same dozen.
@lru_cache(maxsize=4096)
def _address(route: str, slug: str) -> str:
    return reverse(route, args=[slug])


def _is_current(place: Place, inside: str) -> bool:
    return inside.startswith(place.prefixes) if place.prefixes else inside == ""
