"""What an assessor looked at, in words. Pure."""

from collections.abc import Mapping

# Addresses that an assessor may be shown, by name.
PAGES = {
    "overview:grid": "All elements",
    "overview:element": "Element {ref}",
    "assessments:about": "About this assessment",
    "assessments:narrative": "What the report says about criterion {criterion}",
    "assessments:report_download": "The assessor's report (file)",
    "assessments:general_findings": "All comments",
    "assessments:general_finding_create": "Form for a comment about no element",
    "assessments:finding_create": "Form for a comment on {ref}",
    "assessments:finding_edit": "Form to change a comment",
    "assessments:finding_withdraw": "Form to withdraw a comment",
}


def words_for(route: str, parameters: Mapping[str, object]) -> str:
    """The page as the organisation reads of it; the address's own name where it is new here."""
    plain = route.rpartition(":")[2].replace("_", " ").capitalize()
    return PAGES.get(route, plain).format_map(parameters)
