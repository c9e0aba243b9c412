"""A paper's blocks as a Word document, to be worked on and pasted from. Pure."""

from reports.word.document import word_document

__all__ = ["word_document"]
