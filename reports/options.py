"""What a paper may be ordered with. Pure."""

from dataclasses import dataclass

from reports.wording import listed

# Of each kind that has any. The row keeps them, and its constraints keep them apart.
APPENDIX_OPTIONS = (
    "with_improvements",
    "with_drafts",
    "with_decisions",
    "with_actions",
)
PLAN_OPTIONS = ("with_finished", "with_progress", "with_names")


@dataclass(frozen=True)
class PaperOptions:
    """What an appendix or an action plan prints beside what it always does; an annex has none.

    Drafts are responses that nobody has agreed yet: printed, they say so. A plan without names
    says who owns an action by the service alone.
    """

    with_improvements: bool = False
    with_drafts: bool = False
    with_decisions: bool = False
    with_actions: bool = False
    with_finished: bool = False
    with_progress: bool = False
    with_names: bool = False

    @property
    def words(self) -> str:
        """What was chosen, as it is told beside the title; improvements stand in the title."""
        chosen = [
            "decisions" if self.with_decisions else "",
            "actions" if self.with_actions else "",
            "draft responses" if self.with_drafts else "",
            "closed and declined actions" if self.with_finished else "",
            "progress" if self.with_progress else "",
            "owners' names" if self.with_names else "",
        ]
        return listed([word for word in chosen if word])
