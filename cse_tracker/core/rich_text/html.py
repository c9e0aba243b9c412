"""A text's tree as HTML. Safe by construction: ``format_html`` escapes every word and address."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cse_tracker.core.rich_text.tree import (
    Block,
    Blocks,
    Bold,
    Break,
    Item,
    Link,
    Paragraph,
    Part,
    Points,
    Text,
)


def to_html(blocks: Blocks) -> SafeString:
    """Paragraphs and lists with the classes of GOV.UK Frontend."""
    return format_html_join("", "{}", ((_block(block),) for block in blocks))


def _block(block: Block) -> SafeString:
    match block:
        case Paragraph(parts):
            return format_html('<p class="govuk-body cse-text">{}</p>', _parts(parts))
        case Points():
            return _points(block)


def _points(points: Points) -> SafeString:
    if not points.is_numbered:
        items = format_html_join("", "{}", ((_item(each),) for each in points.items))
        return format_html(
            '<ul class="govuk-list govuk-list--bullet cse-text">{}</ul>', items
        )
    numbers = [each.number or 0 for each in points.items]
    expected = [1, *(number + 1 for number in numbers)]
    return format_html(
        '<ol class="govuk-list govuk-list--number cse-text">{}</ol>',
        format_html_join(
            "",
            "{}",
            (
                (_item(each, says=None if number == follows else number),)
                for each, number, follows in zip(
                    points.items, numbers, expected, strict=False
                )
            ),
        ),
    )


def _item(item: Item, says: int | None = None) -> SafeString:
    """``says`` is a number that does not follow from the one before."""
    nested = format_html_join("", "{}", ((_points(each),) for each in item.nested))
    if says is None:
        return format_html("<li>{}{}</li>", _parts(item.parts), nested)
    return format_html('<li value="{}">{}{}</li>', says, _parts(item.parts), nested)


def _parts(parts: Iterable[Part]) -> SafeString:
    return format_html_join("", "{}", ((_part(part),) for part in parts))


def _part(part: Part) -> SafeString | str:
    match part:
        case Text(words):
            return words
        case Break():
            return format_html("{}<br>", "")
        case Bold(parts):
            return format_html("<strong>{}</strong>", _parts(parts))
        case Link(address, parts):
            if address.startswith("/"):
                html = '<a class="govuk-link" href="{}">{}</a>'
            else:
                # Another site need not learn which page of ours led there.
                html = (
                    '<a class="govuk-link" href="{}" rel="noreferrer noopener">{}</a>'
                )
            return format_html(html, address, _parts(parts))
