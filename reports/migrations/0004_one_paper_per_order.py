"""Papers with other options are other papers: each may be built beside the others."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_appendix_of_findings")]

    operations = [
        migrations.RemoveConstraint(model_name="paper", name="one_paper_being_built"),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.UniqueConstraint(
                fields=[
                    "organisation",
                    "assessment",
                    "kind",
                    "with_improvements",
                    "with_drafts",
                    "with_decisions",
                    "with_actions",
                ],
                condition=Q(build_state__in=["queued", "running"]),
                name="one_paper_being_built",
            ),
        ),
    ]
