"""How the fields that people fill in are called where two versions of them stand side by side. Pure."""

FINDING = {"kind": "Kind of comment", "comment": "Assessor's comment"}
RESPONSE = {"text": "Recommended response"}
NARRATIVE = {"text": "What the assessor says"}
STATEMENT = {"statement": "What this part of the element says"}
RATING = {"rating": "Rating", "sampled": "Sampled", "reason": "Reason"}
SCOPE = {"scope": "What is certified", "certification_body": "Certification body"}
STEP = {"text": "What is to be done"}
VISIT = {
    "visit_code": "Visit code",
    "assessors": "Assessors",
    "outcome": "Outcome",
    "report_reference": "Report reference",
    "sites_visited": "Sites visited",
    "services_visited": "Services visited",
    "people_met": "People met",
    "overview": "Overview",
}
