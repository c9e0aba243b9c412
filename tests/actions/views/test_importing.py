"""The pages of a plan's import: upload or paste, preview, commit, undo."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from actions.models import Action
from actions.plan_import_readings import staged_plan
from actions.services.plan_staging import NO_PLAN
from actions.views import importing
from cse_tracker.accounts.models import ImportRun, Service
from cse_tracker.core.tables import limits
from tests.actions.plan_files import bring_in, stage
from tests.core.tables.workbooks import workbook_of
from tests.pages import forms_of, rows_of, text_of

pytestmark = pytest.mark.django_db
UPLOAD = "/o/ashby/actions/import/"
PLAN = "Action|Owner|Due|Ref|Service\nSet targets|Mo Quill|asap|1.3.4|Harbour"


@pytest.fixture
def lena(certification, cast, signed_in, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return signed_in(cast.lena)


@pytest.fixture
def run(lena, finding, cast) -> ImportRun:
    return stage(PLAN, organisation=cast.ashby, by=cast.lena)


def url_of(run, name="import_preview"):
    return reverse(f"actions:{name}", args=["ashby", run.pk])


def sheet(data: bytes, name: str = "plan.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_an_uploaded_plan_leads_to_a_preview_and_changes_nothing(lena):
    data = workbook_of(["Action", "Owner"], ["Ask people", "Mo Quill"])

    page = lena.post(UPLOAD, {"file": sheet(data)}, follow=True)

    assert "1 action in the file. Nothing is changed" in text_of(page)
    assert rows_of(page)[0][1:4] == ["2", "1", "Ask people"]
    assert not Action.objects.exists()


def test_a_pasted_plan_does_too(lena):
    page = lena.post(UPLOAD, {"pasted": PLAN.replace("|", "\t")}, follow=True)

    assert "“asap” is not a date." in text_of(page)
    assert "Row 2, column C" in text_of(page)


def test_the_preview_asks_about_services_comments_and_doubles(lena, run, cast):
    details = staged_plan(run).reading.rows[0]
    page = text_of(lena.get(url_of(run)))

    assert "“Harbour” is" in page
    assert "1.3.4 Stretching targets and rising satisfaction (1 comment)" in page
    assert "seem to have too" not in page
    assert details.title in page


def test_what_was_chosen_is_what_comes_in(lena, run, finding):
    fields = {
        "seen": staged_plan(run).fingerprint,
        "service_0": "add",
        "linked": ["1.3.4"],
    }

    page = lena.post(url_of(run), fields, follow=True)

    action = Action.objects.get()
    assert "Pasted plan was brought in." in text_of(page)
    assert "1 action with 1 note, 1 comment decided, 1 service added" in text_of(page)
    assert (action.service.name, list(action.findings.all())) == ("Harbour", [finding])


@pytest.mark.parametrize(
    "chosen",
    [
        *({"service_0": "99999"}, {"linked": ["9.9.9"]}, {"seen": ""}),
        {"left_out": ["7"]},
    ],
)
def test_what_was_never_offered_is_refused(lena, run, chosen):
    fields = {"seen": staged_plan(run).fingerprint} | chosen

    page = lena.post(url_of(run), fields)

    assert page.status_code == 200
    assert not Action.objects.exists()
    assert not Service.objects.filter(name="Harbour").exists()


def test_a_row_that_is_ticked_is_left_out(lena, cast):
    text = "Action|Owner\nSet targets|Jo\nNo action|Jo\nAsk people|Jo"
    run = stage(text, organisation=cast.ashby, by=cast.lena)
    fields = {"seen": staged_plan(run).fingerprint, "left_out": ["1"]}

    asked = lena.get(url_of(run)).content.decode()
    shown_again = lena.post(url_of(run), fields | {"seen": "older"})
    lena.post(url_of(run), fields)

    assert 'aria-label="Leave out row 3: No action"' in asked
    assert "checked" not in asked
    ticked = next(
        each for each in forms_of(shown_again) if "seen" in each.values
    ).values["left_out"]
    assert (ticked, rows_of(shown_again)[1][2]) == (["1"], "Left out")
    titles = Action.objects.values_list("number", "title").order_by("number")
    assert list(titles) == [(1, "Set targets"), (2, "Ask people")]


def test_a_plan_of_which_every_row_is_left_out_brings_nothing_in(lena, run):
    fields = {"seen": staged_plan(run).fingerprint, "left_out": ["0"]}

    page = lena.post(url_of(run), fields)

    assert "Nothing is left to bring in." in text_of(page)
    assert not Action.objects.exists()


def test_a_plan_that_changed_since_is_shown_again(lena, run):
    page = lena.post(url_of(run), {"seen": "older"})

    assert "Check it again below" in text_of(page)
    assert not Action.objects.exists()


def test_what_was_chosen_is_still_chosen_when_it_is_shown_again(lena, run):
    chosen = {"seen": "older", "service_0": "add", "linked": ["1.3.4"]}

    page = lena.post(url_of(run), chosen).content.decode()

    assert '<option value="add" selected>' in page
    assert 'value="1.3.4"' in page.partition("checked")[0][-200:]


def test_the_same_file_says_that_it_was_brought_in_before(lena, run, cast):
    bring_in(run, by=cast.lena)
    again = stage(PLAN, organisation=cast.ashby, by=cast.lena)

    page = text_of(lena.get(url_of(again)))

    assert "This is exactly the file that Lena Hart" in page
    assert "“Set targets” looks like action 1." in page
    assert "Bring in the one that you seem to have too" in page
    assert "Looks like action 1. It comes in only if you tick that below" in page


def test_undoing_asks_first_and_then_takes_the_plan_back(lena, run, cast):
    bring_in(run, by=cast.lena)

    asked = text_of(lena.get(url_of(run, "import_undo")))
    page = lena.post(url_of(run, "import_undo"), follow=True)

    assert "1 action goes, with 1 note" in asked
    assert "no other action gets its number" in asked
    assert "Pasted plan was undone." in text_of(page)
    assert not Action.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_undoing_names_what_was_worked_on_since(lena, run, cast, method):
    bring_in(run, by=cast.lena)
    Action.objects.update(version=2)

    page = text_of(getattr(lena, method)(url_of(run, "import_undo")))

    assert "Action 1: Set targets was changed." in page
    assert Action.objects.exists()


def test_a_preview_can_be_discarded(lena, run):
    lena.post(url_of(run, "import_discard"))

    run.refresh_from_db()
    assert run.state == ImportRun.State.DISCARDED


def test_a_double_click_brings_a_plan_in_once(lena, run):
    fields = {"seen": staged_plan(run).fingerprint}

    pages = [lena.post(url_of(run), fields) for _ in range(2)]

    assert [page.status_code for page in pages] == [302, 302]
    assert Action.objects.count() == 1


def test_the_list_leads_here_for_those_who_may(lena, cast, signed_in):
    words = "bring a plan in from a file"

    assert words in text_of(lena.get("/o/ashby/actions/"))
    assert words not in text_of(signed_in(cast.mo).get("/o/ashby/actions/"))


def test_another_kind_of_import_is_not_shown_here(lena, run):
    ImportRun.objects.filter(pk=run.pk).update(kind="annex")

    assert lena.get(url_of(run)).status_code == 404


def test_nothing_sent_and_both_sent_are_told(lena):
    nothing = lena.post(UPLOAD, {"pasted": " "})
    both = lena.post(UPLOAD, {"pasted": "x", "file": sheet(workbook_of(["Action"]))})

    assert "Select a spreadsheet or paste the table" in text_of(nothing)
    assert "Choose one: the file or what you pasted" in text_of(both)


def many(rows: int, cells: int = 2) -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet()
    page.append(["Action", "Owner"])
    for _ in range(rows):
        page.append(["Ask"] * cells)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def bomb() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for part in ("[Content_Types].xml", "xl/workbook.xml"):
            archive.writestr(part, "<x/>")
        archive.writestr(
            "xl/worksheets/sheet1.xml", "0" * limits.MAX_UNPACKED_BYTES * 2
        )
    return file.getvalue()


HOSTILE = {
    "empty.xlsx": lambda: b"",
    "blank.xlsx": lambda: workbook_of(),
    "lunch.xlsx": lambda: workbook_of(["Day", "Dish"], ["Monday", "Soup"]),
    "headings.xlsx": lambda: workbook_of(["Action", "Owner"]),
    "broken.xlsx": lambda: workbook_of(["Action", "Owner"])[:900],
    "old.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "picture.xlsx": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 600,
    "bytes.csv": lambda: b"Action,Owner\n\x00\x01,Mo",
    "quote.csv": lambda: b'Action,Owner\n"Ask,Mo',
    "bomb.xlsx": bomb,
    "long.xlsx": lambda: many(limits.MAX_ROWS + 1),
    "wide.xlsx": lambda: many(1, cells=limits.MAX_COLUMNS + 1),
    "cell.csv": lambda: b"Action,Owner\n" + b"x" * (limits.MAX_CELL_CHARACTERS + 1),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_holds_no_plan_is_refused_with_words(lena, name):
    page = lena.post(UPLOAD, {"file": sheet(HOSTILE[name](), name)})

    assert page.status_code == 200
    assert "<title>Error: " in page.content.decode()
    assert not ImportRun.objects.exists()


def test_a_table_that_is_no_plan_says_what_is_missing(lena):
    page = lena.post(UPLOAD, {"file": sheet(b"Day,Dish\nMonday,Soup\n", "lunch.csv")})

    assert NO_PLAN.split(".", maxsplit=1)[0] in text_of(page)


def test_of_many_actions_the_first_are_shown_and_all_problems(lena, cast, monkeypatch):
    monkeypatch.setattr(importing, "ROWS_SHOWN", 3)
    lines = [f"Ask {number}|asap" for number in range(1, 6)]
    text = "\n".join(["Action|Due", *lines])
    run = stage(text, organisation=cast.ashby, by=cast.lena)

    page = lena.get(url_of(run))

    words = text_of(page)
    assert "5 actions in the file." in words
    assert [row[3].split()[1] for row in rows_of(page)[:3]] == ["1", "2", "3"]
    assert "Ask 4" not in words
    assert "The first 3 of 5 are shown here." in words
    assert words.count("“asap” is not a date.") == 5
    bring_in(run, by=cast.lena)
    assert "The first 3 of 5:" in text_of(lena.get(url_of(run)))


@pytest.mark.slow
def test_the_preview_costs_the_same_for_many_actions(queries_for, lena, cast):
    lines = [f"Ask {number}|Owner {number}|1.3.4" for number in range(200)]
    runs = [
        stage(
            "\n".join(["Action|Owner|Ref", *found]),
            organisation=cast.ashby,
            by=cast.lena,
        )
        for found in (lines[:5], lines)
    ]

    few, many_of_them = (queries_for(lena, url_of(run)) for run in runs)

    assert few == many_of_them
