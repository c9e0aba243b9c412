"""On PostgreSQL, bind tenants' rows to their own organisation."""

from django.db import migrations

from cse_tracker.core.postgresql import tenant_foreign_key


class Migration(migrations.Migration):
    dependencies = [("actions", "0001_initial")]

    operations = [
        tenant_foreign_key("actions_action", "owner_id", "accounts_membership"),
        tenant_foreign_key("actions_action", "service_id", "accounts_service"),
        tenant_foreign_key("actions_actionfinding", "action_id", "actions_action"),
        tenant_foreign_key("actions_actionfinding", "finding_id", "assessments_finding"),
    ]
