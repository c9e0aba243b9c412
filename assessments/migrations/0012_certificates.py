"""Certificates with their histories."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0003_drafts"),
        ("assessments", "0011_thresholds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('body', models.CharField(max_length=150)),
                ('number', models.CharField(max_length=60)),
                ('scope', models.CharField(max_length=150)),
                ('issued_on', models.DateField()),
                ('expires_on', models.DateField()),
                ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='assessments.certification')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CertificateStatus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change', models.CharField(choices=[('granted', 'Granted'), ('suspended', 'Suspended'), ('reinstated', 'Reinstated'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('happened_on', models.DateField()),
                ('reason', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='history', to='assessments.certificate')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(fields=('organisation', 'id'), name='assessments_certificate_tenant'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(models.F('organisation'), django.db.models.functions.text.Lower('body'), django.db.models.functions.text.Lower('number'), name='one_certificate_per_number_of_a_body'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('expires_on__gt', models.F('issued_on'))), name='a_certificate_expires_after_its_issue'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', ''), _negated=True), models.Q(('body', ''), _negated=True)), name='a_certificate_has_a_number_and_a_body'),
        ),
        migrations.AddConstraint(
            model_name='certificatestatus',
            constraint=models.UniqueConstraint(fields=('organisation', 'id'), name='assessments_certificatestatus_tenant'),
        ),
        migrations.AddConstraint(
            model_name='certificatestatus',
            constraint=models.UniqueConstraint(condition=models.Q(('change', 'granted')), fields=('certificate',), name='a_certificate_is_granted_once'),
        ),
        migrations.AddConstraint(
            model_name='certificatestatus',
            constraint=models.CheckConstraint(condition=models.Q(('change__in', ['granted', 'suspended', 'reinstated', 'withdrawn'])), name='change_of_a_certificate_is_known'),
        ),
        migrations.AddConstraint(
            model_name='certificatestatus',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('change__in', ['suspended', 'withdrawn']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='suspending_and_withdrawing_say_why'),
        ),
    ]
