"""The progression annex, from facts to blocks. Pure."""

from reports.annex.facts import AnnexFacts
from reports.annex.legend import legend
from reports.annex.summary import beside, changes, opening, sampled_table
from reports.annex.tables import criterion_blocks
from reports.blocks import Block, Heading, PaperContent, Paragraph, Side

# Rises with each change to what the annex says or shows; kept with every paper.
TEMPLATE_VERSION = 3


def compose_annex(facts: AnnexFacts) -> PaperContent:
    """The whole annex. An unconfirmed assessment's bears a stamp on every page."""
    return PaperContent(
        title=f"{facts.standard}: progression annex",
        organisation=facts.organisation,
        subtitle=facts.assessment.capitalize() + _years_before(facts),
        blocks=(
            *opening(facts),
            *(changes(facts.comparison) if facts.comparison else ()),
            *_reading_notes(facts),
            *_criteria(facts),
        ),
        stamp=facts.stamp,
        language=facts.language,
    )


def _years_before(facts: AnnexFacts) -> str:
    return f", with the years {facts.span}" if facts.latest else ""


def _reading_notes(facts: AnnexFacts) -> list[Block | Side]:
    sub_elements = Paragraph(
        "Counts are of elements. Indented rows are sub-elements: parts into which the "
        "organisation splits an element for itself. They are shown and never counted.",
        "note",
    )
    reading = (Heading("How to read the tables"), legend(), sub_elements)
    sampling = (Heading("Elements sampled"), sampled_table(facts.progression))
    return beside(reading, sampling, years=len(facts.progression.years))


def _criteria(facts: AnnexFacts) -> list[Block]:
    return [
        block
        for section in facts.progression.sections
        for block in criterion_blocks(facts.progression, section)
    ]
