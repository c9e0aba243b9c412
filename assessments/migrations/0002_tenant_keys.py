"""On PostgreSQL, bind tenants' rows to their own organisation."""

from django.db import migrations

from cse_tracker.core.postgresql import tenant_foreign_key


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]

    operations = [
        tenant_foreign_key("assessments_certification", "service_id", "accounts_service"),
        tenant_foreign_key("assessments_assessment", "certification_id", "assessments_certification"),
        tenant_foreign_key("assessments_assessment", "finding_set_id", "assessments_findingset"),
        tenant_foreign_key("assessments_result", "assessment_id", "assessments_assessment"),
        tenant_foreign_key("assessments_result", "carried_from_id", "assessments_result"),
        tenant_foreign_key("assessments_finding", "finding_set_id", "assessments_findingset"),
        tenant_foreign_key("assessments_findingresponse", "finding_id", "assessments_finding"),
        tenant_foreign_key("assessments_findingresponse", "response_id", "assessments_response"),
    ]
