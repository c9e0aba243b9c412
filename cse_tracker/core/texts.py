"""How long a text may be that people type, paste or bring in."""

MAX_CHARACTERS = 20_000
