"""Reading what the advice about an assessment goes by."""

from assessments.advice import Advice, advise
from assessments.counts import RatingCounts, element_counts
from assessments.models import Assessment, Result
from assessments.standard_tree import shared_tree


def advice_on(assessment: Assessment, counts: RatingCounts) -> Advice | None:
    """Advice about an assessment with these element counts; None before any rating.

    One query where the certification limits each criterion, else none.
    """
    certification = assessment.certification
    return advise(
        counts,
        certification.thresholds,
        _criterion_counts(assessment)
        if certification.thresholds.criterion_limit is not None
        else None,
    )


def _criterion_counts(assessment: Assessment) -> dict[str, RatingCounts]:
    tree = shared_tree(assessment.certification.standard)
    rows = list(Result.objects.filter(assessment=assessment.pk).as_rows())
    return {each.ref: element_counts(rows, tree, each) for each in tree.criteria}
