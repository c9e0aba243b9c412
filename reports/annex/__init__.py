"""The progression annex: its facts, and how they become blocks. Pure."""
