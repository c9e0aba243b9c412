"""Actions that were done or finished before these moments were kept get the last one known."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce


def fill(apps, schema_editor):
    Action = apps.get_model("actions", "Action")
    Event = apps.get_model("accounts", "Event")
    about = Event.objects.filter(target_type="actions.action", target_id=OuterRef("pk"))
    last = Coalesce(Subquery(about.order_by("-pk").values("at")[:1]), F("created_at"))
    Action.objects.filter(status__in=["done", "closed"]).update(claimed_at=last)
    Action.objects.filter(status__in=["closed", "declined"]).update(finished_at=last)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_topic_of_certificates'),
        ('actions', '0004_plan_fields'),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
