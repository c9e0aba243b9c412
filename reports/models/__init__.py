"""Committee papers and their files."""

from reports.models.paper import Paper
from reports.models.paper_file import PaperFile

__all__ = ["Paper", "PaperFile"]
