"""Objects for tests. States that a service makes are made through the service, not here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils import timezone
from factory.declarations import SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from assessments.models import (
    Assessment,
    AssessorAccess,
    Certification,
    Finding,
    FindingResponse,
    FindingSet,
    Response,
    Result,
    Standard,
    StandardNode,
)
from assessments.ratings import Rating
from assessments.services.assessments import confirm_assessment
from assessments.services.assessors import Stay, invite_assessor
from assessments.services.ratings import RatingEntry, rate_nodes
from assessments.standard_file import (
    STANDARDS_DIR,
    FileNode,
    StandardFile,
    read_standard,
)
from assessments.standard_tree import shared_tree
from assessments.tree import Kind
from cse_tracker.accounts.models import (
    Membership,
    MembershipRole,
    Organisation,
    Service,
    User,
)
from cse_tracker.accounts.permissions import Role
from evidence.models import EvidenceItem

PASSWORD = "a long enough secret"


class UserFactory(DjangoModelFactory[User]):
    """Somebody who can sign in with PASSWORD."""

    class Meta:
        model = User

    full_name = Sequence(lambda number: f"Person {number}")
    email = Sequence(lambda number: f"person{number}@example.org")
    password = PASSWORD

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        return model_class.objects.create_user(*args, **fields)


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = Sequence(lambda number: f"Council {number}")
    slug = Sequence(lambda number: f"council-{number}")


class ServiceFactory(DjangoModelFactory[Service]):
    class Meta:
        model = Service

    organisation = SubFactory(OrganisationFactory)
    name = Sequence(lambda number: f"Service {number}")


class MembershipFactory(DjangoModelFactory[Membership]):
    """``MembershipFactory(roles=[Role.OFFICER, Role.APPROVER])``; an officer if not said."""

    class Meta:
        model = Membership

    organisation = SubFactory(OrganisationFactory)
    user = SubFactory(UserFactory)
    roles = (Role.OFFICER,)

    @classmethod
    def _create(
        cls,
        model_class: type[Membership],
        *args: Any,
        roles: Iterable[Role],
        **fields: Any,
    ) -> Membership:
        membership = model_class.objects.create(**fields)
        for role in roles:
            MembershipRole.objects.create(
                organisation=membership.organisation, membership=membership, role=role
            )
        return membership


def member(organisation: Organisation, *roles: Role, **person: Any) -> User:
    """A new person who holds these roles in the organisation."""
    user: User = UserFactory.create(**person)
    MembershipFactory.create(organisation=organisation, user=user, roles=roles)
    return user


@dataclass(frozen=True)
class Cast:
    """The people of the tests, each named for what they may do."""

    ashby: Organisation
    elsewhere: Organisation
    lena: User
    mo: User
    vik: User
    ada: User
    cass: User
    sam: User


def make_cast() -> Cast:
    """Lena is Ashby's officer, Mo a manager, Vik on the governing body, Ada the
    administrator, Cass the approver; Sam is an officer somewhere else.
    """
    ashby = OrganisationFactory.create(name="Ashby Borough Council", slug="ashby")
    elsewhere = OrganisationFactory.create(
        name="Elsewhere District Council", slug="elsewhere"
    )
    return Cast(
        ashby=ashby,
        elsewhere=elsewhere,
        lena=_named(ashby, "Lena Hart", Role.OFFICER),
        mo=_named(ashby, "Mo Quill", Role.MANAGER),
        vik=_named(ashby, "Vik Stone", Role.GOVERNING_BODY),
        ada=_named(ashby, "Ada Brook", Role.ADMINISTRATOR),
        cass=_named(ashby, "Cass Field", Role.APPROVER),
        sam=_named(elsewhere, "Sam Reed", Role.OFFICER),
    )


def _named(organisation: Organisation, full_name: str, role: Role) -> User:
    first_name = full_name.split()[0].lower()
    email = f"{first_name}@{organisation.slug}.example"
    return member(organisation, role, full_name=full_name, email=email)


class StandardFactory(DjangoModelFactory[Standard]):
    """An empty standard; ``make_standard`` gives it nodes."""

    class Meta:
        model = Standard

    key = Sequence(lambda number: f"standard-{number}")
    edition = "1"
    name = Sequence(lambda number: f"Standard {number}")
    content_sha256 = "0" * 64


class StandardNodeFactory(DjangoModelFactory[StandardNode]):
    """An element below ``parent``; with ``organisation`` and ``kind`` also a sub-element."""

    class Meta:
        model = StandardNode

    standard = SubFactory(StandardFactory)
    kind = Kind.ELEMENT.value
    ref = Sequence(lambda number: f"9.9.{number + 1}")
    title = Sequence(lambda number: f"Node {number}")
    statement = Sequence(lambda number: f"We do thing {number}.")
    guidance = "A note of it\nA picture of it"


class CertificationFactory(DjangoModelFactory[Certification]):
    class Meta:
        model = Certification

    organisation = SubFactory(OrganisationFactory)
    standard = SubFactory(StandardFactory)
    scope = Sequence(lambda number: f"Scope {number}")


class FindingSetFactory(DjangoModelFactory[FindingSet]):
    class Meta:
        model = FindingSet

    organisation = SubFactory(OrganisationFactory)


class AssessmentFactory(DjangoModelFactory[Assessment]):
    """An assessment without results; ``start_assessment`` makes a whole one."""

    class Meta:
        model = Assessment

    organisation = SelfAttribute("certification.organisation")
    certification = SubFactory(CertificationFactory)
    finding_set = SubFactory(
        FindingSetFactory, organisation=SelfAttribute("..organisation")
    )
    year = Sequence(lambda number: 2010 + number % 80)
    kind = Assessment.Kind.REVIEW
    slug = Sequence(lambda number: f"assessment-{number}")


class ResultFactory(DjangoModelFactory[Result]):
    """``ResultFactory(assessment=…, node=…, rating=Rating.PARTIAL.value)``."""

    class Meta:
        model = Result

    organisation = SelfAttribute("assessment.organisation")
    assessment = SubFactory(AssessmentFactory)
    node = SubFactory(StandardNodeFactory)


class FindingFactory(DjangoModelFactory[Finding]):
    """``FindingFactory(assessment=…, node_id=…)``; an area for improvement if not said."""

    class Meta:
        model = Finding

    class Params:
        assessment = SubFactory(AssessmentFactory)

    organisation = SelfAttribute("assessment.organisation")
    finding_set = SelfAttribute("assessment.finding_set")
    kind = Finding.Kind.IMPROVEMENT
    comment = Sequence(lambda number: f"You may wish to consider idea {number}.")
    order = Sequence(lambda number: number + 1)


class ResponseFactory(DjangoModelFactory[Response]):
    """``ResponseFactory(findings=[…])``, linked to each of them."""

    class Meta:
        model = Response

    organisation = SubFactory(OrganisationFactory)
    text = Sequence(lambda number: f"We will do idea {number}.")

    @classmethod
    def _create(
        cls,
        model_class: type[Response],
        *args: Any,
        findings: Iterable[Finding] = (),
        **fields: Any,
    ) -> Response:
        answered = list(findings)
        if answered:
            fields["organisation"] = answered[0].organisation
        response = model_class.objects.create(**fields)
        for finding in answered:
            FindingResponse.objects.create(
                organisation=response.organisation, finding=finding, response=response
            )
        return response


@cache
def shipped_standard() -> StandardFile:
    """The real data file, read once in a test run."""
    return read_standard(STANDARDS_DIR / "cse.yaml")


def make_standard(file: StandardFile | None = None) -> Standard:
    """A standard with its nodes, the shipped one if not said: as loading leaves it, but quick."""
    file = file or shipped_standard()
    standard: Standard = StandardFactory.create(
        key=file.key, edition=file.edition, name=file.name, content_sha256=file.sha256
    )
    made: dict[str, StandardNode] = {}
    for kind in Kind:
        rows = [
            StandardNode(
                standard=standard,
                parent=made.get(node.parent_ref),
                kind=node.kind.value,
                ref=node.ref,
                title=node.title,
                statement=node.statement,
                guidance=node.guidance,
            )
            for node in file.nodes
            if node.kind is kind
        ]
        made |= {row.ref: row for row in StandardNode.objects.bulk_create(rows)}
    return standard


def standard_file_with(*, elements: int) -> StandardFile:
    """A standard of any size, ten elements to a sub-criterion: for costs that must not grow."""
    nodes = [FileNode("1", Kind.CRITERION, "Everything", "", "", "")]
    for number in range(elements):
        parent = f"1.{number // 10 + 1}"
        if number % 10 == 0:
            nodes.append(FileNode(parent, Kind.SUB_CRITERION, parent, "", "", "1"))
        ref = f"{parent}.{number % 10 + 1}"
        nodes.append(
            FileNode(ref, Kind.ELEMENT, f"Part {number}", "We do.", "A note", parent)
        )
    return StandardFile(f"of-{elements}", "1", "Sized", tuple(nodes), "0" * 64)


def make_assessment_with(*, nodes: int, organisation: Organisation) -> Assessment:
    """A review of a standard with so many elements, every one of them rated compliant."""
    certification = CertificationFactory.create(
        organisation=organisation,
        standard=make_standard(standard_file_with(elements=nodes)),
    )
    assessment = AssessmentFactory.create(
        certification=certification, slug=f"of-{nodes}"
    )
    Result.objects.bulk_create(
        Result(
            organisation=organisation,
            assessment=assessment,
            node_id=element.id,
            rating=Rating.COMPLIANT.value,
        )
        for element in shared_tree(certification.standard).elements
    )
    return assessment


def confirmed(assessment: Assessment, *, by: User) -> Assessment:
    """The assessment confirmed through the service, with a rating where it had none."""
    if not assessment.results.rated().exists():
        first = assessment.results.order_by("pk").first()
        assert first is not None
        entry = RatingEntry(first.pk, first.version, Rating.COMPLIANT, sampled=True)
        rate_nodes(assessment=assessment, entries=[entry], by=by)
    return confirm_assessment(
        assessment=assessment,
        seen_version=assessment.version,
        now=timezone.now(),
        by=by,
    )


@dataclass(frozen=True)
class Invited:
    """An assessor's account and their way into one assessment."""

    user: User
    access: AssessorAccess


def invited_assessor(
    assessment: Assessment,
    *,
    may_rate: bool = True,
    until: date = date(2099, 12, 31),
    user: User | None = None,
) -> Invited:
    """Somebody from outside, invited to the assessment; a new person if not said."""
    user = user or UserFactory.create(full_name="Tess Vane")
    access = invite_assessor(
        assessment=assessment,
        full_name=user.full_name,
        email=user.email,
        stay=Stay(until=until, may_rate=may_rate),
        now=timezone.now(),
        by=None,
    )
    return Invited(user, access)


class EvidenceItemFactory(DjangoModelFactory[EvidenceItem]):
    """A link to a web page without a version yet."""

    class Meta:
        model = EvidenceItem

    organisation = SubFactory(OrganisationFactory)
    number = Sequence(lambda n: n + 1)
    kind = EvidenceItem.Kind.LINK
    title = "Results by service"
