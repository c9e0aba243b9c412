"""The action plan, from facts to blocks. Pure."""

from collections.abc import Iterator
from itertools import groupby

from cse_tracker.core.dates import long_date
from reports.blocks import Block, Heading, PaperContent, Paragraph
from reports.plan.facts import PlanFacts
from reports.plan.summary import (
    figures_of,
    figures_table,
    in_one_sentence,
    period,
    since_then,
)
from reports.plan.tables import (
    NO_ELEMENT,
    closed_table,
    declined_table,
    open_table,
)
from reports.wording import counted

# Rises with each change to what the action plan says or shows; kept with every paper.
TEMPLATE_VERSION = 3


def compose_plan(facts: PlanFacts) -> PaperContent:
    """The whole action plan. It says its day on every page."""
    figures = figures_of(facts)
    return PaperContent(
        title=f"Action plan: {facts.service}" if facts.service else "Action plan",
        organisation=facts.organisation,
        subtitle=f"As at {long_date(facts.as_at)}",
        blocks=(
            Paragraph(in_one_sentence(figures), "lead"),
            Paragraph(since_then(facts, figures)),
            figures_table(facts, figures),
            *_open(facts),
            *(_finished(facts) if facts.options.with_finished else ()),
        ),
        language=facts.language,
    )


def _open(facts: PlanFacts) -> Iterator[Block]:
    for criterion, groups in groupby(facts.groups, key=lambda group: group.criterion):
        name = criterion or NO_ELEMENT
        listed = tuple(groups)
        yield Heading(name)
        number = sum(len(group.actions) for group in listed)
        yield Paragraph(f"{counted(number, 'open action')}.", "count")
        yield open_table(name, listed, facts)


def _finished(facts: PlanFacts) -> Iterator[Block]:
    """Short tables of what is no longer to be done."""
    yield Heading(f"Closed {period(facts)}")
    yield closed_table(facts) if facts.closed else Paragraph("None.")
    if facts.declined:
        yield Heading(f"Declined {period(facts)}")
        yield declined_table(facts)
    else:
        # Without a heading of its own, which would often stand alone on a last page.
        yield Paragraph("No actions were declined.")
