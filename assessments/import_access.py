"""How a view gets an import, of an annex or of findings, and where its pages are."""

from django.db.models import QuerySet

from assessments.models import Assessment
from assessments.services.annex_staging import ANNEX
from assessments.services.findings_staging import FINDINGS
from cse_tracker.accounts.import_pages import ImportPages, import_view
from cse_tracker.accounts.models import ImportRun, Organisation
from cse_tracker.accounts.permissions import Permission

ANNEX_PAGES = ImportPages(
    upload="assessments:imports", run="assessments:import_preview"
)
FINDINGS_PAGES = ImportPages(
    upload="assessments:findings_imports", run="assessments:findings_preview"
)


def annex_runs(organisation: Organisation) -> QuerySet[ImportRun]:
    """Its imports of annexes, newest first."""
    return ImportRun.objects.of_kind(organisation, ANNEX)


def findings_runs(organisation: Organisation) -> QuerySet[ImportRun]:
    """Its imports of findings, newest first; not those whose assessment was taken back."""
    standing = Assessment.objects.of(organisation).values_list("pk", flat=True)
    runs = ImportRun.objects.of_kind(organisation, FINDINGS)
    return runs.filter(staged__assessment__in=list(standing))


annex_view = import_view(annex_runs, Permission.IMPORT)
findings_view = import_view(findings_runs, Permission.IMPORT, key="upload")
