"""Refs of elements in a text ("see 3.3.2") as links to their pages. Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from cse_tracker.core.rich_text.tree import (
    Block,
    Blocks,
    Bold,
    Item,
    Link,
    Paragraph,
    Part,
    Parts,
    Points,
    Text,
    joined,
)

# Three or four numbers, and neither a longer number, a version nor money.
REF = re.compile(r"(?<![\w.£$€/-])\d(?:\.\d{1,2}){2,3}(?![\w%/-]|\.\d)")


class Addresses(Protocol):
    """Where each ref leads; None for a ref that isn't there."""

    def get(self, ref: str, /) -> str | None: ...


def with_references(blocks: Blocks, addresses: Addresses) -> Blocks:
    """The same text, each ref that ``addresses`` knows being a link."""
    return tuple(_block(block, addresses) for block in blocks)


def _block(block: Block, addresses: Addresses) -> Block:
    match block:
        case Paragraph(parts):
            return Paragraph(_parts(parts, addresses))
        case Points():
            return _points(block, addresses)


def _points(points: Points, addresses: Addresses) -> Points:
    return Points(tuple(_item(item, addresses) for item in points.items))


def _item(item: Item, addresses: Addresses) -> Item:
    return replace(
        item,
        parts=_parts(item.parts, addresses),
        nested=tuple(_points(points, addresses) for points in item.nested),
    )


def _parts(parts: Parts, addresses: Addresses) -> Parts:
    return tuple(piece for part in parts for piece in _part(part, addresses))


def _part(part: Part, addresses: Addresses) -> Iterator[Part]:
    match part:
        case Bold(parts):
            yield Bold(_parts(parts, addresses))
        case Text(words):
            done = 0
            for found in REF.finditer(words):
                address = addresses.get(found.group())
                if address:
                    yield from joined([Text(words[done : found.start()])])
                    yield Link(address, (Text(found.group()),))
                    done = found.end()
            yield from joined([Text(words[done:])])
        case _:
            yield part
