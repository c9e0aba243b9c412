"""The words of each thing come back through its page of earlier versions."""

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.services.details import ActionDetails
from actions.services.planning import plan_action
from actions.services.updating import update_action
from assessments.ratings import Rating
from assessments.services.assessments import edit_assessment
from assessments.services.certifications import set_up_certification
from assessments.services.checklists import Step, add_step, edit_step
from assessments.services.ratings import RatingEntry, rate_nodes
from assessments.services.sub_elements import add_sub_element, rename_sub_element
from assessments.standard_tree import shared_tree
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.verbs import RESTORED_VERSION
from evidence.models import EvidenceItem
from evidence.services.details import ItemDetails
from evidence.services.items import edit_item
from tests.pages import forms_of

BEFORE, NOW = "As it was", "As it is"


def action(assessment, cast):
    made = plan_action(
        organisation=cast.ashby, details=ActionDetails(title=BEFORE), by=cast.lena
    )
    details = ActionDetails(title=NOW, resource_note="Begun")
    update_action(action=made, seen_version=1, details=details, by=cast.mo)
    return made, "title", reverse("actions:earlier", args=["ashby", made.number])


def evidence(assessment, cast):
    item = EvidenceItem.objects.create(
        organisation=cast.ashby, number=1, kind=EvidenceItem.Kind.LINK, title=BEFORE
    )
    edit_item(item=item, seen_version=1, details=ItemDetails(title=NOW), by=cast.mo)
    return item, "title", reverse("evidence:earlier", args=["ashby", 1])


def visit(assessment, cast):
    for version, outcome in enumerate([BEFORE, NOW], start=1):
        assessment = edit_assessment(
            assessment=assessment, seen_version=version, outcome=outcome, by=cast.lena
        )
    address = reverse("assessments:details_earlier", args=["ashby", assessment.slug])
    return assessment, "outcome", address


def step(assessment, cast):
    made = add_step(assessment=assessment, step=Step(BEFORE), by=cast.lena)
    edit_step(item=made, seen_version=1, step=Step(NOW), by=cast.lena)
    names = ["ashby", assessment.slug, made.pk]
    return made, "text", reverse("assessments:step_earlier", args=names)


def clause(assessment, cast):
    tree = shared_tree(assessment.certification.standard)
    made = add_sub_element(
        assessment=assessment,
        parent=tree.by_ref["1.3.3"],
        statement=BEFORE,
        by=cast.lena,
    )
    rename_sub_element(
        sub_element=made, seen_statement=BEFORE, statement=NOW, by=cast.lena
    )
    address = reverse("assessments:statement_earlier", args=["ashby", made.ref])
    return made, "statement", address


def rating(assessment, cast):
    result = assessment.results.get(node__ref="1.1.1")
    for version, reason in enumerate([BEFORE, NOW], start=1):
        entry = RatingEntry(result.pk, version, Rating.PLUS, True, reason=reason)
        rate_nodes(assessment=assessment, entries=[entry], by=cast.lena)
    names = ["ashby", assessment.slug, "1.1.1"]
    return result, "reason", reverse("assessments:rating_earlier", args=names)


def scope(assessment, cast):
    row = assessment.certification
    for version, words in enumerate([BEFORE, NOW], start=row.version):
        set_up_certification(
            certification=row,
            seen_version=version,
            now=timezone.now(),
            scope=words,
            by=cast.lena,
        )
        row.refresh_from_db()
    return row, "scope", reverse("assessments:scope_earlier", args=["ashby"])


@pytest.mark.parametrize(
    "thing", [action, evidence, visit, step, clause, rating, scope]
)
def test_the_words_of_before_come_back_as_a_change_of_their_own(
    thing, open_assessment, cast, signed_in
):
    row, name, address = thing(open_assessment, cast)
    lena = signed_in(cast.lena)
    [form] = [one for one in forms_of(lena.get(address)) if "wanted" in one.values]

    page = lena.post(address + form.action, form.sending(), follow=True)

    assert "The earlier version is restored." in page.content.decode()
    row.refresh_from_db()
    assert getattr(row, name) == BEFORE
    latest = Event.objects.about(row)[0]
    assert (latest.verb, latest.by) == (RESTORED_VERSION, cast.lena)
    assert latest.changes[name] == [NOW, BEFORE]
