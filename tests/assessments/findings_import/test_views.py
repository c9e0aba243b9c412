"""The pages of a report: upload or paste, check, put right, bring in, undo."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.models import Finding
from cse_tracker.accounts.models import ImportRun, MembershipRole
from cse_tracker.accounts.permissions import Role
from tests.assessments.findings_import.documents import (
    CUT_UP,
    upload,
    word_file,
)
from tests.assessments.findings_import.runs import bring_in, look_at, stage
from tests.factories import confirmed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

UPLOAD = "/o/ashby/import/report/"
SLUG = "2026-review"


@pytest.fixture
def lena(open_assessment, cast, signed_in, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return signed_in(cast.lena)


def text_of(page):
    words = re.sub(r"<[^>]+>", " ", page.content.decode())
    return " ".join(words.split()).replace("&#x27;", "'")


def send(client, **fields):
    return client.post(UPLOAD, {"assessment": SLUG, **fields}, follow=True)


def url(run, rest=""):
    return f"{UPLOAD}{run.pk}/{rest}"


def test_an_upload_leads_to_its_rows(lena):
    page = text_of(send(lena, file=upload()))

    assert "7 rows found: 5 points of partial or non-compliance on 4 elements" in page
    assert "2 areas for improvement on 2 elements" in page
    assert "2.2.1 was found by its words" in page
    assert "Its beginning probably belongs to row 2 (1.3.4)" in page
    assert "row 4 will answer this too" in page
    assert "Do you want to record these ratings?" in page
    assert not Finding.objects.exists()


def test_a_paste_as_plain_text_leads_to_its_rows(lena):
    page = text_of(send(lena, pasted=CUT_UP))

    assert "Check Pasted table" in page
    assert "7 rows found" in page


def test_a_paste_keeps_what_the_browser_says_of_its_lists(lena):
    html = (
        "<table><tr><td>Ref</td><td>Comments</td></tr><tr><td>1.2.1</td>"
        "<td><ul><li>Ask the <b>divers</b>.</li></ul></td></tr></table>"
    )

    page = send(lena, pasted="Ref\tComments\n1.2.1\tAsk the divers.", pasted_html=html)

    assert "<li>Ask the <strong>divers</strong>.</li>" in page.content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Select a Word document or paste the tables"),
        ({"pasted": "Nothing like a table"}, "There is no table in it."),
        (
            {"pasted": "Day\tDish\nMonday\tSoup"},
            "No table in it has a column of comments",
        ),
    ],
)
def test_what_holds_no_findings_is_refused_with_words(lena, fields, words):
    page = send(lena, **fields)

    assert words in text_of(page)
    assert "<title>Error: " in page.content.decode()


def test_a_file_of_another_kind_is_refused(lena):
    old = SimpleUploadedFile("appendix.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600)

    assert "This file is an old Word document (.doc)." in text_of(send(lena, file=old))


def test_the_rows_can_be_moved_merged_and_left_out(lena, run):
    def edit(name, row, **more):
        version = ImportRun.objects.get().version
        lena.post(
            url(run, "edit/"), {"version": version, "row": row, "edit": name, **more}
        )
        return look_at(run).rows

    assert [row.key for row in edit("down", 1)][:3] == [2, 1, 3]
    assert len(edit("merge", 3)) == 6
    assert not edit("leave", 4)[2].is_included
    assert edit("take", 4)[2].is_included
    assert edit("own", 5)[3].answered_by is None


def test_only_rows_to_look_at_are_open_and_every_row_or_an_edited_one_can_be(lena, run):
    def opened(address):
        html = lena.get(address).content.decode()
        return set(re.findall(r'id="row-(\d+)" open', html))

    to_look_at = opened(url(run))
    html = lena.get(url(run)).content.decode()
    flagged = set(re.findall(r'cse-row--flagged" id="row-(\d+)"', html))

    assert flagged == to_look_at
    assert 0 < len(to_look_at) < 7
    assert "with nothing to look at are folded" in text_of(lena.get(url(run)))
    folded = ({"1", "2", "3", "4", "5", "6", "7"} - to_look_at).pop()
    assert opened(url(run, f"?row={folded}")) == to_look_at | {folded}
    assert len(opened(url(run, "?row=every"))) == 7


def test_a_row_gets_another_element_and_other_words(lena, run):
    page = lena.post(
        url(run, "rows/3/"),
        {
            "version": run.version,
            "ref": "2.2.2",
            "kind": "improvement:",
            "comment": "Shorter waits.",
            "response": "Agreed.",
        },
    )

    row = look_at(run).rows[2]
    assert page.headers["Location"].endswith("?row=3#row-3")
    assert (row.ref, row.kind, row.rating) == ("2.2.2", "improvement", "")
    assert row.comment == "Shorter waits."


def test_what_is_typed_survives_somebody_elses_edit(lena, run):
    payload = {
        "version": run.version,
        "ref": "2.2.2",
        "kind": "improvement:",
        "comment": "Shorter waits.",
        "response": "",
    }
    lena.post(url(run, "edit/"), {"version": run.version, "row": 1, "edit": "leave"})

    page = lena.post(url(run, "rows/3/"), payload)

    assert "Someone changed these rows" in text_of(page)
    assert "Shorter waits." in page.content.decode()
    lena.post(url(run, "rows/3/"), payload | {"version": look_at(run).run.version})
    assert look_at(run).rows[2].comment == "Shorter waits."


def test_bringing_in_asks_about_the_ratings_first(lena, run):
    seen = look_at(run).fingerprint

    page = lena.post(url(run), {"seen": seen})

    assert "Select whether to record the ratings" in text_of(page)
    assert not Finding.objects.exists()


def test_recorded_ratings_are_marked_as_sampled_unless_that_is_unticked(
    lena, run, open_assessment
):
    page = lena.get(url(run))
    assert 'id="id_sampled" name="sampled" type="checkbox" checked' in page.text

    sent = {"seen": look_at(run).fingerprint, "record": "yes", "sampled": "on"}
    lena.post(url(run), sent)

    assert open_assessment.results.filter(sampled=True).count() == 4


def test_what_was_brought_in_is_shown_and_can_be_undone(lena, run):
    seen = look_at(run).fingerprint

    page = lena.post(url(run), {"seen": seen, "record": "yes"}, follow=True)

    assert "4 ratings recorded" in text_of(page)
    assert Finding.objects.count() == 7
    page = lena.post(url(run, "undo/"), follow=True)
    assert "The record is as it was before." in text_of(page)
    assert not Finding.objects.exists()


def test_undoing_says_before_it_asks_that_the_assessment_is_confirmed(
    lena, run, cast, open_assessment
):
    bring_in(run, by=cast.lena)
    confirmed(open_assessment, by=cast.cass)

    page = text_of(lena.get(url(run, "undo/")))

    assert "Ask an approver to unlock it." in page
    assert "Undo bringing this report in?" not in page


def test_the_same_file_again_says_so_and_flags_what_is_known(
    lena, run, cast, open_assessment
):
    bring_in(run, by=cast.lena)
    again = stage(open_assessment, by=cast.lena)

    page = text_of(lena.get(url(again)))

    assert "The element has this comment already." in page
    assert "This is exactly what Lena" in page


def test_the_page_of_all_comments_leads_here(lena, open_assessment):
    page = lena.get(f"/o/ashby/assessments/{SLUG}/findings/")

    assert f'href="{UPLOAD}?assessment={SLUG}"' in page.content.decode()


def test_the_preview_costs_the_same_for_many_rows(
    lena, cast, open_assessment, queries_for
):
    lines = [("Ref", "Comments"), *(("1.1.1", f"Point {n}.") for n in range(40))]
    few = stage(open_assessment, by=cast.lena)
    many = stage(
        open_assessment, by=cast.lena, data=word_file([("Improvement", lines)])
    )

    assert queries_for(lena, url(many)) <= queries_for(lena, url(few))


def test_where_all_years_are_confirmed_it_says_who_unlocks(lena, cast, open_assessment):
    closed = confirmed(open_assessment, by=cast.cass)
    as_officer = text_of(lena.get(UPLOAD))
    MembershipRole.objects.create(
        organisation=cast.ashby,
        membership=cast.lena.memberships.get(),
        role=Role.APPROVER,
    )

    as_both = lena.get(UPLOAD).content.decode()

    assert f"An approver can unlock the {closed}" in as_officer
    assert reverse("assessments:unlock", args=["ashby", closed.slug]) in as_both
