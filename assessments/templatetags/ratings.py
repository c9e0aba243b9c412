"""Ratings on pages: always the code, with the name for screen readers."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from assessments.ratings import Rating

register = template.Library()


@register.simple_tag
def rating_tag(rating: Rating | str | None, *, is_carried: bool = False) -> SafeString:
    """The coloured tag of a rating given as code or member; blank for none."""
    return _draw(Rating(rating) if rating else None, is_carried=is_carried)


# There are ten different tags, and a page of all elements draws a hundred and more.
@lru_cache
def _draw(known: Rating | None, *, is_carried: bool) -> SafeString:
    return render_to_string(
        "govuk/rating.html",
        {
            "code": known.value if known else "",
            "name": known.label if known else "",
            "kind": known.slug if known else "",
            "is_carried": is_carried,
        },
    )
