"""Checks of an organisation's record: a numbered catalogue of pure functions. No Django."""
