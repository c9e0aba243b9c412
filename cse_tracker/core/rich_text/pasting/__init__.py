"""What Word, Excel and web pages put on the clipboard, as a text of ours. Pure.

Nothing of the pasted HTML is ever shown: only its words, bold, lists and links come through.
"""

import re
from dataclasses import dataclass

import nh3

from cse_tracker.core.rich_text.pasting.left_out import LeftOut
from cse_tracker.core.rich_text.pasting.lines import blocks_of
from cse_tracker.core.rich_text.pasting.walker import Walker
from cse_tracker.core.rich_text.writing import write

MAX_CHARACTERS = 400_000
MAX_TAGS = 20_000
MAX_DEPTH = 1_000

_STARTS, _ENDS = "<!--StartFragment-->", "<!--EndFragment-->"
# Excel's own marks stand inside the table.
_ROWS = re.compile(r"\s*<(?:col|colgroup|thead|tbody|tr|td|th)\b", re.I)
_TAG = re.compile(r"<(/?)([a-z][^\s/>]*)", re.I)
# What closes itself, or is closed by the next of its kind.
_SHALLOW = {
    *("br", "img", "hr", "col", "meta", "link", "input", "wbr", "area", "base"),
    *("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option"),
}
_TAGS = {
    *("p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "tr", "th", "td"),
    *("b", "strong", "i", "em", "u", "span", "a", "img", "del", "section", "article"),
}
_ATTRIBUTES = {
    "*": {"style", "class"},
    "a": {"href", "name"},
    "ol": {"start"},
    "li": {"value", "data-aria-level"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
# Gone with all that is inside: none of it is words of the text.
_DROPPED = {
    *("script", "style", "title", "xml", "template", "noscript", "svg", "math"),
    *("iframe", "object", "video", "audio", "canvas", "select", "textarea", "button"),
}


@dataclass(frozen=True)
class Pasted:
    """The text, and sentences about what of the original is not in it."""

    text: str
    left_out: str


class TooMuch(ValueError):
    """More than anybody pastes into one text, or made to keep a server busy."""


def convert(html: str) -> Pasted:
    """The subset's text of pasted HTML, whatever state that is in. Raises TooMuch."""
    left_out = LeftOut()
    left_out.note_dropped(_fragment(html))
    walker = Walker(left_out)
    walker.feed(sound(html))
    walker.close()
    return Pasted(write(blocks_of(walker.finished(), left_out)), left_out.in_words())


def sound(
    html: str, *, max_characters: int = MAX_CHARACTERS, max_tags: int = MAX_TAGS
) -> str:
    """What was marked to be copied, as a sound tree of tags, as a browser would make of it.

    Raises TooMuch.
    """
    inner = _fragment(html)
    if len(inner) > max_characters or _depth(inner) > MAX_DEPTH:
        raise TooMuch
    clean = nh3.clean(
        inner,
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    if clean.count("<") > max_tags:
        raise TooMuch
    return clean


def _fragment(html: str) -> str:
    """What was marked to be copied, where the clipboard says so."""
    _, starts, rest = html.partition(_STARTS)
    inner = rest.rpartition(_ENDS)[0] or rest if starts else html
    return f"<table>{inner}</table>" if _ROWS.match(inner) else inner


def _depth(html: str) -> int:
    """How deep tags may nest: the cost of making HTML sound grows with its square."""
    depth = deepest = 0
    for closes, name in _TAG.findall(html):
        if name.lower() not in _SHALLOW:
            depth = max(depth + (-1 if closes else 1), 0)
            deepest = max(deepest, depth)
    return deepest
