"""Members can be told of actions that are done, sent back, closed or declined."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_topic_of_certificates'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notification',
            name='topic_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='unwantedmail',
            name='unwanted_topic_is_known',
        ),
        migrations.AlterField(
            model_name='notification',
            name='topic',
            field=models.CharField(choices=[('due', 'my actions that are due soon'), ('overdue', 'what is overdue, once a week'), ('expiry', 'a certificate that runs out'), ('finishing', 'actions said to be done, sent back, closed or declined')], max_length=10),
        ),
        migrations.AlterField(
            model_name='unwantedmail',
            name='topic',
            field=models.CharField(choices=[('due', 'my actions that are due soon'), ('overdue', 'what is overdue, once a week'), ('expiry', 'a certificate that runs out'), ('finishing', 'actions said to be done, sent back, closed or declined')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('topic__in', ['due', 'overdue', 'expiry', 'finishing'])), name='topic_is_known'),
        ),
        migrations.AddConstraint(
            model_name='unwantedmail',
            constraint=models.CheckConstraint(condition=models.Q(('topic__in', ['due', 'overdue', 'expiry', 'finishing'])), name='unwanted_topic_is_known'),
        ),
    ]
