"""Noting what an assessor was shown."""

from assessments.models.assessor import AssessorAccess, AssessorLook


def record_look(*, access: AssessorAccess, what: str, path: str) -> None:
    """Write one look. It changes nothing, so it is no entry of the change log."""
    longest = AssessorLook._meta.get_field("path").max_length
    AssessorLook.objects.create(
        organisation_id=access.organisation_id,
        access=access,
        what=what[:200],
        path=path[:longest],
    )
