"""Earlier versions of a text: what the log says of them, and the page that restores one."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Finding, Response
from assessments.services.findings import add_finding, edit_finding, withdraw_finding
from assessments.services.narratives import write_narrative
from assessments.services.responses import add_response, edit_response
from assessments.standard_tree import tree_for
from cse_tracker.accounts.history import events_about, once_a_save
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.services.events import EventDraft, record_events
from cse_tracker.accounts.verbs import EDITED, RESTORED_VERSION
from cse_tracker.accounts.versions import UNLOGGED, versions_of
from tests.factories import FindingFactory, confirmed
from tests.pages import forms_of, text_of

LONG = "Ask every tenant, in writing, twice a year. " * 450


def restoring(page):
    """The form of the version that the page shows."""
    [form] = [each for each in forms_of(page) if each.action.startswith("?version=")]
    return form


def logged(cast, *changes, verb=EDITED, batch=None):
    """Events about Ashby in this order, as the log then has them: newest first."""
    for change in changes:
        record_events(
            [EventDraft(cast.ashby, change)] * (2 if batch else 1),
            by=cast.lena,
            verb=verb,
            organisation=cast.ashby,
            batch=batch,
        )
    return events_about(cast.ashby)


def said(versions, name="text"):
    return [version.values[name] for version in versions]


def test_a_version_is_the_present_with_each_later_change_undone(cast):
    events = logged(
        cast,
        {"text": ("", "a"), "kind": ("", "x")},
        {"text": ("a", "b")},
        {"kind": ("x", "y")},
    )

    versions = versions_of(events, {"text": "b", "kind": "y"})

    assert said(versions) == ["b", "b", "a"]
    assert said(versions, "kind") == ["y", "x", "x"]
    assert {version.by for version in versions} == {"Lena Hart"}


def test_what_stood_there_before_the_log_began_is_a_version_unless_it_was_blank(cast):
    events = logged(cast, {"text": ("a", "b")})

    assert [version.key for version in versions_of(events, {"text": "b"})][1:] == [
        UNLOGGED
    ]
    assert len(versions_of(events, {"other": ""})) == 1


def test_changes_of_other_fields_make_no_version(cast):
    events = logged(cast, {"text": ("", "a")}, {"order": (1, 2)})

    assert said(versions_of(events, {"text": "a"})) == ["a"]


def test_events_that_one_save_wrote_for_several_elements_are_one_version(cast):
    events = logged(cast, {"text": ("a", "b")}, batch=uuid.uuid4())

    assert len(events) == 2
    assert len(list(once_a_save(events))) == 1
    assert said(versions_of(events, {"text": "b"})) == ["b", "a"]


@pytest.fixture
def finding(cast, open_assessment):
    tree = tree_for(cast.ashby, open_assessment.certification.standard)
    finding = add_finding(
        assessment=open_assessment,
        node=tree.by_ref["1.1.1"],
        kind=Finding.Kind.IMPROVEMENT,
        comment="Ask more tenants.",
        by=cast.lena,
    )
    return edit_finding(
        finding=finding,
        seen_version=1,
        kind=Finding.Kind.STRENGTH,
        comment="Ask all tenants.",
        by=cast.mo,
    )


@pytest.fixture
def url(finding, open_assessment):
    names = [open_assessment.organisation.slug, open_assessment.slug, finding.pk]
    return reverse("assessments:finding_earlier", args=names)


@pytest.fixture
def lena(cast, signed_in):
    return signed_in(cast.lena)


def test_both_versions_stand_side_by_side_with_marks(lena, url):
    words = text_of(lena.get(url))

    assert (
        "The earlier version Ask [gone: more] tenants. Now Ask [new: all] tenants."
        in words
    )
    assert "Mo Quill" in words
    assert "Lena Hart" in words


def test_a_restored_version_is_a_change_of_its_own(lena, cast, url, finding):
    page = lena.post(
        url, restoring(lena.get(url)).sending(wanted=["comment", "kind"]), follow=True
    )

    assert "The earlier version is restored." in text_of(page)
    finding.refresh_from_db()
    assert (finding.comment, finding.kind) == ("Ask more tenants.", "improvement")
    assert finding.version == 3
    latest = Event.objects.about(finding).first()
    assert (latest.verb, latest.by) == (RESTORED_VERSION, cast.lena)
    assert latest.changes["comment"] == ["Ask all tenants.", "Ask more tenants."]
    assert "Ask [gone: all] tenants." in text_of(lena.get(url))


def test_one_text_can_be_restored_without_the_others(lena, url, finding):
    lena.post(url, restoring(lena.get(url)).sending(wanted=["comment"]))

    finding.refresh_from_db()
    assert (finding.comment, finding.kind) == ("Ask more tenants.", "strength")


def test_what_somebody_saved_meanwhile_is_not_overwritten(lena, cast, url, finding):
    opened = restoring(lena.get(url))
    edit_finding(
        finding=finding,
        seen_version=2,
        kind=Finding.Kind.STRENGTH,
        comment="Ask them all.",
        by=cast.mo,
    )

    page = lena.post(url, opened.sending(), follow=True)

    assert "Someone changed this after you opened the page." in text_of(page)
    finding.refresh_from_db()
    assert finding.comment == "Ask them all."


@pytest.mark.parametrize("stands", ["confirmed", "withdrawn"])
def test_what_may_not_be_changed_is_not_restored_and_the_page_says_why(
    lena, cast, url, finding, open_assessment, stands
):
    opened = restoring(lena.get(url))
    if stands == "confirmed":
        confirmed(open_assessment, by=cast.cass)
    else:
        withdraw_finding(
            finding=finding, seen_version=2, now=timezone.now(), by=cast.lena
        )

    page = lena.post(url, opened.sending(), follow=True)

    assert f"was {stands}" in text_of(page)
    finding.refresh_from_db()
    assert finding.comment == "Ask all tenants."


def test_who_may_not_change_it_reads_and_does_not_restore(signed_in, cast, url):
    mo = signed_in(cast.mo)

    assert "Ask [gone: more] tenants." in text_of(mo.get(url))
    assert "Restoring one takes the right to change it." in text_of(mo.get(url))
    assert mo.post(url, {"version": 2, "wanted": "comment"}).status_code == 403


def test_a_version_that_is_none_of_its_own_is_not_found(
    lena, cast, url, open_assessment
):
    other = FindingFactory(assessment=open_assessment)
    edit_finding(
        finding=other,
        seen_version=1,
        kind=other.kind,
        comment="Other words",
        by=cast.mo,
    )
    foreign = Event.objects.about(other).get()

    assert lena.get(f"{url}?version={foreign.pk}").status_code == 404
    assert lena.get(f"{url}?version=x").status_code == 404


def test_a_long_text_that_answers_several_elements_comes_back_whole(
    lena, cast, open_assessment
):
    tree = tree_for(cast.ashby, open_assessment.certification.standard)
    findings = [
        FindingFactory(assessment=open_assessment, node_id=tree.by_ref[ref].id)
        for ref in ("1.1.1", "1.2.3")
    ]
    response = add_response(findings=findings, text=LONG, by=cast.mo)
    edit_response(response=response, seen_version=1, text="Short.", by=cast.mo)
    names = [cast.ashby.slug, open_assessment.slug, response.pk]
    url = reverse("assessments:response_earlier", args=names)

    lena.post(url, restoring(lena.get(url)).sending())

    assert Response.objects.get().text == LONG


def test_a_text_that_was_emptied_comes_back(lena, cast, open_assessment):
    tree = tree_for(cast.ashby, open_assessment.certification.standard)
    for version, text in enumerate(["It is kind.", ""]):
        narrative = write_narrative(
            assessment=open_assessment,
            criterion=tree.by_ref["1"],
            seen_version=version,
            text=text,
            by=cast.lena,
        )
    names = [cast.ashby.slug, open_assessment.slug, 1]
    url = reverse("assessments:narrative_earlier", args=names)

    lena.post(url, restoring(lena.get(url)).sending())

    narrative.refresh_from_db()
    assert (narrative.text, narrative.version) == ("It is kind.", 3)
