"""Writes about evidence."""
