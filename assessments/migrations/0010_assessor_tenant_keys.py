"""On PostgreSQL, bind the new rows to their own organisation and seal what assessors looked at."""

from django.db import migrations

from cse_tracker.core.postgresql import PostgreSQLOnly, tenant_foreign_key

REFUSE = """
CREATE FUNCTION refuse_look_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what assessors looked at is append-only';
END $$;
CREATE TRIGGER looks_are_append_only BEFORE UPDATE OR DELETE ON assessments_assessorlook
    FOR EACH ROW EXECUTE FUNCTION refuse_look_change();
"""
ALLOW = """
DROP TRIGGER looks_are_append_only ON assessments_assessorlook;
DROP FUNCTION refuse_look_change();
"""


class Migration(migrations.Migration):
    dependencies = [("assessments", "0009_assessors")]

    operations = [
        tenant_foreign_key(
            "assessments_assessoraccess", "assessment_id", "assessments_assessment"
        ),
        tenant_foreign_key(
            "assessments_assessoraccess", "membership_id", "accounts_membership"
        ),
        tenant_foreign_key(
            "assessments_assessorlook", "access_id", "assessments_assessoraccess"
        ),
        PostgreSQLOnly(REFUSE, ALLOW),
    ]
