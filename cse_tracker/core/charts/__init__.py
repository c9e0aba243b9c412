"""Charts as small SVG drawings: for pages under a strict CSP, and for print.

Everything is drawn in whole units, so segments meet without gaps and the same data always
gives the same bytes. No ``style`` attribute, no script, no font but the page's.
"""

from cse_tracker.core.charts.bars import Bar, Series, stacked_bars
from cse_tracker.core.charts.drawing import Svg
from cse_tracker.core.charts.line import Point, line_chart

__all__ = ["Bar", "Point", "Series", "Svg", "line_chart", "stacked_bars"]
