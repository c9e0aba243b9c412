"""Two organisations with one of everything, so that every address leads to something."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from unittest.mock import patch

from django.core.files.base import ContentFile
from openpyxl import Workbook

from actions.services.details import ActionDetails
from actions.services.plan_staging import pasted_plan, stage_plan
from actions.services.planning import plan_action
from assessments.certificates import Change
from assessments.checks.hits import Hit
from assessments.models import (
    Assessment,
    CertificateStatus,
    Certification,
    CheckAcceptance,
    Finding,
)
from assessments.ratings import Rating
from assessments.services.annex_staging import stage_annex
from assessments.services.assessments import start_assessment
from assessments.services.certificates import (
    CertificateDetails,
    ChangeDetails,
    add_certificate,
    record_change,
)
from assessments.services.certifications import certification_of
from assessments.services.check_acceptances import accept_check
from assessments.services.checklists import Step, add_step
from assessments.services.findings import add_finding
from assessments.services.findings_staging import pasted_source, stage_findings
from assessments.services.ratings import RatingEntry, rate_nodes
from assessments.services.reports import attach_report
from assessments.services.responses import add_response
from assessments.services.sub_elements import add_sub_element
from assessments.standard_tree import tree_for
from cse_tracker.accounts.models import Membership, Organisation, User
from cse_tracker.core.uploads import UploadedKind
from evidence.models import EvidenceItem
from evidence.services.details import ItemDetails, VersionDates
from evidence.services.items import add_document
from evidence.services.links import Mark, link_to_element
from evidence.services.versions import checked_file
from reports import printing
from reports.blocks import PaperContent
from reports.models import Paper
from reports.services import building
from reports.services.issuing import issue_paper, review_paper
from reports.services.ordering import order_paper
from tests.factories import (
    MembershipFactory,
    ServiceFactory,
    confirmed,
    invited_assessor,
)

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ELEMENT, SPLIT, CLAUSE = "1.1.1", "1.3.4", "1.3.4.1"
# By organisation. Laying out pages takes longer than all else of a world.
PRINTED: dict[str, bytes] = {}


@dataclass(frozen=True)
class World:
    """An organisation and the keys of what it holds, as they stand in addresses."""

    organisation: Organisation
    ids: dict[str, int | str]
    confirmed: str


def make_world(organisation: Organisation, by: User) -> World:
    """A confirmed year with an issued paper, and an open one with one of everything."""
    certification = certification_of(organisation=organisation)
    past = _past_year(certification, by)
    assessment = _open_year(certification, by)
    tree = tree_for(organisation, certification.standard)
    finding = add_finding(
        assessment=assessment,
        node=tree.by_ref[ELEMENT],
        kind=Finding.Kind.IMPROVEMENT,
        comment="Ask more people.",
        by=by,
    )
    response = add_response(findings=[finding], text="We will.", by=by)
    action = plan_action(
        organisation=organisation,
        details=ActionDetails(title="Ask more people"),
        finding=finding,
        seen_version=finding.version,
        by=by,
    )
    entry = _suspended_certificate(certification, by)
    item = _evidence(organisation, by)
    link = link_to_element(
        item=item, assessment=assessment, node=tree.by_ref[ELEMENT], mark=Mark(), by=by
    )
    paper = _issued_paper(past, by)
    run = stage_annex(organisation=organisation, file=_annex(), now=NOW, by=by)
    report_run = stage_findings(
        assessment=assessment,
        source=pasted_source(html="", text="Ref\tComments\n1.1.1\tAsk more people."),
        by=by,
    )
    plan_run = stage_plan(
        organisation=organisation,
        source=pasted_plan("Action\tOwner\nAsk more people\tJo Partner"),
        now=NOW,
        by=by,
    )
    step = add_step(assessment=assessment, step=Step("Send evidence"), by=by)
    report = attach_report(
        assessment=assessment,
        file=ContentFile(b"The report", name="report.txt"),
        kind=UploadedKind.TEXT,
        by=by,
    )
    access = invited_assessor(assessment).access
    ids: dict[str, int | str] = {
        "access": access.pk,
        "item": step.pk,
        "report": report.pk,
        "criterion": 1,
        "assessment": assessment.slug,
        "ref": ELEMENT,
        "membership_id": _somebody(organisation).pk,
        "service_id": ServiceFactory.create(organisation=organisation).pk,
        "pk": run.pk,
        "upload": report_run.pk,
        "plan": plan_run.pk,
        "row": 1,
        "certificate": entry.certificate_id,
        "status": entry.pk,
        "finding": finding.pk,
        "response": response.pk,
        "link": link.pk,
        "version": 1,
        "file_format": "pdf",
        "actions": action.number,
        "evidence": item.number,
        "reports": paper.number,
        "kind": "findings_appendix",
        "check": "CHK-301",
        "acceptance": _acceptance(assessment, by).pk,
    }
    return World(organisation, ids, past.slug)


def _suspended_certificate(certification: Certification, by: User) -> CertificateStatus:
    details = CertificateDetails(
        "A body", "CSE 1", "All of it", date(2025, 1, 15), date(2028, 1, 14)
    )
    certificate = add_certificate(certification=certification, details=details, by=by)
    return record_change(
        certificate=certificate,
        seen_version=certificate.version,
        details=ChangeDetails(
            Change.SUSPENDED, date(2026, 2, 1), "No visit took place."
        ),
        today=date(2026, 11, 22),
        by=by,
    )


def _past_year(certification: Certification, by: User) -> Assessment:
    past = start_assessment(
        certification=certification, year=2025, kind=Assessment.Kind.FULL, by=by
    )
    _rate_all(past, by)
    past.refresh_from_db()
    return confirmed(past, by=by)


def _open_year(certification: Certification, by: User) -> Assessment:
    assessment = start_assessment(
        certification=certification, year=2026, kind=Assessment.Kind.REVIEW, by=by
    )
    tree = tree_for(certification.organisation, certification.standard)
    parent = tree.by_ref[SPLIT]
    add_sub_element(assessment=assessment, parent=parent, statement="Targets", by=by)
    result = assessment.results.get(node__ref=ELEMENT)
    # A check flags a partial compliance without a comment on why.
    partial = RatingEntry(result.pk, result.version, Rating.PARTIAL, sampled=True)
    rate_nodes(assessment=assessment, entries=[partial], by=by)
    assessment.refresh_from_db()
    return assessment


def _rate_all(assessment: Assessment, by: User) -> None:
    entries = [
        RatingEntry(result.pk, result.version, Rating.COMPLIANT, sampled=False)
        for result in assessment.results.all()
    ]
    rate_nodes(assessment=assessment, entries=entries, by=by)


def _acceptance(assessment: Assessment, by: User) -> CheckAcceptance:
    hit = Hit("CHK-202", assessment.pk, assessment.year, "1.1.2", "Not rated", ())
    accept_check(
        assessment=assessment, hits=[hit], reason="Asked for it", now=NOW, by=by
    )
    return assessment.check_acceptances.get()


def _somebody(organisation: Organisation) -> Membership:
    return MembershipFactory.create(organisation=organisation)


def _evidence(organisation: Organisation, by: User) -> EvidenceItem:
    text = ContentFile(b"Minutes of the forum", name="minutes.txt")
    return add_document(
        organisation=organisation,
        details=ItemDetails(title="Minutes"),
        upload=checked_file(text),
        dates=VersionDates(as_at=date(2026, 5, 1)),
        by=by,
    )


def _issued_paper(assessment: Assessment, by: User) -> Paper:
    kind = Paper.Kind.PROGRESSION_ANNEX
    paper = order_paper(assessment=assessment, kind=kind, now=NOW, by=by)
    claim = building.claim_paper(paper.pk, now=NOW)
    assert claim is not None
    with patch.object(building, "paper_pdf", printed_for(assessment.organisation)):
        building.build_claimed(claim, clock=lambda: NOW)
    paper.refresh_from_db()
    review_paper(paper=paper, seen_attempt=paper.attempt, now=NOW, by=by)
    paper.refresh_from_db()
    issue_paper(paper=paper, seen_attempt=paper.attempt, now=NOW, by=by)
    return paper


def printed_for(organisation: Organisation) -> Callable[..., bytes]:
    """Prints an organisation's first paper alone: no address leads to what differs in the next."""

    def paper_pdf(content: PaperContent, *, created: datetime) -> bytes:
        if organisation.name not in PRINTED:
            PRINTED[organisation.name] = printing.paper_pdf(content, created=created)
        return PRINTED[organisation.name]

    return paper_pdf


def _annex() -> "ContentFile[bytes]":
    book = Workbook()
    sheet = book.create_sheet("Annex", 0)
    sheet.append(["Ref", "Element", "2024"])
    sheet.append([ELEMENT, "Knowing who our customers are", "C"])
    content = BytesIO()
    book.save(content)
    return ContentFile(content.getvalue(), name="annex.xlsx")
