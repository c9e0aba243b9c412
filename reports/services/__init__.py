"""Writes about papers: ordered, built, reviewed, issued, withdrawn."""
