"""Twelve people save the same thing at the same moment: one wins, the others are told."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from django.utils import timezone

from actions.services.details import ActionDetails
from actions.services.planning import plan_action
from actions.services.updating import update_action
from assessments.models import Assessment, Finding
from assessments.services.assessments import edit_assessment
from assessments.services.certifications import set_up_certification
from assessments.services.checklists import Step, add_step, edit_step
from assessments.services.findings import edit_finding
from assessments.services.narratives import UNWRITTEN, write_narrative
from assessments.services.responses import edit_response
from assessments.services.sub_elements import add_sub_element, rename_sub_element
from assessments.standard_tree import shared_tree
from cse_tracker.accounts.models import Event, Membership
from cse_tracker.accounts.permissions import Role
from cse_tracker.accounts.services import (
    change_member,
    rename_organisation,
    rename_service,
)
from cse_tracker.core.errors import Conflict
from evidence.models import EvidenceItem
from evidence.services.details import ItemDetails
from evidence.services.items import edit_item
from tests.architecture.source_files import fail_with
from tests.factories import Cast, FindingFactory, ResponseFactory, ServiceFactory
from tests.waiting import at_once

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
TWELVE = 12


class Saved(NamedTuple):
    """One thing, and how the person of a number saves it."""

    target: object
    save: Callable[[int], object]


def around_the_elements(assessment: Assessment, cast: Cast) -> list[Saved]:
    lena = cast.lena
    finding = FindingFactory(assessment=assessment)
    response = ResponseFactory(findings=[finding])
    step = add_step(assessment=assessment, step=Step("Send evidence"), by=lena)
    first, second = shared_tree(assessment.certification.standard).criteria[:2]
    narrative = write_narrative(
        assessment=assessment,
        criterion=first,
        seen_version=UNWRITTEN,
        text="Words",
        by=lena,
    )
    clause = add_sub_element(
        assessment=assessment,
        parent=shared_tree(assessment.certification.standard).by_ref["1.3.3"],
        statement="We ask.",
        by=lena,
    )
    kind = Finding.Kind.STRENGTH
    return [
        Saved(
            finding,
            lambda n: edit_finding(
                finding=finding, seen_version=1, kind=kind, comment=f"{n}", by=lena
            ),
        ),
        Saved(
            response,
            lambda n: edit_response(
                response=response, seen_version=1, text=f"{n}", by=lena
            ),
        ),
        Saved(
            step,
            lambda n: edit_step(item=step, seen_version=1, step=Step(f"{n}"), by=lena),
        ),
        Saved(
            narrative,
            lambda n: write_narrative(
                assessment=assessment,
                criterion=first,
                seen_version=1,
                text=f"{n}",
                by=lena,
            ),
        ),
        # Nobody has written it yet, so its criterion stands for it.
        Saved(
            second,
            lambda n: write_narrative(
                assessment=assessment,
                criterion=second,
                seen_version=UNWRITTEN,
                text=f"{n}",
                by=lena,
            ),
        ),
        Saved(
            assessment,
            lambda n: edit_assessment(
                assessment=assessment, seen_version=1, outcome=f"{n}", by=lena
            ),
        ),
        Saved(
            clause,
            lambda n: rename_sub_element(
                sub_element=clause, seen_statement="We ask.", statement=f"{n}", by=lena
            ),
        ),
    ]


def in_the_organisation(assessment: Assessment, cast: Cast) -> list[Saved]:
    ashby, ada = cast.ashby, cast.ada
    certification = assessment.certification
    mo = Membership.objects.get(user=cast.mo)
    services = ServiceFactory.create_batch(TWELVE, organisation=ashby)
    action = plan_action(
        organisation=ashby, details=ActionDetails(title="Ask"), by=cast.lena
    )
    item = EvidenceItem.objects.create(
        organisation=ashby, number=1, kind=EvidenceItem.Kind.LINK, title="Minutes"
    )
    held = {"roles": ["manager"], "service": None}
    return [
        Saved(
            certification,
            lambda n: set_up_certification(
                certification=certification,
                seen_version=1,
                now=timezone.now(),
                scope=f"{n}",
                by=ada,
            ),
        ),
        Saved(
            action,
            lambda n: update_action(
                action=action,
                seen_version=1,
                details=ActionDetails(title=f"{n}"),
                by=ada,
            ),
        ),
        Saved(
            item,
            lambda n: edit_item(
                item=item, seen_version=1, details=ItemDetails(title=f"{n}"), by=ada
            ),
        ),
        Saved(
            mo,
            lambda n: change_member(
                membership=mo,
                roles=frozenset({Role.OFFICER}),
                service=services[n],
                seen=held,
                by=ada,
            ),
        ),
        Saved(
            services[0],
            lambda n: rename_service(
                service=services[0], name=f"{n}", seen=services[0].name, by=ada
            ),
        ),
        Saved(
            ashby,
            lambda n: rename_organisation(
                organisation=ashby, name=f"{n}", seen=ashby.name, by=ada
            ),
        ),
    ]


@pytest.mark.parametrize("things", [around_the_elements, in_the_organisation])
def test_of_twelve_saves_at_once_one_wins_and_the_others_are_told(
    things, open_assessment, cast
):
    wrong = []
    for target, save in things(open_assessment, cast):
        before = Event.objects.count()
        outcomes = at_once(TWELVE, save)
        told = sum(isinstance(outcome, Conflict) for outcome in outcomes)
        written = Event.objects.count() - before
        if (told, written) != (TWELVE - 1, 1):
            wrong.append(f"{target}: {told} were told, {written} wrote: {outcomes}")
    fail_with(wrong, remedy="More or fewer than one won:")
