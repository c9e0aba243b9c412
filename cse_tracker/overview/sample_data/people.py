"""The people of the sample data, and their organisations."""

from dataclasses import dataclass
from datetime import datetime

from cse_tracker.accounts.models import Membership, Organisation, Service, User
from cse_tracker.accounts.permissions import Role
from cse_tracker.accounts.services import NewMember, add_member, add_service

# For everyone in the sample data, which is for trying the product on one's own machine.
PASSWORD = "excellence-sample"  # noqa: S105


@dataclass(frozen=True)
class SignIn:
    """Somebody to try the product as. ``role`` is for the list that bin/run prints."""

    role: str
    name: str
    email: str


@dataclass(frozen=True)
class Person:
    """A member of the sample council."""

    name: str
    email: str
    roles: frozenset[Role]
    service: str = ""


COUNCIL = "Alderwick Borough Council"
NEIGHBOUR = "Fennbridge Homes"
BEGINNER = "Highmoor District Council"
SERVICES = [
    "Customer Services",
    "Housing",
    "Planning",
    "Revenues and Benefits",
    "Corporate Policy",
]

LENA = Person("Lena Hart", "lena.hart@alderwick.example", frozenset({Role.OFFICER}))
MO = Person(
    "Mo Farrow",
    "mo.farrow@alderwick.example",
    frozenset({Role.MANAGER}),
    "Customer Services",
)
PRIYA = Person(
    "Priya Nair", "priya.nair@alderwick.example", frozenset({Role.MANAGER}), "Housing"
)
VIK = Person("Vik Osei", "vik.osei@alderwick.example", frozenset({Role.GOVERNING_BODY}))
CASS = Person("Cass Doyle", "cass.doyle@alderwick.example", frozenset({Role.APPROVER}))
ADA = Person("Ada Lund", "ada.lund@alderwick.example", frozenset({Role.ADMINISTRATOR}))
# From outside, and invited to the year in progress alone.
JO = Person("Jo Merriday", "jo.merriday@larkmoor.example", frozenset({Role.ASSESSOR}))
COUNCIL_PEOPLE = [LENA, MO, PRIYA, VIK, CASS, ADA]

ALL_ROUND = frozenset({Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR})
SAM = Person("Sam Keel", "sam.keel@fennbridge.example", ALL_ROUND)
NOOR = Person("Noor Vale", "noor.vale@highmoor.example", ALL_ROUND)
PLATFORM_EMAIL = "pat.rowan@platform.example"

SIGN_INS = [
    SignIn("officer of the council", LENA.name, LENA.email),
    SignIn("manager, Customer Services", MO.name, MO.email),
    SignIn("manager, Housing", PRIYA.name, PRIYA.email),
    SignIn("governing body member", VIK.name, VIK.email),
    SignIn("approver", CASS.name, CASS.email),
    SignIn("administrator", ADA.name, ADA.email),
    SignIn("assessor, invited to the council's latest assessment", JO.name, JO.email),
    SignIn("officer of a second organisation", SAM.name, SAM.email),
    SignIn("officer of an organisation that is still empty", NOOR.name, NOOR.email),
    SignIn("platform administrator, at /platform/", "Pat Rowan", PLATFORM_EMAIL),
]


@dataclass(frozen=True)
class Team:
    """An organisation's members and services, by email address and by name."""

    organisation: Organisation
    members: dict[str, Membership]
    services: dict[str, Service]

    def user(self, person: Person) -> User:
        return self.members[person.email].user


def make_team(
    organisation: Organisation,
    people: list[Person],
    services: list[str],
    *,
    now: datetime,
) -> Team:
    """Services, then members with the sample's password."""
    made = {
        name: add_service(organisation=organisation, name=name, by=None)
        for name in services
    }
    members = {}
    for person in people:
        new = NewMember(
            person.name, person.email, person.roles, made.get(person.service)
        )
        membership = add_member(organisation=organisation, person=new, now=now, by=None)
        let_sign_in(membership.user)
        members[person.email] = membership
    return Team(organisation, members, made)


def let_sign_in(user: User) -> None:
    """Give somebody the sample's password."""
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])


def make_platform_administrator() -> User:
    """Who creates organisations and belongs to none."""
    return User.objects.create_superuser(
        PLATFORM_EMAIL, PASSWORD, full_name="Pat Rowan"
    )
