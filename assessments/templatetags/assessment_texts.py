"""Comments and responses on pages, with links to the elements that they name."""

from django import template
from django.utils.safestring import SafeString

from assessments.element_addresses import ElementAddresses
from assessments.models import Assessment
from assessments.response_references import pointer_in
from cse_tracker.core.templatetags.rich_text import rich_text

register = template.Library()


@register.filter
def points_elsewhere(text: str) -> bool:
    """Whether a response only points to another one ("see 3.3.2")."""
    return pointer_in(text) is not None


@register.filter
def text_of(text: str, assessment: Assessment) -> SafeString:
    """The text with its paragraphs and lists; "see 3.3.2" leads there in that assessment."""
    # Kept with the assessment, so that all texts of a page ask for its sub-elements once.
    addresses = vars(assessment).setdefault(
        "_element_addresses", ElementAddresses(assessment)
    )
    return rich_text(text, addresses)
