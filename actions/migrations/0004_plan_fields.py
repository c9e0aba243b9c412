"""Priority, origin, start date, what it needs, and who said when that it is done."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0003_calendar_feeds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField(model_name='action', old_name='notes', new_name='resource_note'),
        migrations.AddField(
            model_name='action',
            name='claimed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='action',
            name='claimed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='action',
            name='finished_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='action',
            name='origin',
            field=models.CharField(choices=[('alone', 'Our own idea'), ('feedback', 'Customer feedback'), ('review', 'Another review or audit')], default='alone', max_length=10),
        ),
        migrations.AddField(
            model_name='action',
            name='priority',
            field=models.CharField(choices=[('high', 'High'), ('medium', 'Medium'), ('low', 'Low')], default='medium', max_length=10),
        ),
        migrations.AddField(
            model_name='action',
            name='starts_on',
            field=models.DateField(blank=True, null=True),
        ),
    ]
