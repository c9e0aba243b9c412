"""A text's tree as HTML of a paper: no classes of the site, every word escaped. Pure."""

from collections.abc import Iterable
from html import escape

from cse_tracker.core.rich_text.tree import (
    Block,
    Bold,
    Break,
    Item,
    Link,
    Paragraph,
    Part,
    Points,
    Text,
    words_of,
)


def rich_html(blocks: Iterable[Block]) -> str:
    """Paragraphs and lists, without anything that has to be fetched."""
    return "".join(map(_block, blocks))


def _block(block: Block) -> str:
    match block:
        case Paragraph(parts):
            return f"<p>{_parts(parts)}</p>"
        case Points():
            return _points(block)


def _points(points: Points) -> str:
    items = "".join(map(_item, points.items))
    return f"<ol>{items}</ol>" if points.is_numbered else f"<ul>{items}</ul>"


def _item(item: Item) -> str:
    value = "" if item.number is None else f' value="{item.number}"'
    nested = "".join(map(_points, item.nested))
    return f"<li{value}>{_parts(item.parts)}{nested}</li>"


def _parts(parts: Iterable[Part]) -> str:
    return "".join(map(_part, parts))


def _part(part: Part) -> str:
    match part:
        case Text(words):
            return escape(words)
        case Break():
            return "<br>"
        case Bold(parts):
            return f"<b>{_parts(parts)}</b>"
        case Link(address, parts):
            href = escape(address)
            # Print shows the address where the words don't say it.
            kind = "" if words_of(parts) == address else ' class="paper__link"'
            # Another site need not learn which page of ours led there.
            rel = ' rel="noreferrer noopener"'
            return f'<a href="{href}"{kind}{rel}>{_parts(parts)}</a>'
