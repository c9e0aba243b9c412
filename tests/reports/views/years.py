"""A year that is taken back after papers about it."""

from assessments.services.assessments import unlock_assessment


def unlocked(assessment, by):
    return unlock_assessment(
        assessment=assessment,
        seen_version=assessment.version,
        reason="1.2.3 was misread",
        by=by,
    )
