"""Count each organisation's events, so that one that is committed late is never missed."""

from django.db import migrations, models

from cse_tracker.core.postgresql import PostgreSQLOnly, SQLiteOnly

# A step is random, so that no version comes back after a backup was restored. A row that
# somebody else counts on just now is passed over: nobody waits, and there are never more rows
# than there were transactions at the same time.
COUNT = """
CREATE FUNCTION count_events() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    written record;
    free bigint;
BEGIN
    FOR written IN
        SELECT DISTINCT COALESCE(organisation_id, 0) AS organisation_id, target_type
        FROM new_events
    LOOP
        SELECT id INTO free FROM accounts_dataversion
        WHERE organisation_id = written.organisation_id
            AND target_type = written.target_type
        ORDER BY id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED;
        IF FOUND THEN
            UPDATE accounts_dataversion
            SET number = number + 1 + floor(random() * 1000000000)::bigint
            WHERE id = free;
        ELSE
            INSERT INTO accounts_dataversion (organisation_id, target_type, number)
            VALUES (written.organisation_id, written.target_type,
                1 + floor(random() * 1000000000)::bigint);
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER events_are_counted AFTER INSERT ON accounts_event
    REFERENCING NEW TABLE AS new_events
    FOR EACH STATEMENT EXECUTE FUNCTION count_events();
"""
DO_NOT_COUNT = """
DROP TRIGGER events_are_counted ON accounts_event;
DROP FUNCTION count_events();
"""
# One writer at a time, so one row is enough. A migration that makes SQLite copy the table of
# events must create this anew: the copy has no trigger.
COUNT_ON_SQLITE = """
CREATE TRIGGER events_are_counted AFTER INSERT ON accounts_event
BEGIN
    INSERT INTO accounts_dataversion (organisation_id, target_type, number)
    SELECT COALESCE(NEW.organisation_id, 0), NEW.target_type, 0
    WHERE NOT EXISTS (
        SELECT 1 FROM accounts_dataversion
        WHERE organisation_id = COALESCE(NEW.organisation_id, 0)
            AND target_type = NEW.target_type
    );
    UPDATE accounts_dataversion
    SET number = number + 1 + abs(random() % 1000000000)
    WHERE organisation_id = COALESCE(NEW.organisation_id, 0)
        AND target_type = NEW.target_type;
END
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_topic_of_finishing")]

    operations = [
        migrations.CreateModel(
            name="DataVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation_id", models.BigIntegerField()),
                ("target_type", models.CharField(max_length=60)),
                ("number", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation_id", "target_type"], name="version_by_organisation")
                ],
            },
        ),
        PostgreSQLOnly(COUNT, DO_NOT_COUNT),
        SQLiteOnly([COUNT_ON_SQLITE], ["DROP TRIGGER events_are_counted"]),
    ]
