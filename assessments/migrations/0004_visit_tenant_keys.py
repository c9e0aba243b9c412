"""On PostgreSQL, bind the new rows to their own organisation."""

from django.db import migrations

from cse_tracker.core.postgresql import tenant_foreign_key

TABLES = [
    "assessments_assessorsreport",
    "assessments_checklistitem",
    "assessments_criterionnarrative",
]


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_visit_and_checklist")]

    operations = [
        tenant_foreign_key(table, "assessment_id", "assessments_assessment")
        for table in TABLES
    ]
