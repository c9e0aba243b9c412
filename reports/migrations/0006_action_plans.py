"""A kind of paper about no assessment: the action plan, of all services or one."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from cse_tracker.core.postgresql import tenant_foreign_key

OPTIONS = ("with_finished", "with_progress", "with_names")


def every_service() -> Coalesce:
    return Coalesce(F("service"), 0, output_field=models.BigIntegerField())


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_topic_of_certificates"),
        ("assessments", "0002_tenant_keys"),
        ("reports", "0005_papers_in_word"),
    ]

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
                    ("action_plan", "Action plan"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="paper",
            name="assessment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="assessments.assessment",
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="service",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.service",
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="as_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        *(
            migrations.AddField(
                model_name="paper",
                name=name,
                field=models.BooleanField(default=False),
            )
            for name in OPTIONS
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.UniqueConstraint(
                F("organisation"),
                every_service(),
                *map(F, OPTIONS),
                condition=Q(kind="action_plan", build_state__in=["queued", "running"]),
                name="one_action_plan_being_built",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.UniqueConstraint(
                F("organisation"),
                every_service(),
                condition=Q(kind="action_plan", state="issued"),
                name="one_issued_action_plan",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=Q(kind="action_plan", assessment=None)
                | ~Q(kind="action_plan")
                & Q(
                    assessment__isnull=False,
                    service=None,
                    **dict.fromkeys(OPTIONS, False),
                ),
                name="an_action_plan_is_about_no_assessment",
            ),
        ),
        tenant_foreign_key("reports_paper", "service_id", "accounts_service"),
    ]
