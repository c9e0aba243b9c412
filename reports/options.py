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

    @property
    def words(self) -> str:
        """What was chosen, as it is told beside the title; improvements stand in the title."""
        chosen = [
            "decisions" if self.with_decisions else "",
            "actions" if self.with_actions else "",
            "draft responses" if self.with_drafts else "",
        ]
        *most, last = [*filter(None, chosen)] or [""]
        return f"{', '.join(most)} and {last}" if most else last
