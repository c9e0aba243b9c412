"""Each form that makes something: where it is sent, what it makes, and what to enter.

A form that carries a submission key and is missing here fails the build.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

Values = dict[str, Any]


@dataclass(frozen=True)
class SentForm:
    """``route`` with the world's keys and ``query`` is the address; ``model`` is what is made."""

    route: str
    model: str
    values: Values = field(default_factory=dict)
    # Made for each sending, because a file can be read once.
    files: Callable[[], Values] = dict
    query: str = ""


AS_AT = {"as_at_day": "1", "as_at_month": "5", "as_at_year": "2026"}
LINK = {"url": "https://ashby.example/minutes"}


def document() -> Values:
    return {"file": SimpleUploadedFile("minutes.txt", b"Minutes of the forum")}


def report() -> Values:
    return {"file": SimpleUploadedFile("report.pdf", report_content())}


def annex() -> Values:
    return {"file": SimpleUploadedFile("annex.xlsx", annex_content())}


# Once each: files say in which second they were made, so the next one would be another.
@cache
def report_content() -> bytes:
    content = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(content, "pdf")
    return content.getvalue()


@cache
def annex_content() -> bytes:
    book = Workbook()
    sheet = book.create_sheet("Annex", 0)
    sheet.append(["Ref", "Element", "2023"])
    sheet.append(["1.1.1", "Knowing who our customers are", "C"])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


FORMS: dict[str, SentForm] = {
    "NewFindingForm": SentForm(
        "assessments:finding_create",
        "assessments.Finding",
        {"kind": "improvement", "comment": "Ask more people."},
    ),
    "NewResponseForm": SentForm(
        "assessments:response_create", "assessments.Response", {"text": "We will."}
    ),
    "PlanActionForm": SentForm(
        "actions:create",
        "actions.Action",
        {
            "title": "Ask them",
            "status": "not_started",
            "priority": "medium",
            "origin": "alone",
        },
    ),
    "ProgressForm": SentForm(
        "actions:progress",
        "actions.ActionNote",
        {
            "version": "1",
            "text": "Two services agreed.",
            "day_day": "3",
            "day_month": "3",
            "day_year": "2026",
        },
    ),
    "CommentForm": SentForm(
        "actions:comment", "actions.ActionNote", {"text": "Well done."}
    ),
    "ClaimForm": SentForm(
        "actions:claim",
        "actions.ActionNote",
        {
            "version": "1",
            "words": "They are asked.",
            "new_title": "Minutes",
            "new_url": LINK["url"],
        },
    ),
    "MoveForm": SentForm(
        "actions:decline", "actions.ActionNote", {"version": "1", "words": "No money."}
    ),
    "StartAssessmentForm": SentForm(
        "assessments:start",
        "assessments.Assessment",
        {"year": "2024", "kind": "review"},
    ),
    "NewSubElementForm": SentForm(
        "assessments:sub_element_create",
        "assessments.StandardNode",
        {"statement": "Queues"},
    ),
    "AddStepForm": SentForm(
        "assessments:step_add",
        "assessments.ChecklistItem",
        {"text": "Book the rooms"},
    ),
    "ReportForm": SentForm(
        "assessments:report_attach", "assessments.AssessorsReport", files=report
    ),
    "InviteAssessorForm": SentForm(
        "assessments:assessor_invite",
        "assessments.AssessorAccess",
        {
            "full_name": "Tess Vane",
            "email": "tess@assessors.example",
            "right": "read",
            "until_day": "1",
            "until_month": "5",
            "until_year": "2090",
        },
    ),
    "UploadAnnexForm": SentForm(
        "assessments:imports", "accounts.ImportRun", files=annex
    ),
    "StageFindingsForm": SentForm(
        "assessments:findings_imports",
        "accounts.ImportRun",
        {"assessment": "2026-review", "pasted": "Ref\tComments\n1.2.1\tAsk."},
    ),
    "StagePlanForm": SentForm(
        "actions:imports",
        "accounts.ImportRun",
        {"pasted": "Action\tOwner\nAsk more people\tJo Partner"},
    ),
    "AddCertificateForm": SentForm(
        "assessments:certificate_add",
        "assessments.Certificate",
        {
            "body": "A body",
            "number": "CSE 2",
            "scope": "All of it",
            "issued_on_day": "1",
            "issued_on_month": "5",
            "issued_on_year": "2025",
            "expires_on_day": "30",
            "expires_on_month": "4",
            "expires_on_year": "2028",
        },
    ),
    "RecordChangeForm": SentForm(
        "assessments:certificate_record",
        "assessments.CertificateStatus",
        {
            # It was granted and suspended.
            "version": "2",
            "change": "reinstated",
            "happened_on_day": "3",
            "happened_on_month": "5",
            "happened_on_year": "2026",
        },
    ),
    "AddMemberForm": SentForm(
        "accounts:add_member",
        "accounts.Membership",
        {"full_name": "Priya Nair", "email": "priya@ashby.example", "roles": "manager"},
    ),
    "ServiceForm": SentForm(
        "accounts:add_service", "accounts.Service", {"name": "Parks"}
    ),
    "AddDocumentForm": SentForm(
        "evidence:create",
        "evidence.EvidenceItem",
        {"title": "Minutes", **AS_AT},
        document,
    ),
    "AddLinkForm": SentForm(
        "evidence:create",
        "evidence.EvidenceItem",
        {"title": "Minutes", **AS_AT, **LINK},
        query="?kind=link",
    ),
    "AddDocumentVersionForm": SentForm(
        "evidence:new_version", "evidence.EvidenceVersion", AS_AT, document
    ),
    "OrderAppendixForm": SentForm(
        "reports:order", "reports.Paper", {"assessment": "2025-full"}
    ),
}
# Proved elsewhere: mails once (InvitationForm, tests/accounts/views/test_members.py;
# MailAgainForm, tests/assessments/views/test_assessors.py), the
# platform's own site (OrganisationForm, tests/accounts/test_admin.py), what follows a confirmed
# year that is the last (StartNextForm, tests/overview/test_next_year.py), closing what is said to be
# done and reopening it (CloseForm, ReopenForm, tests/actions/views/test_finishing.py), and forms that differ
# from AddDocumentVersionForm and OrderAppendixForm in a field.
ELSEWHERE = {
    "InvitationForm",
    "MailAgainForm",
    "OrganisationForm",
    "StartNextForm",
    "CloseForm",
    "ReopenForm",
    "AddLinkVersionForm",
    "OrderPaperForm",
    "OrderPlanForm",
}
