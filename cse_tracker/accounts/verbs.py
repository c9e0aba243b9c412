"""Verbs that the change logs of several things share. Pure."""

# What somebody typed, and what came back from an earlier version.
EDITED = "edited"
RESTORED_VERSION = "restored an earlier version of"
# What came from a file, and what was taken back of it.
BROUGHT_IN = "brought in"
UNDONE = "undone"
