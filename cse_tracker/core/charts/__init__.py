"""Charts as small SVG drawings: for pages under a strict CSP, and for print.

Everything is drawn in whole units, so segments meet without gaps and the same data always
gives the same bytes. No ``style`` attribute, no script, no font but the page's.
"""

from cse_tracker.core.charts.bars import Bar, Series, stacked_bars
from cse_tracker.core.charts.columns import Column, columns
from cse_tracker.core.charts.drawing import Svg
from cse_tracker.core.charts.line import Point, line_chart
from cse_tracker.core.charts.lying_bars import LyingBar, lying_bars

__all__ = [
    "Bar",
    "Column",
    "LyingBar",
    "Point",
    "Series",
    "Svg",
    "columns",
    "line_chart",
    "lying_bars",
    "stacked_bars",
]
