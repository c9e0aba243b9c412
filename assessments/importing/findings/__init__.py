"""Findings in the tables of a report: which row is about what. Pure."""
