"""Thresholds that are advice: a share of all elements, and a limit in each criterion."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("assessments", "0010_assessor_tenant_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name='certification',
            name='criterion_limit',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Most elements of one criterion that may be less than compliant'),
        ),
        migrations.AlterField(
            model_name='certification',
            name='threshold_percent',
            field=models.PositiveSmallIntegerField(default=80, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='Share of the elements that should be compliant, in percent'),
        ),
    ]
