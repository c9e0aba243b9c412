"""The few SVG elements that charts are drawn with. All text is escaped here."""

from collections.abc import Iterable
from html import escape

INK = "#0b0c0c"
FAINT = "#b1b4b6"
FONT_SIZE = 13


class Svg(str):
    """A finished drawing: templates print it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """The drawing itself; its texts were escaped when it was drawn."""
        return str(self)


def drawing(
    shapes: Iterable[str],
    *,
    size: tuple[int, int],
    name: str,
    title: str,
    description: str,
    kind: str,
) -> Svg:
    """The shapes on a canvas of ``size``, told as one image with title and description.

    ``name`` makes the ids unique on a page. Screen readers get title and description; print
    keeps only the title, so a table belongs beside each chart. Style sheets know the chart
    by its ``kind``.
    """
    width, height = size
    return Svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" role="img" class="cse-chart cse-chart--{kind}"'
        f' aria-labelledby="{name}-title {name}-desc"'
        f' font-family="Inter, sans-serif" font-size="{FONT_SIZE}">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(description)}</desc>'
        f"{''.join(shapes)}</svg>"
    )


def rectangle(box: tuple[int, int, int, int], fill: str, outline: str = "") -> str:
    """A filled box given as x, y, width, height; ``outline`` draws its edge inside."""
    x, y, width, height = box
    edge = f' stroke="{outline}"' if outline else ""
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"{edge}/>'
    )


def text(
    content: str,
    at: tuple[int, int],
    *,
    ink: str = INK,
    anchor: str = "",
    weight: int = 400,
) -> str:
    """Words with their baseline at ``at``; ``anchor`` is "" (start), "middle" or "end"."""
    x, y = at
    placed = f' text-anchor="{anchor}"' if anchor else ""
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    coloured = f' fill="{ink}"' if ink != INK else ""
    return f'<text x="{x}" y="{y}"{placed}{bold}{coloured}>{escape(content)}</text>'


def horizontal(y: int, x1: int, x2: int, stroke: str = INK) -> str:
    """A thin level line."""
    return f'<path d="M{x1} {y}H{x2}" stroke="{stroke}"/>'
