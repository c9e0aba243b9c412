"""Texts with a few marks (see ``core.rich_text``), on pages."""

from django import template
from django.utils.safestring import SafeString

from cse_tracker.core.rich_text import words
from cse_tracker.core.rich_text.html import to_html
from cse_tracker.core.rich_text.reading import read
from cse_tracker.core.rich_text.references import Addresses, with_references

register = template.Library()


@register.filter
def rich_text(text: str, addresses: Addresses | None = None) -> SafeString:
    """The text as paragraphs and lists; refs that ``addresses`` knows lead to their pages."""
    blocks = read(text)
    return to_html(with_references(blocks, addresses) if addresses else blocks)


@register.filter
def plain_words(text: str) -> str:
    """The words alone, on one line, for what is cut or stands in a sentence."""
    return words.plain_words(text)
