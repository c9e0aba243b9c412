"""What a paper consists of, apart from any format. Pure.

A paper is composed once as blocks; HTML, print and later Word each render the same blocks.
Kinds are words of the paper ("carried", "total"), never of a format.
"""

from dataclasses import dataclass

from cse_tracker.core.charts import Svg
from cse_tracker.core.rich_text import tree


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or deeper; level 1 is the paper's title."""

    text: str
    level: int = 2
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain text. Kinds: "" (body), "lead", "note" and "warning"."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class BulletList:
    """Points in order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``code`` is a rating's code, ``mark`` stands before it, ``note`` after it.

    ``text`` is the ordinary content, or ``rich`` where it is long. A header cell says what it heads by ``heads``: "column",
    "row" or "group" (of rows). ``span`` is the number of columns it takes. ``label`` is its
    column's heading, for screens so narrow that the cells stand one under the other.
    """

    text: str = ""
    code: str = ""
    mark: str = ""
    note: str = ""
    kind: str = ""
    heads: str = ""
    span: int = 1
    rich: tree.Blocks = ()
    label: str = ""

    @property
    def words(self) -> str:
        """All that the cell says, for formats without its parts."""
        return " ".join(
            part for part in (self.mark, self.code, self.text, self.note) if part
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells. Kinds: "" (ordinary), "group", "part" (a sub-element) and "total".

    A row of the kind "long" may go on over the end of a printed page; others stay whole.
    """

    cells: tuple[Cell, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption. ``widths`` are the columns' shares of its whole width."""

    caption: str
    widths: tuple[int, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its caption. The table with its numbers stands beside it."""

    drawing: Svg
    caption: str


Block = Heading | Paragraph | BulletList | Table | Figure


@dataclass(frozen=True, slots=True)
class Side:
    """Blocks side by side where there is room, one under the other elsewhere."""

    columns: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class PaperContent:
    """A whole paper. ``stamp`` stands on every page of one that isn't fit to be issued.

    So does ``edition``, which tells the paper from those that it replaces and that replace it.
    """

    title: str
    organisation: str
    subtitle: str
    blocks: tuple[Block | Side, ...]
    stamp: str = ""
    edition: str = ""
    language: str = "en-GB"
