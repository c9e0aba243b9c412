"""What a paper may be ordered with. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PaperOptions:
    """What an appendix of findings prints beside the partial compliances; an annex has none.

    Drafts are responses that nobody has agreed yet: printed, they say so.
    """

    with_improvements: bool = False
    with_drafts: bool = False
    with_decisions: bool = False
    with_actions: bool = False
