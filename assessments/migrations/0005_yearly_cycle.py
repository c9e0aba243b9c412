"""A third model of the cycle, and words that tell the first two apart."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("assessments", "0004_visit_tenant_keys")]

    operations = [
        migrations.AlterField(
            model_name="certification",
            name="cycle",
            field=models.CharField(
                choices=[
                    (
                        "reviews",
                        "Full assessment, then yearly reviews until the next full one",
                    ),
                    (
                        "rolling",
                        "Rolling programme: about a third of the elements each year",
                    ),
                    ("yearly", "Initial assessment, then a review each year"),
                ],
                default="reviews",
                max_length=10,
            ),
        ),
    ]
