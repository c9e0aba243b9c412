"""manage.py sample_data: fill an empty database with the fictional organisations."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cse_tracker.accounts.models import Organisation
from cse_tracker.overview.sample_data import load_sample_data


class Command(BaseCommand):
    help = "Load three fictional organisations. Only into an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        if Organisation.objects.exists():
            raise CommandError(
                "There are organisations already. Sample data goes into an empty database only."
            )
        load_sample_data(now=timezone.now())
