"""What the address of a progression asks for. Pure: query parameters in, a choice out.

Anything unknown is read as the default, so that an old link never ends in an error.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from assessments.progression_filter import Show

ON = "on"


@dataclass(frozen=True)
class ProgressionQuery:
    """Certification and elements to show, and what is folded away."""

    # The certification's id as text; empty: the first.
    certification: str = ""
    show: Show = Show.ALL
    # A criterion's ref; empty: all.
    criterion: str = ""
    with_statements: bool = False
    # Refs of the criteria whose rows are folded away.
    folded: frozenset[str] = frozenset()

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> Self:
        """The choice that these query parameters make."""
        show = parameters.get("show", "")
        return cls(
            certification=parameters.get("certification", ""),
            show=Show(show) if show in set(Show) else Show.ALL,
            criterion=parameters.get("criterion", ""),
            with_statements=parameters.get("statements") == ON,
            folded=frozenset(filter(None, parameters.get("fold", "").split("."))),
        )

    def fitting(
        self, *, certifications: Collection[int], criteria: Collection[str]
    ) -> Self:
        """The same choice without what there is no choice of, or what doesn't exist."""
        known = (
            {str(each) for each in certifications} if len(certifications) > 1 else {}
        )
        return replace(
            self,
            certification=self.certification if self.certification in known else "",
            criterion=self.criterion if self.criterion in criteria else "",
            folded=self.folded & frozenset(criteria),
        )

    def with_fold_turned(self, criterion: str) -> Self:
        """The choice with one criterion folded away, or unfolded again."""
        return replace(self, folded=self.folded ^ {criterion})

    def with_folded(self, criteria: Iterable[str]) -> Self:
        """The choice with exactly these criteria folded away."""
        return replace(self, folded=frozenset(criteria))

    @property
    def is_narrowed(self) -> bool:
        """Whether some elements may be left out."""
        return self.show is not Show.ALL or bool(self.criterion)

    def encoded(self) -> str:
        """As the query of an address, without what is default: "" or "?show=changed"."""
        given = {
            "certification": self.certification,
            "show": "" if self.show is Show.ALL else self.show.value,
            "criterion": self.criterion,
            "statements": ON if self.with_statements else "",
            "fold": ".".join(sorted(self.folded)),
        }
        chosen = {name: value for name, value in given.items() if value}
        return f"?{urlencode(chosen)}" if chosen else ""
