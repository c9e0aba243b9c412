"""Migration operations for one kind of database alone."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunSQL
from django.db.migrations.state import ProjectState


class OneVendorOnly(RunSQL):
    """SQL for one kind of database; on the other nothing happens."""

    vendor: str

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor == self.vendor:
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor == self.vendor:
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class PostgreSQLOnly(OneVendorOnly):
    """SQL for PostgreSQL alone."""

    vendor = "postgresql"


class SQLiteOnly(OneVendorOnly):
    """SQL for SQLite, the single-machine database, alone."""

    vendor = "sqlite"


def tenant_foreign_key(table: str, column: str, target: str) -> PostgreSQLOnly:
    """Bind ``(organisation_id, column)`` to ``(organisation_id, id)`` of ``target``.

    A row can then not point at another organisation's row, whatever the code does.
    """
    name = f"{table}_{column}_tenant"[:63]
    return PostgreSQLOnly(
        f"ALTER TABLE {table} ADD CONSTRAINT {name}"
        f" FOREIGN KEY (organisation_id, {column}) REFERENCES {target} (organisation_id, id)"
        " DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )
