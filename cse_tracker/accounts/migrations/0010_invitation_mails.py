"""Mails that bring somebody in wait for the worker, as those of notifications do."""

import django.db.models.deletion
from django.db import migrations, models

from cse_tracker.core.postgresql import tenant_foreign_key


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0009_topics_of_owners_and_comments'),
    ]

    operations = [
        migrations.CreateModel(
            name='InvitationMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mail_attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(blank=True, null=True)),
                ('mailed_at', models.DateTimeField(blank=True, null=True)),
                ('subject', models.CharField(max_length=300)),
                ('words', models.TextField()),
                ('path', models.CharField(max_length=300)),
                ('created_at', models.DateTimeField()),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitation_mails', to='accounts.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('organisation', 'id'), name='accounts_invitationmail_tenant')],
            },
        ),
        tenant_foreign_key("accounts_invitationmail", "membership_id", "accounts_membership"),
    ]
