"""Reading papers for pages: which are out of date, and what stands in the way."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from assessments.models import Assessment, Result
from assessments.models.assessment import AssessmentQuerySet
from cse_tracker.accounts.models import Organisation
from cse_tracker.core.atomic_files import read_unchanged
from reports.annex.differences import Difference, differences
from reports.annex.facts import snapshot
from reports.facts import collect_facts, collect_many, data_version
from reports.html import Html, content_of
from reports.models import Paper, PaperFile


def stale_papers(organisation: Organisation, papers: Sequence[Paper]) -> set[int]:
    """Ids of those that print something else than the data has it now.

    The number of queries doesn't grow with the papers.
    """
    latest = data_version(organisation)
    suspects = [
        paper for paper in papers if paper.snapshot and paper.data_version != latest
    ]
    assessments = {paper.assessment_id: paper.assessment for paper in suspects}
    facts = collect_many(list(assessments.values()))
    current = {pk: snapshot(each) for pk, each in facts.items()}
    return {
        paper.pk for paper in suspects if paper.snapshot != current[paper.assessment_id]
    }


def differences_of(paper: Paper) -> list[Difference]:
    """What the paper prints otherwise than the data has it now; none where nothing changed."""
    if not paper.snapshot or paper.data_version == data_version(paper.organisation):
        return []
    return differences(paper.snapshot, snapshot(collect_facts(paper.assessment)))


def years_left_out(paper: Paper) -> list[Assessment]:
    """Earlier assessments with ratings that the paper lacks, because they are not confirmed."""
    return _unconfirmed(Assessment.objects.before(paper.assessment))


def unconfirmed_years(organisation: Organisation) -> list[Assessment]:
    """Assessments with ratings, oldest first, that no paper about a later one prints."""
    return _unconfirmed(Assessment.objects.of(organisation).by_assessor())


def _unconfirmed(assessments: AssessmentQuerySet) -> list[Assessment]:
    rated = Result.objects.rated().filter(assessment=OuterRef("pk"))
    open_ones = assessments.unconfirmed().filter(Exists(rated))
    return list(open_ones.select_related("organisation"))


def papers_being_built(organisation: Organisation) -> list[Paper]:
    """For the home page: what is still to come."""
    return list(Paper.objects.of(organisation).being_built())


def web_content(paper: Paper) -> Html | None:
    """The HTML twin as it was built, to show inside the site; None where it is damaged."""
    file = paper.files.filter(format=PaperFile.Format.HTML).first()
    content = read_unchanged(file.name, file.sha256) if file else None
    return content_of(content.decode()) if content else None
