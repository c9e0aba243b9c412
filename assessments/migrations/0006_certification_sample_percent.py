"""How much of each criterion a review samples, where an organisation sets it."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("assessments", "0005_yearly_cycle")]

    operations = [
        migrations.AddField(
            model_name="certification",
            name="sample_percent",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(100),
                ],
                verbose_name="Share of each criterion to sample at a review, in percent",
            ),
        ),
        migrations.AddConstraint(
            model_name="certification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sample_percent", None),
                    models.Q(("sample_percent__gte", 1), ("sample_percent__lte", 100)),
                    _connector="OR",
                ),
                name="sample_share_is_a_percentage",
            ),
        ),
    ]
