"""The standard, and what an assessment says against it."""

from assessments.models.assessment import Assessment
from assessments.models.certification import Certification
from assessments.models.finding import Finding, FindingResponse, FindingSet, Response
from assessments.models.result import Result
from assessments.models.standard import Standard, StandardNode

__all__ = [
    "Assessment",
    "Certification",
    "Finding",
    "FindingResponse",
    "FindingSet",
    "Response",
    "Result",
    "Standard",
    "StandardNode",
]
