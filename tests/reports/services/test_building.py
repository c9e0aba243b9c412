"""Building: whole or not at all, by one attempt, with words when it fails."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Assessment
from assessments.services.assessments import start_assessment
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.services.events import record_event
from cse_tracker.core.jobs import LEASE, BuildState
from reports import tasks
from reports.facts import collect_many
from reports.kinds import recipe_of
from reports.models import Paper
from reports.services import building
from reports.services.ordering import build_again, order_paper
from tests.reports.conftest import NOW
from tests.waiting import while_uncommitted

LATER = NOW + LEASE + timedelta(seconds=1)


def files_on_disk(settings) -> list[Path]:
    return sorted(p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file())


def test_a_built_paper_has_its_files_with_their_hashes(built, settings):
    on_disk = files_on_disk(settings)

    assert {file.format for file in built.files.all()} == {"pdf", "html", "docx"}
    assert len(on_disk) == 3
    for file in built.files.all():
        content = Path(settings.MEDIA_ROOT, file.name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file.sha256
        assert len(content) == file.size_bytes


def test_files_lie_in_the_organisations_folder_under_names_that_tell_nothing(built):
    folder, name = built.files.first().name.split("/")

    assert folder == str(built.organisation.uuid)
    assert "ashby" not in name
    assert len(name.split("-")[0]) == 32


def test_a_built_paper_keeps_what_it_says_and_what_laid_it_out(built):
    assert built.snapshot["element_counts"][-1] == {"CP": 2, "C": 54, "PC": 1, "NC": 0}
    assert built.template_version == recipe_of(built).template_version
    assert built.data_version == recipe_of(built).data_version(built.organisation)
    assert Event.objects.about(built).first().verb == "built"


def test_a_message_that_comes_twice_builds_once(paper, builds):
    tasks.build_paper(paper.pk)
    tasks.build_paper(paper.pk)

    assert builds == [paper.pk]


@pytest.fixture
def builds(monkeypatch) -> list[int]:
    """Papers in the order in which facts were collected for them."""
    seen: list[int] = []
    build_claimed = building.build_claimed

    def remember(held, **kwargs):
        seen.append(held.pk)
        build_claimed(held, **kwargs)

    monkeypatch.setattr(building, "build_claimed", remember)
    return seen


def test_an_overtaken_attempt_leaves_neither_file_nor_trace(paper, settings):
    dead = building.claim_paper(paper.pk, now=NOW)
    alive = building.claim_paper(paper.pk, now=LATER)
    building.build_claimed(alive, clock=lambda: LATER)
    before = files_on_disk(settings)

    building.build_claimed(dead, clock=lambda: LATER)

    assert files_on_disk(settings) == before
    assert Paper.objects.get(pk=paper.pk).attempt == 2


def test_what_a_killed_attempt_wrote_is_gone_once_the_next_one_is_done(paper, settings):
    folder = Path(settings.MEDIA_ROOT, str(paper.organisation.uuid))
    folder.mkdir(parents=True)
    building.claim_paper(paper.pk, now=NOW)
    (folder / f"{paper.token}-1.pdf").write_bytes(b"whole")
    (folder / f"{paper.token}-1.html.part").write_bytes(b"hal")

    building.build_claimed(
        building.claim_paper(paper.pk, now=LATER), clock=lambda: LATER
    )

    assert len(files_on_disk(settings)) == 3
    assert all("-2." in path.name for path in files_on_disk(settings))


def test_building_again_replaces_the_files(built, cast, build, settings):
    build_again(paper=built, now=NOW, by=cast.lena)

    rebuilt = build(built)

    assert len(files_on_disk(settings)) == 3
    assert rebuilt.files.count() == 3


@pytest.fixture
def poison(monkeypatch) -> None:
    """Every attempt fails while it lays the pages out."""

    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(building, "paper_pdf", fail)


def test_a_poison_paper_is_tried_three_times_then_failed_with_words(
    paper, poison, settings
):
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            tasks.build_paper(paper.pk)
    tasks.build_paper(paper.pk)

    paper.refresh_from_db()
    assert (paper.build_state, paper.attempt) == (BuildState.FAILED, 3)
    assert paper.error == building.FAILED
    assert files_on_disk(settings) == []
    assert Event.objects.about(paper).first().verb == "could not be built"


def test_a_failed_attempt_rings_for_the_next_one_itself(
    paper, poison, monkeypatch, django_capture_on_commit_callbacks
):
    rung = []
    monkeypatch.setattr(
        tasks.build_paper, "apply_async", lambda args, retry: rung.append(args)
    )
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
    ):
        tasks.build_paper(paper.pk)

    assert rung == [[paper.pk]]


def test_the_sweeper_rings_for_what_was_left_behind(
    paper, monkeypatch, django_capture_on_commit_callbacks
):
    building.claim_paper(paper.pk, now=NOW - 10 * LEASE)
    rung = []
    monkeypatch.setattr(
        tasks.build_paper, "apply_async", lambda args, retry: rung.append(args)
    )
    with time_machine.travel(NOW), django_capture_on_commit_callbacks(execute=True):
        tasks.sweep_papers()

    assert rung == [[paper.pk]]


def test_the_sweeper_tells_the_log_which_papers_it_gave_up(paper):
    for place in range(3):
        building.claim_paper(paper.pk, now=NOW + place * (LATER - NOW))

    building.sweep_papers(now=NOW + 3 * (LATER - NOW))

    assert Event.objects.about(paper).first().verb == "could not be built"


def test_only_confirmed_years_before_it_stand_in_an_annex(
    years, cast, certification, rate
):
    latest = start_assessment(
        certification=certification,
        year=2027,
        kind=Assessment.Kind.REVIEW,
        by=cast.lena,
    )
    rate(latest, {"1.1.1": "CP"})
    start_assessment(
        certification=certification,
        year=2026,
        kind=Assessment.Kind.FOLLOW_UP,
        by=cast.lena,
    )

    facts = collect_many([latest])[latest.pk]

    assert [year.label for year in facts.progression.years] == [
        "2024",
        "2025",
        "2026",
        "2027",
    ]
    assert not facts.is_confirmed


def test_an_annex_about_an_earlier_year_ends_with_it(years):
    facts = collect_many(years[1:2])[years[1].pk]

    assert [year.label for year in facts.progression.years] == ["2024", "2025"]
    assert facts.is_confirmed


def test_facts_of_many_assessments_cost_the_queries_of_one(years, certification):
    years = list(Assessment.objects.of(certification.organisation))
    collect_many(years)

    costs = []
    for wanted in (years[:1], years):
        with CaptureQueriesContext(connection) as queries:
            collect_many(wanted)
        costs.append(len(queries))

    assert costs == [3, 3]


def test_the_annex_of_a_paper_about_an_unconfirmed_assessment_is_stamped(
    years, cast, certification, rate, build
):
    latest = start_assessment(
        certification=certification,
        year=2027,
        kind=Assessment.Kind.REVIEW,
        by=cast.lena,
    )
    rate(latest, {"1.1.1": "CP"})

    paper = build(
        order_paper(
            assessment=latest, kind=Paper.Kind.PROGRESSION_ANNEX, now=NOW, by=cast.lena
        )
    )

    assert not paper.is_about_confirmed


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_saved_after_the_paper_was_built_may_change_it(
    paper, years, build
):
    """It began before, so its event is older than the latest one that the paper knows."""

    def change(year: Assessment) -> None:
        record_event(
            by=None, verb="edited", target=year, organisation=year.organisation
        )

    def change_and_build() -> Paper:
        change(years[0])
        return build(paper)

    built = while_uncommitted(lambda: change(years[-1]), change_and_build)

    assert recipe_of(built).may_have_changed(built)
