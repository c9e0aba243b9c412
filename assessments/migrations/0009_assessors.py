"""Assessors invited to one assessment, and what they looked at."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_assessors'),
        ('assessments', '0008_check_acceptance'),
    ]

    operations = [
        migrations.CreateModel(
            name='AssessorAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('may_rate', models.BooleanField(default=False)),
                ('until', models.DateField()),
                ('invited_at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessor_accesses', to='assessments.assessment')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AssessorLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('what', models.CharField(max_length=200)),
                ('path', models.CharField(max_length=500)),
                ('access', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='assessments.assessoraccess')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='assessoraccess',
            constraint=models.UniqueConstraint(fields=('organisation', 'id'), name='assessments_assessoraccess_tenant'),
        ),
        migrations.AddConstraint(
            model_name='assessoraccess',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('assessment', 'membership'), name='an_assessor_is_invited_once'),
        ),
        migrations.AddIndex(
            model_name='assessorlook',
            index=models.Index(fields=['access', 'id'], name='look_by_access'),
        ),
        migrations.AddConstraint(
            model_name='assessorlook',
            constraint=models.UniqueConstraint(fields=('organisation', 'id'), name='assessments_assessorlook_tenant'),
        ),
    ]
