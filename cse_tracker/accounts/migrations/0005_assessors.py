"""Assessors: a role of its own, and memberships that last until a day."""

from django.db import migrations, models

ROLES = [
    ("officer", "Officer"),
    ("manager", "Manager"),
    ("governing_body", "Governing body member"),
    ("approver", "Approver"),
    ("administrator", "Administrator"),
    ("assessor", "Assessor"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_notifications")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RemoveConstraint(
            model_name="membershiprole", name="role_is_known"
        ),
        migrations.AlterField(
            model_name="membershiprole",
            name="role",
            field=models.CharField(choices=ROLES, max_length=20),
        ),
        migrations.AddConstraint(
            model_name="membershiprole",
            constraint=models.CheckConstraint(
                condition=models.Q(role__in=[name for name, _ in ROLES]),
                name="role_is_known",
            ),
        ),
    ]
