"""Writes about people, organisations and the change log."""
