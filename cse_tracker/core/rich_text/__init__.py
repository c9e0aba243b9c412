"""Texts that people write with a few marks: paragraphs, lists, bold and links.

Stored as a small subset of Markdown, read into one tree (``tree``), from which each format is
made. What is no mark of the subset is plain text. All but ``html`` is pure.
"""
