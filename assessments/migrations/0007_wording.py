"""The wording that an organisation took from its own document, by element and language."""

import django.db.models.deletion
from django.db import migrations, models

from cse_tracker.core.postgresql import tenant_foreign_key


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0003_drafts"),
        ("assessments", "0006_certification_sample_percent"),
    ]

    operations = [
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("language", models.CharField(max_length=10)),
                ("statement", models.TextField(blank=True)),
                ("guidance", models.TextField(blank=True)),
                ("source_cell", models.CharField(blank=True, max_length=200)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("adopted_from", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.importrun")),
                ("node", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="assessments.standardnode")),
                ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "id"), name="assessments_wording_tenant"),
                    models.UniqueConstraint(fields=("organisation", "node", "language"), name="one_wording_per_node_and_language"),
                    models.CheckConstraint(condition=models.Q(models.Q(("statement", ""), _negated=True), models.Q(("guidance", ""), _negated=True), _connector="OR"), name="a_wording_has_words"),
                    models.CheckConstraint(condition=models.Q(("adopted_from__isnull", False), ("source_cell", ""), _connector="OR"), name="a_wording_names_a_cell_of_its_import"),
                ],
            },
        ),
        tenant_foreign_key("assessments_wording", "adopted_from_id", "accounts_importrun"),
    ]
