"""Reading papers for pages: which are out of date, and what stands in the way."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from assessments.models import Assessment, FindingResponse, Response, Result
from assessments.models.assessment import AssessmentQuerySet
from cse_tracker.accounts.models import Organisation
from cse_tracker.core.atomic_files import read_unchanged
from reports.appendix_facts import kinds_printed
from reports.differences import Difference
from reports.html import Html, content_of
from reports.kinds import RECIPES, recipe_of, snapshot_now
from reports.models import Paper, PaperFile


def stale_papers(organisation: Organisation, papers: Sequence[Paper]) -> set[int]:
    """Ids of those that print something else than the data has it now.

    Never one that says how things stood on its day. The number of queries doesn't grow with
    the papers.
    """
    stale: set[int] = set()
    can_age = [paper for paper in papers if paper.snapshot and not paper.says_its_day]
    for kind, recipe in RECIPES.items():
        built = [paper for paper in can_age if paper.kind == kind]
        latest = recipe.data_version(organisation) if built else 0
        suspects = [paper for paper in built if paper.data_version != latest]
        now = recipe.snapshots(suspects)
        stale |= {
            paper.pk
            for paper in suspects
            if recipe.differences(paper.snapshot, now[paper.pk])
        }
    return stale


def differences_of(paper: Paper) -> list[Difference]:
    """What the paper prints otherwise than the data has it now; none where nothing changed."""
    recipe = recipe_of(paper)
    if not paper.snapshot or not recipe.may_have_changed(paper):
        return []
    return recipe.differences(paper.snapshot, snapshot_now(paper))


def superseded_by(paper: Paper) -> Paper | None:
    """The issued paper of its kind about the same, which it would replace."""
    issued = Paper.objects.of(paper.organisation).issued()
    return issued.about_the_same(paper).exclude(pk=paper.pk).first()


def replacement_of(paper: Paper) -> Paper | None:
    """The paper that was issued in the place of a superseded one; None where it is withdrawn."""
    if paper.state != Paper.State.SUPERSEDED:
        return None
    alike = Paper.objects.of(paper.organisation).once_issued().about_the_same(paper)
    return alike.filter(issued_at__gt=paper.issued_at).order_by("issued_at").first()


def drafts_left_out(paper: Paper) -> int:
    """How many responses an appendix leaves out, because nobody has agreed them yet."""
    if paper.kind != Paper.Kind.FINDINGS_APPENDIX or paper.with_drafts:
        return 0
    answers = FindingResponse.objects.filter(
        finding__finding_set=paper.its_assessment.finding_set_id,
        finding__withdrawn_at=None,
        finding__kind__in=kinds_printed(paper.options),
        response__withdrawn_at=None,
        response__state=Response.State.DRAFT,
    )
    return answers.values("response").distinct().count()


def drafts_printed(paper: Paper) -> int:
    """In how many places a built appendix prints a response that nobody has agreed yet."""
    subjects = [
        subject
        for section in ("partials", "improvements")
        for subject in paper.snapshot.get(section, ())
    ]
    points = [point for subject in subjects for point in subject["points"]]
    return sum(not a["is_agreed"] for point in points for a in point["answers"])


def years_left_out(paper: Paper) -> list[Assessment]:
    """Earlier assessments with ratings that an annex lacks, because they are not confirmed."""
    if paper.kind != Paper.Kind.PROGRESSION_ANNEX:
        return []
    return _unconfirmed(Assessment.objects.before(paper.its_assessment))


def unconfirmed_years(organisation: Organisation) -> list[Assessment]:
    """Assessments with ratings, oldest first, that no annex about a later one prints."""
    return _unconfirmed(Assessment.objects.of(organisation).by_assessor())


def _unconfirmed(assessments: AssessmentQuerySet) -> list[Assessment]:
    rated = Result.objects.rated().filter(assessment=OuterRef("pk"))
    open_ones = assessments.unconfirmed().filter(Exists(rated))
    return list(open_ones.select_related("organisation"))


def web_content(paper: Paper) -> Html | None:
    """The HTML twin as it was built, to show inside the site; None where it is damaged."""
    file = paper.files.filter(format=PaperFile.Format.HTML).first()
    content = read_unchanged(file.name, file.sha256) if file else None
    return content_of(content.decode()) if content else None
