"""On PostgreSQL, bind tenants' rows to their own organisation and seal the change log."""

from django.db import migrations

from cse_tracker.core.postgresql import PostgreSQLOnly, tenant_foreign_key

REFUSE = """
CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the change log is append-only';
END $$;
CREATE TRIGGER events_are_append_only BEFORE UPDATE OR DELETE ON accounts_event
    FOR EACH ROW EXECUTE FUNCTION refuse_event_change();
"""
ALLOW = """
DROP TRIGGER events_are_append_only ON accounts_event;
DROP FUNCTION refuse_event_change();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        tenant_foreign_key("accounts_membership", "service_id", "accounts_service"),
        tenant_foreign_key("accounts_membershiprole", "membership_id", "accounts_membership"),
        PostgreSQLOnly(REFUSE, ALLOW),
    ]
