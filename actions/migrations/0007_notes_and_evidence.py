"""What people say about an action as it goes on, and what shows that it is done."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cse_tracker.core.postgresql import PostgreSQLOnly, tenant_foreign_key

REFUSE = """
CREATE FUNCTION refuse_action_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'nobody changes what was said about an action';
END $$;
CREATE TRIGGER action_notes_stay BEFORE UPDATE ON actions_actionnote
    FOR EACH ROW EXECUTE FUNCTION refuse_action_note_change();
"""
ALLOW = """
DROP TRIGGER action_notes_stay ON actions_actionnote;
DROP FUNCTION refuse_action_note_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_topic_of_certificates'),
        ('actions', '0006_plan_rules'),
        ('evidence', '0002_tenant_keys'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ActionNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('progress', 'reported progress'), ('comment', 'commented'), ('claimed', 'said that it is done'), ('closed', 'closed it'), ('declined', 'declined it'), ('reopened', 'reopened it')], max_length=10)),
                ('text', models.TextField()),
                ('day', models.DateField()),
                ('author_name', models.CharField(blank=True, max_length=150)),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='actions.action')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['action', 'day'], name='notes_of_an_action')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'id'), name='actions_actionnote_tenant'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='an_action_note_says_something')],
            },
        ),
        migrations.CreateModel(
            name='ActionEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence_links', to='actions.action')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='action_links', to='evidence.evidenceitem')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('organisation', 'id'), name='actions_actionevidence_tenant'), models.UniqueConstraint(fields=('action', 'item'), name='an_item_shows_an_action_once')],
            },
        ),
        migrations.AddField(
            model_name='action',
            name='evidence',
            field=models.ManyToManyField(related_name='actions', through='actions.ActionEvidence', to='evidence.evidenceitem'),
        ),
        tenant_foreign_key("actions_actionnote", "action_id", "actions_action"),
        tenant_foreign_key("actions_actionevidence", "action_id", "actions_action"),
        tenant_foreign_key("actions_actionevidence", "item_id", "evidence_evidenceitem"),
        PostgreSQLOnly(REFUSE, ALLOW),
    ]
