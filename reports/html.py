"""A paper's blocks as HTML: one rendering for print, for the twin on the web and to download.

No inline style, so the same bytes pass a strict Content-Security-Policy.
"""

from collections.abc import Iterable, Iterator
from functools import singledispatch
from html import escape
from itertools import groupby

from reports.blocks import (
    Block,
    BulletList,
    Cell,
    Figure,
    Heading,
    PaperContent,
    Paragraph,
    Row,
    Side,
    Table,
)
from reports.rich_html import rich_html

SCOPES = {"column": "col", "row": "row", "group": "rowgroup"}
CONTENT_STARTS, CONTENT_ENDS = "<main>", "</main>"


class Html(str):
    """Finished markup: templates print it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """The markup itself; every text in it was escaped when it was rendered."""
        return str(self)


def content_html(content: PaperContent) -> Html:
    """The paper's title and blocks, to stand in a ``<body>`` or in a page of the site."""
    edition = (
        f'<p class="paper__edition">{escape(content.edition)}</p>'
        if content.edition
        else ""
    )
    head = (
        f'<header class="paper__head"><p class="paper__organisation">'
        f"{escape(content.organisation)}</p><h1>{escape(content.title)}</h1>"
        f'<p class="paper__subtitle">{escape(content.subtitle)}</p>{edition}</header>'
    )
    stamp = (
        f'<p class="paper__stamp">{escape(content.stamp)}</p>' if content.stamp else ""
    )
    blocks = "".join(_block(block) for block in content.blocks)
    return Html(f'<article class="paper">{stamp}{head}{blocks}</article>')


def standalone_html(content: PaperContent, stylesheet: str) -> str:
    """The paper as a document of its own, to keep, send and publish."""
    return (
        f'<!doctype html>\n<html lang="{escape(content.language)}"><head>'
        '<meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(content.title)} - {escape(content.organisation)}</title>"
        f"<style>{stylesheet}</style></head>"
        f"<body>{CONTENT_STARTS}{content_html(content)}{CONTENT_ENDS}</body></html>\n"
    )


def content_of(document: str) -> Html:
    """What ``standalone_html`` put into its document, to show it inside the site."""
    _, _, rest = document.partition(CONTENT_STARTS)
    return Html(rest.rpartition(CONTENT_ENDS)[0])


@singledispatch
def _block(block: Block | Side) -> str:
    raise TypeError(f"No HTML for {type(block).__name__}.")


@_block.register
def _heading(block: Heading) -> str:
    kind = ' class="paper__page"' if block.starts_page else ""
    return f"<h{block.level}{kind}>{escape(block.text)}</h{block.level}>"


@_block.register
def _paragraph(block: Paragraph) -> str:
    kind = f' class="paper__{block.kind}"' if block.kind else ""
    return f"<p{kind}>{escape(block.text)}</p>"


@_block.register
def _bullet_list(block: BulletList) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in block.items)}</ul>"


@_block.register
def _figure(block: Figure) -> str:
    caption = f"<figcaption>{escape(block.caption)}</figcaption>"
    return f"<figure>{block.drawing}{caption}</figure>"


@_block.register
def _side(side: Side) -> str:
    columns = (
        f'<div class="paper__column">{"".join(map(_block, column))}</div>'
        for column in side.columns
    )
    return f'<div class="paper__side">{"".join(columns)}</div>'


@_block.register
def _table(table: Table) -> str:
    """The table in a region that can be scrolled by keyboard where the screen is narrow."""
    kind = f" paper__table--{table.kind}" if table.kind else ""
    frame = f" paper__scroll--{table.kind}" if table.kind else ""
    columns = "".join(f'<col class="w{w}">' if w else "<col>" for w in table.widths)
    head = "".join(map(_row, table.head))
    return (
        f'<div class="paper__scroll{frame}" role="region" tabindex="0"'
        f' aria-label="{escape(table.caption)}">'
        f'<table class="paper__table{kind}"><caption>{escape(table.caption)}</caption>'
        f"<colgroup>{columns}</colgroup>"
        f"{f'<thead>{head}</thead>' if head else ''}{''.join(_bodies(table.body))}"
        "</table></div>"
    )


def _bodies(rows: Iterable[Row]) -> Iterator[str]:
    """One ``tbody`` for each group row with what it heads."""
    group = 0

    def group_of(row: Row) -> int:
        nonlocal group
        group += row.kind in {"group", "total"}
        return group

    for _, members in groupby(rows, key=group_of):
        yield f"<tbody>{''.join(map(_row, members))}</tbody>"


def _row(row: Row) -> str:
    kind = f' class="{row.kind}"' if row.kind else ""
    return f"<tr{kind}>{''.join(map(_cell, row.cells))}</tr>"


def _cell(cell: Cell) -> str:
    tag = "th" if cell.heads else "td"
    scope = f' scope="{SCOPES[cell.heads]}"' if cell.heads else ""
    span = f' colspan="{cell.span}"' if cell.span > 1 else ""
    kind = f' class="{cell.kind}"' if cell.kind else ""
    label = f' data-label="{escape(cell.label)}"' if cell.label else ""
    return f"<{tag}{scope}{span}{kind}{label}>{_cell_content(cell)}</{tag}>"


def _cell_content(cell: Cell) -> str:
    parts = (
        f"<b>{escape(cell.mark)}</b>" if cell.mark else "",
        f"<span>{escape(cell.code)}</span>" if cell.code else "",
        escape(cell.text),
        rich_html(cell.rich),
        f"<small>{escape(cell.note)}</small>" if cell.note else "",
    )
    return " ".join(part for part in parts if part)
