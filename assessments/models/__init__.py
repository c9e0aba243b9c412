"""The standard, and what an assessment says against it."""

from assessments.models.assessment import Assessment
from assessments.models.assessor import AssessorAccess, AssessorLook
from assessments.models.certificate import (
    Certificate,
    CertificateStatus,
)
from assessments.models.certification import Certification
from assessments.models.check_acceptance import CheckAcceptance
from assessments.models.finding import Finding, FindingResponse, FindingSet, Response
from assessments.models.result import Result
from assessments.models.standard import Standard, StandardNode
from assessments.models.visit import (
    AssessorsReport,
    ChecklistItem,
    CriterionNarrative,
)
from assessments.models.wording import Wording

__all__ = [
    "Assessment",
    "AssessorAccess",
    "AssessorLook",
    "AssessorsReport",
    "Certificate",
    "CertificateStatus",
    "Certification",
    "CheckAcceptance",
    "ChecklistItem",
    "CriterionNarrative",
    "Finding",
    "FindingResponse",
    "FindingSet",
    "Response",
    "Result",
    "Standard",
    "StandardNode",
    "Wording",
]
