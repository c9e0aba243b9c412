"""A second kind of paper, with what may be chosen when it is ordered."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_tenant_keys")]

    operations = [
        migrations.AlterField(
            model_name="paper",
            name="kind",
            field=models.CharField(
                choices=[
                    ("progression_annex", "Progression annex"),
                    (
                        "findings_appendix",
                        "Partial compliances and areas for improvement",
                    ),
                ],
                max_length=30,
            ),
        ),
        *(
            migrations.AddField(
                model_name="paper",
                name=name,
                field=models.BooleanField(default=False),
            )
            for name in (
                "with_improvements",
                "with_drafts",
                "with_decisions",
                "with_actions",
            )
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=Q(kind="findings_appendix")
                | Q(
                    with_improvements=False,
                    with_drafts=False,
                    with_decisions=False,
                    with_actions=False,
                ),
                name="only_an_appendix_has_options",
            ),
        ),
    ]
