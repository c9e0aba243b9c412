"""The pages of an import: upload, preview, commit, undo."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.urls import reverse

from assessments.models import Assessment, Result
from cse_tracker.accounts.models import ImportRun, MembershipRole
from cse_tracker.accounts.permissions import Role
from tests.assessments.importing.annexes import draft_annex, simple_marks
from tests.assessments.importing.runs import bring_in, look_at, stage, upload
from tests.factories import FindingFactory

pytestmark = pytest.mark.django_db

UPLOAD = "/o/ashby/import/"


@pytest.fixture
def lena(certification, cast, signed_in):
    return signed_in(cast.lena)


def url_of(run, name="import_preview"):
    return reverse(f"assessments:{name}", args=["ashby", run.pk])


def payload(run, **changes):
    """What the preview's form sends when nothing is changed in it."""
    staged = look_at(run)
    fields = {"action": "commit", "seen": staged.fingerprint}
    for year, choice in staged.choices.items():
        fields[f"kind_{year}"] = choice.kind
        if choice.include:
            fields[f"include_{year}"] = "on"
    return {
        name: value for name, value in (fields | changes).items() if value is not None
    }


def text_of(page):
    return " ".join(page.content.decode().split())


def test_an_upload_leads_to_a_preview_of_years_and_ratings(lena, three_years):
    page = lena.post(UPLOAD, {"file": upload(three_years)}, follow=True)

    assert "18 elements and 2 sub-elements over 3 years" in text_of(page)
    assert "72 new" not in text_of(page)
    assert "20 new" in text_of(page)
    assert not Assessment.objects.exists()


def test_the_preview_names_sheet_row_and_column_of_each_problem(lena, three_years):
    sheet, row = three_years.row_of("2.1.1")
    row.cells[three_years.rating_column(2017)] = "Good"
    number = three_years.sheets[sheet].index(row) + 1

    page = lena.post(UPLOAD, {"file": upload(three_years)}, follow=True)

    assert f"Sheet Annex, row {number}, column E" in text_of(page)
    assert "is neither a rating nor an X." in text_of(page)
    # 1.1.2 rises unsampled, under the number that it has afterwards.
    assert "CHK-206" in text_of(page)


def test_a_file_of_another_kind_is_refused_with_words_at_the_field(lena):
    old = SimpleUploadedFile(
        "annex.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    )

    page = lena.post(UPLOAD, {"file": old})

    assert "This file is an old Excel workbook (.xls)." in text_of(page)
    assert "<title>Error: " in text_of(page)
    assert not ImportRun.objects.exists()


def test_a_table_that_is_no_annex_is_refused(lena):
    table = SimpleUploadedFile("lunch.csv", b"Day,Dish\nMonday,Soup\n")

    page = lena.post(UPLOAD, {"file": table})

    assert "No sheet of this file has a row of headings with years" in text_of(page)


def test_sending_the_form_without_a_file_asks_for_one(lena):
    assert "Select the spreadsheet to bring in" in text_of(
        lena.post(UPLOAD, {"x": "1"})
    )


def test_a_double_click_on_upload_makes_one_import(lena, three_years):
    key = str(uuid.uuid4())

    for _ in range(2):
        lena.post(UPLOAD, {"file": upload(three_years), "submission_key": key})

    assert ImportRun.objects.count() == 1


def test_the_same_file_says_that_it_was_brought_in_before(lena, staged_run, cast):
    bring_in(staged_run, by=cast.lena)
    with staged_run.file.open() as file:
        again = SimpleUploadedFile("copy.xlsx", file.read())

    page = lena.post(UPLOAD, {"file": again}, follow=True)

    assert "This is exactly the file that Lena Hart" in text_of(page)


def test_bringing_in_writes_the_years_and_says_so(lena, staged_run):
    page = lena.post(url_of(staged_run), payload(staged_run), follow=True)

    assert "annex.xlsx was brought in." in text_of(page)
    assert list(Assessment.objects.in_order().values_list("year", flat=True)) == [
        2016,
        2017,
        2018,
    ]


def test_changed_choices_are_shown_before_they_are_committed(lena, staged_run):
    changed = payload(staged_run, include_2016=None, kind_2017="full")

    page = lena.post(url_of(staged_run), changed, follow=True)

    assert "You changed what to bring in." in text_of(page)
    assert "Left out" in text_of(page)
    assert not Assessment.objects.exists()
    staged_run.refresh_from_db()
    assert staged_run.choices["years"]["2016"]["include"] is False


def test_updating_the_preview_writes_nothing(lena, staged_run):
    lena.post(url_of(staged_run), payload(staged_run, action="update"))

    assert not Assessment.objects.exists()


def test_the_second_of_two_clicks_finds_the_work_done(lena, staged_run):
    sent = payload(staged_run)

    lena.post(url_of(staged_run), sent)
    page = lena.post(url_of(staged_run), sent, follow=True)

    assert page.status_code == 200
    assert Assessment.objects.count() == 3


def test_a_preview_gone_stale_is_shown_again_with_words(lena, staged_run):
    page = lena.post(url_of(staged_run), payload(staged_run, seen="0" * 64))

    assert (
        "Someone changed ratings or wording after you opened this preview."
        in text_of(page)
    )
    assert not Assessment.objects.exists()


def test_a_kind_that_does_not_exist_is_refused(lena, staged_run):
    page = lena.post(url_of(staged_run), payload(staged_run, kind_2017="picnic"))

    assert "<title>Error: " in text_of(page)
    assert not Assessment.objects.exists()


def test_only_who_may_approve_can_confirm_on_import(lena, staged_run):
    assert "Confirm these years" not in text_of(lena.get(url_of(staged_run)))

    lena.post(url_of(staged_run), payload(staged_run, confirm="on"))

    assert not Assessment.objects.confirmed().exists()


def test_an_officer_who_may_approve_confirms_on_import(lena, staged_run, cast):
    membership = cast.lena.memberships.get()
    MembershipRole.objects.create(
        organisation=cast.ashby, membership=membership, role=Role.APPROVER
    )

    lena.post(url_of(staged_run), payload(staged_run, confirm="on"))

    assert Assessment.objects.confirmed().count() == 3


def test_undo_takes_everything_back(lena, staged_run, cast):
    bring_in(staged_run, by=cast.lena)

    page = lena.post(url_of(staged_run, "import_undo"), follow=True)

    assert "annex.xlsx was undone." in text_of(page)
    assert not Assessment.objects.exists()


def test_undoing_says_first_what_would_go(lena, staged_run, cast):
    bring_in(staged_run, by=cast.lena)

    page = text_of(lena.get(url_of(staged_run, "import_undo")))

    assert "Undo this import?" in page
    assert "go from your standard" in page
    assert Assessment.objects.count() == 3


def test_a_file_whose_years_are_all_confirmed_offers_nothing_to_bring_in(
    lena, cast, three_years, staged_run
):
    bring_in(staged_run, by=cast.cass, confirm=True)
    again = stage(three_years, organisation=cast.ashby, by=cast.lena)

    page = text_of(lena.get(url_of(again)))

    assert "No year of this file can be brought in" in page
    assert "Bring these years in" not in page


def test_years_that_the_import_confirmed_are_undone_by_an_approver_only(
    lena, staged_run, cast
):
    bring_in(staged_run, by=cast.cass, confirm=True)

    assert "only an approver can undo it" in text_of(lena.get(url_of(staged_run)))
    assert lena.post(url_of(staged_run, "import_undo")).status_code == 403
    assert Assessment.objects.confirmed().count() == 3


def test_the_cycle_is_asked_for_once_the_years_are_in(
    lena, staged_run, cast, certification
):
    bring_in(staged_run, by=cast.lena)

    assert "Say when your cycle" in text_of(lena.get(url_of(staged_run)))
    certification.cycle_starts_in = 2016
    certification.save()
    assert "Say when your cycle" not in text_of(lena.get(url_of(staged_run)))


@pytest.mark.parametrize("method", ["get", "post"])
def test_undo_names_what_stands_in_the_way(lena, staged_run, cast, method):
    bring_in(staged_run, by=cast.lena)
    FindingFactory.create(assessment=Assessment.objects.get(year=2018))

    page = getattr(lena, method)(url_of(staged_run, "import_undo"))

    assert "This import can&#x27;t be undone" in text_of(page)
    assert "was added and rests on this import." in text_of(page)
    assert Assessment.objects.count() == 3


def test_undo_tells_changed_ratings_as_one_line_for_each_year(lena, staged_run, cast):
    bring_in(staged_run, by=cast.lena)
    Result.objects.filter(assessment__year=2018).update(version=F("version") + 1)

    page = lena.post(url_of(staged_run, "import_undo"))

    changed = Result.objects.filter(assessment__year=2018).count()
    assert f"{changed} ratings of the 2018 review were changed." in text_of(page)


def test_a_discarded_upload_changes_nothing_and_can_not_be_brought_in(lena, staged_run):
    page = lena.post(url_of(staged_run, "import_discard"), follow=True)
    lena.post(url_of(staged_run), {"action": "commit", "seen": "x"})

    assert "annex.xlsx was discarded. Nothing was changed." in text_of(page)
    assert not Assessment.objects.exists()


def test_a_stranger_cannot_tell_that_the_import_exists(staged_run, cast, signed_in):
    assert signed_in(cast.sam).get(url_of(staged_run)).status_code == 404


def test_an_import_is_not_found_under_another_organisation(staged_run, cast, signed_in):
    elsewhere = reverse("assessments:import_preview", args=["elsewhere", staged_run.pk])

    assert signed_in(cast.sam).get(elsewhere).status_code == 404


@pytest.mark.parametrize("name", ["import_preview", "import_undo", "import_discard"])
def test_a_manager_may_not_import(staged_run, cast, signed_in, name):
    assert signed_in(cast.mo).post(url_of(staged_run, name)).status_code == 403


def test_the_preview_costs_the_same_for_few_and_many_years(lena, cast, queries_for):
    few, many = (
        stage(
            draft_annex(simple_marks(years), years),
            organisation=cast.ashby,
            by=cast.lena,
        )
        for years in ([2016, 2017], list(range(2010, 2022)))
    )
    lena.get(url_of(few))

    assert queries_for(lena, url_of(few)) == queries_for(lena, url_of(many))
    assert queries_for(lena, url_of(few)) <= 16
