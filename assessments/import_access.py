"""How a view gets an import, of an annex or of findings, and where its pages are."""

from django.db.models import QuerySet

from assessments.models import Assessment
from assessments.services.annex_staging import ANNEX
from assessments.services.findings_staging import FINDINGS
from cse_tracker.accounts.import_pages import ImportPages, import_view
from cse_tracker.accounts.models import ImportRun, Organisation


def annex_runs(organisation: Organisation) -> QuerySet[ImportRun]:
    """Its imports of annexes, newest first."""
    return ImportRun.objects.of_kind(organisation, ANNEX)


def findings_runs(organisation: Organisation) -> QuerySet[ImportRun]:
    """Its imports of findings, newest first; not those whose assessment was taken back."""
    standing = Assessment.objects.of(organisation).values_list("pk", flat=True)
    runs = ImportRun.objects.of_kind(organisation, FINDINGS)
    return runs.filter(staged__assessment__in=list(standing))


ANNEX_PAGES = ImportPages(
    runs=annex_runs,
    upload="assessments:imports",
    run="assessments:import_preview",
    templates="assessments/imports",
)
FINDINGS_PAGES = ImportPages(
    runs=findings_runs,
    upload="assessments:findings_imports",
    run="assessments:findings_preview",
    templates="assessments/findings_import",
)
annex_view = import_view(ANNEX_PAGES, key="pk")
findings_view = import_view(FINDINGS_PAGES, key="upload")
