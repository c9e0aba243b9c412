"""On PostgreSQL, bind tenants' rows to their own organisation."""

from django.db import migrations

from cse_tracker.core.postgresql import tenant_foreign_key


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]

    operations = [
        tenant_foreign_key("evidence_evidenceitem", "service_id", "accounts_service"),
        tenant_foreign_key("evidence_evidenceitem", "owner_id", "accounts_membership"),
        tenant_foreign_key("evidence_evidenceversion", "item_id", "evidence_evidenceitem"),
        tenant_foreign_key("evidence_evidencelink", "item_id", "evidence_evidenceitem"),
        tenant_foreign_key("evidence_evidencelink", "assessment_id", "assessments_assessment"),
    ]
