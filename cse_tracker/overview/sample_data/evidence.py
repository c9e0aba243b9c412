"""What the sample council shows its assessor."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.core.files.base import ContentFile

from assessments.models import Assessment
from assessments.standard_tree import tree_for
from cse_tracker.core.dates import local_day
from cse_tracker.core.pdf import DocumentInfo, html_to_pdf
from cse_tracker.overview.sample_data.people import LENA, MO, PRIYA, Person, Team
from evidence.models import EvidenceItem
from evidence.services.details import ItemDetails, VersionDates
from evidence.services.items import add_document, add_link
from evidence.services.links import Mark, link_to_elements
from evidence.services.versions import checked_file


@dataclass(frozen=True)
class Item:
    """A document with these lines, or a link where there is an address."""

    title: str
    owner: Person
    service: str
    days_old: int
    refs: tuple[str, ...]
    locator: str = ""
    lines: tuple[str, ...] = ()
    url: str = ""
    lasts_days: int | None = None


ITEMS = [
    Item(
        "Customer profile of the borough",
        LENA,
        "Corporate Policy",
        70,
        ("1.1.1", "1.1.2", "1.1.3"),
        "pages 4 to 9",
        (
            "Eleven customer groups, with what each needs from us.",
            "Sources: census, housing register, council tax records.",
        ),
    ),
    Item(
        "Satisfaction survey: results and method",
        MO,
        "Customer Services",
        120,
        ("1.3.1", "1.3.2", "2.1.4"),
        "table 3",
        (
            "1,204 people answered out of 6,000 asked.",
            "82 in 100 are satisfied; by group between 74 and 88.",
        ),
    ),
    Item(
        "Repairs journey map",
        PRIYA,
        "Housing",
        40,
        ("1.3.5", "2.2.4"),
        "",
        ("From the call to the finished repair in nine steps.",),
    ),
    Item(
        "Complaints report to the cabinet",
        MO,
        "Customer Services",
        420,
        ("4.3.1", "4.3.4"),
        "section 2",
        ("Complaints by service and stage, and what was changed because of them.",),
        lasts_days=365,
    ),
    Item(
        "Service standards on our website",
        MO,
        "Customer Services",
        15,
        ("4.1.1", "5.1.1", "5.1.2"),
        url="https://www.alderwick.example/service-standards",
    ),
]


def add_evidence(assessments: list[Assessment], team: Team, *, now: datetime) -> None:
    """Add the items and link each, with its locator, to its elements in these assessments."""
    today = local_day(now)
    tree = tree_for(team.organisation, assessments[0].certification.standard)
    for item in ITEMS:
        as_at = today - timedelta(days=item.days_old)
        expires_on = (
            as_at + timedelta(days=item.lasts_days) if item.lasts_days else None
        )
        details = ItemDetails(
            title=item.title,
            service=team.services[item.service],
            owner=team.members[item.owner.email],
        )
        added = _add(
            item,
            details,
            VersionDates(as_at=as_at, expires_on=expires_on),
            team,
        )
        link_to_elements(
            item=added,
            places=[
                (assessment, tree.by_ref[ref].id)
                for assessment in assessments
                for ref in item.refs
            ],
            mark=Mark(locator=item.locator),
            by=team.user(item.owner),
        )


def _add(
    item: Item, details: ItemDetails, dates: VersionDates, team: Team
) -> EvidenceItem:
    by = team.user(item.owner)
    created = datetime.combine(dates.as_at, time(9), UTC)
    if item.url:
        return add_link(
            organisation=team.organisation,
            details=details,
            url=item.url,
            dates=dates,
            by=by,
        )
    return add_document(
        organisation=team.organisation,
        details=details,
        upload=checked_file(
            _document(item, created=created, author=team.organisation.name)
        ),
        dates=dates,
        by=by,
    )


def _document(item: Item, *, created: datetime, author: str) -> "ContentFile[bytes]":
    """A short tagged PDF that says what the item is about."""
    paragraphs = "".join(f"<p>{line}</p>" for line in item.lines)
    about = DocumentInfo(title=item.title, author=author, created=created)
    body = f"<h1>{item.title}</h1>{paragraphs}"
    content = html_to_pdf(
        body, about=about, stylesheet="html { font-family: sans-serif }"
    )
    return ContentFile(content, name=f"{item.title}.pdf")
