"""The appendix, from facts to blocks. Pure."""

from collections.abc import Iterator

from assessments.ratings import Rating
from reports.about import about_table
from reports.appendix.facts import AppendixFacts, Subject, number_of_points
from reports.appendix.tables import improvements_table, partials_table
from reports.blocks import Block, Heading, PaperContent, Paragraph
from reports.wording import counted

# Rises with each change to what the appendix says or shows; kept with every paper.
TEMPLATE_VERSION = 3
PARTIALS, IMPROVEMENTS = "Partial compliances", "Areas for improvement"


def compose_appendix(facts: AppendixFacts) -> PaperContent:
    """The whole appendix. An unconfirmed assessment's bears a stamp on every page."""
    improvements = " and areas for improvement" if _has_improvements(facts) else ""
    return PaperContent(
        title=f"{facts.standard}: partial compliances{improvements}",
        organisation=facts.organisation,
        subtitle=facts.assessment.capitalize(),
        blocks=(
            Paragraph(_in_one_sentence(facts), "lead"),
            about_table(facts),
            *_notes(facts),
            *_partials(facts),
            *(_improvements(facts) if _has_improvements(facts) else ()),
        ),
        stamp=facts.stamp,
        language=facts.language,
    )


def _has_improvements(facts: AppendixFacts) -> bool:
    return facts.options.with_improvements


def _in_one_sentence(facts: AppendixFacts) -> str:
    rated = facts.number_rated
    parts = [f"{counted(rated[Rating.PARTIAL], 'element')} rated Partial compliance"]
    if rated[Rating.NON]:
        parts.append(f"{rated[Rating.NON]} rated Non-compliance")
    if _has_improvements(facts):
        number = number_of_points(facts.improvements)
        parts.append(counted(number, "area for improvement", "areas for improvement"))
    *most, last = parts
    sentence = f"{', '.join(most)} and {last}." if most else f"{last}."
    return sentence[0].upper() + sentence[1:]


def _notes(facts: AppendixFacts) -> Iterator[Block]:
    if facts.options.with_drafts:
        yield Paragraph(
            "Responses that are not agreed yet are marked as drafts.", "note"
        )


def _partials(facts: AppendixFacts) -> Iterator[Block]:
    has_non = facts.number_rated[Rating.NON]
    yield Heading("Partial compliances and non-compliances" if has_non else PARTIALS)
    if facts.partials:
        yield Paragraph(_extent(facts.partials), "count")
        yield partials_table(facts.partials, facts.options)
    else:
        yield Paragraph(
            "No element is rated Partial compliance or Non-compliance in this assessment."
        )


def _improvements(facts: AppendixFacts) -> Iterator[Block]:
    yield Heading(IMPROVEMENTS)
    if facts.improvements:
        yield Paragraph(_extent(facts.improvements), "count")
        yield improvements_table(facts.improvements, facts.options)
    else:
        yield Paragraph("The assessor named no areas for improvement.")


def _extent(subjects: tuple[Subject, ...]) -> str:
    """How many comments on how many of the elements the table below has, and how many lack one."""
    if not number_of_points(subjects):
        return "No comments are recorded."
    named = tuple(subject for subject in subjects if subject.ref)
    general = number_of_points([each for each in subjects if not each.ref])
    number = number_of_points(named)
    if not number:
        return f"{counted(general, 'general comment')}."
    beside = f", and {counted(general, 'general comment')}" if general else ""
    return f"{counted(number, 'comment')} on {_commented(named)}{beside}."


def _commented(named: tuple[Subject, ...]) -> str:
    """ "5 elements", or "5 of the 8 elements (3 have no comment)"."""
    singular, plural = "element", "elements"
    if not all(subject.is_element for subject in named):
        singular, plural = "element or sub-element", "elements and sub-elements"
    silent = sum(not subject.points for subject in named)
    if not silent:
        return counted(len(named), singular, plural)
    have = "has" if silent == 1 else "have"
    of_all = f"{len(named) - silent} of the {len(named)} {plural}"
    return f"{of_all} ({silent} {have} no comment)"
