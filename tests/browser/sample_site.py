"""The sample data on a web server, loaded once for all tests of a module.

``live_server`` would empty the database after each test. Here the tests run inside
transactions of their own (``pytest.mark.django_db``), while the server and the sessions it
reads were there before. So they look, and change nothing that another test looks at.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from assessments.models import Assessment
from assessments.services.annex_staging import stage_annex
from assessments.services.checklists import Step, add_ready_made_steps, edit_step
from cse_tracker.accounts.models import Organisation, User
from cse_tracker.overview.sample_data import load_sample_data
from reports.models import Paper
from reports.services.building import build_claimed, claim_paper
from reports.services.issuing import review_paper
from reports.services.ordering import order_paper
from tests.actions.plan_files import bring_in as bring_plan_in
from tests.actions.plan_files import stage as stage_plan
from tests.assessments.findings_import.runs import bring_in, stage
from tests.assessments.importing.runs import bring_in as bring_in_annex
from tests.browser.annex_file import write_annex
from tests.browser.conftest import session_of
from tests.factories import make_standard
from tests.quiet import until_requests_are_answered

LENA = "lena.hart@alderwick.example"
MO = "mo.farrow@alderwick.example"
VIK = "vik.osei@alderwick.example"
CASS = "cass.doyle@alderwick.example"
ADA = "ada.lund@alderwick.example"
JO = "jo.merriday@larkmoor.example"
NOOR = "noor.vale@highmoor.example"
NOBODY = ""
COUNCIL = "alderwick-borough-council"


@dataclass(frozen=True)
class SampleSite:
    """Where it is, and a session for each of its people."""

    url: str
    sessions: dict[str, str]


@pytest.fixture(scope="module")
def sample_site(
    django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SampleSite]:
    with django_db_blocker.unblock():
        make_standard()
        load_sample_data(now=timezone.now())
        add_what_people_leave_unfinished(tmp_path_factory.mktemp("annex"))
        sessions = {user.email: session_of(user) for user in User.objects.all()}
        server = LiveServer("localhost")
        yield SampleSite(str(server.url), sessions)
        server.stop()
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def live_url(sample_site: SampleSite) -> Iterator[str]:
    """In place of the server that empties the database."""
    yield sample_site.url
    until_requests_are_answered(sample_site.url)


@pytest.fixture
def page_of(
    sample_site: SampleSite, new_page: Callable[..., Page]
) -> Callable[..., Page]:
    """``page_of(LENA)`` is a page of hers, signed in; of NOBODY, one without a session."""

    def open_page(email: str) -> Page:
        return new_page(session=sample_site.sessions.get(email, ""))

    return open_page


def add_plans(council: Organisation, *, by: User) -> None:
    """An action plan that was brought in, and one to check."""
    plan = stage_plan("Action|Owner\nAsk people|Jo", organisation=council, by=by)
    bring_plan_in(plan, by=by)
    unclear = "Action|Due|Service|Ref\nAsk|asap|Harbour|1.3.4\nTell|May 2027||9.9.9"
    stage_plan(unclear, organisation=council, by=by)


def add_what_people_leave_unfinished(folder: Path) -> None:
    """Files to check and to undo, steps to tick, papers to be built, mended and issued."""
    council = Organisation.objects.get(slug=COUNCIL)
    lena = User.objects.get(email=LENA)
    now = timezone.now()
    annex = write_annex(folder / "annex.xlsx", first_year=now.year - 8)
    file = ContentFile(annex.read_bytes(), name="annex.xlsx")
    stage_annex(organisation=council, file=file, now=now, by=lena)
    older = write_annex(folder / "older.xlsx", first_year=now.year - 14)
    file = ContentFile(older.read_bytes(), name="older.xlsx")
    brought_in = stage_annex(organisation=council, file=file, now=now, by=lena)
    bring_in_annex(brought_in, by=lena)
    years = Assessment.objects.of(council).order_by("-year")
    bring_in(stage(years[0], by=lena), by=lena, ratings=False)
    stage(years[0], by=lena)
    add_plans(council, by=lena)
    add_ready_made_steps(assessment=years[0], by=lena)
    step = years[0].checklist.select_related("organisation").in_order()[0]
    edit_step(item=step, seen_version=1, step=Step("Send it off"), by=lena)
    kind = Paper.Kind.PROGRESSION_ANNEX
    _, failed, reviewed = (
        order_paper(assessment=year, kind=kind, now=now, by=lena)
        for year in (years[0], years[2], years[3])
    )
    claim = claim_paper(failed.pk, now=now)
    assert claim
    claim.fail("The paper could not be built. Try again.", now=now)
    claim = claim_paper(reviewed.pk, now=now)
    assert claim
    build_claimed(claim, clock=lambda: now)
    reviewed.refresh_from_db()
    review_paper(paper=reviewed, seen_attempt=reviewed.attempt, now=now, by=lena)
