"""On PostgreSQL, bind the new rows to their own organisation."""

from django.db import migrations

from cse_tracker.core.postgresql import tenant_foreign_key

REFERENCES = [
    ("assessments_certificate", "certification_id", "assessments_certification"),
    ("assessments_certificatestatus", "certificate_id", "assessments_certificate"),
]


class Migration(migrations.Migration):

    dependencies = [("assessments", "0012_certificates")]

    operations = [tenant_foreign_key(*reference) for reference in REFERENCES]
