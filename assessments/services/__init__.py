"""Writes about the standard, assessments, results and findings."""
