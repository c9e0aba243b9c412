"""On PostgreSQL, bind tenants' rows to their own organisation."""

from django.db import migrations

from cse_tracker.core.postgresql import tenant_foreign_key


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        tenant_foreign_key("reports_paper", "assessment_id", "assessments_assessment"),
        tenant_foreign_key("reports_paperfile", "paper_id", "reports_paper"),
    ]
