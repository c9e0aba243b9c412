"""From a finding to an action or to a reason, and actions that stand alone."""

import pytest
from django.utils import timezone

from actions.models import Action
from actions.services.details import ActionDetails
from actions.services.planning import decline_to_act, plan_action
from assessments.models import Finding
from assessments.services.findings import edit_finding, withdraw_finding
from tests.action_states import put_in
from tests.factories import FindingFactory, ResponseFactory
from tests.pages import form_of, text_of

NEW = "/o/ashby/actions/new/"


@pytest.fixture
def plan_url(finding) -> str:
    return f"{NEW}?finding={finding.pk}"


def edit_comment(finding, cast, comment):
    return edit_finding(
        finding=finding,
        seen_version=finding.version,
        kind=Finding.Kind.COMPLIANCE,
        comment=comment,
        by=cast.lena,
    )


def test_yes_leads_to_an_action_with_the_comments_first_words(
    mo, finding, decide_url, plan_url
):
    form = form_of(mo.get(decide_url))

    page = mo.post(decide_url, form.sending(decision="act"), follow=True)

    assert page.redirect_chain == [(plan_url, 302)]
    title = form_of(page).values["title"]
    assert title == ["Targets for satisfaction are set by two services only"]
    finding.refresh_from_db()
    assert finding.decision == "undecided"


def test_the_title_begins_with_the_response_where_there_is_one(mo, finding, plan_url):
    for text in ("  ", "As above.", "Two more services set targets. Then all do."):
        ResponseFactory.create(findings=[finding], text=text)

    assert form_of(mo.get(plan_url)).values["title"] == [
        "Two more services set targets"
    ]


def test_the_title_is_the_element_where_no_sentence_of_the_response_fits(
    mo, finding, plan_url
):
    ResponseFactory.create(findings=[finding], text="We set targets, " * 20)

    assert form_of(mo.get(plan_url)).values["title"] == [str(finding.node)]


def test_no_keeps_the_reason_and_leads_back_to_the_element(
    mo, finding, decide_url, open_assessment
):
    form = form_of(mo.get(decide_url))

    page = mo.post(decide_url, form.sending(decision="no_action", reason="Too small"))

    finding.refresh_from_db()
    assert (finding.decision, finding.decision_reason) == ("no_action", "Too small")
    assert page.url == open_assessment.url_of("1.3.4")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"decision": None}, "Select yes if you will act on it"),
        ({"decision": "no_action", "reason": " "}, "Enter why you will not act on it"),
        ({"decision": "maybe"}, "from the list"),
    ],
)
def test_a_decision_that_will_not_do_is_explained(
    mo, finding, decide_url, changes, message
):
    page = mo.post(decide_url, form_of(mo.get(decide_url)).sending(**changes))

    assert message in text_of(page)
    finding.refresh_from_db()
    assert finding.decision == "undecided"


def test_no_is_refused_while_an_action_answers_the_point(mo, cast, finding, decide_url):
    plan_action(
        organisation=cast.ashby,
        details=ActionDetails(title="Set targets"),
        finding=finding,
        by=cast.lena,
    )
    form = form_of(mo.get(decide_url))

    page = mo.post(decide_url, form.sending(decision="no_action", reason="No"))

    assert "Action 1 answers this comment" in text_of(page)


def test_a_decision_over_somebody_elses_shows_both(mo, cast, finding, decide_url):
    form = form_of(mo.get(decide_url))
    decline_to_act(finding=finding, seen_version=1, reason="Too dear", by=cast.lena)
    answer = {"decision": "no_action", "reason": "Too small"}

    page = mo.post(decide_url, form.sending(**answer))

    words = text_of(page)
    assert page.status_code == 409
    assert "Someone changed this after you opened it" in words
    assert "you will not act on it. Too dear" in words
    assert form_of(page).values["reason"] == ["Too small"]
    finding.refresh_from_db()
    assert finding.decision_reason == "Too dear"


def test_the_decision_can_then_be_saved_over_it(mo, cast, finding, decide_url):
    form = form_of(mo.get(decide_url))
    decline_to_act(finding=finding, seen_version=1, reason="Too dear", by=cast.lena)
    answer = {"decision": "no_action", "reason": "Too small"}
    page = mo.post(decide_url, form.sending(**answer))

    mo.post(decide_url, form_of(page).sending())

    finding.refresh_from_db()
    assert finding.decision_reason == "Too small"


def test_an_open_action_on_the_element_can_answer_a_new_finding(
    mo, cast, finding, open_assessment, decide_url
):
    earlier = FindingFactory.create(assessment=open_assessment, node_id=finding.node_id)
    action = plan_action(
        organisation=cast.ashby,
        details=ActionDetails(title="Set targets"),
        finding=earlier,
        by=cast.lena,
    )
    page = mo.get(decide_url)
    assert "Yes, with Action 1: Set targets" in text_of(page)

    page = mo.post(decide_url, form_of(page).sending(decision="action-1"), follow=True)

    assert "Action 1 answers this comment too" in text_of(page)
    assert set(action.findings.all()) == {earlier, finding}
    assert "Yes, with Action 1" not in text_of(mo.get(decide_url))
    history = text_of(mo.get(action.get_absolute_url()))
    assert "Mo Quill used it for one more comment" in history
    assert "Answers too: 1.3.4" in history


def test_only_open_actions_of_the_same_element_are_offered(
    mo, cast, finding, open_assessment, decide_url
):
    def plan(title, **said):
        node_id = said.pop("node_id", finding.node_id)
        other = FindingFactory.create(assessment=open_assessment, node_id=node_id)
        return plan_action(
            organisation=cast.ashby,
            details=ActionDetails(title=title, **said),
            finding=other,
            by=cast.lena,
        )

    put_in(plan("Closed"), Action.Status.CLOSED)
    plan("Of no element", node_id=None)
    plan("Offered")

    page = mo.get(decide_url)

    assert "Yes, with Action 3: Offered" in text_of(page)
    assert "Action 1" not in text_of(page)
    assert "Action 2" not in text_of(page)
    wrong = mo.post(decide_url, form_of(page).sending(decision="action-2"))
    assert "from the list" in text_of(wrong)


def test_another_organisations_action_is_not_offered(mo, cast, finding, decide_url):
    foreign_finding = FindingFactory.create(node_id=finding.node_id)
    plan_action(
        organisation=foreign_finding.organisation,
        details=ActionDetails(title="Foreign"),
        finding=foreign_finding,
        by=cast.sam,
    )

    assert "Foreign" not in text_of(mo.get(decide_url))


def test_an_action_for_a_finding_is_planned_and_shown(mo, cast, finding, plan_url):
    form = form_of(mo.get(plan_url))
    owner = cast.mo.memberships.get()

    page = mo.post(
        plan_url, form.sending(title="Set targets", owner=owner.pk), follow=True
    )

    action = Action.objects.get()
    assert page.redirect_chain == [(action.get_absolute_url(), 302)]
    assert '/actions/1/">Action 1</a> is in the plan.' in page.content.decode()
    assert (action.owner, list(action.findings.all())) == (owner, [finding])
    finding.refresh_from_db()
    assert finding.decision == "act"


def test_what_answers_a_comment_is_not_asked_where_it_comes_from(mo, finding, plan_url):
    assert "Comes from" not in text_of(mo.get(plan_url))
    mo.post(plan_url, form_of(mo.get(plan_url)).sending(title="Set targets"))

    edit_url = f"{Action.objects.get().get_absolute_url()}edit/"
    assert "Comes from" not in text_of(mo.get(edit_url))
    page = mo.post(
        edit_url, form_of(mo.get(edit_url)).sending(title="Set more"), follow=True
    )
    assert "Action 1 is saved" in text_of(page)


def test_an_action_can_stand_alone(mo):
    form = form_of(mo.get(NEW))

    page = mo.post(NEW, form.sending(title="Publish the survey"), follow=True)

    assert "It answers no comment" in text_of(page)


def test_a_form_that_is_sent_twice_makes_one_action(mo, plan_url):
    data = form_of(mo.get(plan_url)).sending(title="Set targets")

    first, second = mo.post(plan_url, data), mo.post(plan_url, data)

    assert first.url == second.url
    assert Action.objects.count() == 1


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(mo, plan_url):
    form = form_of(mo.get(plan_url))

    page = mo.post(plan_url, form.sending(title="", resource_note="Ask Jo"))

    assert "Enter what will be done" in text_of(page)
    assert form_of(page).values["resource_note"] == ["Ask Jo"]
    assert not Action.objects.exists()


def test_planning_for_a_comment_that_changed_shows_the_new_one(
    mo, cast, finding, plan_url
):
    form = form_of(mo.get(plan_url))
    edit_comment(finding, cast, "Three services set targets.")

    page = mo.post(plan_url, form.sending(title="Set targets", resource_note="Ask Jo"))

    assert page.status_code == 409
    assert "Someone changed this after you opened it" in text_of(page)
    assert "Three services set targets." in text_of(page)
    assert form_of(page).values["title"] == ["Set targets"]
    assert not Action.objects.exists()


def test_the_action_can_then_be_planned_for_the_new_comment(
    mo, cast, finding, plan_url
):
    form = form_of(mo.get(plan_url))
    edit_comment(finding, cast, "Three services set targets.")
    page = mo.post(plan_url, form.sending(title="Set targets"))

    mo.post(plan_url, form_of(page).sending())

    assert Action.objects.get().title == "Set targets"


def test_a_second_action_names_the_first(mo, cast, finding, plan_url):
    plan_action(
        organisation=cast.ashby,
        details=ActionDetails(title="Set targets"),
        finding=finding,
        by=cast.lena,
    )

    assert "Action 1: Set targets" in text_of(mo.get(plan_url))


@pytest.mark.parametrize("wrong", ["0", "abc", "-1", "9" * 30, "9" * 5000, "1.5"])
def test_a_finding_that_does_not_exist_is_not_found(mo, finding, wrong):
    assert mo.get(f"{NEW}?finding={wrong}").status_code == 404


def test_another_organisations_finding_is_not_found(mo):
    foreign = FindingFactory.create()

    assert mo.get(f"{NEW}?finding={foreign.pk}").status_code == 404
    assert mo.get(f"/o/ashby/findings/{foreign.pk}/decide/").status_code == 404


def test_a_withdrawn_finding_is_not_found(mo, cast, finding, decide_url):
    withdraw_finding(finding=finding, seen_version=1, now=timezone.now(), by=cast.lena)

    assert mo.get(decide_url).status_code == 404


def test_a_strength_asks_for_no_decision(mo, open_assessment):
    strength = FindingFactory.create(
        assessment=open_assessment, kind=Finding.Kind.STRENGTH
    )

    assert mo.get(f"/o/ashby/findings/{strength.pk}/decide/").status_code == 404


def test_a_finding_about_no_element_leads_back_to_the_plan(mo, open_assessment):
    general = FindingFactory.create(assessment=open_assessment)
    url = f"/o/ashby/findings/{general.pk}/decide/"
    form = form_of(mo.get(url))

    page = mo.post(url, form.sending(decision="no_action", reason="Known"))

    assert page.url == "/o/ashby/actions/"


def test_a_colleague_without_the_right_is_refused(
    signed_in, cast, decide_url, plan_url
):
    cass = signed_in(cast.cass)

    assert [cass.get(url).status_code for url in (decide_url, plan_url, NEW)] == [
        403
    ] * 3
    assert cass.post(NEW, {"title": "Mine"}).status_code == 403
    assert not Action.objects.exists()


def test_a_stranger_gets_nothing(signed_in, cast, decide_url, plan_url):
    sam = signed_in(cast.sam)

    assert [sam.get(url).status_code for url in (decide_url, plan_url, NEW)] == [
        404
    ] * 3
