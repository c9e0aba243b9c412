"""One thing that a paper prints otherwise than the data has it now. Pure."""

from dataclasses import dataclass

# Where something stands on one side only.
ABSENT = "not there"


@dataclass(frozen=True)
class Difference:
    """Where in the paper, what it says there, and what the data says now."""

    place: str
    printed: str
    now: str
