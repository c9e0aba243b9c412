"""No plan that can't be: due before it starts, done by nobody, finished on no day."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('actions', '0005_when_it_was_finished')]

    operations = [
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on', None), ('due_on', None), ('starts_on__lte', models.F('due_on')), _connector='OR'), name='an_action_starts_before_it_is_due'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['done', 'closed']), _negated=True), ('claimed_at__isnull', False), _connector='OR'), name='a_done_action_was_claimed'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('status__in', ['closed', 'declined'])), models.Q(models.Q(('status__in', ['closed', 'declined']), _negated=True), ('finished_at', None)), _connector='OR'), name='a_finished_action_has_its_day'),
        ),
    ]
