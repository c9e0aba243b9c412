"""The standard, and a certified scope's assessments against it."""
