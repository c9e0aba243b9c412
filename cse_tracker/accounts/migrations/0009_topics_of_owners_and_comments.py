"""Members can be told that an action became theirs, and of comments on it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_data_version'),
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
            field=models.CharField(choices=[('due', 'my actions that are due soon'), ('overdue', 'what is overdue, once a week'), ('expiry', 'a certificate that runs out'), ('owning', 'actions that become mine'), ('comment', 'comments on actions that I own or said are done'), ('finishing', 'actions said to be done, sent back, closed or declined')], max_length=10),
        ),
        migrations.AlterField(
            model_name='unwantedmail',
            name='topic',
            field=models.CharField(choices=[('due', 'my actions that are due soon'), ('overdue', 'what is overdue, once a week'), ('expiry', 'a certificate that runs out'), ('owning', 'actions that become mine'), ('comment', 'comments on actions that I own or said are done'), ('finishing', 'actions said to be done, sent back, closed or declined')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('topic__in', ['due', 'overdue', 'expiry', 'owning', 'comment', 'finishing'])), name='topic_is_known'),
        ),
        migrations.AddConstraint(
            model_name='unwantedmail',
            constraint=models.CheckConstraint(condition=models.Q(('topic__in', ['due', 'overdue', 'expiry', 'owning', 'comment', 'finishing'])), name='unwanted_topic_is_known'),
        ),
    ]
